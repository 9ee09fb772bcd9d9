"""The first arrow: a dataset as received → items, observations and issues."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from endline.checks.corrections import read_corrections
from endline.checks.rates import slip
from endline.checks.run import check_items, check_series
from endline.columns import difference
from endline.errors import DataError
from endline.intake.forms import read_forms
from endline.intake.issues import Issues, read_rules
from endline.intake.items import Items
from endline.intake.observations import TYPES, observations_table, typed
from endline.intake.rates import rates_of
from endline.intake.returns import add_received, read_received
from endline.intake.successions import with_former
from endline.intake.sums import Sums
from endline.intake.values import read_values, refuse_streams, settle_values
from endline.intake.vintages import revisions_table
from endline.model import Difference, Indicator, Target
from endline.numbers import decimals_of, rounded
from endline.params import Params

REFUSED = ["region_code", "year", "rule", "name", "file", "sheet", "cell", "found", "expected", "action"]


@dataclass(frozen=True)
class Observed:
    """What a dataset holds: form items, the observations made of them, what must be explained, what was put right.

    `refused`: the returns of which a file or a sheet could not be used (year 0: of many years). `revisions`: the
    figures that later vintages replace.
    """

    items: Items
    observations: pd.DataFrame
    issues: pd.DataFrame
    corrections: pd.DataFrame
    refused: pd.DataFrame
    revisions: pd.DataFrame


def observe(params: Params, dataset_id: str, targets: Iterable[Target] = ()) -> Observed:
    """Return what `data/raw/<dataset_id>/` says; a higher region's rates come from summed counts.

    Figures that are exactly what `targets` demand are asked about.
    """
    folder = params.project.raw(dataset_id)
    dataset = params.dataset(dataset_id)
    regions = params.regions(dataset_id)
    issues = Issues(read_rules(params.folder / "checks.yaml"), read_corrections(folder, params.project.root))
    received = read_received(folder, params, regions, dataset, issues)
    said = [*read_values(folder, params, regions, dataset, issues), *received.values]
    rows, revised = settle_values(said, issues)
    items = read_forms(folder, params, regions, issues, received.years)
    add_received(items, received, issues)
    refuse_streams(rows, _counted(items, params.indicators.values()), issues)
    values = pd.DataFrame(rows, columns=list(TYPES))
    if values.empty and not len(items) and issues.table().empty:
        raise DataError(
            f"{folder}: no usable figure: expected values.csv, <year>/<form>.csv, "
            "or workbooks in <year>/ or <region code>/ (endline template ROUND writes blank ones)"
        )
    issues.corrections.finish(issues)
    check_items(items, params.forms, regions, issues)
    sums = Sums(items, dataset, regions)
    parts: dict[str, list[pd.DataFrame]] = {}
    for indicator in params.indicators.values():
        for stratum, counts in indicator.counts.items():
            if counted := rates_of(items, indicator, stratum, counts, dataset, sums, issues):
                given = values[(values["indicator_id"] == indicator.id) & (values["stratum"] == stratum)]
                values = values.drop(index=_settle(given, counted, issues))
                parts.setdefault(indicator.id, []).append(typed(counted))
    for name, rows in values.groupby("indicator_id"):
        parts.setdefault(str(name), []).append(typed(rows))
    differences = [
        typed(_subtract(observations_table(parts[rule.indicator]), indicator, rule))
        for indicator in params.indicators.values()
        if (rule := indicator.difference) and rule.indicator in parts
    ]
    table = observations_table([*(part for of_one in parts.values() for part in of_one), *differences])
    check_series(table, params.forms, params.indicators, regions, issues, targets)
    table = with_former(table, params.indicators, regions)
    refused = pd.DataFrame(received.refused, columns=REFUSED).astype({"year": "int64"})
    revisions = revisions_table(revised, received.revisions)
    return Observed(items, table, issues.table(), issues.corrections.table(), refused, revisions)


def _counted(items: Items, indicators: Iterable[Indicator]) -> set[tuple[str, str, str]]:
    """Return the series (region, stratum, indicator) that counties give as counts in any year."""
    found: set[tuple[str, str, str]] = set()
    for indicator in indicators:
        for stratum, counts in indicator.counts.items():
            given = (items[counts.numerator].given & items[counts.denominator].given).any(axis=1)
            found |= {(items.counties[n], stratum, indicator.id) for n in np.flatnonzero(given).tolist()}
    return found


def _settle(values: pd.DataFrame, counted: dict[str, Any], issues: Issues) -> list[int]:
    """Return the values of a series that stand as counts as well: the counts stand, if the value agrees with them.

    Where a county's own two figures contradict each other neither is used; a higher region's is asked about.
    """
    if values.empty:
        return []
    places = {key: n for n, key in enumerate(zip(counted["region_code"], counted["year"].tolist(), strict=True))}
    both = []
    for row in values.itertuples():
        n = places.get((row.region_code, row.year))
        if n is None:
            continue
        both.append(row.Index)
        rate, is_sum = counted["value"][n], counted["file"][n] == ""
        if pd.isna(row.value) or pd.isna(rate) or _agree(row.value, row.value_text, row.bound, rate):
            continue
        found = f"{row.value_text} / {rate:.4f} ({counted['numerator'][n]:.0f}/{counted['denominator'][n]:.0f})"
        rule = "F38" if is_sum else _contradiction(row.value, row.value_text, rate)
        issues.add(rule, file=row.file, cell=row.cell, region=row.region_code, found=found)
        if not is_sum:
            counted["value"][n], counted["status"][n], counted["missing_reason"][n] = np.nan, "missing", "refused"
    return both


def _contradiction(value: float, text: str, counted: float) -> str:
    """Return the rule that a rate breaks which its counts do not give: a wrong unit, or any other."""
    times = slip(np.array([value]), np.array([counted]), np.array([decimals_of(text)]))
    return "F06" if np.isfinite(times[0]) else "F37"


def _agree(value: float, text: str, bound: str, counted: float) -> bool:
    """Tell whether a rate as reported fits the one made of its counts, in the digits that were printed."""
    if bound:
        return counted >= value if bound == ">=" else counted <= value
    return rounded(counted, decimals_of(text)) == text


def _subtract(observations: pd.DataFrame, indicator: Indicator, rule: Difference) -> dict[str, Any]:
    """Return the observations of an indicator that is the difference of two strata of `observations`, as columns."""
    keys = ["dataset", "region_code", "year"]
    of = observations[observations["value"].notna() & (observations["bound"] == "")].astype(TYPES)
    left, right = (of[of["stratum"] == stratum].set_index(keys) for stratum in (rule.minuend, rule.subtrahend))
    both = left.join(right, how="inner", suffixes=("", "_b")).reset_index()
    derived = (both["status"] == "simulated") & (both["status_b"] == "simulated")
    kept = [*keys, "definition", "source_id", "file", "file_sha256", "units_reported", "units_total"]
    return {
        **{name: both[name] for name in kept},
        "indicator_id": indicator.id,
        "stratum": "total",
        "unit": indicator.unit,
        "stream": indicator.stream,
        "value": (values := difference(both["value"], both["value_b"])),
        "value_text": [
            _difference_text(*row) for row in zip(values, both["value_text"], both["value_text_b"], strict=True)
        ],
        "status": np.where(derived, "simulated", "derived"),
        "cell": both["cell"] + "-" + both["cell_b"],
    }


def _difference_text(value: float, left: str, right: str) -> str:
    """Return the difference of two published figures as it would be printed, "" where one was computed."""
    return rounded(value, max(decimals_of(left), decimals_of(right))) if left and right else ""
