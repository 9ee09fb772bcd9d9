"""Chapter of a baseline or an interim round: where the region stands against targets that are not due yet."""

import math
from collections.abc import Iterator

from endline.chapters.telling import Telling
from endline.model import Indicator, Target, Verdict
from endline.narrative import Row
from endline.numbers import rounded
from endline.story import Block, prose, table, text

AT_BASELINE = "at_baseline"  # the change that a target asks for has not begun
DECIMALS = 3  # of a yearly rate: the two conventions differ in the third


def before_due(t: Telling) -> list[Block]:
    """Return what is met already, what is still required, and in an interim round where the trends lead."""
    if t.round.is_final:
        return []
    say, own, kind = t.say, list(_measured(t)), t.round.kind
    lead = [say.say(f"due.lead.{kind}", **t.counts.as_dict(), **due_facts(t), judged=t.counts.judged)]
    looser = [_looser(t, *one) for one in own if "looser_than_present" in one[1].flags.split(";")]
    if looser:
        lead.append(say.say("due.looser", n=len(looser), names=say.names(looser, "target_separator")))
    required = [_required(t, *one) for one in own if not math.isnan(one[1].required_log)]
    blocks = [text(t.title("due"), prose(*lead), *map(prose, required))]
    if own:
        header = [say.say(f"due.columns.{name}", **due_facts(t)) for name in say.get(f"due.table.{kind}")]
        rows = [[_cell(t, name, *one) for name in say.get(f"due.table.{kind}")] for one in own]
        widths = [9, 15, 9, 12, 9, 8, 8] if kind == "baseline" else [9, 15, 8, 8, 11, 8, 12, 8]
        listed = table(header, rows, "llrlrrrl"[: len(header)], widths, say.say(f"due.caption.{kind}", **due_facts(t)))
        blocks += [text(listed, style="annex"), text(prose(say.get(f"due.note.{kind}")), style="small")]
    return blocks


def due_facts(t: Telling) -> dict[str, int]:
    """Return the years of a round: the first, the last, and that in which its targets are due."""
    due = max((row.due_year for rows in t.tables.rows.values() for row in rows), default=t.outlines[0].last_year)
    return {"baseline": t.round.baseline_year, "final": t.round.final_year, "due": due}


def _measured(t: Telling) -> Iterator[tuple[Target, Row, Indicator]]:
    """Give the measures of which anything was observed, or can be told."""
    for key, target in t.tables.by_key.items():
        for row in t.tables.rows[key]:
            told = row.verdict != Verdict.NO_DATA
            if row.reason != AT_BASELINE and (told or not math.isnan(row.value)):
                yield target, row, t.teller.indicators[row.indicator_id]


def _name(t: Telling, row: Row, indicator: Indicator) -> str:
    return t.say.series_name(indicator, row.stratum)


def _present(t: Telling, row: Row, indicator: Indicator) -> str:
    return t.say.value(row.value, row.value_text, row.bound, indicator)


def _looser(t: Telling, target: Target, row: Row, indicator: Indicator) -> str:
    demanded = t.say.demanded(target, row.measure, indicator)
    facts = {"name": _name(t, row, indicator), "value": _present(t, row, indicator), "target": demanded}
    return t.say.say("due.looser_one", **facts)


def _required(t: Telling, target: Target, row: Row, indicator: Indicator) -> str:
    return t.say.say(
        "due.required",
        name=_name(t, row, indicator),
        value=_present(t, row, indicator),
        target=t.say.demanded(target, row.measure, indicator),
        direction=t.say.get("due.falls" if row.operator in ("<=", "<") else "due.rises"),
        compound=rounded(row.required_compound, DECIMALS),
        log=rounded(row.required_log, DECIMALS),
        final=t.round.final_year,
        due=row.due_year,
    )


def _cell(t: Telling, name: str, target: Target, row: Row, indicator: Indicator) -> str:
    say, none = t.say, str(t.say.get("missing"))
    if name == "interval":
        return none if math.isnan(row.projected_low) else say.interval(row.projected_low, row.projected_high, indicator)
    if name in ("compound", "log"):
        rate = getattr(row, f"required_{name}")
        return none if math.isnan(rate) else rounded(rate, DECIMALS)
    cells = {
        "clause": t.tables.place(target),
        "indicator": _name(t, row, indicator),
        "before": say.value(row.baseline_value, row.baseline_value_text, row.baseline_bound, indicator),
        "present": _present(t, row, indicator),
        "demanded": say.demanded(target, row.measure, indicator),
        "projected": say.value(row.projected_value, "", "", indicator),
        "verdict": say.get(f"verdict.{row.verdict}"),
    }
    return str(cells[name])
