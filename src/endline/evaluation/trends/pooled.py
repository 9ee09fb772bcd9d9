"""The last years of a rate of few events taken together: events over births, never the mean of rates."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from endline.evaluation.panel import Panel, at
from endline.evaluation.trends.series import Series
from endline.model import Method
from endline.stats import poisson_interval


def add_pooled(table: pd.DataFrame, panel: Panel, where: npt.NDArray[np.intp], series: Series, method: Method) -> None:
    """Add the pooled rate of the last years with its exact limits, where the final year has few events.

    Nothing is pooled across a missing year or a change of definition or boundaries.
    """
    years = method.pooled_years.value
    events, base = series.events[:, -years:], series.base[:, -years:]
    few = (series.method == "poisson") & (events[:, -1] < method.unstable_below_events.value)
    few &= ~np.isnan(events).any(axis=1) & (series.break_ == "") & (events.shape[1] == years)
    total, births = np.where(few, events.sum(axis=1), np.nan), np.where(few, base.sum(axis=1), np.nan)
    low, high = poisson_interval(total, births, 1.0, method.confidence.value)
    per = series.per
    columns = {"events": total, "base": births, "value": total * per / births, "low": low * per, "high": high * per}
    for name, column in columns.items():
        table[f"pooled_{name}"] = at(column[:, None], where, 0)
    table["pooled_first"] = int(panel.years[-1]) - years + 1
