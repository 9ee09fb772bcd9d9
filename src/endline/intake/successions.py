"""Regions that were founded of whole others: their series goes on from the former ones', with a break between."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from endline.intake.observations import KEYS, TYPES, observations_table, typed
from endline.model import Indicator
from endline.regions import Regions

_SUMMED = ("numerator", "denominator", "units_reported", "units_total")
_APART = ("value", "value_text", "file", "sheet", "cell", "file_sha256", "note")  # of one region, not of a sum


def with_former(table: pd.DataFrame, indicators: Mapping[str, Indicator], regions: Regions) -> pd.DataFrame:
    """Return observations (in key order) with those of the years before a region was founded of others.

    Of one former region they are its own, with file and cell; of several the sums of their counts, where all that
    existed in the year have them. What a region says of those years itself stands.
    """
    parts: list[pd.DataFrame] = []
    for code, (year, former) in regions.formed_of().items():
        parts += _before(table, code, year, former, indicators, regions)
    if not parts:
        return table
    joined = observations_table([table, *parts])
    own = joined.duplicated(KEYS, keep="first")  # the stable order leaves what was there before what is added
    return joined[~own].reset_index(drop=True)


def _before(
    table: pd.DataFrame,
    code: str,
    year: int,
    former: Sequence[str],
    indicators: Mapping[str, Indicator],
    regions: Regions,
) -> Iterator[pd.DataFrame]:
    rows = table[table["region_code"].isin(former) & (table["year"] < year)].astype(TYPES)
    if rows.empty:
        return
    if len(former) == 1:
        yield typed(rows.assign(region_code=code).to_dict("list"))
        return
    there = {y: sum(regions[one].exists_in(y) for one in former) for y in set(rows["year"])}
    counted = rows[rows["numerator"].notna() & rows["denominator"].notna() & rows["value"].notna()]
    for (name, _, _), own in counted.groupby(["indicator_id", "stratum", "year"], sort=True):
        if len(own) == there[own["year"].iloc[0]] and (own["denominator"].sum() > 0):
            made = own.iloc[0].to_dict() | {column: own[column].sum() for column in _SUMMED}
            made |= dict.fromkeys(_APART, "") | {
                "region_code": code,
                "value": made["numerator"] * indicators[name].per / made["denominator"],
                "status": "simulated" if (own["status"] == "simulated").all() else "derived",
            }
            yield typed({column: np.array([value]) for column, value in made.items()})
