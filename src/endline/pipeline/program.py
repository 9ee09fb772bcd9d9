"""Which program makes the reports: its code, its fonts, and the versions of the libraries it asks for."""

import re
from functools import cache
from importlib.metadata import requires, version

from endline.export.fonts import font_digest
from endline.files import tree_digest
from endline.store import PACKAGE

SUFFIXES = (".py", ".typ", ".lua", ".json", ".xml", ".html", ".css", ".js")


@cache
def program(fonts: str = "free") -> dict[str, str]:
    """Return what the program is made of, by name: digests of code and of a profile's fonts, versions of libraries."""
    code = [path for path in PACKAGE.rglob("*") if path.suffix in SUFFIXES]
    libraries = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in requires("endline") or () if "extra" not in line]
    return {
        "code": tree_digest(PACKAGE, code)[:16],
        "fonts": font_digest(fonts)[:16],
        **{name: version(name) for name in sorted(libraries)},
    }
