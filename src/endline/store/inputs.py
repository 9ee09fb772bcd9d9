"""The files that a round's tables follow from: its data, what was promised and decided, and the code."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from endline.files import sha256, tree_digest
from endline.kept import stamp
from endline.params.files import EVIDENCE, FIRST, is_parameter
from endline.project import Project

PACKAGE = Path(__file__).parents[1]
UNREAD = ("truth.csv", "faults.csv")  # what a simulation says of itself, beside the figures that it sends
# the packages that decide what the tables hold
_DECIDES = ("params", "workbooks", "layouts", "checks", "intake", "stats", "evaluation", "store")


@dataclass(frozen=True)
class Inputs:
    """What the tables of a round of a dataset follow from."""

    project: Project
    dataset: str
    round_id: str

    def signature(self) -> str:
        """Return what changes, at little cost, when a file is added, removed or written."""
        return sha256(json.dumps([(str(path), *stamp(path)) for path in sorted((*self._data(), *_code()))]).encode())

    def digest(self) -> str:
        """Return the digest of the names and contents of all files."""
        return tree_digest(self.project.root, self._data()) + tree_digest(PACKAGE, _code())

    def _data(self) -> Iterator[Path]:
        raw = self.project.raw(self.dataset)
        yield from (path for path in _files(raw) if path.parent != raw or path.name not in UNREAD)
        yield from _files(self.project.params, without=("wording", "rounds", FIRST))
        rounds = self.project.params / "rounds"
        own = (rounds / f"{self.round_id}.yaml", rounds / self.round_id / EVIDENCE)
        yield from (path for path in own if path.is_file())


def _files(top: Path, without: tuple[str, ...] = ()) -> Iterator[Path]:
    for folder, inner, names in os.walk(top):
        inner[:] = [name for name in inner if name not in without and is_parameter(name)]
        yield from (Path(folder, name) for name in names if is_parameter(name))


def _code() -> Iterator[Path]:
    yield from PACKAGE.glob("*.py")
    for name in _DECIDES:
        yield from (path for path in (PACKAGE / name).rglob("*") if path.suffix in (".py", ".yaml"))
