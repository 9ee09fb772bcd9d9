"""What the page shows of each region, read from the round's store without its figures."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from endline.export.formats import FORMATS
from endline.model import Region, Verdict
from endline.numbers import rounded
from endline.store import Store
from endline.webpage.charts import KeyChart

# A verdict as a letter: in the page's classes, and for its search; a round of one kind has one verdict a letter.
LETTERS = {
    Verdict.MET: "m",
    Verdict.NOT_MET: "n",
    Verdict.NO_DATA: "d",
    Verdict.PENDING: "p",
    Verdict.NOT_APPLICABLE: "x",
    Verdict.ALREADY_MET: "m",
    Verdict.ON_TRACK: "t",
    Verdict.UNCERTAIN: "u",
    Verdict.OFF_TRACK: "n",
    Verdict.NOT_YET: "n",
}
RATES = ("attainment", "assessability")
_SIZES = ("B", "KB", "MB", "GB")


@dataclass(frozen=True)
class File:
    """A file to download: its format, its address beside the page, its size."""

    format: str
    address: str
    size: str


@dataclass(frozen=True)
class Listed:
    """A region of the page: its counts by verdict, its verdicts target by target as letters, its files and charts."""

    region: Region
    upper: str
    counts: Mapping[Verdict, int]
    rates: Mapping[str, str]
    verdicts: str
    files: Mapping[str, Sequence[File]]  # by language, those of the page first
    charts: Sequence[KeyChart | None] = ()

    @property
    def bar(self) -> Iterator[tuple[str, float, float, int]]:
        """Yield the pieces of the status bar: letter, start and width in per cent, count; none of nothing."""
        start, whole = 0.0, max(1, sum(self.counts.values()))
        for verdict, count in self.counts.items():
            width = round(100 * count / whole, 2)
            if count:
                yield LETTERS[verdict], round(start, 2), width, count
            start += width


def read_regions(
    store: Store,
    named: Mapping[str, Verdict],
    regions: Sequence[Region],
    names: Mapping[str, str],
    targets: Sequence[str],
    files: Mapping[str, Mapping[str, Sequence[File]]],
    charts: Mapping[str, Sequence[KeyChart | None]],
) -> Iterator[Listed]:
    """Yield the regions in the order given; `names` are those of all regions, `files` and `charts` each one's.

    `named` are the verdicts of the round's kind by the field of a tally that counts them.
    """
    counts = store.counts_of([region.code for region in regions])
    with closing(sqlite3.connect(store.path.resolve().as_uri() + "?mode=ro", uri=True)) as db:
        for region in regions:
            query = "SELECT target, verdict FROM evaluations WHERE region_code = ?"
            verdicts = dict(db.execute(query, (region.code,)).fetchall())
            own = counts[region.code]
            yield Listed(
                region,
                names.get(region.parent, ""),
                {verdict: own[field] for field, verdict in named.items()},
                {rate: _rate(own[rate]) for rate in RATES},
                "".join(LETTERS[Verdict(verdicts[target])] for target in targets),
                files[region.code],
                charts.get(region.code, ()),
            )


def read_files(folder: Path, names: Iterable[str]) -> list[File]:
    """Return the files of a report that are there, without its notebook: that is evidence, not for reading."""
    found = []
    for name in names:
        path = folder / name
        if path.suffix[1:] in FORMATS and path.is_file():
            found.append(File(path.suffix[1:], _address(name), _size(path.stat().st_size)))
    return sorted(found, key=lambda file: FORMATS.index(file.format))


def _rate(rate: float | None) -> str:
    return "" if rate is None else rounded(rate, 1)


def _address(name: str) -> str:
    """Return a file's name as an address: Chinese as it is, all else that means something there escaped."""
    return "".join(char if ord(char) > 127 else quote(char) for char in name)


def _size(size: float) -> str:
    for unit in _SIZES:
        if size < 1000 or unit == _SIZES[-1]:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    raise AssertionError
