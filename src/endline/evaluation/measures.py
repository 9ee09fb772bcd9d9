"""One row a region, target and indicator: values, limits, sub-units and the upper region beside them."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from endline.columns import difference
from endline.evaluation.panel import SERIES, Panel, at
from endline.evaluation.subunits import count_regions, count_townships
from endline.model import Indicator, Method, Round, Target
from endline.regions import Regions
from endline.stats import binomial_interval, poisson_interval

COLUMNS = [
    "region_code",
    "target",
    "kind",
    "subunit",
    "stratum",
    "measure",
    "indicator_id",
    "operator",
    "threshold",
    "fraction",
]


def measures_of(targets: Sequence[Target], codes: Sequence[str], regions: Regions) -> pd.DataFrame:
    """Return the bare table: one row a code, target that applies there, and measure of it, in this order."""
    rows = [
        (
            code,
            target.key,
            target.kind,
            target.subunit or "",
            target.stratum,
            number,
            measure.indicator,
            measure.operator,
            np.nan if measure.value is None else float(measure.value),
            measure.fraction,
        )
        for code in codes
        for target in targets
        if regions[code].level in target.applies_to
        for number, measure in enumerate(target.measures)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def add_values(
    table: pd.DataFrame,
    panel: Panel,
    regions: Regions,
    indicators: Mapping[str, Indicator],
    method: Method,
    round_: Round,
) -> None:
    """Add the values of the final and the baseline year, the latest one, exact limits, and the upper region's."""
    rows = panel.find(table)
    final, base = len(panel.years) - 1, 0
    table["series"] = rows
    for name in (
        "value",
        "low",
        "high",
        "numerator",
        "denominator",
        "units_reported",
        "units_total",
        "bound",
        "value_text",
        "missing_reason",
        "definition",
    ):
        table[name] = at(getattr(panel, name), rows, final)
    for name in ("value", "low", "high", "numerator", "denominator", "bound", "value_text", "definition"):
        table[f"baseline_{name}"] = at(getattr(panel, name), rows, base)
    table["baseline_break"] = panel.break_between(rows, base, final)
    known = ~np.isnan(at(panel.value, rows))
    last = np.where(known.any(axis=1), known.shape[1] - 1 - known[:, ::-1].argmax(axis=1), -1)
    table["last_year"] = np.where(last >= 0, round_.baseline_year + last, -1)
    safe = np.maximum(last, 0)
    every = np.arange(len(table))
    for name in ("value", "value_text", "bound"):
        table[f"last_{name}"] = at(getattr(panel, name), rows)[every, safe]
    low, high = np.full(len(table), np.nan), np.full(len(table), np.nan)
    for is_proportion, interval in ((False, poisson_interval), (True, binomial_interval)):
        mask = table["indicator_id"].map(lambda i, p=is_proportion: indicators[i].is_proportion == p).to_numpy(bool)
        per = table.loc[mask, "indicator_id"].map(lambda i: indicators[i].per).to_numpy(float)
        pair = (table.loc[mask, "numerator"].to_numpy(float), table.loc[mask, "denominator"].to_numpy(float))
        limits = interval(*pair, confidence=method.confidence.value)
        low[mask], high[mask] = limits[0] * per, limits[1] * per
    valued = table["value"].notna().to_numpy()
    table["interval_low"], table["interval_high"] = (
        np.where(valued, low, np.nan),
        np.where(valued, high, np.nan),
    )
    parents = table["region_code"].map(lambda code: regions[code].parent)
    upper = np.where(table["value"].notna(), panel.find(table.assign(region_code=parents)), -1)
    table["upper_code"] = parents
    for name in ("value", "value_text", "bound"):
        table[f"upper_{name}"] = at(getattr(panel, name), upper, final)
    points = (table["bound"] == "") & (table["upper_bound"] == "")
    table["upper_difference"] = np.where(points, difference(table["value"], table["upper_value"]), np.nan)


def add_subunits(
    table: pd.DataFrame, observations: pd.DataFrame, panel: Panel, regions: Regions, round_: Round
) -> None:
    """Add how many sub-units exist, reported and meet the target, where a target is set for each of them."""
    for name in ("total", "reported", "meeting"):
        table[f"subunits_{name}"] = np.nan
    table["worst_value"] = np.nan
    for name in ("subunits_failing", "worst_code", "worst_text", "worst_bound"):
        table[name] = ""
    townships = (table["subunit"] == "township").to_numpy()
    rows, final = table.loc[townships, "series"].to_numpy(), len(panel.years) - 1
    for name in ("total", "reported", "meeting"):
        table.loc[townships, f"subunits_{name}"] = at(getattr(panel, f"subunits_{name}"), rows, final)
    unsummed = townships & table["subunits_reported"].isna()
    if unsummed.any():
        found = count_townships(panel, regions).reindex(pd.MultiIndex.from_frame(table.loc[unsummed, SERIES]))
        table.loc[unsummed, found.columns] = found.to_numpy()
    # the townships of a county that did not report are unknown, and so is their number
    partial = townships & ~(table["units_reported"] >= table["units_total"]).to_numpy()
    table.loc[partial, "subunits_total"] = np.nan
    below = table["subunit"].isin(["league", "banner"]).to_numpy()
    if below.any():
        counted = count_regions(table[below], observations, regions, round_.final_year)
        table.loc[below, counted.columns] = counted
