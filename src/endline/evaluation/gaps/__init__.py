"""How the regions below a region differ, and its town and country: one pass for all regions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from endline.evaluation.gaps.members import members_of, subregions_of
from endline.evaluation.gaps.series import member_series_of
from endline.evaluation.gaps.spread import gap_members_of, gaps_of, placed
from endline.evaluation.gaps.town_country import town_country_of
from endline.evaluation.panel import Panel
from endline.model import Indicator, Method
from endline.regions import Regions

__all__ = ["Gaps", "gaps_between"]


@dataclass(frozen=True)
class Gaps:
    """`gaps`: one row a region, scope and series. `gap_members`: of the main indicators, one a region below as well.

    The scope is `children` (the regions directly below) or `counties` (those two levels below).
    `member_series`: of one main indicator one row a region, region directly below and year.
    `town_country`: one row a region and indicator observed in town and country. `subregions`: one row a region and
    region directly below, with the counts of its verdicts.
    """

    gaps: pd.DataFrame
    gap_members: pd.DataFrame
    member_series: pd.DataFrame
    town_country: pd.DataFrame
    subregions: pd.DataFrame


def gaps_between(
    measures: pd.DataFrame,
    evaluations: pd.DataFrame,
    panel: Panel,
    codes: Sequence[str],
    regions: Regions,
    indicators: Mapping[str, Indicator],
    method: Method,
) -> Gaps:
    """Return the gaps of all `codes` in the final year, and between town and country in the first as well."""
    members = members_of(codes, regions, panel.years[-1])
    each = placed(measures, members, panel, indicators, method)
    gaps = gaps_of(each)
    return Gaps(
        gaps,
        gap_members_of(each, method),
        member_series_of(gaps, each, panel, method),
        town_country_of(measures, panel, codes, indicators, method),
        subregions_of(members, evaluations),
    )
