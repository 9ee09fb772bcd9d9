"""The same figure from two places: which one stands, and what is asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from endline.layouts.returns import Return
from endline.layouts.words import VINTAGES
from endline.regions import Regions
from endline.workbooks.cells import Finding

Claim = tuple[int, int]  # a return and one of its lines, by their places


@dataclass(frozen=True)
class Revision:
    """A figure that a later vintage replaces: whose, what, of which year, both vintages and values, and its place."""

    region: str
    item: str
    year: int
    vintage: str
    value: float
    latest_vintage: str
    latest: float
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Settled:
    """The returns with each figure left in one of them, by file what is to be explained, and what was revised."""

    returns: tuple[Return, ...]
    findings: tuple[tuple[str, Finding], ...]
    revisions: tuple[Revision, ...] = ()


def settle(returns: Iterable[Return], regions: Regions) -> Settled:
    """Return the returns with every figure given once.

    What the region right above tells stands before what any higher one tells, and that before what a unit tells of
    itself; where they differ both are asked, each of its own cell (F19b). Of two figures of the same standing that
    differ neither is used (F19), of two that agree the second is dropped (F19a). Of two vintages of the same standing
    the later stands, and what it replaces is a revision. A figure that only one of them gives is kept, with its own
    file and cell.
    """
    ordered = sorted(returns, key=lambda r: (r.file, r.sheet))
    ordered = [replace(r, value=r.value.copy(), given=r.given.copy()) for r in ordered]
    claims: dict[tuple[str, str, int], list[Claim]] = {}
    for n, of in enumerate(ordered):
        for m, line in enumerate(of.lines):
            claims.setdefault((of.form, line.region, line.year), []).append((n, m))
    findings: list[tuple[str, Finding]] = []
    revisions: list[Revision] = []
    for several in claims.values():
        standing = {(n, m): _standing(ordered[n], m, regions) for n, m in several}
        several.sort(key=lambda claim: (standing[claim], -_age(ordered[claim[0]].vintage)))
        for place, later in enumerate(several):
            for earlier in several[:place]:
                are_equal = standing[earlier] == standing[later]
                vintages = {ordered[n].vintage for n, _ in (earlier, later)}
                if are_equal and len(vintages) > 1 and "" not in vintages:
                    revisions += _replace(ordered, earlier, later)
                findings += _settle_two(ordered, earlier, later, are_equal)
    return Settled(tuple(ordered), tuple(findings), tuple(revisions))


def _age(vintage: str) -> int:
    return VINTAGES.index(vintage) if vintage else -1


def _standing(of: Return, line: int, regions: Regions) -> int:
    """Return the rank of what a return tells in a line: the lowest stands."""
    region = of.lines[line].region
    if of.stream == "own":
        return 3
    if of.region == region:
        return 0
    return 1 if of.region == regions[region].parent else 2


def _both(first: Return, line: int, second: Return, other: int) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what two lines both give: item, its place and column in the first, and in the second."""
    columns = {item: (place, column) for place, (column, item) in enumerate(first.items.items())}
    for place, (column, item) in enumerate(second.items.items()):
        mine, at = columns.get(item, (-1, -1))
        if mine >= 0 and first.given[line, mine] and second.given[other, place]:
            yield item, mine, at, place, column


def _replace(returns: Sequence[Return], latest: Claim, former: Claim) -> Iterator[Revision]:
    """Take away what the former of two vintages gives and the latest gives as well; yield what they differ in."""
    (n, line), (m, other) = latest, former
    first, second = returns[n], returns[m]
    who = second.lines[other]
    for item, mine, _, place, column in _both(first, line, second, other):
        now, before = float(first.value[line, mine]), float(second.value[other, place])
        second.given[other, place], second.value[other, place] = False, np.nan
        if now != before:
            where = second.file, second.sheet, second.cell(other, column)
            yield Revision(who.region, item, who.year, second.vintage, before, first.vintage, now, *where)


def _settle_two(
    returns: Sequence[Return], earlier: Claim, later: Claim, are_equal: bool
) -> Iterator[tuple[str, Finding]]:
    """Leave each figure that two lines give in the earlier one; yield what they differ in."""
    (n, line), (m, other) = earlier, later
    first, second = returns[n], returns[m]
    who = second.lines[other]
    agreed = 0
    for item, mine, at, place, column in _both(first, line, second, other):
        own, others = float(first.value[line, mine]), float(second.value[other, place])
        second.given[other, place], second.value[other, place] = False, np.nan
        agreed += own == others
        if own != others and not (np.isnan(own) or np.isnan(others)):
            if are_equal:
                first.value[line, mine] = np.nan
            here, there = second.cell(other, column), first.cell(line, at)
            said = f"{item} {who.region} {who.year}：{others:.15g}；{first.file} {first.sheet} {there}：{own:.15g}"
            rule = "F19" if are_equal else "F19b"
            yield second.file, Finding(rule, said, sheet=second.sheet, cell=here, region=who.region)
            if not are_equal:
                said = f"{item} {who.region} {who.year}：{own:.15g}；{second.file} {second.sheet} {here}：{others:.15g}"
                yield first.file, Finding(rule, said, sheet=first.sheet, cell=there, region=first.region)
    if agreed:
        said = f"{who.region} {who.year}：{first.file} {first.sheet} {first.lines[line].number}（{agreed}）"
        cell = f"{who.number}:{who.number}"
        yield second.file, Finding("F19a", said, sheet=second.sheet, cell=cell, region=who.region)
