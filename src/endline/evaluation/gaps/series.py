"""The years of the regions below a region, of the one main indicator in which they lie farthest apart."""

import numpy as np
import pandas as pd

from endline.evaluation.gaps.members import CHILDREN
from endline.evaluation.panel import Panel, at
from endline.model import Method

SCOPED = ["region_code", "scope", "indicator_id", "stratum"]
COLUMNS = [*SCOPED, "member_code", "verdict", "year", "value", "value_text", "events", "denominator"]


def member_series_of(gaps: pd.DataFrame, each: pd.DataFrame, panel: Panel, method: Method) -> pd.DataFrame:
    """Return one row a region, region directly below and year with a value; of one series a region.

    It is the main indicator whose highest stable value of the final year is the greatest multiple of the lowest, of
    equal ones the first in the method's order; none where no indicator has such extremes. Left out are bounds, and
    values of another definition or of other boundaries than those of the final year.
    """
    order = {name: n for n, name in enumerate(method.gap_indicators.value)}
    main = gaps[(gaps["scope"] == CHILDREN) & gaps["indicator_id"].isin(order) & gaps["ratio"].notna()]
    main = main.assign(order=main["indicator_id"].map(order)).sort_values(["ratio", "order"], ascending=[False, True])
    chosen = main.drop_duplicates("region_code").sort_index()[SCOPED]
    members = chosen.merge(each[[*SCOPED, "member_code", "verdict"]], on=SCOPED)
    members["verdict"] = members["verdict"].fillna("")  # of regions that the targets do not bind
    rows, years = panel.find(members.assign(region_code=members["member_code"])), list(panel.years)
    epoch, definition = at(panel.epoch.astype(float), rows), at(panel.definition, rows)
    alike = (epoch == epoch[:, -1:]) & (definition == definition[:, -1:]) & (at(panel.bound, rows) == "")
    table = members.loc[members.index.repeat(len(years))].assign(year=np.tile(years, len(members)))
    named = {"value": "value", "value_text": "value_text", "events": "numerator", "denominator": "denominator"}
    for name, matrix in named.items():
        table[name] = at(getattr(panel, matrix), rows).ravel()
    known = alike.ravel() & table["value"].notna().to_numpy()
    return table.loc[known, COLUMNS].reset_index(drop=True)
