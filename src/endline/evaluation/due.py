"""What is said of targets before they are due: interim and baseline rounds, and the yearly change still required."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from endline.model import Method, Round, Target, Verdict
from endline.stats import interim_verdict, required_arr_many

PROJECTED = ("absolute", "relative", "directional")
_STRICT = {"increase": ">", "decrease": "<"}


def due_years(table: pd.DataFrame, targets: Mapping[str, Target], round_: Round) -> pd.Series:
    """Return the year in which the target of each measure is due; a final round judges all in its final year."""
    if round_.is_final:
        return pd.Series(round_.final_year, index=table.index, dtype="int64")
    years = {key: target.due_year or round_.final_year for key, target in targets.items()}
    return table["target"].map(years).astype("int64")


def add_interim(table: pd.DataFrame, targets: Mapping[str, Target], method: Method, round_: Round) -> None:
    """Replace verdicts and reasons by those of targets not due yet; add the yearly change that is still required.

    A baseline round says whether the present value meets what is demanded later. An interim round asks as well where
    the trend leads by the year due: `projected_low` and `projected_high` decide, never a line without its interval.
    """
    table["required_log"], table["required_compound"] = np.nan, np.nan
    if round_.is_final:
        return
    if round_.kind == "baseline":
        _at_the_start(table, targets, round_)
    else:
        _under_way(table, method)
    _add_required(table, round_)


def _at_the_start(table: pd.DataFrame, targets: Mapping[str, Target], round_: Round) -> None:
    """Say of each measure whether the value at the start meets it; a change since the start cannot have begun."""
    begun = table["target"].map({key: (t.baseline_year or 0) < round_.final_year for key, t in targets.items()})
    waits = table["kind"].isin(["relative", "directional"]) & ~begun.astype(bool)
    named = {Verdict.MET: Verdict.ALREADY_MET, Verdict.NOT_MET: Verdict.NOT_YET}
    verdicts = table["verdict"].replace({str(old): str(new) for old, new in named.items()})
    table["verdict"] = verdicts.mask(waits, str(Verdict.NO_DATA))
    table["reason"] = table["reason"].mask(waits & table["value"].notna(), "at_baseline")
    table.loc[waits & (table["kind"] == "relative"), "threshold"] = np.nan
    table["targeted_percent"] = np.nan


def _under_way(table: pd.DataFrame, method: Method) -> None:
    """Say of each measure whether it is met already, and otherwise where its trend leads, if one can be told."""
    met = (table["verdict"] == Verdict.MET).to_numpy()
    found = np.full(len(table), str(Verdict.NO_DATA), dtype=object)
    for sign, rows in table.groupby("operator").indices.items():
        part = table.iloc[rows]
        aim = np.where(part["kind"] == "directional", part["baseline_value"], part["threshold"])
        aim = np.where(part["kind"].isin(PROJECTED), aim, np.nan)
        found[rows] = interim_verdict(part["projected_low"], part["projected_high"], _STRICT.get(str(sign), sign), aim)
    untold = found == Verdict.NO_DATA
    missed = (table["verdict"] == Verdict.NOT_MET).to_numpy()
    table["verdict"] = np.where(met, str(Verdict.ALREADY_MET), np.where(untold & missed, str(Verdict.UNCERTAIN), found))
    few = (table["trend_n"] < method.minimum_trend_points.value).to_numpy()
    why = np.where(table["kind"] == "every_subunit", "by_subunit", np.where(few, "too_few_points", "not_projected"))
    reason = np.where(untold & missed, why, np.where(untold, table["reason"], ""))
    table["reason"] = np.where(met, "", reason)


def _add_required(table: pd.DataFrame, round_: Round) -> None:
    """Add the yearly change from the present value to what is demanded, in per cent, of what is not met yet."""
    points = (table["bound"] == "") & table["kind"].isin(["absolute", "relative"])
    open_ = points & (table["verdict"] != Verdict.ALREADY_MET) & (table["due_year"] > round_.final_year)
    for sign, rows in table[open_].groupby("operator").groups.items():
        part = table.loc[rows]
        required = required_arr_many(
            round_.final_year, part["value"], part["due_year"], part["threshold"], operator=str(sign)
        )
        table.loc[rows, "required_log"] = required.log_percent
        table.loc[rows, "required_compound"] = required.compound_percent
