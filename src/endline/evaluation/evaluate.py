"""The second arrow: observations and targets → evaluations, one vectorised pass for all regions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from endline.evaluation.judge import MET, MISSED, UNKNOWN, first_met_year, judge_absolute, judge_directional, relative_threshold  # fmt: skip # noqa: E501
from endline.evaluation.panel import Panel, at
from endline.evaluation.subunits import count_counties
from endline.model import Indicator, Judgement, Method, Round, Target, Verdict
from endline.numbers import difference
from endline.params import Regions
from endline.stats import binomial_interval, interval_evidence, poisson_interval, trend_many

EVIDENCE = ("contradicted", "compatible", "confirmed")  # from worst to best


@dataclass(frozen=True)
class Evaluated:
    """`evaluations`: one row a region and target. `measures`: one row a region, target and indicator of it."""

    evaluations: pd.DataFrame
    measures: pd.DataFrame


def evaluate(
    observations: pd.DataFrame, targets: Sequence[Target], codes: Sequence[str], regions: Regions,
    indicators: Mapping[str, Indicator], method: Method, round_: Round,
    judgements: Mapping[tuple[str, str], Judgement] | None = None,
) -> Evaluated:  # fmt: skip
    """Return the evaluations of all `codes` against all `targets`; a pure function of its arguments.

    Judged is the final year's value only, unrounded. Order: targets as given within codes as given.
    """
    panel = Panel.of(observations, round_.years)
    measures = _measures(targets, codes)
    _add_values(measures, panel, regions, indicators, method, round_)
    _add_subunits(measures, observations, panel, regions, round_)
    _judge(measures, panel, round_)
    _add_change(measures)
    _add_evidence(measures, indicators, method)
    _add_trend(measures, panel, method)
    measures["flags"] = _flags(measures, indicators, method, round_)
    return Evaluated(_evaluations(measures, targets, codes, regions, judgements or {}), measures)


def _measures(targets: Sequence[Target], codes: Sequence[str]) -> pd.DataFrame:
    rows = [
        (t.key, t.kind, t.subunit or "", t.stratum, n, m.indicator, m.operator,
         np.nan if m.value is None else float(m.value), m.fraction)
        for t in targets for n, m in enumerate(t.measures)
    ]  # fmt: skip
    one = pd.DataFrame(rows, columns=["target", "kind", "subunit", "stratum", "measure", "indicator_id",
                                      "operator", "threshold", "fraction"])  # fmt: skip
    table = pd.concat([one] * len(codes), ignore_index=True) if codes else one.iloc[:0].copy()
    table.insert(0, "region_code", np.repeat(np.array(codes, dtype=object), len(one)))
    return table


def _add_values(table: pd.DataFrame, panel: Panel, regions: Regions, indicators: Mapping[str, Indicator],
                method: Method, round_: Round) -> None:  # fmt: skip
    rows = panel.find(table)
    final, base = len(panel.years) - 1, 0
    table["series"] = rows
    for name in ("value", "low", "high", "numerator", "denominator", "units_reported", "units_total", "bound",
                 "value_text", "missing_reason", "definition"):  # fmt: skip
        table[name] = at(getattr(panel, name), rows, final)
    for name in ("value", "low", "high", "numerator", "denominator", "bound", "value_text", "definition"):
        table[f"baseline_{name}"] = at(getattr(panel, name), rows, base)
    known = ~np.isnan(at(panel.value, rows))
    last = np.where(known.any(axis=1), known.shape[1] - 1 - known[:, ::-1].argmax(axis=1), -1)
    table["last_year"] = np.where(last >= 0, round_.baseline_year + last, -1)
    safe = np.maximum(last, 0)
    every = np.arange(len(table))
    for name in ("value", "value_text", "bound"):
        table[f"last_{name}"] = at(getattr(panel, name), rows)[every, safe]
    low, high = np.full(len(table), np.nan), np.full(len(table), np.nan)
    for is_proportion, interval in ((False, poisson_interval), (True, binomial_interval)):
        mask = table["indicator_id"].map(lambda i, p=is_proportion: indicators[i].is_proportion == p).to_numpy(bool)
        per = table.loc[mask, "indicator_id"].map(lambda i: indicators[i].per).to_numpy(float)
        pair = (table.loc[mask, "numerator"].to_numpy(float), table.loc[mask, "denominator"].to_numpy(float))
        limits = interval(*pair, confidence=method.confidence.value)
        low[mask], high[mask] = limits[0] * per, limits[1] * per
    valued = table["value"].notna().to_numpy()
    table["interval_low"], table["interval_high"] = np.where(valued, low, np.nan), np.where(valued, high, np.nan)
    parents = table["region_code"].map(lambda code: regions[code].parent)
    upper = panel.find(table.assign(region_code=parents))
    table["upper_code"] = parents
    for name in ("value", "value_text", "bound"):
        table[f"upper_{name}"] = at(getattr(panel, name), upper, final)
    points = (table["bound"] == "") & (table["upper_bound"] == "")
    table["upper_difference"] = np.where(points, difference(table["value"], table["upper_value"]), np.nan)


def _add_subunits(table: pd.DataFrame, observations: pd.DataFrame, panel: Panel, regions: Regions,
                  round_: Round) -> None:  # fmt: skip
    for name in ("total", "reported", "meeting"):
        table[f"subunits_{name}"] = np.nan
    table["subunits_failing"], table["worst_code"], table["worst_value"] = "", "", np.nan
    townships = (table["subunit"] == "township").to_numpy()
    rows, final = table.loc[townships, "series"].to_numpy(), len(panel.years) - 1
    for name in ("total", "reported", "meeting"):
        table.loc[townships, f"subunits_{name}"] = at(getattr(panel, f"subunits_{name}"), rows, final)
    # the townships of a county that did not report are unknown, and so is their number
    partial = townships & (table["units_reported"] < table["units_total"]).to_numpy()
    table.loc[partial, "subunits_total"] = np.nan
    counties = (table["subunit"] == "banner").to_numpy()
    if counties.any():
        counted = count_counties(table[counties], observations, regions, round_.final_year)
        table.loc[counties, counted.columns] = counted


def _judge(table: pd.DataFrame, panel: Panel, round_: Round) -> None:
    states = np.full(len(table), UNKNOWN, dtype=np.int8)
    early = np.full(len(table), -1)
    gap, base_met = np.zeros(len(table), bool), np.zeros(len(table), bool)
    baseline = table["baseline_value"].where(table["baseline_bound"] == "").to_numpy(float)
    for fraction in table.loc[table["kind"] == "relative", "fraction"].unique():
        mask = (table["fraction"] == fraction).to_numpy()
        table.loc[mask, "threshold"] = relative_threshold(fraction, baseline[mask])
    for (kind, sign), rows in table.groupby(["kind", "operator"]).indices.items():
        low, high = (table[name].to_numpy(float)[rows] for name in ("low", "high"))
        if kind in ("absolute", "relative"):
            threshold = table["threshold"].to_numpy(float)[rows]
            series = table["series"].to_numpy()[rows]
            lows, highs = at(panel.low, series), at(panel.high, series)
            yearly = judge_absolute(sign, lows, highs, threshold[:, None])
            states[rows] = yearly[:, -1]
            early[rows], gap[rows] = first_met_year(yearly, ~np.isnan(lows))
            base_met[rows] = yearly[:, 0] == MET
        elif kind == "directional":
            bases = (table[name].to_numpy(float)[rows] for name in ("baseline_low", "baseline_high"))
            states[rows] = judge_directional(sign, low, high, *bases)
        else:
            failing = (table["subunits_reported"] - table["subunits_meeting"]).to_numpy(float)[rows]
            whole = (table["subunits_reported"] == table["subunits_total"]).to_numpy()[rows]
            reported = table["subunits_reported"].to_numpy(float)[rows] > 0
            states[rows] = np.where(failing > 0, MISSED, np.where(whole & reported, MET, UNKNOWN))
    final = len(panel.years) - 1
    is_early = (states == MET) & (early >= 0) & (early < final)
    table["early_year"] = np.where(is_early, round_.baseline_year + early, -1)
    table["early_gap"], table["baseline_met"] = gap & is_early, base_met
    table["verdict"] = np.select([states == MET, states == MISSED], [Verdict.MET, Verdict.NOT_MET], Verdict.NO_DATA)
    needs_base = table["kind"].isin(["relative", "directional"])
    table["reason"] = np.select(
        [table["verdict"] != Verdict.NO_DATA, (table["kind"] == "every_subunit"), table["missing_reason"] == "refused",
         table["value"].isna(), needs_base & table["baseline_value"].isna()],
        ["", "subunits_incomplete", "refused", "no_final_year", "no_baseline"], "bound_inconclusive",
    )  # fmt: skip


def _add_change(table: pd.DataFrame) -> None:
    points = ((table["bound"] == "") & (table["baseline_bound"] == "")
              & (table["definition"] == table["baseline_definition"]))  # fmt: skip
    final, base = table["value"].where(points), table["baseline_value"].where(points)
    change = pd.Series(difference(final, base), index=table.index)
    table["change"] = change
    table["change_percent"] = 100 * change / base.where(base != 0)
    wanted = pd.Series(difference(table["threshold"], base), index=table.index)
    open_ = table["kind"].isin(["absolute", "relative"]) & ~table["baseline_met"] & (wanted != 0)
    table["targeted_percent"] = (100 * change / wanted.where(wanted != 0)).where(open_)


def _add_evidence(table: pd.DataFrame, indicators: Mapping[str, Indicator], method: Method) -> None:
    evidence = np.full(len(table), "not_assessed", dtype=object)
    for sign, rows in table[table["kind"] == "absolute"].groupby("operator").groups.items():
        part = table.loc[rows]
        evidence[rows] = interval_evidence(part["interval_low"], part["interval_high"], str(sign), part["threshold"])
    table["evidence"] = evidence
    events = table["numerator"]
    limits = (method.hide_rate_below_events.value, method.unstable_below_events.value)
    table["stability"] = np.select(
        [events.isna() | table["value"].isna(), events < limits[0], events < limits[1]], ["", "hidden", "unstable"],
        "stable",
    )


def _add_trend(table: pd.DataFrame, panel: Panel, method: Method) -> None:
    """Add each series' trend, its p adjusted over the tests of the region's own report (Benjamini–Hochberg)."""
    trends = trend_many(panel.years, panel.points(), method.minimum_trend_points.value, method.confidence.value,
                        method.alpha.value) if len(panel.index) else None  # fmt: skip
    rows = table["series"].to_numpy()
    if trends is None:
        table["trend_n"], table["trend_state"], table["trend_m"] = 0, "too_few_points", 0
        for name in ("S", "p", "p_adjusted", "slope", "slope_low", "slope_high"):
            table[f"trend_{name}"] = np.nan
        return
    state = np.asarray(trends.state, dtype=object).copy()
    known = np.where(np.isnan(panel.points()), "", panel.definition)
    filled = [{d for d, v in zip(names, values, strict=True) if not np.isnan(v)}
              for names, values in zip(known, panel.points(), strict=True)]  # fmt: skip
    broken = np.array([len(names) > 1 for names in filled])
    state[broken & (state != "too_few_points")] = "definition_break"
    tested = np.isin(state, ["increase", "decrease", "no_evidence", "no_variation"])
    used = np.zeros(len(state), bool)
    used[rows[rows >= 0]] = True
    codes = np.asarray(panel.index.get_level_values("region_code"))
    adjusted, family = np.full(len(state), np.nan), np.zeros(len(state))
    order = np.flatnonzero(tested & used)
    for code in np.unique(codes[order]):
        own = order[codes[order] == code]
        adjusted[own] = false_discovery_control(trends.p[own])
        family[own] = len(own)
    judged = np.isin(state, ["increase", "decrease", "no_evidence"])
    significant = adjusted < method.alpha.value
    state[judged] = np.where(significant, np.where(trends.S > 0, "increase", "decrease"), "no_evidence")[judged]
    columns: dict[str, Any] = {
        "S": trends.S, "p": trends.p, "p_adjusted": adjusted,
        "slope": trends.slope, "slope_low": trends.slope_low, "slope_high": trends.slope_high,
    }  # fmt: skip
    for name, values in columns.items():
        kept = np.where(state == "definition_break", np.nan, values)
        table[f"trend_{name}"] = at(kept[:, None], rows, 0)
    table["trend_n"] = np.nan_to_num(at(trends.n.astype(float)[:, None], rows, 0)).astype(int)
    table["trend_m"] = np.nan_to_num(at(family[:, None], rows, 0)).astype(int)
    table["trend_state"] = np.where(rows >= 0, at(state[:, None], rows, 0), "too_few_points")


def _flags(table: pd.DataFrame, indicators: Mapping[str, Indicator], method: Method, round_: Round) -> list[str]:
    better = table["indicator_id"].map(lambda i: indicators[i].better)
    worse = ((better == "lower") & (table["change"] > 0)) | ((better == "higher") & (table["change"] < 0))
    met, missed = table["verdict"] == Verdict.MET, table["verdict"] == Verdict.NOT_MET
    base, threshold = table["baseline_value"], table["threshold"]
    looser = (table["baseline_met"] & (base != threshold)) & (round_.kind == "baseline")
    tolerance = method.nearly_met_tolerance.value
    distance = (table["value"] - threshold).abs()
    near = missed & (distance <= tolerance * threshold.abs()) if tolerance is not None else missed & False
    kinds = table["kind"] == "absolute"
    flags = {
        "early": table["early_year"] >= 0,
        "baseline_met": table["baseline_met"],
        "met_but_worse": met & worse & kinds,
        "looser_than_present": looser,
        "nearly_met": near,
    }
    return [";".join(name for name, mask in flags.items() if mask.iloc[n]) for n in range(len(table))]


def _evaluations(measures: pd.DataFrame, targets: Sequence[Target], codes: Sequence[str], regions: Regions,
                 judgements: Mapping[tuple[str, str], Judgement]) -> pd.DataFrame:  # fmt: skip
    parts: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
    columns = ["region_code", "target", "verdict", "reason", "flags", "evidence"]
    for code, key, *rest in measures[columns].itertuples(index=False, name=None):
        parts.setdefault((code, key), []).append((rest[0], rest[1], rest[2], rest[3]))
    rows = []
    for code in codes:
        for target in targets:
            own = parts.get((code, target.key), [])
            judgement = judgements.get((code, target.key))
            rows.append((code, target.outline, target.key, target.domain, target.kind, target.counted,
                         *_combine(target, regions[code].level, own, judgement)))  # fmt: skip
    return pd.DataFrame(rows, columns=["region_code", "outline", "target", "domain", "kind", "counted",
                                       "verdict", "reason", "flags", "evidence"])  # fmt: skip


def _combine(target: Target, level: str, parts: list[tuple[str, str, str, str]],
             judgement: Judgement | None) -> tuple[str, str, str, str]:  # fmt: skip
    """Return verdict, reason, flags and evidence of a target from those of its measures: one miss decides."""
    if level not in target.applies_to:
        return Verdict.NOT_APPLICABLE, "", "", "not_assessed"
    if target.kind == "qualitative":
        return (Verdict(judgement.verdict) if judgement else Verdict.PENDING), "", "", "not_assessed"
    verdicts = {verdict for verdict, *_ in parts}
    evidences = {evidence for *_, evidence in parts}
    evidence = next((e for e in EVIDENCE if e in evidences), "") if evidences <= set(EVIDENCE) else "not_assessed"
    shared = set.intersection(*(set(flags.split(";")) for *_, flags, _ in parts)) - {""}
    flags = ";".join(sorted(shared))
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET, "", flags, evidence
    if verdicts == {Verdict.MET}:
        return Verdict.MET, "", flags, evidence
    reason = next(reason for verdict, reason, *_ in parts if verdict == Verdict.NO_DATA)
    return Verdict.NO_DATA, reason, flags, evidence
