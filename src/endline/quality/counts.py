"""The rows of a store's table `quality`, looked up by measure."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

Row = Any  # one row of `quality`


class Counts:
    """How many of how many, of one region, by measure, item and year."""

    def __init__(self, quality: Iterable[Row]) -> None:
        self._rows = list(quality)
        self._by_key = {(row.measure, row.item, row.year): row for row in self._rows if row.measure != "consistency"}

    def of(self, measure: str, item: str = "", year: int = 0) -> Row | None:
        """Return one row, None where nothing was counted; year 0 is all years."""
        return self._by_key.get((measure, item, year))

    @cached_property
    def forms(self) -> dict[str, str]:
        """The forms that were collected, by id, with their names."""
        return {row.item: row.name for row in self._rows if row.measure == "completeness"}

    @cached_property
    def children(self) -> list[Row]:
        """A row a year: regions directly below that have figures, of all; `item` has the codes of the others."""
        return [row for row in self._rows if row.measure == "children"]

    @cached_property
    def rules(self) -> list[Row]:
        """The rules that found something, those that weigh most first."""
        weight = ("refused", "missing", "ask", "log")
        found = [row for row in self._rows if row.measure == "rule"]
        return sorted(found, key=lambda row: (weight.index(row.level), row.item))

    @cached_property
    def consistency(self) -> list[Row]:
        """The ratios of related counts, by name."""
        return [row for row in self._rows if row.measure == "consistency"]

    def total(self, measure: str) -> tuple[int, int]:
        """Return part and whole of a measure over all items and years."""
        rows = [row for row in self._rows if row.measure == measure]
        return sum(row.part for row in rows), sum(row.whole for row in rows)


def share(row: Row) -> str:
    """Return part of whole in per cent with one decimal, cut off: 100.0 is all of them."""
    return cut(row.part, row.whole)


def cut(part: int, whole: int) -> str:
    """Return part of whole in per cent with one decimal, never rounded up."""
    tenths = 1000 * part // whole
    return f"{tenths // 10}.{tenths % 10}"
