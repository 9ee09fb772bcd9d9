"""Chapters: the problems that the figures show, with the region's own words on them, and what is proposed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from endline.chapters.tasks import PENDING, status_of
from endline.chapters.telling import Telling
from endline.model import Outline, Verdict
from endline.narrative import Row
from endline.stats.goals.operators import meets
from endline.story import Block, Part, prose, table, text


class Problem(NamedTuple):
    """A kind of problem that the figures show: its title with the number of cases, and what it consists of."""

    title: str
    sentence: str


def found_problems(t: Telling) -> list[Problem]:
    """Return what the evaluation itself shows to be wrong, the gravest first; no causes."""
    return [
        Problem(t.say.say(f"problems.{name}.title", n=len(names)), _sentence(t, name, names))
        for name, names in _cases(t)
        if names
    ]


def _sentence(t: Telling, name: str, names: Sequence[str]) -> str:
    return t.say.say(f"problems.{name}.text", names=t.say.names(list(names), "target_separator"))


def _cases(t: Telling) -> Iterator[tuple[str, list[str]]]:
    tables, label = t.tables, {key: target.label for key, target in t.tables.by_key.items()}
    evaluations = [e for e in tables.evaluations if e.verdict != Verdict.NOT_APPLICABLE]
    rows = [row for e in evaluations for row in tables.rows[e.target]]
    yield "missed", [label[e.target] for e in evaluations if e.verdict in (Verdict.NOT_MET, Verdict.OFF_TRACK)]
    yield "worse", [label[e.target] for e in evaluations if "met_but_worse" in e.flags.split(";")]
    adverse = [row for row in rows if _adverse(t, row)]
    yield "adverse", list(dict.fromkeys(_name(t, row) for row in adverse))
    yield "unknown", [label[e.target] for e in evaluations if e.verdict == Verdict.NO_DATA]
    few = [row for row in rows if row.stability in ("hidden", "unstable")]
    yield "unstable", list(dict.fromkeys(_name(t, row) for row in few))
    tasks = [task for outline in t.outlines for task in outline.tasks]
    yield "undone", [task.label for task in tasks if status_of(t, task) in ("under_way", "not_started")]
    yield "waiting", [task.label for task in tasks if status_of(t, task) == PENDING]


def _adverse(t: Telling, row: Row) -> bool:
    better = t.teller.indicators[row.indicator_id].better
    return (better, row.trend_state) in {("lower", "increase"), ("higher", "decrease")}


def _name(t: Telling, row: Row) -> str:
    return t.say.series_name(t.teller.indicators[row.indicator_id], row.stratum)


def problems(t: Telling) -> list[Block]:
    """Return the chapter on problems: what the figures show, then what the region writes of it."""
    say, found = t.say, found_problems(t)
    parts: list[Part] = [t.title("problems"), t.section(1, say.get("problems.shown"))]
    parts += [
        prose(say.say("problems.one", n=n, title=problem.title, text=problem.sentence))
        for n, problem in enumerate(found, start=1)
    ] or [prose(say.get("problems.none"))]
    parts += [t.section(2, say.get("problems.own")), *_own_words(t, t.notes.problems)]
    return [text(*parts)]


def proposals(t: Telling) -> Sequence[str]:
    """Return what the region proposes, or that it is to be filled in."""
    return t.notes.proposals or [str(t.say.get("pending_fill"))]


def proposed(t: Telling, following: Sequence[Outline]) -> list[Block]:
    """Return the chapter on proposals, and where the region stands against the outlines of the following term."""
    say, rows = t.say, _ahead(t, following)
    parts: list[Part] = [
        t.title("proposals"),
        t.section(1, say.get("proposals.own")),
        *_own_words(t, t.notes.proposals),
    ]
    if not rows:
        return [text(*parts)]
    titles = say.names([say.say("cited", title=o.title) for o in following])
    parts += [
        t.section(2, say.get("proposals.ahead")),
        prose(say.say("proposals.ahead_text", outlines=titles, year=t.round.final_year)),
    ]
    header = t.tables.header("outline", "indicator", "final", "demanded", "stands")
    listed = table(header, rows, "llrll", [7, 18, 9, 12, 8], say.get("caption.ahead"))
    note = prose(say.get("note.ahead"))
    return [text(*parts), text(listed, style="annex"), text(note, style="small")]


def _own_words(t: Telling, said: Sequence[str]) -> list[Part]:
    numbered = [t.say.say("summary.numbered", n=n, text=one) for n, one in enumerate(said, start=1)]
    return [prose(one) for one in numbered] or [prose(t.say.get("problems.pending"))]


def _ahead(t: Telling, following: Sequence[Outline]) -> list[list[str]]:
    """Return a row a target of the following term that sets a value for an indicator which this report has."""
    say = t.say
    known = {(row.indicator_id, row.stratum): row for rows in t.tables.rows.values() for row in rows}
    cells = []
    for outline in following:
        for target in outline.targets:
            for number, measure in enumerate(target.measures if target.kind == "absolute" else ()):
                row = known.get((measure.indicator, target.stratum))
                if row is None or row.value != row.value or measure.value is None or row.bound:
                    continue
                indicator = t.teller.indicators[measure.indicator]
                stands = "met" if meets(row.value, measure.operator, float(measure.value)) else "not_met"
                cells.append(
                    [
                        outline.short,
                        say.series_name(indicator, target.stratum),
                        say.value(row.value, row.value_text, row.bound, indicator),
                        say.demanded(target, number, indicator),
                        say.get(f"proposals.stands.{stands}"),
                    ]
                )
    return cells
