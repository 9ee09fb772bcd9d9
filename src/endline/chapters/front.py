"""What stands before the numbered chapters: the page of signatures and the one-page summary."""

from endline.chapters.due import due_facts
from endline.chapters.problems import found_problems, proposals
from endline.chapters.tasks import told_in_short
from endline.chapters.telling import Telling
from endline.evaluation.tally import NAMED
from endline.missing import summary_sentences
from endline.model import Verdict
from endline.story import Block, Part, heading, prose, table, text

MOST = 3  # problems and proposals on the summary's page


def sign_off(t: Telling) -> list[Block]:
    """Return the page on which the report is signed: who wrote, examined and approved it, and the statistics office."""
    say, empty = t.say, ""
    header = [say.get(f"sign_off.{name}") for name in ("role", "office", "name", "seal")]
    rows = [[say.get(f"sign_off.roles.{role}"), empty, empty, empty] for role in say.get("sign_off.roles")]
    return [
        text(heading(1, say.get("sign_off.title")), prose(say.get("sign_off.lead")), new_page=True),
        text(table(header, rows, "clcc", [8, 9, 9, 8]), style="sign"),
        text(prose(say.get("sign_off.note")), style="small"),
    ]


def summary(t: Telling) -> list[Block]:
    """Return the one-page summary: counts that reconcile, what was missed by name, problems and proposals."""
    say, counts, evaluations = t.say, t.counts, t.tables.evaluations
    stray = sum(e.counted for e in evaluations if e.verdict == Verdict.NOT_APPLICABLE)
    apart = sum(not e.counted for e in evaluations if e.verdict != Verdict.NOT_APPLICABLE)
    key = "summary.total" if t.round.is_final else f"due.total.{t.round.kind}"
    total = say.say(key, **counts.as_dict(), **due_facts(t))
    lead: list[Part] = [heading(1, say.get("chapter.summary"))]
    if t.dataset.simulated:
        lead.append(prose(say.get("summary.simulated")))
    counted_so = (
        total,
        t.rates(counts),
        say.say("summary.not_applicable", n=stray) if stray else "",
        say.say("summary.uncounted", n=apart) if apart else "",
    )
    lead.append(prose(*counted_so) if evaluations else prose(say.get("work.only")))
    measured = [row for rows in t.tables.rows.values() for row in rows]
    lead.append(prose(*summary_sentences(t.teller, measured, t.slice.rows["refused"])))
    lead += map(prose, told_in_short(t))
    if not evaluations:
        return [text(*lead, style="summary", new_page=True), text(*_in_short(t), style="detail")]
    header, rows = t.counts_table
    counted = table(header, rows, "lccccccc", [5, 3, 3, 4, 4, 3, 5, 5], say.get("summary.per_outline"))
    return [
        text(*lead, style="summary", new_page=True),
        text(counted),
        text(*_by_name(t), *_in_short(t), style="names"),
    ]


def _by_name(t: Telling) -> list[Part]:
    say, named = t.say, []
    for verdict in (v for field, v in NAMED[t.round.kind].items() if field not in ("met", "on_track")):
        own = [e for e in t.tables.evaluations if e.verdict == verdict and e.counted]
        labels = [t.tables.by_key[e.target].label for e in own]
        if labels:
            named.append(prose(say.say(f"summary.{verdict}", names=say.names(labels, "target_separator"))))
        elif verdict == Verdict.NOT_MET and t.counts.judged:
            named.append(prose(say.get("summary.none_not_met")))
    return named


def _in_short(t: Telling) -> list[Part]:
    say = t.say
    problems = (t.notes.problems or [problem.title for problem in found_problems(t)])[:MOST] or [say.get("nothing")]
    parts = []
    for name, said in (("problems", problems), ("proposals", proposals(t)[:MOST])):
        numbered = [say.say("summary.numbered", n=n, text=one) for n, one in enumerate(said, start=1)]
        parts.append(prose(say.say(f"summary.{name}", list=say.names(numbered, "target_separator"))))
    return parts
