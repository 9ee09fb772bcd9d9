"""Who is missing from a figure that is a sum: the regions directly below that have no usable value, by year."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from endline.evaluation.panel import SERIES, Panel, at
from endline.regions import Regions

Texts = npt.NDArray[np.object_]


def add_absent(table: pd.DataFrame, panel: Panel, regions: Regions) -> None:
    """Add `absent`: for each year in which some are missing `year:reported/total:codes`, `;` between, codes by spaces.

    `upper_absent` is the same of the upper region's value in the final year, without the year.
    """
    absent = absent_of(panel, regions)[:, None]
    table["absent"] = at(absent, table["series"].to_numpy(), 0)
    parents = table.assign(region_code=table["upper_code"])
    upper = at(absent, np.where(table["upper_value"].notna(), panel.find(parents), -1), 0)
    final = f"{panel.years[-1]}:"
    table["upper_absent"] = [told.rpartition(";")[2].removeprefix(final) if final in told else "" for told in upper]


def absent_of(panel: Panel, regions: Regions) -> Texts:
    """Return for each series of a panel who is missing from its sums, as `add_absent` writes it."""
    codes = panel.index.get_level_values("region_code")
    told = np.full(len(codes), "", dtype=object)
    if not len(codes):
        return told
    keys = panel.index.to_frame(index=False)
    above = panel.find(keys.assign(region_code=[regions[code].parent for code in codes]))
    there = {code: [regions[code].exists_in(year) for year in panel.years] for code in set(codes)}
    usable = ~np.isnan(panel.value) & np.array([there[code] for code in codes], dtype=bool)
    reported = np.zeros(usable.shape, dtype=int)
    np.add.at(reported, above[above >= 0], usable[above >= 0])
    for code, rows in pd.Series(np.arange(len(codes))).groupby(codes).indices.items():
        children = regions.children(str(code))
        total = np.array([sum(child.exists_in(year) for child in children) for year in panel.years])
        if not total.any():
            continue
        summed = usable[rows] & ~np.isnan(panel.units_total[rows]) & (reported[rows] < total)
        for row, short in zip(rows[summed.any(axis=1)].tolist(), summed[summed.any(axis=1)], strict=True):
            own = keys.iloc[[row] * len(children)].assign(region_code=[child.code for child in children])
            found = at(usable.astype(float), panel.find(own[SERIES])) == 1
            years: list[str] = []
            for column in np.flatnonzero(short).tolist():
                year = panel.years[column]
                gone = [c.code for c, t in zip(children, found[:, column], strict=True) if c.exists_in(year) and not t]
                years.append(f"{year}:{total[column] - len(gone)}/{total[column]}:{' '.join(gone)}")
            told[row] = ";".join(years)
    return told


def parse_absent(told: str) -> list[tuple[int, str, Sequence[str]]]:
    """Return year, `reported/total` and missing codes of each part of `absent`."""
    parts = [part.split(":") for part in told.split(";") if part]
    return [(int(year), share, codes.split()) for year, share, codes in parts]
