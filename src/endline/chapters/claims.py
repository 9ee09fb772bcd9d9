"""Chapter: what the documents themselves say of the state of things, and what of it has a figure behind it."""

import math
from collections.abc import Iterator
from fractions import Fraction

from endline.chapters.telling import Telling
from endline.model import Indicator, Outline, Statement
from endline.narrative import Row
from endline.story import Block, prose, table, text


def stated(t: Telling) -> list[Outline]:
    """Return the documents that say anything of the state of things; none beside simulated figures."""
    return [] if t.dataset.simulated else [outline for outline in t.outlines if outline.statements]


def claims(t: Telling) -> list[Block]:
    """Return the figures, claims and problems that the documents state, each with what can be said of it."""
    blocks: list[Block] = [text(t.title("claims"), prose(t.say.get("claims.lead")))] if stated(t) else []
    for outline in stated(t):
        for n, kind in enumerate(("figure", "claim", "problem"), start=1):
            own = [one for one in outline.statements if one.kind == kind]
            if own:
                blocks += [text(t.section(n, t.say.get(f"claims.{kind}.title"))), *_listed(t, kind, own)]
    return blocks


def _listed(t: Telling, kind: str, own: list[Statement]) -> list[Block]:
    say = t.say
    cells = {"figure": _figure, "claim": _claim, "problem": _problem}[kind]
    rows = [[one.clause, one.label, *cells(t, one)] for one in own]
    header = list(say.get(f"claims.{kind}.header"))
    widths = {"figure": [8, 16, 7, 10, 18], "claim": [8, 16, 5, 8, 20], "problem": [8, 30]}[kind]
    blocks = [text(table(header, rows, "l" * len(header), widths, say.get(f"claims.{kind}.caption")), style="annex")]
    if kind == "figure" and (checks := list(_back_checks(t, own))):
        blocks.append(text(prose(say.get("claims.back.lead"), *checks), style="detail"))
    return blocks


def printed(t: Telling, one: Statement) -> str:
    """Return a figure as the document gives it, a bound as a bound."""
    value = f"{one.value}{one.unit}"
    return t.say.say(f"claims.bound.{one.bound}", value=value) if one.bound else value


def _figure(t: Telling, one: Statement) -> list[str]:
    judged = [say for key in t.tables.by_key for row in t.tables.rows[key] if (say := _judged(t, one, key, row))]
    said = judged or [t.say.get(f"claims.figure.{'observed' if one.indicator else 'apart'}")]
    missing = str(t.say.get("missing"))
    return [one.year or missing, printed(t, one), t.say.names([*said, *filter(None, [one.note])], "part_separator")]


def _judged(t: Telling, one: Statement, key: str, row: Row) -> str:
    if row.indicator_id != one.indicator or one.year != str(t.round.final_year) or math.isnan(row.threshold):
        return ""
    target = t.tables.by_key[key]
    verdict, indicator = t.say.get(f"verdict.{row.verdict}"), t.teller.indicators[row.indicator_id]
    demanded = t.say.demanded(target, row.measure, indicator)
    return t.say.say("claims.figure.judged", place=t.tables.place(target), target=demanded, verdict=verdict)


def _claim(t: Telling, one: Statement) -> list[str]:
    """Return year, what figures say of a claim, and which figures; a claim without any is told as such."""
    compared = [_compared(t, name) for name in one.compares]
    states = {state for state, _ in compared} or {"none"}
    state = next(s for s in ("contradicted", "none", "supported") if s in states)
    told = t.say.names([words for _, words in compared], "part_separator")
    return [one.year, t.say.get(f"claims.state.{state}"), told or t.say.get("claims.without")]


def _compared(t: Telling, name: str) -> tuple[str, str]:
    say, indicator = t.say, t.teller.indicators[name]
    rows = [row for rows in t.tables.rows.values() for row in rows if row.indicator_id == name]
    row = next((row for row in rows if not math.isnan(row.upper_difference)), None)
    if row is None:
        return "none", say.say("claims.not_compared", name=indicator.name)
    better = row.upper_difference < 0 if indicator.better == "lower" else row.upper_difference > 0
    facts = {
        "name": indicator.name,
        "value": say.value(row.value, row.value_text, row.bound, indicator),
        "upper": t.teller.regions[row.upper_code].name,
        "other": say.value(row.upper_value, row.upper_value_text, row.upper_bound, indicator),
    }
    return ("supported" if better else "contradicted"), say.say(f"claims.{'better' if better else 'worse'}", **facts)


def _problem(t: Telling, one: Statement) -> list[str]:
    return []


def _back_checks(t: Telling, own: list[Statement]) -> Iterator[str]:
    """Give how many births one death stands for: a rate of events times its births is a whole number."""
    for one in own:
        indicator = t.teller.indicators.get(one.indicator)
        if indicator and indicator.counted_as and one.year == str(t.round.final_year) and not one.bound:
            yield t.say.say("claims.back.one", name=indicator.name, value=printed(t, one), **_births(one, indicator))


def _births(one: Statement, indicator: Indicator) -> dict[str, int]:
    """Return the births of one event at the rate as printed, and the range that rounds to it."""
    rate, half = Fraction(one.value), Fraction(1, 2 * 10 ** len(one.value.partition(".")[2]))
    low, high = indicator.per / (rate + half), indicator.per / (rate - half)
    return {"births": round(indicator.per / rate), "low": math.floor(low) + 1, "high": math.floor(high)}
