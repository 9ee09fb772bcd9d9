"""Targets that every county must meet: the region's own mean never decides."""

import numpy as np
import pandas as pd

from endline.evaluation.judge import MET, judge_absolute
from endline.regions import Regions

COLUMNS = [
    "subunits_total",
    "subunits_reported",
    "subunits_meeting",
    "subunits_failing",
    "worst_code",
    "worst_value",
]


def count_counties(measures: pd.DataFrame, observations: pd.DataFrame, regions: Regions, year: int) -> pd.DataFrame:
    """Return, for each measure, how many counties exist, reported and meet, which fail, and the worst.

    Columns: subunits_total (NaN where the register does not hold all counties), subunits_reported,
    subunits_meeting, subunits_failing (codes, `;` between), worst_code, worst_value; index of `measures`.
    A county whose denominator is 0 has no rate and stands outside the total. A county judges itself.
    """
    final = observations[observations["year"] == year]
    found = []
    for (indicator, stratum), rows in measures.groupby(["indicator_id", "stratum"]):
        of = final[(final["indicator_id"] == indicator) & (final["stratum"] == stratum)].set_index("region_code")
        points = of["value"].where(of["bound"] == "")
        empty = set(of.index[of["missing_reason"] == "zero_denominator"])
        for (sign, threshold), own in rows.groupby(["operator", "threshold"]):
            values = points.to_numpy()
            meets = dict(zip(of.index, judge_absolute(str(sign), values, values, threshold) == MET, strict=True))
            known = points.dropna().to_dict()
            lowest = sign in (">", ">=")
            for index, code in own["region_code"].items():
                counties = regions.counties(code, year)
                reported = sorted(
                    (c.code for c in counties or regions.below(code) if c.code in known),
                    key=lambda c: (known[c] if lowest else -known[c], c),
                )
                total = np.nan if counties is None else sum(c.code not in empty for c in counties)
                failing = [c for c in reported if not meets[c]]
                worst = reported[0] if reported else ""
                found.append(
                    (
                        index,
                        total,
                        len(reported),
                        len(reported) - len(failing),
                        ";".join(failing),
                        worst,
                        known.get(worst, np.nan),
                    )
                )
    return pd.DataFrame(found, columns=["index", *COLUMNS]).set_index("index")
