"""What the counts of both ends of the term say of a target that compares them."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from endline.evaluation.panel import Floats
from endline.model import Indicator
from endline.stats import interval_evidence, proportion_difference_many, two_rates_many

COUNTS = ["numerator", "denominator", "baseline_numerator", "baseline_denominator"]
UNBOUNDED = np.finfo(float).max  # an interval without an upper end
DIRECTIONS = {"decrease": "<", "increase": ">"}


def add_evidence_of_change(
    table: pd.DataFrame, evidence: npt.NDArray[np.object_], indicators: Mapping[str, Indicator], confidence: float
) -> None:
    """Fill in the evidence on relative and directional targets whose counts are known at both ends.

    A rate: the exact interval of the ratio of final to baseline against the fraction, or against 1. A proportion:
    Newcombe's interval of the difference against 0; against a fraction of the baseline it is not assessed.
    """
    points = (table["bound"] == "") & (table["baseline_bound"] == "") & (table["baseline_break"] == "")
    known = table[[*COUNTS, "value", "baseline_value"]].notna().all(axis=1) & points
    known &= (table["denominator"] > 0) & (table["baseline_denominator"] > 0)
    share = table["indicator_id"].map(lambda i: indicators[i].is_proportion).to_numpy(bool)
    sound = ~share | (
        (table["numerator"] <= table["denominator"]) & (table["baseline_numerator"] <= table["baseline_denominator"])
    )
    for is_share, kind in ((False, "relative"), (False, "directional"), (True, "directional")):
        rows = np.flatnonzero(known & sound & (share == is_share) & (table["kind"] == kind))
        if not len(rows):
            continue
        part = table.iloc[rows]
        low, high = _limits(part, is_share, confidence)
        aims = part["fraction"].map(float).to_numpy(float) if kind == "relative" else float(not is_share)
        for operator, own in part.reset_index(drop=True).groupby("operator").indices.items():
            sign = DIRECTIONS.get(str(operator), str(operator))
            aim = aims[own] if isinstance(aims, np.ndarray) else aims
            evidence[rows[own]] = interval_evidence(low[own], high[own], sign, aim)


def _limits(part: pd.DataFrame, is_share: bool, confidence: float) -> tuple[Floats, Floats]:
    events, base, events_before, base_before = (part[name].to_numpy(float) for name in COUNTS)
    if is_share:
        difference = proportion_difference_many(events, base, events_before, base_before, confidence=confidence)
        return difference.low, difference.high
    ratio = two_rates_many(events, base, events_before, base_before, confidence=confidence)
    computed = ratio.refused == ""
    return ratio.ratio_low, np.where(computed & np.isnan(ratio.ratio_high), UNBOUNDED, ratio.ratio_high)
