"""The fonts of the reports: the files of one wheel, and no font of the machine."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst


@lru_cache(maxsize=1)
def font_files() -> tuple[Path, ...]:
    """Return the font files: sans in the part of heiti, and serif in that of songti and fangsong."""
    import pylopdf_fonts_zh_cn as wheel

    return wheel.sans_path(), wheel.serif_path()


@lru_cache(maxsize=1)
def font_digest() -> str:
    """Return the sha256 over the names and bytes of the font files, in hex, for the keys of caches."""
    digest = hashlib.sha256()
    for path in font_files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Return the fonts as Typst reads them, one object for all reports of a process."""
    import typst

    folders = sorted({str(path.parent) for path in font_files()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
