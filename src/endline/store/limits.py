"""The exact limits of figures, worked out once for the charts, tables and lists of all reports that show them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from endline.model import Indicator
from endline.stats import binomial_interval, poisson_interval


def limits(observations: pd.DataFrame, indicators: Mapping[str, Indicator], confidence: float) -> pd.DataFrame:
    """Return the exact limits of the values of observations, `low` and `high` by their index; NaN without counts."""
    found = np.full((len(observations), 2), np.nan)
    numbers, names = pd.factorize(observations["indicator_id"])
    alike: dict[tuple[bool, int], list[int]] = {}
    for number, name in enumerate(names):
        alike.setdefault((indicators[name].is_proportion, indicators[name].per), []).append(number)
    for (is_proportion, per), own in alike.items():
        rows = np.isin(numbers, own)
        interval = binomial_interval if is_proportion else poisson_interval
        events, base = (observations[name].to_numpy(float)[rows] for name in ("numerator", "denominator"))
        found[rows] = np.stack(interval(events, base, per, confidence), axis=1)
    return pd.DataFrame(found, index=observations.index, columns=["low", "high"])
