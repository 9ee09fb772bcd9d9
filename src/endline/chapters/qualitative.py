"""Chapter: the qualitative targets, each with a person's verdict and its evidence, or waiting for one."""

from endline.chapters.telling import Telling
from endline.model import Target, Verdict
from endline.story import Block, Part, prose, table, text


def qualitative(t: Telling) -> list[Block]:
    """Return the chapter on the targets that only a person can judge."""
    own = judged_by_persons(t)
    if not own:
        none = [] if any(outline.tasks for outline in t.outlines) else [prose(t.say.get("tasks.none"))]
        return [text(t.title("tasks"), *none)]
    judged = sum((t.region.code, target.key) in t.judgements for target in own)
    lead = t.say.say("tasks.lead", n=len(own), judged=judged, pending=len(own) - judged)
    return [text(t.title("tasks"), prose(lead)), text(_listed(t, own), style="annex")]


def judged_by_persons(t: Telling) -> list[Target]:
    """Return the qualitative targets that apply to the region, in the order of the outlines."""
    return [
        target
        for key, target in t.tables.by_key.items()
        if target.kind == "qualitative" and t.tables.by_target[key].verdict != Verdict.NOT_APPLICABLE
    ]


def _listed(t: Telling, own: list[Target]) -> Part:
    say, rows = t.say, []
    for number, target in enumerate(own, start=1):
        judgement = t.judgements.get((t.region.code, target.key))
        verdict = say.get(f"verdict.{t.tables.by_target[target.key].verdict}")
        told = (judgement.evidence, judgement.unit, judgement.date.isoformat()) if judgement else None
        clause = f"{t.tables.outlines[target.outline].short} {say.clause(target)}"
        rows.append([str(number), clause, target.label, verdict, *(told or [say.get("pending_fill")] * 3)])
    header = t.tables.header("number", "clause", "task", "verdict", "evidence_of", "responsible", "date")
    return table(header, rows, "cllllll", [3, 12, 24, 4, 12, 8, 7], say.get("caption.tasks"))
