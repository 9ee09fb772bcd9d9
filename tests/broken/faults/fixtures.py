"""What a fixture is: a dataset, a parameter or an output with one fault in it, and where the fault must be found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from builders import RawDataset, raw_dataset, row_of, shipped_params, target
from endline.checks.reporting import reporting
from endline.intake import observe
from endline.params import Params

from ..workbooks.made import Page, table, xlsx

LEAGUE = "2020/150300-乌海市.xlsx"  # the return of 2020, with 150302 海勃湾区, 150303 海南区, 150304 乌达区
OWN = "150302/150302-海勃湾区.xlsx"  # a banner's own, one row a year
HEAD = ["代码", "地区", "产妇数", "剖宫产活产数"]
GOOD = [["150302", "海勃湾区", 900, 400], ["150303", "海南区", 300, 120], ["150304", "乌达区", 500, 210]]
YEARS = [["年份", *HEAD[2:]], [2019, 880, 390], [2020, 900, 400]]
Files = Mapping[str, bytes | str]
Rows = Sequence[Sequence[Any]]
Aim = tuple[str, str, float | None]  # operator, indicator, value


class Fixture(Protocol):
    """One fault, by its name; `check` fails where it is not found as it must be."""

    name: str

    def check(self, fault: str, folder: Path) -> None:
        """Put the fault into a project in `folder`, and look for it."""


@dataclass(frozen=True)
class Sent:
    """Files of a dataset with a fault, and its finding: level, sheet and cell; the file is the first."""

    name: str
    files: Files
    level: str
    cell: str = ""
    sheet: str = ""
    rule: str = ""  # of the fault's family; its own id unless it is stated
    aims: Sequence[Aim] = ()
    file: str = ""  # from the project's root, where it is not the first

    def check(self, fault: str, folder: Path) -> None:
        """The finding is there, at its place, with its level."""
        raw = dataset(folder, self.files)
        if self.aims:
            indicators = shipped_params().indicators
            aims = [target(how, value, indicator=name, indicators=indicators) for how, name, value in self.aims]
            issues = observe(Params(raw.project), raw.id, aims).issues
        else:
            issues = raw.observe().issues
        rule = self.rule or fault
        assert rule.startswith(fault)
        columns = ["rule", "level", "file", "sheet", "cell"]
        found = set(issues[columns].itertuples(index=False, name=None))
        file = self.file or f"data/raw/{raw.id}/{next(iter(self.files))}"
        assert (rule, self.level, file, self.sheet, self.cell) in found, found


@dataclass(frozen=True)
class Face:
    """Files of a dataset in which somebody is missing: the sum of a region says how many of how many, and who not."""

    name: str
    files: Files
    region: str
    of: tuple[int, int]
    missing: str

    def check(self, fault: str, folder: Path) -> None:
        """The region's figures are made, and say who is missing."""
        raw = dataset(folder, self.files)
        observed = raw.observe()
        face = row_of(reporting(observed.observations, shipped_params().regions()), region_code=self.region)
        assert (face.children_reported, face.children_total, face.missing) == (*self.of, self.missing), fault


@dataclass(frozen=True)
class Told:
    """What must be refused, or come out harmless, as its own function says."""

    name: str
    look: Callable[[Path], None]

    def check(self, fault: str, folder: Path) -> None:
        """Do as the function says."""
        self.look(folder)


def dataset(folder: Path, files: Files) -> RawDataset:
    """Return a dataset of its own that holds some files."""
    raw = raw_dataset(folder)
    for name, content in files.items():
        path = raw.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return raw


def book(rows: Rows, **page: Any) -> bytes:
    """Return a workbook of one sheet (表1)."""
    return xlsx(Page(table(*rows), **page))


def changed(*, rows: Rows = (HEAD, *GOOD), page: Mapping[str, Any] | None = None, **cells: Any) -> bytes:
    """Return the sound return with some cells changed."""
    return xlsx(Page(table(*rows) | cells, **(page or {})))


def form(*lines: str) -> str:
    """Return a plain table of a form: words as cells, `·` an empty one."""
    return "".join(",".join("" if cell == "·" else cell for cell in line.split()) + "\n" for line in lines)


def values(*rows: Mapping[str, Any]) -> str:
    """Return values.csv; each row states what differs from a good one. The value stands in column E."""
    good = {"region_code": "150000", "stratum": "total", "indicator_id": "mmr", "year": "2020", "value": "14.92"}
    good |= {"unit": "1/100000", "bound": "", "status": "published", "source_id": "s", "definition": "", "note": ""}
    names = [*good, *dict.fromkeys(name for row in rows for name in row if name not in good)]
    lines = [",".join(names), *(",".join(str({**good, **row}.get(name, "")) for name in names) for row in rows)]
    return "\n".join(lines) + "\n"


def years(name: str, history: Mapping[str, Sequence[Any]], code: str = "150302", first: int = 2010) -> dict[str, str]:
    """Return a form of one county over the years; its items stand in the columns B, C, … of line 2."""
    return {
        f"{first + n}/{name}.csv": form(
            " ".join(["region_code", *history]),
            " ".join([code, *("·" if of[n] is None else f"{of[n]:g}" for of in history.values())]),
        )
        for n in range(len(next(iter(history.values()))))
    }


def series(history: Sequence[Any], **row: Any) -> str:
    """Return values.csv of one series from 2010 on."""
    return values(*({**row, "year": str(2010 + n), "value": str(value)} for n, value in enumerate(history)))
