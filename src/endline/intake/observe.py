"""The first arrow: a dataset as received → items, observations and issues."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from endline.errors import DataError
from endline.intake.forms import read_forms
from endline.intake.issues import Issues, read_rules
from endline.intake.observations import KEYS, observations_table
from endline.intake.rates import rates_of
from endline.intake.values import read_values
from endline.model import Indicator
from endline.numbers import decimals_of, difference, rounded
from endline.params import Params


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
    values = pd.DataFrame(read_values(folder, params, regions, dataset, issues))
    items = read_forms(folder, params, regions, issues)
    if values.empty and items.empty and issues.table().empty:
        raise DataError(f"{folder}: no usable figure: expected values.csv or <year>/<form>.csv")
    counted = [
        rates_of(items, indicator, stratum, counts, dataset, regions, issues)
        for indicator in params.indicators.values()
        for stratum, counts in indicator.counts.items()
    ]
    counted_table = pd.concat([t for t in counted if len(t)] or [pd.DataFrame()], ignore_index=True)
    observations = observations_table(_one_of_two(values, counted_table, issues))
    differences = [_subtract(observations, indicator) for indicator in params.indicators.values()]
    return Observed(items, observations_table([observations, *differences]), issues.table())


def _one_of_two(values: pd.DataFrame, counted: pd.DataFrame, issues: Issues) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return both tables without what stands in both: the counts stand, if the value as reported agrees with them.

    Where a county's own two figures contradict each other neither is used; a higher region's is asked about.
    """
    if values.empty or counted.empty:
        return values, counted
    pairs = values.reset_index().merge(counted.reset_index(), on=KEYS, suffixes=("", "_c"))
    for row in pairs[pairs["value"].notna() & pairs["value_c"].notna()].itertuples():
        if _agree(row.value, row.value_text, row.bound, row.value_c):
            continue
        is_sum = row.file_c == ""
        found = f"{row.value_text} / {row.value_c:.4f} ({row.numerator:.0f}/{row.denominator:.0f})"
        rule = "F38" if is_sum else "F37"
        issues.add(rule, file=row.file, cell=row.cell, region=row.region_code, found=found)
        if not is_sum:
            counted.loc[row.index_c, ["value", "status", "missing_reason"]] = [np.nan, "missing", "refused"]
    return values.drop(index=pairs["index"]), counted


def _agree(value: float, text: str, bound: str, counted: float) -> bool:
    """Tell whether a rate as reported fits the one made of its counts, in the digits that were printed."""
    if bound:
        return counted >= value if bound == ">=" else counted <= value
    return rounded(counted, decimals_of(text)) == text


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
