"""Country against town, in the first and the final year, and how their difference changed."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from endline.columns import difference, ratio
from endline.evaluation.panel import Panel, at
from endline.model import Indicator, Method
from endline.stats import mover, proportion_difference_many, two_rates_many

COUNTRY, TOWN = "rural", "urban"
ENDS = {"baseline": 0, "final": -1}


def town_country_of(
    measures: pd.DataFrame,
    panel: Panel,
    codes: Sequence[str],
    indicators: Mapping[str, Indicator],
    method: Method,
) -> pd.DataFrame:
    """Return one row a region and indicator that is observed in town and country, in the order of both.

    For either end of the term: value, text, bound, events and denominator of both, country less town and over town,
    with limits where both have counts. `change` is that of the difference, with limits; none across a change of
    definition.
    """
    asked = dict.fromkeys(measures["indicator_id"])
    asked |= dict.fromkeys(rule.indicator for name in asked if (rule := indicators[name].difference))
    keys = pd.DataFrame([(code, name) for code in codes for name in asked], columns=["region_code", "indicator_id"])
    rows = {stratum: panel.find(keys.assign(stratum=stratum)) for stratum in (COUNTRY, TOWN)}
    known = (rows[COUNTRY] >= 0) & (rows[TOWN] >= 0)
    table = keys[known].reset_index(drop=True)
    for end, year in ENDS.items():
        for stratum in (COUNTRY, TOWN):
            for name in ("value", "value_text", "bound", "definition", "numerator", "denominator"):
                table[f"{end}_{stratum}_{name}"] = at(getattr(panel, name), rows[stratum][known], year)
        _add_difference(table, end, indicators, method.confidence.value)
    _add_change(table)
    return table.drop(columns=[name for name in table if name.endswith("_definition")])


def _add_difference(table: pd.DataFrame, end: str, indicators: Mapping[str, Indicator], confidence: float) -> None:
    """Add difference and ratio of one end of the term; those with counts have limits."""
    country, town = (f"{end}_{stratum}" for stratum in (COUNTRY, TOWN))
    points = (table[f"{country}_bound"] == "") & (table[f"{town}_bound"] == "")
    points &= table[f"{country}_definition"] == table[f"{town}_definition"]
    high, low = table[f"{country}_value"].where(points), table[f"{town}_value"]
    table[f"{end}_difference"], table[f"{end}_ratio"] = difference(high, low), ratio(high, low)
    share = np.array([indicators[name].is_proportion for name in table["indicator_id"]], dtype=bool)
    per = np.array([indicators[name].per for name in table["indicator_id"]], dtype=float)
    names = [f"{side}_{name}" for side in (country, town) for name in ("numerator", "denominator")]
    x, n, y, other = (table[name].to_numpy(float) for name in names)
    counted = points.to_numpy() & (n > 0) & (other > 0) & high.notna().to_numpy() & ~np.isnan(x + y)
    limits = np.full((4, len(table)), np.nan)
    part = counted & ~share
    rates = two_rates_many(x[part], n[part], y[part], other[part], confidence=confidence)
    limits[:2, part] = rates.difference_low * per[part], rates.difference_high * per[part]
    limits[2:, part] = rates.ratio_low, rates.ratio_high
    part = counted & share & (x <= n) & (y <= other)
    shares = proportion_difference_many(x[part], n[part], y[part], other[part], confidence=confidence)
    limits[:2, part] = shares.low, shares.high
    for name, row in zip(("difference_low", "difference_high", "ratio_low", "ratio_high"), limits, strict=True):
        table[f"{end}_{name}"] = row


def _add_change(table: pd.DataFrame) -> None:
    """Add how much the difference grew, with limits from those of both differences, which are of different years."""
    same = table[f"baseline_{TOWN}_definition"] == table[f"final_{TOWN}_definition"]
    final = table["final_difference"].where(same)
    table["change"] = difference(final, table["baseline_difference"])
    limits = {end: tuple(table[f"{end}_difference_{side}"].to_numpy(float) for side in ("low", "high")) for end in ENDS}
    before = table["baseline_difference"].to_numpy(float)
    table["change_low"], table["change_high"] = mover(
        final.to_numpy(float), limits["final"], before, limits["baseline"]
    )
