"""Corrections: entries with old value, new value and reason, applied to cells as they are read."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Annotated

import pandas as pd
from pydantic import Field, StringConstraints, model_validator

from endline.model import Strict, Words
from endline.yaml_files import read_yaml, validated

if TYPE_CHECKING:
    from endline.intake.issues import Issues

NAME = "corrections.yaml"


class Correction(Strict):
    """One cell that was put right: what stood there, what shall stand there, why, who says so and when."""

    file: Annotated[str, StringConstraints(min_length=1)]  # from the dataset's folder
    sheet: str = ""
    cell: str = Field(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")
    old: str
    new: str
    reason: Words
    who: Words
    date: datetime.date

    @model_validator(mode="after")
    def _changes(self) -> "Correction":
        if self.old == self.new:
            raise ValueError(f"old and new are the same: {self.old!r}")
        return self


class _File(Strict):
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class Corrected:
    """What becomes of a table's cells: the new texts by address, and the addresses that must not be used."""

    texts: Mapping[str, str] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()


class Corrections:
    """The corrections of a dataset, by file, sheet and cell; each is applied once, where its old value stands."""

    def __init__(self, entries: Iterable[Correction] = (), folder: str = "") -> None:
        self._of: dict[tuple[str, str], list[Correction]] = {}
        self._at = folder
        for entry in entries:
            self._of.setdefault((entry.file, entry.sheet), []).append(entry)
        self._met: set[tuple[str, str]] = set()
        self._applied: list[tuple[str, Correction]] = []

    def of_file(self, file: str) -> list[Correction]:
        """Return the corrections of a file, a path from the project's root."""
        name = file.removeprefix(f"{self._at}/")
        return [entry for (named, _), entries in self._of.items() if named == name for entry in entries]

    def apply(
        self,
        file: str,
        sheet: str,
        found: Callable[[str], str | None],
        issues: "Issues",
        region: Callable[[str], str] = lambda cell: "",
    ) -> Corrected:
        """Return what the corrections of one table say of its cells.

        `file` is a path from the project's root; `found` returns the text at an address, None where the table has no
        such cell; `region` returns whose figure it is. A correction whose old value is gone is an issue, and so are
        two of one cell: such a cell is not used.
        """
        key = self._key(file, sheet)
        if key not in self._of:
            return Corrected()
        self._met.add(key)
        texts: dict[str, str] = {}
        refused = set()
        times = Counter(entry.cell for entry in self._of[key])
        for entry in self._of[key]:
            text, place = found(entry.cell), {"file": file, "sheet": sheet, "cell": entry.cell}
            if text is None:
                issues.add("W23", found=f"{key[0]} {sheet} {entry.cell}", **place)
            elif times[entry.cell] > 1:
                refused.add(entry.cell)
                issues.add("W24", found=_change(entry), region=region(entry.cell), **place)
            elif text != entry.old:
                refused.add(entry.cell)
                issues.add("W22", found=text, expected=entry.old, region=region(entry.cell), **place)
            else:
                texts[entry.cell] = entry.new
                self._applied.append((region(entry.cell), entry))
                issues.add("W25", found=_change(entry), region=region(entry.cell), **place)
        return Corrected(texts, frozenset(refused))

    def belong(self, file: str, lines: Mapping[tuple[str, int], str], others: str) -> None:
        """Say whose figures a file holds, by sheet and line, which is known only after it was read; else `others`."""
        name, _ = self._key(file, "")
        for n, (region, entry) in enumerate(self._applied):
            if entry.file == name and not region:
                line = int(entry.cell.lstrip(ascii_uppercase))
                self._applied[n] = lines.get((entry.sheet, line), others), entry

    def _key(self, file: str, sheet: str) -> tuple[str, str]:
        return file.removeprefix(f"{self._at}/"), sheet

    def finish(self, issues: "Issues") -> None:
        """Record the corrections of files and sheets that were never read."""
        for key in sorted(set(self._of) - self._met):
            for entry in self._of[key]:
                file = f"{self._at}/{entry.file}" if self._at else entry.file
                issues.add("W23", file=file, sheet=entry.sheet, cell=entry.cell, found=f"{entry.file} {entry.sheet}")

    def table(self) -> pd.DataFrame:
        """Return the corrections that were applied, one a row."""
        columns = ["region_code", *Correction.model_fields]
        rows = [(region, *(str(value) for _, value in entry)) for region, entry in self._applied]
        return pd.DataFrame(rows, columns=columns, dtype="str").sort_values(
            ["file", "sheet", "cell"], ignore_index=True
        )


def read_corrections(folder: Path, root: Path) -> Corrections:
    """Return the corrections of the dataset in `folder`; ParameterError when the file is not in order."""
    at = folder.relative_to(root).as_posix()
    path = folder / NAME
    return Corrections(validated(_File, read_yaml(path), path).corrections, at) if path.is_file() else Corrections()


def _change(entry: Correction) -> str:
    return f"{entry.old} → {entry.new}"
