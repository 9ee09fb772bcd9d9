"""How the values of the regions below a region lie around its own: extremes, funnel, dispersion, targets met."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from endline.columns import difference, ratio
from endline.evaluation.panel import SERIES, Panel, at
from endline.evaluation.verdicts import stability_of
from endline.model import Indicator, Method, Verdict
from endline.stats import dispersion_many, funnel_significance

KEYS = ["region_code", "scope", "indicator_id", "stratum", "target"]
STATES = {  # a place in the funnel by its label
    "": "",
    "Not significant": "inside",
    "High (0.001)": "above_998",
    "High (0.025)": "above_95",
    "Low (0.025)": "below_95",
    "Low (0.001)": "below_998",
}
MEMBER = ["member_code", "events", "denominator", "value", "value_text", "state", "stability"]


def placed(
    measures: pd.DataFrame, members: pd.DataFrame, panel: Panel, indicators: Mapping[str, Indicator], method: Method
) -> pd.DataFrame:
    """Return one row a region, scope, series and member: its final value, its place in the funnel, its verdict.

    `group` numbers regions' scopes and series in their order. The funnel stands around the region's own counts; without
    them there is none. A series that serves several targets is judged by the first of them.
    """
    own = measures.drop_duplicates(SERIES).rename(columns={"numerator": "own_events", "denominator": "own_size"})
    own = own[np.array([indicators[name].difference is None for name in own["indicator_id"]], dtype=bool)]
    own = own[[*SERIES, "target", "measure", "own_events", "own_size"]].assign(series=range(len(own)))
    each = own.merge(members.assign(place=range(len(members))), on="region_code")
    each = each.sort_values(["series", "scope", "place"], ignore_index=True)
    each["group"] = each.groupby(["series", "scope"]).ngroup()

    rows, final = panel.find(each.assign(region_code=each["member_code"])), len(panel.years) - 1
    for name, column in {"numerator": "events", "denominator": "size"}.items():
        each[column] = at(getattr(panel, name), rows, final)
    for name in ("value", "value_text", "bound", "missing_reason"):
        each[name] = at(getattr(panel, name), rows, final)
    counted = (each["bound"] == "") & each[["value", "events"]].notna().all(axis=1) & (each["size"] > 0)
    each["proportion"] = np.array([indicators[name].is_proportion for name in each["indicator_id"]], dtype=bool)
    counted &= ~each["proportion"] | (each["events"] <= each["size"])
    each.loc[~counted, ["events", "size"]] = np.nan
    common = (each["own_events"] / each["own_size"].where(each["own_size"] > 0)).to_numpy(float)
    labels = funnel_significance(
        each["events"].to_numpy(), each["size"].to_numpy(), common, each["proportion"].to_numpy()
    )
    each["state"] = pd.Series(labels, index=each.index).map(STATES)
    each["stability"] = stability_of(each["events"], method)
    judged = measures[["region_code", "target", "measure", "verdict", "evidence"]]
    judged = judged.rename(columns={"region_code": "member_code"})
    return each.merge(judged, how="left", on=["member_code", "target", "measure"])


def gap_members_of(each: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Return the rows of the main indicators with what a report draws and lists of each member."""
    main = each[each["indicator_id"].isin(method.gap_indicators.value) & each["events"].notna()]
    main = main.rename(columns={"size": "denominator"})
    return main[[*KEYS[:-1], *MEMBER]].reset_index(drop=True)


def gaps_of(each: pd.DataFrame) -> pd.DataFrame:
    """Return one row a region, scope and series of which a member has a value: how far its members lie apart.

    Areas without a denominator stand outside their number. Extremes are those of members with a stable value; they
    are chosen by looking at all, so they have no interval, and there are none where most members are not stable: those
    with many events are the large ones and the high ones. Members outside the funnel are counted by side and limit,
    and named (codes, `;` between) beyond the outer one.
    """
    first = each.drop_duplicates("group")
    groups = len(first)

    def number(of: pd.Series) -> npt.NDArray[np.intp]:
        return np.bincount(each["group"], of.to_numpy(bool), minlength=groups).astype(np.intp)

    table = first[[*KEYS, "own_events", "own_size"]].reset_index(drop=True)
    table["areas"] = number(each["missing_reason"] != "zero_denominator")
    table["reported"] = number(each["value"].notna())
    table["counted"] = number(each["events"].notna())
    table["stable"] = number(each["stability"] == "stable")
    apart = (table["stable"] > 1) & (2 * table["stable"] >= table["counted"])
    eligible = each[(each["stability"] == "stable") & apart.to_numpy()[each["group"]]]
    for name, sign in (("low", 1.0), ("high", -1.0)):
        _add_extreme(table, eligible, name, sign)
    table["difference"] = difference(table["high_value"], table["low_value"])
    table["ratio"] = ratio(table["high_value"], table["low_value"])
    for state in ("above_998", "above_95", "below_95", "below_998"):
        table[state] = number(each["state"] == state)
    for side in ("above", "below"):
        outside = each[each["state"] == f"{side}_998"].groupby("group")["member_code"].agg(";".join)
        table[f"{side}_codes"] = outside.reindex(range(groups), fill_value="")
    events, size, group = (each[name].to_numpy() for name in ("events", "size", "group"))
    spread = dispersion_many(events, size, group, groups, each["proportion"].to_numpy())
    for name in ("expected", "chi2", "excess_percent", "disparity_percent", "refused"):
        table[name] = getattr(spread, name)
    met, missed = each["verdict"] == Verdict.MET, each["verdict"] == Verdict.NOT_MET
    table["judged"], table["met"] = number(met | missed), number(met)
    table["contradicted"] = number(missed & (each["evidence"] == "contradicted"))
    return table[table["reported"] > 0].reset_index(drop=True)


def _add_extreme(table: pd.DataFrame, eligible: pd.DataFrame, name: str, sign: float) -> None:
    """Add the member with the least value times `sign` of each group: of equal ones the first by code."""
    order = np.lexsort((sign * eligible["value"].to_numpy(float), eligible["group"]))
    found = eligible.iloc[order].drop_duplicates("group").set_index("group").reindex(range(len(table)))
    table[f"{name}_code"] = found["member_code"].fillna("").to_numpy()
    table[f"{name}_text"] = found["value_text"].fillna("").to_numpy()
    table[f"{name}_value"] = found["value"].to_numpy(float)
