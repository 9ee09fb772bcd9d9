"""What is said of an indicator's values in the regions below: extremes, funnel, dispersion, targets met."""

import math

from endline.chapters.gaps.areas import Areas
from endline.narrative import Row
from endline.numbers import rounded

NAMES = 6  # regions outside the limits: more are only counted


def finding(a: Areas, row: Row) -> str:
    """Return an indicator's sentences: number of areas, extremes, funnel, dispersion, targets met, counties."""
    say, indicator = a.say, a.indicator(row)
    own = next(r for r in a.t.tables.rows[row.target] if r.indicator_id == row.indicator_id)
    value = say.value(own.value, own.value_text, own.bound, indicator)
    facts = a.facts | {"indicator": a.name(row), "value": value}
    key = "finding" if row.areas == row.counted else "finding_some"
    lead = say.say(f"gaps.{key}", areas=row.areas, counted=row.counted, **facts)
    extremes = say.say("gaps.few_stable", stable=row.stable, **facts)
    if row.low_code:
        pair = {
            "low": a.region(row.low_code),
            "low_value": say.value(row.low_value, row.low_text, "", indicator),
            "high": a.region(row.high_code),
            "high_value": say.value(row.high_value, row.high_text, "", indicator),
            "difference": say.points(row.difference, indicator.decimals, indicator),
            "ratio": a.ratio(row),
        }
        extremes = say.say("gaps.extremes", stable=row.stable, **pair, **facts)
    outside = [_outside(a, row, side) for side in ("above", "below")]
    if not row.above_998 + row.below_998:
        outside = [say.say("gaps.none_outside", **facts)]
    counties = a.counties(row)
    below = "" if counties is None else say.say("gaps.counties", **_counted(counties))
    sentences = [(lead, extremes), (*outside, _excess(a, row)), _met(a, row), (below,)]
    return "".join(say.sentence(*clauses) for clauses in sentences)


def _outside(a: Areas, row: Row, side: str) -> str:
    n, codes = getattr(row, f"{side}_998"), getattr(row, f"{side}_codes")
    if not n:
        return str(a.say.get(f"gaps.none_{side}"))
    names = a.say.names([a.region(code) for code in codes.split(";")])
    return a.say.say(f"gaps.{side}", n=n, names=a.say.say("gaps.named", names=names) if n <= NAMES else "")


def _excess(a: Areas, row: Row) -> str:
    if row.expected < a.hide:
        return a.say.say("gaps.few_expected", **a.facts | {"events": a.hide})
    if math.isnan(row.excess_percent):
        return ""
    percent = rounded(row.excess_percent, 0)
    return a.say.say(f"gaps.{'excess' if row.excess_percent else 'no_excess'}", percent=percent)


def _met(a: Areas, row: Row) -> tuple[str, ...]:
    """Return how many areas met the target, and of how many of the others that is sure."""
    missed = row.judged - row.met
    if not row.judged:
        return ()
    if not missed:
        return (a.say.say("gaps.all_met", judged=row.judged),)
    met = a.say.say("gaps.some_met", judged=row.judged, met=row.met)
    if a.t.tables.by_key[row.target].kind != "absolute":
        return (met,)
    key = {0: "contradicted_none", missed: "contradicted_all"}.get(row.contradicted, "contradicted")
    return met, a.say.say(f"gaps.{key}", missed=missed, n=row.contradicted)


def _counted(row: Row) -> dict[str, int]:
    return {"counted": row.counted, "areas": row.areas, "above": row.above_998, "below": row.below_998}
