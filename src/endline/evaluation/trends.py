"""The trend of each series, judged over the tests of the region's own report."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

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
    state[_broken(panel) & (state != "too_few_points")] = "definition_break"
    tested = np.isin(state, ["increase", "decrease", "no_evidence", "no_variation"])
    used = np.zeros(len(state), bool)
    used[rows[rows >= 0]] = True
    adjusted, family = np.full(len(state), np.nan), np.zeros(len(state))
    for own in _by_region(panel, np.flatnonzero(tested & used)):
        adjusted[own] = adjusted_p(trends.p[own])
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
    table["trend_gaps"] = at(_gaps(panel)[:, None], rows, 0)
    table["trend_state"] = np.where(rows >= 0, at(state[:, None], rows, 0), "too_few_points")


def _broken(panel: Panel) -> npt.NDArray[np.bool_]:
    """Tell of each series whether the points of its trend have more than one definition."""
    codes = pd.factorize(panel.definition.ravel())[0].reshape(panel.definition.shape)
    point = ~np.isnan(panel.points())
    highest = np.where(point, codes, -1).max(axis=1)
    return np.asarray((point & (codes != highest[:, None])).any(axis=1))


def _by_region(panel: Panel, series: npt.NDArray[np.intp]) -> list[npt.NDArray[np.intp]]:
    """Return the numbers of some series apart by region: those of a region stand together in the panel."""
    codes = np.asarray(panel.index.get_level_values("region_code"))[series]
    return np.split(series, np.flatnonzero(codes[1:] != codes[:-1]) + 1) if len(series) else []


def _gaps(panel: Panel) -> npt.NDArray[np.object_]:
    """Return the years without a value of each series, `;` between."""
    patterns, number = np.unique(np.isnan(panel.value), axis=0, return_inverse=True)
    texts = [";".join(str(y) for y, m in zip(panel.years, row, strict=True) if m) for row in patterns]
    return np.array(texts, dtype=object)[number.ravel()]


def adjusted_p(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return each p adjusted over the family of them all (Benjamini & Hochberg 1995).

    As scipy.stats.false_discovery_control, whose import takes longer than the evaluation of a hundred regions.
    """
    order = np.argsort(p)
    ranked = p[order] * (len(p) / np.arange(1, len(p) + 1))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1)
    return adjusted
