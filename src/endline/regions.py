"""The register of regions, and how they lie within one another."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from endline.errors import ParameterError, did_you_mean
from endline.kept import kept, once
from endline.model import Region
from endline.yaml_files import M, validated

# what a region's name may be: files are named after it
NAMES_A_FILE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fffA-Za-z0-9\u00b7\uff08\uff09]{1,40}")


class Regions(Mapping[str, Region]):
    """The register of regions, in code order, and how they lie within one another."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = {region.code: region for region in regions}
        self._children: dict[str, list[str]] = {}
        for region in self._regions.values():
            self._children.setdefault(region.parent, []).append(region.code)

    def __getitem__(self, code: str) -> Region:
        return self._regions[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._regions)

    def __len__(self) -> int:
        return len(self._regions)

    def get_known(self, code: str, where: str) -> Region:
        """Return the region of `code`; ParameterError naming `where` when the register has none."""
        if code not in self:
            raise ParameterError(f"{where}: unknown region {code!r}{did_you_mean(code, self)}; see params/regions.csv")
        return self[code]

    def children(self, code: str) -> list[Region]:
        """Return the regions directly below `code`."""
        return [self[child] for child in self._children.get(code, ())]

    def below(self, code: str) -> list[Region]:
        """Return all regions below `code`, in code order."""
        found = []
        for child in self.children(code):
            found += [child, *self.below(child.code)]
        return sorted(found, key=lambda region: region.code)

    def path(self, code: str) -> list[str]:
        """Return the codes from the top of the register down to `code`."""
        region = self[code]
        return [*(self.path(region.parent) if region.parent in self else []), code]

    def counties(self, code: str, year: int) -> list[Region] | None:
        """Return the banners under `code` that exist in `year`; None where the register does not hold them all."""
        region = self[code]
        if region.level == "banner":
            return [region]
        found: list[Region] = []
        for child in self.children(code):
            below = self.counties(child.code, year)
            if below is None:
                return None
            found += [county for county in below if county.exists_in(year)]
        return found or None

    def change_year(self, before: Region, after: Region) -> int:
        """Return the first year in which `after` has what it took over from `before`; ParameterError without one."""
        born = int(after.valid_from[:4]) if after.valid_from else None
        end = int(before.valid_to[:4]) if before.valid_to else None
        if end is not None:
            return born if born in (end, end + 1) else end + 1
        if born is None:
            raise ParameterError(
                f"params/regions.csv: {before.code}: successor {after.code}: neither has a date: "
                "expected valid_to of the former or valid_from of the latter"
            )
        return born

    @once
    def changes(self) -> dict[str, list[int]]:
        """Return the first years of new boundaries by region: figures before are not compared with figures after.

        Both sides of a change have one, and every upper region that only one of them belongs to.
        """
        found: dict[str, set[int]] = {r.code: set(map(int, r.changed.split(";"))) for r in self.values() if r.changed}
        for before in self.values():
            for after in map(self.__getitem__, before.successors):
                year = self.change_year(before, after)
                for code in {*self.path(before.code)} ^ {*self.path(after.code)}:
                    found.setdefault(code, set()).add(year)
        return {code: sorted(years) for code, years in sorted(found.items())}

    @once
    def formed_of(self) -> dict[str, tuple[int, list[str]]]:
        """Return those that were founded of whole regions: their first year, and the former ones' codes."""
        former: dict[str, list[Region]] = {}
        for before in self.values():
            for code in before.successors:
                former.setdefault(code, []).append(before)
        found = {}
        for code, parts in former.items():
            year = min(self.change_year(before, self[code]) for before in parts)
            whole = all(before.valid_to and before.successors == [code] for before in parts)
            if whole and self[code].valid_from and int(self[code].valid_from[:4]) == year:
                found[code] = year, [before.code for before in parts]
        return found

    def match_all(self, patterns: Iterable[str], extent: Iterable[str], where: str) -> list[str]:
        """Return the codes that patterns name, each once, in the patterns' order."""
        known = list(extent)
        return list(dict.fromkeys(code for pattern in patterns for code in self.match(pattern, known, where)))

    def match(self, pattern: str, extent: Iterable[str], where: str) -> list[str]:
        """Return the codes that a pattern names: CODE, CODE/* (children), CODE/** (all below), ** (`extent`)."""
        head, _, tail = pattern.partition("/")
        if pattern == "**":
            return sorted(extent)
        region = self.get_known(head, where)
        if not tail:
            return [region.code]
        if tail not in ("*", "**"):
            raise ParameterError(f"{where}: {pattern!r} is no region pattern; write CODE, CODE/*, CODE/** or **")
        return [r.code for r in (self.children(head) if tail == "*" else self.below(head))]


@kept
def read_regions(path: Path) -> tuple[Region, ...]:
    """Return the rows of a register of regions; ParameterError with file and line when one is not valid."""
    return tuple(read_by_code(path, Region).values())


def read_by_code(path: Path, kind: type[M]) -> dict[str, M]:
    """Return the rows of a CSV table by their region code; ParameterError with file and line for a faulty row."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found: dict[str, M] = {}
    for n, row in enumerate(rows, start=2):
        one = validated(kind, row, path, f"line {n}")
        if row["code"] in found:
            raise ParameterError(f"{path}: line {n}: code {row['code']} stands twice; keep one")
        found[row["code"]] = one
    return found
