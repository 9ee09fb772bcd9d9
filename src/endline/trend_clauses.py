"""What is said of a trend: its test, size, evidence and data, or why no claim is made."""

import math
from typing import TYPE_CHECKING, Any

from endline.numbers import signed

if TYPE_CHECKING:
    from endline.narrative import Row, Teller

CLAIMED = ("increase", "decrease", "no_evidence")
PERCENT_DECIMALS = 1


def trend_clause(teller: "Teller", row: "Row") -> str:
    """Return the clause on a series' trend over the term."""
    say, indicator, state = teller.say, teller.indicators[row.indicator_id], row.trend_state
    facts: dict[str, Any] = {
        "first": teller.round.baseline_year,
        "last": teller.round.final_year,
        "indicator": say.series_name(indicator, row.stratum),
        "n": row.trend_n,
    }
    if state not in CLAIMED:
        thresholds = {
            "minimum": teller.method.minimum_trend_points.value,
            "minimum_events": teller.method.minimum_trend_events.value,
            "events_number": f"{row.trend_events:.0f}",
            "detectable": percent(row.trend_detectable),
        }
        return say.say("sentence.trend_untested", why=say.say(f"untested.{state}", **facts, **thresholds), **facts)
    years = [int(year) for year in row.trend_gaps.split(";") if year]
    return say.say(
        "sentence.trend",
        **facts,
        claim=_claim(teller, row),
        gaps=say.say("sentence.gaps", years=say.years(years)) if years else "",
        test=say.get(f"trend_test.{row.trend_method}"),
        p=say.p(row.trend_p),
        p_adjusted=say.p(row.trend_p_adjusted),
        counts=say.say(
            f"sentence.counts_of_{row.trend_method}", **counts(teller, row, row.trend_events, row.trend_base)
        ),
    )


def _claim(teller: "Teller", row: "Row") -> str:
    """Return direction and size with its interval; a fall is given as a positive size."""
    say = teller.say
    falls = row.trend_state == "decrease"
    size, low, high = row.trend_size, row.trend_size_low, row.trend_size_high
    if falls:
        size, low, high = -size, -high, -low
    facts = {"size": size_text(teller, row, size), "limits": limits_text(teller, row, low, high)}
    detectable = "" if row.trend_state != "no_evidence" else _detectable(teller, row)
    claim = f"sentence.claim_{row.trend_state}"
    return say.say(claim, **facts, confidence=teller.confidence, detectable=detectable)


def _detectable(teller: "Teller", row: "Row") -> str:
    if row.trend_method == "poisson":
        return teller.say.say("sentence.detectable_percent", size=percent(row.trend_detectable))
    if row.trend_method == "binomial":
        return teller.say.say("sentence.detectable_points", size=size_text(teller, row, row.trend_detectable))
    return str(teller.say.get("sentence.detectable_none"))


def size_text(teller: "Teller", row: "Row", value: float) -> str:
    """Return a size of a trend: per cent a year for rates with counts, else points of the unit a year."""
    if math.isnan(value):
        return str(teller.say.get("not_computable"))
    if row.trend_method == "poisson":
        return percent(value) + "%"
    indicator = teller.indicators[row.indicator_id]
    return signed(value, indicator.decimals + 1) + str(teller.say.get("points")[indicator.unit])


def limits_text(teller: "Teller", row: "Row", low: float, high: float) -> str:
    """Return the limits of a size: per cent at both ends (GB/T 15835), points at the end."""
    if math.isnan(low + high):
        return str(teller.say.get("not_computable"))
    if row.trend_method == "poisson":
        return teller.say.range(f"{percent(low)}%", f"{percent(high)}%")
    indicator = teller.indicators[row.indicator_id]
    ends = [signed(limit, indicator.decimals + 1) for limit in (low, high)]
    return teller.say.range(*ends) + str(teller.say.get("points")[indicator.unit])


def percent(value: float) -> str:
    """Return a percentage as printed, with a true minus sign."""
    return "—" if math.isnan(value) else signed(value, PERCENT_DECIMALS)


def counts(teller: "Teller", row: "Row", events: float, base: float) -> dict[str, str]:
    """Return the words and numbers of events and denominator."""
    events_name, base_name = teller.indicators[row.indicator_id].counted_as or teller.say.get("counted_as")
    return {"events": events_name, "base": base_name, "events_number": f"{events:.0f}", "base_number": f"{base:.0f}"}


def joinpoint_clause(teller: "Teller", row: "Row") -> str:
    """Return the clause on the year in which the trend changed; empty where none was found."""
    if math.isnan(row.trend_joinpoint):
        return ""
    say = teller.say
    apcs = {
        name: say.say(
            "sentence.apc",
            apc=percent(getattr(row, f"trend_apc{n}")),
            low=percent(getattr(row, f"trend_apc{n}_low")),
            high=percent(getattr(row, f"trend_apc{n}_high")),
            confidence=teller.confidence,
        )
        for n, name in enumerate(("before", "after"), start=1)
    }
    return say.say(
        "sentence.joinpoint",
        first=teller.round.baseline_year,
        last=teller.round.final_year,
        year=f"{row.trend_joinpoint:.0f}",
        p=say.p(row.trend_joinpoint_p),
        **apcs,
    )


def pooled_clause(teller: "Teller", row: "Row") -> str:
    """Return the clause on the last years taken together, where a single year has few events."""
    if math.isnan(row.pooled_value):
        return ""
    indicator = teller.indicators[row.indicator_id]
    return teller.say.say(
        "sentence.pooled",
        first=row.pooled_first,
        last=teller.round.final_year,
        value=teller.say.value(row.pooled_value, "", "", indicator),
        interval=teller.say.interval(row.pooled_low, row.pooled_high, indicator),
        confidence=teller.confidence,
        **counts(teller, row, row.pooled_events, row.pooled_base),
    )
