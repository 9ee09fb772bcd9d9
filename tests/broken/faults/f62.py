"""F62: a region's code or name is no path: refused with file and key, and nothing is written outside."""

from pathlib import Path

import pytest

from builders import edit, project, shipped_params
from endline.errors import ParameterError
from endline.params import Params
from endline.template import write_templates

from ..sheets.renamed import renamed
from .fixtures import Told


def name(folder: Path) -> None:
    """A name that leads out of its folder."""
    with pytest.raises(ParameterError, match=r"params/regions\.csv: 150302: name '\.\./\.\./x' cannot name a file"):
        write_templates(
            renamed(shipped_params(), "150302", "../../x"), "simulated-2020", folder / "out", codes=["150302"]
        )
    assert list(folder.iterdir()) == []


def code(folder: Path) -> None:
    """A code that leads out of it."""
    where = project(folder)
    edit(where.params / "regions.csv", "\n150302,", "\n../../15,")
    with pytest.raises(ParameterError, match=r"params/regions\.csv: line \d+.*code.*\.\./\.\./15"):
        Params(where).regions()


FIXTURES = (
    Told("a name with a path", name),
    Told("a code with a path in the register", code),
)
