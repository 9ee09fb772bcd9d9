"""The series that are tested, with what is known of each: points, counts, kind."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from endline.evaluation.panel import Floats, Panel
from endline.model import Indicator, Method

Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Series:
    """Arrays [series, years]: points (bounds left out), events and their base, NaN where unknown; and arrays [series].

    `method` is the primary test: poisson (counts of events), binomial (parts of a whole), ranks (values only);
    `why` is the reason for it. `state` is why none is made, empty where one is; `break_` what the points of a series
    differ in (definition_break, boundary_break), empty where they can be compared.
    """

    years: npt.NDArray[np.float64]
    points: Floats
    events: Floats
    base: Floats
    per: Floats
    n: npt.NDArray[np.int64]
    method: Texts
    why: Texts
    state: Texts
    break_: Texts


def series_of(panel: Panel, rows: Rows, indicators: Mapping[str, Indicator], method: Method) -> Series:
    """Return the panel's series of some rows, each with the test that its data allow.

    Counts of events, or parts of a whole, are tested as such where every point of the series has them; the
    values alone are tested by ranks. Source of the rules: docs/method.md, "Choice of the test".
    """
    points = panel.points()[rows]
    known = ~np.isnan(points)
    definition = pd.factorize(panel.definition[rows].ravel())[0].reshape(known.shape)
    broken = [_broken(panel.epoch[rows], known), _broken(definition, known)]
    break_ = np.select(broken, ["boundary_break", "definition_break"], "").astype(object)
    base = panel.denominator[rows]
    counted = known & (panel.numerator[rows] >= 0) & (base > 0)
    events = np.where(counted, panel.numerator[rows], np.nan)
    base = np.where(counted, base, np.nan)
    n = np.count_nonzero(known, axis=1)
    own = [indicators[name] for name in panel.index.get_level_values("indicator_id")[rows]]
    share = np.array([i.is_proportion for i in own], bool)
    gap = np.array([i.difference is not None for i in own], bool)
    whole = (counted == known).all(axis=1) & ~gap
    whole &= ~share | ~(events > base).any(axis=1)
    total = np.nansum(events, axis=1)
    rate = whole & ~share
    state = np.select(
        [
            n < method.minimum_trend_points.value,
            break_ == "boundary_break",
            break_ == "definition_break",
            _constant(points),
            rate & (total == 0),
            rate & (total < method.minimum_trend_events.value),
        ],
        ["too_few_points", "boundary_break", "definition_break", "no_variation", "no_events", "too_few_events"],
        "",
    )
    state[rate & (total == 0) & (state == "no_variation")] = "no_events"
    return Series(
        years=np.array(panel.years, float),
        points=points,
        events=np.where(whole[:, None], events, np.nan),
        base=np.where(whole[:, None], base, np.nan),
        per=np.array([i.per for i in own], float),
        n=n,
        method=np.select([rate, whole], ["poisson", "binomial"], "ranks").astype(object),
        why=np.select(
            [rate, whole, gap, counted.any(axis=1)], ["counts", "shares", "difference", "some_counts"], "no_counts"
        ).astype(object),
        state=state.astype(object),
        break_=break_,
    )


def _broken(codes: npt.NDArray[np.int64], known: Bools) -> Bools:
    """Tell of each series whether its points have more than one code."""
    highest = np.where(known, codes, -1).max(axis=1, initial=-1)
    return np.asarray((known & (codes != highest[:, None])).any(axis=1))


def _constant(points: Floats) -> Bools:
    low = np.nanmin(np.where(np.isnan(points), np.inf, points), axis=1, initial=np.inf)
    high = np.nanmax(np.where(np.isnan(points), -np.inf, points), axis=1, initial=-np.inf)
    return np.asarray(low == high)
