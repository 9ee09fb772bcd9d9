"""The same figure from two places: which one stands, and what is asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from endline.layouts.returns import Return
from endline.regions import Regions
from endline.workbooks.cells import Finding

Claim = tuple[int, int]  # a return and one of its lines, by their places


@dataclass(frozen=True)
class Settled:
    """The returns with each figure left in one of them, and by file what is to be explained."""

    returns: tuple[Return, ...]
    findings: tuple[tuple[str, Finding], ...]


def settle(returns: Iterable[Return], regions: Regions) -> Settled:
    """Return the returns with every figure given once.

    What the region right above tells stands before what any higher one tells, and that before what a unit tells of
    itself; where they differ both are asked, each of its own cell (F19b). Of two figures of the same standing that
    differ neither is used (F19), of two that agree the second is dropped (F19a). A figure that only one of them gives
    is kept, with its own file and cell.
    """
    ordered = sorted(returns, key=lambda r: (r.file, r.sheet))
    ordered = [replace(r, value=r.value.copy(), given=r.given.copy()) for r in ordered]
    claims: dict[tuple[str, str, int], list[Claim]] = {}
    for n, of in enumerate(ordered):
        for m, line in enumerate(of.lines):
            claims.setdefault((of.form, line.region, line.year), []).append((n, m))
    findings: list[tuple[str, Finding]] = []
    for several in claims.values():
        standing = {(n, m): _standing(ordered[n], m, regions) for n, m in several}
        several.sort(key=lambda claim: standing[claim])
        for place, later in enumerate(several):
            for earlier in several[:place]:
                findings += _settle_two(ordered, earlier, later, standing[earlier] == standing[later])
    return Settled(tuple(ordered), tuple(findings))


def _standing(of: Return, line: int, regions: Regions) -> int:
    """Return the rank of what a return tells in a line: the lowest stands."""
    region = of.lines[line].region
    if of.stream == "own":
        return 3
    if of.region == region:
        return 0
    return 1 if of.region == regions[region].parent else 2


def _settle_two(
    returns: Sequence[Return], earlier: Claim, later: Claim, are_equal: bool
) -> Iterator[tuple[str, Finding]]:
    """Leave each figure that two lines give in the earlier one; yield what they differ in."""
    (n, line), (m, other) = earlier, later
    first, second = returns[n], returns[m]
    who = second.lines[other]
    columns = {item: (place, column) for place, (column, item) in enumerate(first.items.items())}
    agreed = 0
    for place, (column, item) in enumerate(second.items.items()):
        mine, at = columns.get(item, (-1, -1))
        if mine < 0 or not first.given[line, mine] or not second.given[other, place]:
            continue
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
