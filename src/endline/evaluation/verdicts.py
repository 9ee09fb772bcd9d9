"""The verdict on each measure, with its reason, change, flags and evidence."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from endline.columns import difference, ratio
from endline.evaluation.change_evidence import add_evidence_of_change
from endline.evaluation.judge import (
    MET,
    MISSED,
    UNKNOWN,
    first_met_year,
    judge_against,
    judge_directional,
    share_of,
)
from endline.evaluation.panel import Panel, at
from endline.model import Indicator, Method, Round, Verdict
from endline.stats import arr_two_point_many, interval_evidence


def add_verdicts(table: pd.DataFrame, panel: Panel, indicators: Mapping[str, Indicator], round_: Round) -> None:
    """Add verdict, reason and the years from which a target was met; judged unrounded, the final year only."""
    states = np.full(len(table), UNKNOWN, dtype=np.int8)
    early = np.full(len(table), -1)
    gap, base_met = np.zeros(len(table), bool), np.zeros(len(table), bool)
    apart = table["baseline_break"].to_numpy() != ""
    aims = {end: _aims(table, end, indicators) for end in ("low", "high")}
    table["threshold"] = np.where(table["baseline_bound"] == "", aims["low"], table["threshold"])
    for (kind, sign), rows in table.groupby(["kind", "operator"]).indices.items():
        low, high = (table[name].to_numpy(float)[rows] for name in ("low", "high"))
        if kind in ("absolute", "relative"):
            series = table["series"].to_numpy()[rows]
            lows, highs = at(panel.low, series), at(panel.high, series)
            yearly = judge_against(sign, lows, highs, aims["low"][rows, None], aims["high"][rows, None])
            states[rows] = yearly[:, -1]
            joined = panel.joined_to_end(series)  # what was measured otherwise says nothing of when it began
            yearly = np.where(joined, yearly, UNKNOWN)
            early[rows], gap[rows] = first_met_year(yearly, joined & ~np.isnan(lows))
            base_met[rows] = yearly[:, 0] == MET
        elif kind == "directional":
            bases = (
                np.where(apart[rows], np.nan, table[name].to_numpy(float)[rows])
                for name in ("baseline_low", "baseline_high")
            )
            states[rows] = judge_directional(sign, low, high, *bases)
        else:
            total, reported, meeting = (
                table[f"subunits_{name}"].to_numpy(float)[rows] for name in ("total", "reported", "meeting")
            )
            sound = (meeting <= reported) & ~(reported > total)
            met = (meeting == reported) & (reported == total) & (reported > 0)
            states[rows] = np.where(sound & (meeting < reported), MISSED, np.where(sound & met, MET, UNKNOWN))
    final = len(panel.years) - 1
    is_early = (states == MET) & (early >= 0) & (early < final)
    table["early_year"] = np.where(is_early, round_.baseline_year + early, -1)
    table["early_gap"], table["baseline_met"] = gap & is_early, base_met
    table["verdict"] = np.select([states == MET, states == MISSED], [Verdict.MET, Verdict.NOT_MET], Verdict.NO_DATA)
    needs_base = table["kind"].isin(["relative", "directional"])
    table["reason"] = np.select(
        [
            table["verdict"] != Verdict.NO_DATA,
            (table["kind"] == "every_subunit"),
            table["missing_reason"] == "refused",
            table["value"].isna(),
            needs_base & table["baseline_value"].isna(),
            needs_base & apart,
        ],
        ["", "subunits_incomplete", "refused", "no_final_year", "no_baseline", "baseline_break"],
        "bound_inconclusive",
    )


def _aims(table: pd.DataFrame, end: str, indicators: Mapping[str, Indicator]) -> npt.NDArray[np.float64]:
    """Return one end of what each measure aims at: its value, or its share of the baseline (a bound has two ends)."""
    aims: npt.NDArray[np.float64] = table["threshold"].to_numpy(float, copy=True)
    relative = table[table["kind"] == "relative"]
    aims[relative.index[relative["baseline_break"] != ""]] = np.nan
    relative = relative[relative["baseline_break"] == ""]
    names = ["fraction", f"baseline_{end}", "baseline_numerator", "baseline_denominator"]
    counted = relative["baseline_bound"] == ""
    relative = relative.assign(**{name: relative[name].where(counted) for name in names[2:]})
    pers = relative["indicator_id"].map(lambda i: indicators[i].per)
    aims[relative.index] = [
        share_of(fraction, value, events, births, per)
        for (fraction, value, events, births), per in zip(
            relative[names].itertuples(index=False, name=None), pers, strict=True
        )
    ]
    return aims


def add_change(table: pd.DataFrame, indicators: Mapping[str, Indicator], round_: Round) -> None:
    """Add the change since the baseline, in units, per cent, and as a share of the change aimed at.

    For a rate that fell and should, the annual reduction as well: the UN's log form and the geometric mean.
    """
    points = (table["bound"] == "") & (table["baseline_bound"] == "") & (table["baseline_break"] == "")
    final, base = table["value"].where(points), table["baseline_value"].where(points)
    change = pd.Series(difference(final, base), index=table.index)
    table["change"] = change
    table["change_percent"] = ratio(change, base, 100)
    wanted = pd.Series(difference(table["threshold"], base), index=table.index)
    open_ = table["kind"].isin(["absolute", "relative"]) & ~table["baseline_met"]
    table["targeted_percent"] = ratio(change.where(open_), wanted, 100)
    better = table["indicator_id"].map(lambda i: indicators[i].better)
    falling = (change < 0) & (final > 0) & (better == "lower")
    annual = arr_two_point_many(round_.baseline_year, base.where(falling), round_.final_year, final.where(falling))
    table["annual_log"], table["annual_compound"] = annual.log_percent, annual.compound_percent


def add_evidence(table: pd.DataFrame, indicators: Mapping[str, Indicator], method: Method) -> None:
    """Add what the exact interval says of the target, and how stable a rate on so few events is."""
    evidence = np.full(len(table), "not_assessed", dtype=object)
    for sign, rows in table[table["kind"] == "absolute"].groupby("operator").groups.items():
        part = table.loc[rows]
        evidence[rows] = interval_evidence(part["interval_low"], part["interval_high"], str(sign), part["threshold"])
    add_evidence_of_change(table, evidence, indicators, method.confidence.value)
    table["evidence"] = evidence
    table["stability"] = stability_of(table["numerator"].where(table["value"].notna()), method)


def stability_of(events: pd.Series, method: Method) -> npt.NDArray[np.str_]:
    """Return how stable a rate on so many events is: hidden, unstable, stable, "" where they are not known."""
    limits = (method.hide_rate_below_events.value, method.unstable_below_events.value)
    return np.select(
        [events.isna(), events < limits[0], events < limits[1]], ["", "hidden", "unstable"], default="stable"
    )


def flags_of(table: pd.DataFrame, indicators: Mapping[str, Indicator], method: Method, round_: Round) -> list[str]:
    """Return the flags of each measure, `;` between: they stand beside the verdict, never instead of it."""
    better = table["indicator_id"].map(lambda i: indicators[i].better)
    worse = ((better == "lower") & (table["change"] > 0)) | ((better == "higher") & (table["change"] < 0))
    met, missed = table["verdict"].isin([Verdict.MET, Verdict.ALREADY_MET]), table["verdict"] == Verdict.NOT_MET
    at_start = round_.kind == "baseline"  # its present is its final year: what came before is not of the term
    threshold = table["threshold"]
    looser = met & (table["kind"] == "absolute") & (table["value"] != threshold) & at_start
    near = missed & table["kind"].isin(["absolute", "relative"]) & (table["bound"] == "")
    tolerance = method.nearly_met_tolerance.value
    distance = np.abs(difference(table["value"].where(near & (tolerance is not None)), threshold))
    near &= ratio(distance, threshold.abs()) <= (tolerance or 0.0)
    kinds = table["kind"] == "absolute"
    flags = {
        "early": (table["early_year"] >= 0) & (not at_start),
        "baseline_met": table["baseline_met"] & (not at_start),
        "met_but_worse": met & worse & kinds & (not at_start),
        "looser_than_present": looser,
        "nearly_met": near,
    }
    raised = zip(*(mask.tolist() for mask in flags.values()), strict=True)
    return [";".join(name for name, is_raised in zip(flags, row, strict=True) if is_raised) for row in raised]
