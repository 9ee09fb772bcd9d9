"""Where a series would stand when its target is due, or at the end of the next term, if its trend continued."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from endline.evaluation.panel import at
from endline.evaluation.trends.series import Series
from endline.model import Method, Round
from endline.stats import project_many

KINDS: dict[Literal["log", "logit"], bool] = {"log": False, "logit": True}  # by whether the indicator is a share


def add_projected(
    table: pd.DataFrame, where: npt.NDArray[np.intp], series: Series, method: Method, round_: Round
) -> None:
    """Add the projection with its prediction interval, and its year.

    That is the year in which the target is due, in a final round the end of the next term. A rate is projected on the
    log scale, a percentage on the logit scale, which never passes 100 %; what is neither, or touches the end of its
    scale, is not projected.
    """
    to = np.where(round_.is_final, round_.next_year, table["due_year"])
    years, column = np.unique(to, return_inverse=True)
    found = np.full((len(series.n), 3, len(years)), np.nan)
    kinds = np.full(len(series.n), "", dtype=object)
    sound = np.isin(series.state, ["", "no_variation"]) & (series.why != "difference") & (series.per > 1)
    for kind, is_share in KINDS.items() if len(years) else ():
        rows = np.flatnonzero(sound & ((series.per == 100) == is_share))
        table_of = project_many(series.years, series.points[rows], years, kind, method.confidence.value)
        found[rows] = np.stack([table_of.point, table_of.low, table_of.high], axis=1)
        kinds[rows] = kind
    for n, name in enumerate(("value", "low", "high")):
        table[f"projected_{name}"] = at(found[:, n], where)[np.arange(len(table)), column]
    table["projected_year"] = to
    table["projected_by"] = at(kinds[:, None], where, 0)
