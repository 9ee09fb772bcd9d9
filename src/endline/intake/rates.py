"""Counts → rates: one observation a county that reported both items, and the sums above it."""

import numpy as np
import pandas as pd

from endline.intake.issues import Issues
from endline.model import Counts, Dataset, Indicator, Subunits
from endline.regions import Regions


def rates_of(
    items: pd.DataFrame,
    indicator: Indicator,
    stratum: str,
    counts: Counts,
    dataset: Dataset,
    regions: Regions,
    issues: Issues,
) -> pd.DataFrame:
    """Return an indicator's observations: one a county that reported both items, and the sums above it."""
    keys = ["region_code", "year"]
    places = ["value", "file", "cell", "file_sha256"]
    top = items[items["item"] == counts.numerator].set_index(keys)[places]
    bottom = items[items["item"] == counts.denominator].set_index(keys)[places]
    pair = top.join(bottom, how="inner", suffixes=("", "_d")).reset_index()
    if pair.empty:
        return pair
    pair = pair.rename(columns={"value": "numerator", "value_d": "denominator"})
    same = pair["file"] == pair["file_d"]
    pair["cell"] = pair["cell"] + "/" + pair["cell_d"].where(same, pair["file_d"] + " " + pair["cell_d"])
    over = (pair["numerator"] > pair["denominator"]) & (indicator.is_proportion | (pair["denominator"] > 0))
    for row in pair[over].itertuples():
        issues.add(
            "F32",
            file=row.file,
            cell=row.cell,
            region=row.region_code,
            found=f"{indicator.name} {row.numerator:.0f}/{row.denominator:.0f}",
        )
    unusable = pair["numerator"].isna() | pair["denominator"].isna()
    pair["refused"] = over | unusable
    for row in pair[(pair["denominator"] == 0) & ~unusable].itertuples():
        issues.add("F34", file=row.file, cell=row.cell, region=row.region_code, found=f"{indicator.name} 0")
    pair = pair.drop(columns=["file_d", "cell_d", "file_sha256_d"])
    if indicator.subunits:
        pair = _with_subunits(pair, items, indicator.subunits)
    rows = pd.concat(
        [_own(pair), *(_sums(pair, level, dataset, regions) for level in ("league", "province", "nation"))]
    )
    rows["value"] = (rows["numerator"] * indicator.per / rows["denominator"].replace(0, np.nan)).where(~rows["refused"])
    empty = (rows["denominator"] == 0) & ~rows["refused"]
    rows["missing_reason"] = np.select([rows["refused"], empty], ["refused", "zero_denominator"], "")
    made = "simulated" if dataset.simulated else "reported"
    above = "simulated" if dataset.simulated else "derived"
    rows["status"] = np.where(rows["missing_reason"] != "", "missing", np.where(rows["file"] == "", above, made))
    return rows.drop(columns="refused").assign(
        dataset=dataset.id,
        indicator_id=indicator.id,
        stratum=stratum,
        unit=indicator.unit,
        stream=indicator.stream,
        source_id=dataset.id,
        value_text="",
        bound="",
    )


def _with_subunits(pair: pd.DataFrame, items: pd.DataFrame, subunits: Subunits) -> pd.DataFrame:
    """Add how many sub-units a county has, how many reported and meet; one figure without the other says nothing."""
    for name, item in subunits.model_dump().items():
        column = items[items["item"] == item].set_index(["region_code", "year"])["value"]
        pair = pair.join(column.rename(f"subunits_{name}"), on=["region_code", "year"])
    whole = pair["subunits_reported"].notna() & pair["subunits_meeting"].notna()
    for name in ("reported", "meeting"):
        pair[f"subunits_{name}"] = pair[f"subunits_{name}"].where(whole)
    return pair


def _own(pair: pd.DataFrame) -> pd.DataFrame:
    return pair.assign(units_reported=(~pair["refused"]).astype(float), units_total=1.0)


def _sums(pair: pd.DataFrame, level: str, dataset: Dataset, regions: Regions) -> pd.DataFrame:
    """Return the sums over the counties below each region of `level` that the dataset covers."""
    covered = {dataset.top, *(r.code for r in regions.below(dataset.top))} if dataset.top else set()
    above = {
        code: next((c for c in regions.path(code)[:-1] if regions[c].level == level and c in covered), "")
        for code in pair["region_code"].unique()
    }
    usable = pair[~pair["refused"]]
    summed = [c for c in usable.columns if c in ("numerator", "denominator") or c.startswith("subunits_")]
    groups = usable.assign(region_code=usable["region_code"].map(above)).query("region_code != ''")
    if groups.empty:
        return groups
    places = groups.groupby(["region_code", "year"])
    table = places[summed].sum()
    if "subunits_total" in table:  # unknown where one county does not say how many it has
        table["subunits_total"] = table["subunits_total"].where(places["subunits_total"].count() == places.size())
    table["units_reported"] = places.size().astype(float)
    table = table.reset_index()
    table["units_total"] = [
        float(len(found)) if (found := regions.counties(r.region_code, r.year)) else np.nan for r in table.itertuples()
    ]
    return table.assign(refused=False, file="", cell="", file_sha256="")
