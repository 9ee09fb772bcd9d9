"""The first arrow: a dataset as received → items, observations and issues."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from endline.errors import DataError
from endline.intake.forms import read_forms
from endline.intake.issues import Issues, read_rules
from endline.intake.observations import observations_table
from endline.intake.values import read_values
from endline.model import Counts, Dataset, Indicator
from endline.numbers import decimals_of, difference, rounded
from endline.params import Params
from endline.regions import Regions


@dataclass(frozen=True)
class Observed:
    """What a dataset holds: the raw form items, the observations made of them, and what must be explained."""

    items: pd.DataFrame
    observations: pd.DataFrame
    issues: pd.DataFrame


def observe(params: Params, dataset_id: str) -> Observed:
    """Return what `data/raw/<dataset_id>/` says; a higher region's rates come from summed counts."""
    folder = params.project.raw(dataset_id)
    dataset = params.dataset(dataset_id)
    regions = params.regions(dataset_id)
    issues = Issues(read_rules(params.folder / "checks.yaml"))
    values = pd.DataFrame(read_values(folder, params, regions, dataset_id, issues))
    items = read_forms(folder, params, regions, issues)
    if values.empty and items.empty:
        raise DataError(f"{folder}: no usable figure: expected values.csv or <year>/<form>.csv")
    counted = (
        [
            _count(items, indicator, stratum, counts, dataset, regions, issues)
            for indicator in params.indicators.values()
            for stratum, counts in indicator.counts.items()
        ]
        if len(items)
        else []
    )
    observations = observations_table([values, *counted])
    differences = [_subtract(observations, indicator) for indicator in params.indicators.values()]
    return Observed(items, observations_table([observations, *differences]), issues.table())


def _count(
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
    pair["refused"] = over
    pair = pair.drop(columns=["file_d", "cell_d", "file_sha256_d"])
    if indicator.subunits:
        for name, item in indicator.subunits.model_dump().items():
            column = items[items["item"] == item].set_index(keys)["value"].rename(f"subunits_{name}")
            pair = pair.join(column, on=keys)
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


def _subtract(observations: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the observations of an indicator that is the difference of two strata."""
    if indicator.difference is None:
        return observations.iloc[:0]
    rule = indicator.difference
    keys = ["dataset", "region_code", "year"]
    of = observations[
        (observations["indicator_id"] == rule.indicator) & observations["value"].notna() & (observations["bound"] == "")
    ]
    left = of[of["stratum"] == rule.minuend].set_index(keys)
    right = of[of["stratum"] == rule.subtrahend].set_index(keys)
    both = left.join(right, how="inner", suffixes=("", "_b")).reset_index()
    derived = (both["status"] == "simulated") & (both["status_b"] == "simulated")
    return pd.DataFrame(
        {
            **{key: both[key] for key in keys},
            "indicator_id": indicator.id,
            "stratum": "total",
            "unit": indicator.unit,
            "stream": indicator.stream,
            "value": (values := difference(both["value"], both["value_b"])),
            "value_text": [
                _difference_text(*row) for row in zip(values, both["value_text"], both["value_text_b"], strict=True)
            ],
            "status": np.where(derived, "simulated", "derived"),
            "definition": both["definition"],
            "source_id": both["source_id"],
            "file": both["file"],
            "cell": both["cell"] + "-" + both["cell_b"],
            "file_sha256": both["file_sha256"],
            "units_reported": both["units_reported"],
            "units_total": both["units_total"],
        }
    )


def _difference_text(value: float, left: str, right: str) -> str:
    """Return the difference of two published figures as it would be printed, "" where one was computed."""
    return rounded(value, max(decimals_of(left), decimals_of(right))) if left and right else ""
