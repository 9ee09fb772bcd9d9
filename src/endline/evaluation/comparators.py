"""What a final value is set beside: the nation's value, and the median of the regions of the same level."""

import numpy as np
import pandas as pd

from endline.evaluation.panel import Panel, at
from endline.model import Method
from endline.regions import Regions

SERIES = ["level", "indicator_id", "stratum"]


def add_comparators(table: pd.DataFrame, panel: Panel, regions: Regions, method: Method) -> None:
    """Add the nation's final value, and the median of the final values of the region's level, its own among them.

    Both are of the same dataset, so that a simulated value never meets a real one. The nation is that above the
    region; there is no median of too few regions, and bounds are left out of it.
    """
    nations = {
        code: next((upper for upper in regions.path(code)[:-1] if regions[upper].level == "nation"), "")
        for code in dict.fromkeys(table["region_code"])
    }
    final = len(panel.years) - 1
    nation = panel.find(table.assign(region_code=table["region_code"].map(nations).astype("str")))
    nation = np.where(table["value"].notna(), nation, -1)
    for name in ("value", "value_text", "bound"):
        table[f"nation_{name}"] = at(getattr(panel, name), nation, final)

    codes = panel.index.get_level_values("region_code")
    levels = {code: regions[code].level for code in codes.unique()}
    series = panel.index.to_frame(index=False).assign(level=codes.map(levels), value=panel.points()[:, final])
    found = series.dropna(subset="value").groupby(SERIES)["value"].agg(["median", "count"])
    own = table.assign(level=table["region_code"].map(lambda code: regions[code].level))
    beside = found.reindex(pd.MultiIndex.from_frame(own[SERIES]))
    enough = beside["count"].to_numpy() >= method.minimum_level_regions.value
    table["level_median"] = np.where(enough, beside["median"].to_numpy(), np.nan)
