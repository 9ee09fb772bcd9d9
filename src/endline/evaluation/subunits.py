"""Targets that every county must meet: the region's own mean never decides."""

import numpy as np
import pandas as pd

from endline.evaluation.judge import MET, UNKNOWN, judge_against
from endline.regions import Regions


def count_counties(measures: pd.DataFrame, observations: pd.DataFrame, regions: Regions, year: int) -> pd.DataFrame:
    """Return, for each measure, how many counties exist, reported and meet, which fail, and the worst.

    Columns: subunits_total (NaN where the register does not hold all counties), subunits_reported,
    subunits_meeting, subunits_failing (codes, `;` between), worst_code, worst_value, worst_text, worst_bound; index of
    `measures`.
    A county whose denominator is 0 has no rate and stands outside the total. A county judges itself.
    """
    final = observations[observations["year"] == year]
    found = []
    for (indicator, stratum), rows in measures.groupby(["indicator_id", "stratum"]):
        of = final[(final["indicator_id"] == indicator) & (final["stratum"] == stratum)].set_index("region_code")
        value = of["value"].to_numpy()
        low = np.where(of["bound"] == "<=", -np.inf, value)
        high = np.where(of["bound"] == ">=", np.inf, value)
        empty = set(of.index[of["missing_reason"] == "zero_denominator"])
        for (sign, aim), own in rows.groupby(["operator", "threshold"]):
            states = judge_against(str(sign), low, high, aim, aim)
            decided = {
                c: (state == MET, v) for c, state, v in zip(of.index, states, value, strict=True) if state != UNKNOWN
            }
            for index, code in own["region_code"].items():
                counties = regions.counties(code, year)
                known = counties or [r for r in regions.below(code) if r.level == "banner" and r.exists_in(year)]
                reported = sorted((c.code for c in known if c.code in decided), key=lambda c: (decided[c][1], c))
                worst = reported[0 if sign in (">", ">=") else -1] if reported else ""
                found.append(
                    {
                        "index": index,
                        "subunits_total": np.nan if counties is None else sum(c.code not in empty for c in counties),
                        "subunits_reported": len(reported),
                        "subunits_meeting": sum(decided[c][0] for c in reported),
                        "subunits_failing": ";".join(sorted(c for c in reported if not decided[c][0])),
                        "worst_code": worst,
                        "worst_value": decided[worst][1] if worst else np.nan,
                        "worst_text": of["value_text"].get(worst, ""),
                        "worst_bound": of["bound"].get(worst, ""),
                    }
                )
    return pd.DataFrame(found).set_index("index")
