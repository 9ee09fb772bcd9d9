"""Which regions lie below which, as far as they are compared with one another."""

from collections.abc import Sequence

import pandas as pd

from endline.evaluation.tally import COUNTED, Tally, tallies
from endline.regions import Regions

CHILDREN, COUNTIES = "children", "counties"


def members_of(codes: Sequence[str], regions: Regions, year: int) -> pd.DataFrame:
    """Return one row a region, scope and region below it that exists in `year`, in code order.

    Counties are those two levels below, of a region above leagues; of a nation they would be thousands.
    """
    rows = []
    for code in codes:
        children = [region for region in regions.children(code) if region.exists_in(year)]
        rows += [(code, CHILDREN, region.code) for region in children]
        if {region.level for region in children} in ({"league"}, {"league", "banner"}):
            rows += [(code, COUNTIES, region.code) for region in regions.counties(code, year) or ()]
    return pd.DataFrame(rows, columns=["region_code", "scope", "member_code"], dtype="str")


def subregions_of(members: pd.DataFrame, evaluations: pd.DataFrame) -> pd.DataFrame:
    """Return the members directly below each region with the counts of their verdicts.

    Only of regions most of whose members have a target met or missed: of the others there is nothing to compare.
    """
    counts = tallies(evaluations)
    direct = members[members["scope"] == CHILDREN].drop(columns="scope").reset_index(drop=True)
    found = [counts.get(code, Tally(0, 0, 0, 0)) for code in direct["member_code"]]
    table = direct.assign(**{str(v): [getattr(tally, str(v)) for tally in found] for v in COUNTED})
    judged = pd.Series([tally.judged > 0 for tally in found], index=table.index, dtype=bool)
    return table[judged.groupby(table["region_code"]).transform("mean") > 0.5].reset_index(drop=True)
