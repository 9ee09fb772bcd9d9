"""Which region a name means: by its name in the register, with its upper regions' names before it or not."""

import difflib
from collections.abc import Iterable, Iterator

from endline.layouts.text import plain
from endline.model import Region
from endline.regions import Regions


class Places:
    """The regions by every name that the register gives them."""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._codes: dict[str, list[str]] = {}
        for region in regions.values():
            for name in set(self._spellings(region)):
                self._codes.setdefault(name, []).append(region.code)

    def within(self, top: str) -> set[str]:
        """Return the codes of a region and of all below it; all codes for ""."""
        return {top, *(region.code for region in self._regions.below(top))} if top else set(self._regions)

    def names(self, code: str) -> frozenset[str]:
        """Return what a region may be called, upper regions' names before it or not; nothing for ""."""
        return frozenset(self._spellings(self._regions[code])) if code else frozenset()

    def named(self, name: str, within: Iterable[str]) -> list[str]:
        """Return the codes of the regions among some that are called so."""
        found = self._codes.get(plain(name), ())
        return [code for code in found if code in within]

    def holder(self, office: str, within: Iterable[str]) -> list[str]:
        """Return the regions whose name an office's name begins with (包头市卫生健康委), those of the longest name."""
        text, among = plain(office), set(within)
        for end in range(len(text), 1, -1):
            if found := [code for code in self._codes.get(text[:end], ()) if code in among]:
                return found
        return []

    def mentioned(self, text: str) -> list[str]:
        """Return the regions whose names stand in a text, names within longer names left out."""
        bare = plain(text)
        names = [name for name in self._codes if len(name) > 1 and name in bare]
        whole = [name for name in names if not any(name != other and name in other for other in names)]
        return sorted({code for name in whole for code in self._codes[name]})

    def lowest(self, codes: Iterable[str]) -> str:
        """Return the one region among some that lies below all others; "" where there is none."""
        paths = {code: self._regions.path(code) for code in codes}
        found = [code for code, path in paths.items() if set(paths) <= set(path)]
        return found[0] if found else ""

    def similar(self, name: str, within: Iterable[str]) -> list[str]:
        """Return up to three names like one that is not known, as `name code`."""
        names = {region.name: region.code for code in sorted(within) if (region := self._regions[code])}
        return [f"{close} {names[close]}" for close in difflib.get_close_matches(name, names, n=3, cutoff=0.5)]

    def _spellings(self, region: Region) -> Iterator[str]:
        """Yield a region's names, each alone and after one, two … of the names above it."""
        names = [region.name, *aliases(region)]
        prefixes = [""]
        for code in reversed(self._regions.path(region.code)[:-1]):
            upper = self._regions[code]
            if upper.level != "nation":
                prefixes += [plain(word) + prefix for word in (upper.name, *aliases(upper)) for prefix in prefixes[:]]
        yield from (prefix + plain(name) for prefix in prefixes for name in names)


def aliases(region: Region) -> tuple[str, ...]:
    """Return the names that the register knows a region by beside its own."""
    return tuple(region.other_names)


def given_up(region: Region, text: str, year: int) -> bool:
    """Tell whether a text names a region as it was no longer called in a year."""
    name = plain(text)
    if name.endswith(plain(region.name)):
        return False
    return any(
        last is not None and last < year for alias, last in region.other_names.items() if name.endswith(plain(alias))
    )
