"""Sums up the tree of regions: from the counties to leagues, provinces and the nation."""

import numpy as np

from endline.intake.items import Bools, Floats, Items
from endline.model import Dataset
from endline.regions import Regions

LEVELS = ("league", "province", "nation")


class Sums:
    """The regions above the counties that a dataset covers, and how many counties each has in each year."""

    def __init__(self, items: Items, dataset: Dataset, regions: Regions) -> None:
        covered = {dataset.top, *(r.code for r in regions.below(dataset.top))} if dataset.top else set()
        self.codes = [code for code in regions if code in covered and regions[code].level in LEVELS]
        place = {code: n for n, code in enumerate(self.codes)}
        self._above = np.full((len(LEVELS), len(items.counties)), -1)
        for n, county in enumerate(items.counties):
            for code in reversed(regions.path(county)[:-1]):  # the highest of a level stays
                if code in place:
                    self._above[LEVELS.index(regions[code].level), n] = place[code]
        numbers = [[regions.counties(code, year) for year in items.years] for code in self.codes]
        self.units = np.array([[len(found) if found else np.nan for found in row] for row in numbers], float)
        self.units = self.units.reshape(len(self.codes), len(items.years))

    def of(self, counts: Floats | Bools) -> Floats:
        """Return the sums [regions above, years] of counts [counties, years]; NaN adds nothing."""
        total = np.zeros(self.units.shape)
        filled = np.nan_to_num(counts.astype(float))
        for above in self._above:
            inside = above >= 0
            np.add.at(total, above[inside], filled[inside])
        return total
