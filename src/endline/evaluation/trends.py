"""The trend of each series, judged over the tests of the region's own report."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from endline.evaluation.panel import Panel, at
from endline.model import Method
from endline.stats import trend_many


def add_trend(table: pd.DataFrame, panel: Panel, method: Method) -> None:
    """Add each series' trend, its p adjusted over the tests of the region's own report (Benjamini–Hochberg)."""
    trends = (
        trend_many(
            panel.years, panel.points(), method.minimum_trend_points.value, method.confidence.value, method.alpha.value
        )
        if len(panel.index)
        else None
    )
    rows = table["series"].to_numpy()
    if trends is None:
        table["trend_n"], table["trend_state"], table["trend_m"], table["trend_gaps"] = 0, "too_few_points", 0, ""
        for name in ("S", "p", "p_adjusted", "slope", "slope_low", "slope_high"):
            table[f"trend_{name}"] = np.nan
        return
    state = np.asarray(trends.state, dtype=object).copy()
    known = np.where(np.isnan(panel.points()), "", panel.definition)
    filled = [
        {d for d, v in zip(names, values, strict=True) if not np.isnan(v)}
        for names, values in zip(known, panel.points(), strict=True)
    ]
    broken = np.array([len(names) > 1 for names in filled])
    state[broken & (state != "too_few_points")] = "definition_break"
    tested = np.isin(state, ["increase", "decrease", "no_evidence", "no_variation"])
    used = np.zeros(len(state), bool)
    used[rows[rows >= 0]] = True
    codes = np.asarray(panel.index.get_level_values("region_code"))
    adjusted, family = np.full(len(state), np.nan), np.zeros(len(state))
    order = np.flatnonzero(tested & used)
    for code in np.unique(codes[order]):
        own = order[codes[order] == code]
        adjusted[own] = false_discovery_control(trends.p[own])
        family[own] = len(own)
    judged = np.isin(state, ["increase", "decrease", "no_evidence"])
    significant = adjusted < method.alpha.value
    state[judged] = np.where(significant, np.where(trends.S > 0, "increase", "decrease"), "no_evidence")[judged]
    columns: dict[str, Any] = {
        "S": trends.S,
        "p": trends.p,
        "p_adjusted": adjusted,
        "slope": trends.slope,
        "slope_low": trends.slope_low,
        "slope_high": trends.slope_high,
    }
    for name, values in columns.items():
        kept = np.where(state == "definition_break", np.nan, values)
        table[f"trend_{name}"] = at(kept[:, None], rows, 0)
    table["trend_n"] = np.nan_to_num(at(trends.n.astype(float)[:, None], rows, 0)).astype(int)
    table["trend_m"] = np.nan_to_num(at(family[:, None], rows, 0)).astype(int)
    missing = np.isnan(panel.value)
    gaps = np.array([";".join(str(y) for y, m in zip(panel.years, row, strict=True) if m) for row in missing], object)
    table["trend_gaps"] = at(gaps[:, None], rows, 0)
    table["trend_state"] = np.where(rows >= 0, at(state[:, None], rows, 0), "too_few_points")
