"""The trend of each series: the test that its data allow, judged over the tests of the region's own report."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from endline.evaluation.panel import Panel, at
from endline.evaluation.trends.pooled import add_pooled
from endline.evaluation.trends.projected import add_projected
from endline.evaluation.trends.results import Results
from endline.evaluation.trends.series import Rows, Texts, series_of
from endline.model import Indicator, Method, Round
from endline.stats import false_discovery_many


def add_trend(
    table: pd.DataFrame, panel: Panel, indicators: Mapping[str, Indicator], method: Method, round_: Round
) -> None:
    """Add each series' trend, its p adjusted over the tests of the region's own report (Benjamini-Hochberg).

    Every series of the table is tested once, however many targets it serves; a measure without a series has
    `trend_n` 0.
    """
    rows = table["series"].to_numpy()
    used, place = np.unique(rows[rows >= 0], return_inverse=True)
    where = np.full(len(rows), -1, dtype=np.intp)
    where[rows >= 0] = place
    series = series_of(panel, used, indicators, method)
    results = Results(series, method)
    numbers = results.numbers | {"n": series.n.astype(float)}
    state = series.state.copy()
    tested = np.flatnonzero(~np.isnan(numbers["p"]))
    region = pd.factorize(panel.index.get_level_values("region_code")[used])[0]
    adjusted, family = np.full(len(used), np.nan), np.zeros(len(used))
    adjusted[tested] = false_discovery_many(numbers["p"][tested], region[tested])
    family += np.bincount(region[tested], minlength=int(region.max(initial=-1)) + 1)[region]
    claimed = np.where(results.direction > 0, "increase", "decrease")
    judged = ~np.isnan(numbers["p"]) & (state == "")
    state[judged] = np.where(adjusted < method.alpha.value, claimed, "no_evidence")[judged]
    numbers |= {"p_adjusted": adjusted, "m": family, "direction": np.sign(results.direction)}
    texts = {"state": state, "method": results.method, "why": results.why, "recent": results.recent}
    texts |= {"gaps": _gaps(panel, used), "breaks": _breaks(panel, used, series.break_)}
    for name, column in (numbers | texts).items():
        table[f"trend_{name}"] = at(column[:, None], where, 0)
    for name in ("n", "m"):
        table[f"trend_{name}"] = np.nan_to_num(table[f"trend_{name}"]).astype(int)
    table.loc[where < 0, "trend_state"] = "too_few_points"
    add_pooled(table, panel, where, series, method)
    add_projected(table, where, series, method, round_)


def _breaks(panel: Panel, rows: Rows, break_: Texts) -> Texts:
    """Return the years of each series from which its values are not to be compared with those before, `;` between."""
    known = ~np.isnan(panel.value[rows])
    codes = pd.factorize(panel.definition[rows].ravel())[0].reshape(known.shape)
    codes = codes * (len(panel.years) + 1) + panel.epoch[rows]
    found = np.full(len(rows), "", dtype=object)
    for n in np.flatnonzero(break_ != "").tolist():
        columns = np.flatnonzero(known[n])
        new = columns[1:][np.diff(codes[n, columns]) != 0]
        found[n] = ";".join(str(panel.years[column]) for column in new)
    return found


def _gaps(panel: Panel, rows: Rows) -> Texts:
    """Return the years without a value of each series, `;` between."""
    patterns, number = np.unique(np.isnan(panel.value[rows]), axis=0, return_inverse=True)
    texts = [";".join(str(y) for y, m in zip(panel.years, row, strict=True) if m) for row in patterns]
    return np.array(texts, dtype=object)[number.ravel()]
