"""One report as a task: what its process needs, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from endline.kernels import FORKED
from endline.model import suffix_of

CELLS = "cells"  # the file in a task's scratch folder that names the cells begun, one a line


@dataclass(frozen=True)
class Task:
    """What one process needs: which notebook with which parameters, in which project, and whose figures."""

    code: str  # the region's code; the round's id for its summary, data-quality
    name: str
    notebook: str  # its file's name under notebooks/
    parameters: Mapping[str, str]
    digest: str  # of its figures, which every block carries
    key: str  # of its figures and notes
    root: Path
    formats: tuple[str, ...]
    parts: Mapping[str, str] = field(default_factory=dict)  # digests of what the report prints, by name
    kernels: str = FORKED  # the provisioner
    executed: bytes = b""  # the notebook as it ran last time, where only formats are wanted of it

    @property
    def edition(self) -> str:
        """What a file's name says of the language: "" for the main one, else `.en`."""
        return suffix_of(self.parameters["language"])

    @property
    def report(self) -> str:
        """What a report is known by in its round: its code, and its language where that is not the main one."""
        return self.code + self.edition


@dataclass(frozen=True)
class Made:
    """What came of a task: its files by suffix, its pages; or why there are none.

    Without a notebook among them they are further formats of a report that is there.
    """

    code: str
    contents: Mapping[str, bytes] = field(default_factory=dict)
    pages: int = 0
    cell: str = ""
    message: str = ""
    ours: bool = False  # a fault of the program, not of the data

    @property
    def failed(self) -> bool:
        """Tell whether the report was not made."""
        return bool(self.message)


def last_cell(scratch: Path) -> str:
    """Return the cell that a task has begun last, "" for none."""
    try:
        return (scratch / CELLS).read_text(encoding="utf-8").splitlines()[-1]
    except (OSError, IndexError):
        return ""
