"""The exact limits of a region's figures, worked out once for the charts, tables and lists that show them."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from endline.model import Indicator
from endline.rows import made_rows
from endline.stats import binomial_interval, poisson_interval


def with_limits(observations: Sequence[Any], indicators: Mapping[str, Indicator], confidence: float) -> list[Any]:
    """Return rows of observations with the exact limits of their values, `low` and `high`; NaN without counts."""
    if not observations:
        return []
    alike: dict[tuple[bool, int], list[int]] = {}
    for n, o in enumerate(observations):
        indicator = indicators[o.indicator_id]
        alike.setdefault((indicator.is_proportion, indicator.per), []).append(n)
    limits: dict[int, tuple[float, float]] = {}
    for (is_proportion, per), places in alike.items():
        events, base = ([getattr(observations[n], name) for n in places] for name in ("numerator", "denominator"))
        interval = binomial_interval if is_proportion else poisson_interval
        low, high = interval(events, base, per, confidence)
        limits |= zip(places, zip(low.tolist(), high.tolist(), strict=True), strict=True)
    columns = chain(zip(*observations, strict=True), zip(*(limits[n] for n in range(len(observations))), strict=True))
    return made_rows((*observations[0]._fields, "low", "high"), columns)
