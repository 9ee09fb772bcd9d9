"""Targets that every county, or every league, must meet: the region's own mean never decides."""

import numpy as np
import pandas as pd

from endline.evaluation.judge import MET, UNKNOWN, judge_against
from endline.evaluation.panel import SERIES, Panel
from endline.model import Region
from endline.regions import Regions


def count_regions(measures: pd.DataFrame, observations: pd.DataFrame, regions: Regions, year: int) -> pd.DataFrame:
    """Return, for each measure, how many regions of its `subunit` exist, reported and meet, which fail, and the worst.

    Columns: subunits_total (NaN where the register does not hold them all), subunits_reported,
    subunits_meeting, subunits_failing (codes, `;` between), worst_code, worst_value, worst_text, worst_bound; index of
    `measures`.
    A region whose denominator is 0 has no rate and stands outside the total. A county, or league, judges itself.
    """
    final = observations[observations["year"] == year]
    found = []
    for (indicator, stratum), rows in measures.groupby(["indicator_id", "stratum"]):
        of = final[(final["indicator_id"] == indicator) & (final["stratum"] == stratum)].set_index("region_code")
        value = of["value"].to_numpy()
        low = np.where(of["bound"] == "<=", -np.inf, value)
        high = np.where(of["bound"] == ">=", np.inf, value)
        empty = set(of.index[of["missing_reason"] == "zero_denominator"])
        for (level, sign, aim), own in rows.groupby(["subunit", "operator", "threshold"]):
            states = judge_against(str(sign), low, high, aim, aim)
            decided = {
                c: (state == MET, v) for c, state, v in zip(of.index, states, value, strict=True) if state != UNKNOWN
            }
            for index, code in own["region_code"].items():
                known, complete = _below(regions, code, str(level), year)
                reported = sorted((c.code for c in known if c.code in decided), key=lambda c: (decided[c][1], c))
                worst = reported[0 if sign in (">", ">=") else -1] if reported else ""
                found.append(
                    {
                        "index": index,
                        "subunits_total": sum(c.code not in empty for c in known) if complete else np.nan,
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


def count_townships(panel: Panel, regions: Regions) -> pd.DataFrame:
    """Return how many townships of the counties below each region reported and meet in the final year.

    Columns: subunits_reported, subunits_meeting; index: the keys of a series. Of a region for which the dataset has no
    sum (the nation above a province's dataset): how many there are is not known there, but one that fails decides.
    """
    names = ("subunits_reported", "subunits_meeting")
    counts = panel.index.to_frame(index=False).assign(**{name: getattr(panel, name)[:, -1] for name in names}).dropna()
    counties = counts[counts["region_code"].map(lambda code: regions[code].level == "banner").astype(bool)]
    above = [regions.path(code)[:-1] for code in counties["region_code"]]
    return counties.assign(region_code=above).explode("region_code").groupby(SERIES).sum()


def _below(regions: Regions, code: str, level: str, year: int) -> tuple[list[Region], bool]:
    """Return the regions of a level at or below `code` that exist in `year`, and whether the register has them all."""
    counties = regions.counties(code, year)
    if level == "banner" and counties is not None:
        return counties, True
    known = [r for r in (regions[code], *regions.below(code)) if r.level == level and r.exists_in(year)]
    return known, counties is not None and bool(known)
