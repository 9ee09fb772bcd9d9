"""Part of the chapter on tasks: what the documents ask to be done, and how far persons say it is."""

from collections import Counter

from endline.chapters.telling import Telling
from endline.model import TASK_STATUSES, Outline, Task
from endline.story import Block, prose, table, text

PENDING = "pending"


def tasks(t: Telling) -> list[Block]:
    """Return the tasks of each document with their status and evidence; without evidence they wait."""
    return [block for outline in t.outlines if outline.tasks for block in _of(t, outline)]


def told_in_short(t: Telling) -> list[str]:
    """Return how many tasks of each document have which status: a sentence a document, apart from the targets."""
    return [_counted(t, outline) for outline in t.outlines if outline.tasks]


def status_of(t: Telling, task: Task) -> str:
    """Return how far persons say that a task is done, PENDING where nobody has."""
    judgement = t.judgements.get((t.region.code, task.key))
    return judgement.status if judgement else PENDING


def _counted(t: Telling, outline: Outline) -> str:
    counts = Counter(status_of(t, task) for task in outline.tasks)
    numbers = {name: counts[name] for name in (*TASK_STATUSES, PENDING)}
    return t.say.say("work.lead", outline=outline.title, n=len(outline.tasks), **numbers)


def _of(t: Telling, outline: Outline) -> list[Block]:
    say, rows = t.say, []
    for number, task in enumerate(outline.tasks, start=1):
        judgement = t.judgements.get((t.region.code, task.key))
        told = [judgement.evidence, judgement.unit, judgement.date.isoformat()] if judgement else []
        printed = say.get(f"work.status.{status_of(t, task)}")
        rows.append([str(number), task.clause, task.label, printed, *(told or [say.get("pending_fill")] * 3)])
    header = t.tables.header("number", "clause", "task", "verdict", "evidence_of", "responsible", "date")
    listed = table(header, rows, "cllllll", [3, 9, 20, 4, 14, 7, 7], say.say("work.caption", outline=outline.short))
    notes = [say.say("work.note", n=n, note=task.note) for n, task in enumerate(outline.tasks, start=1) if task.note]
    return [
        text(prose(_counted(t, outline))),
        text(listed, style="annex"),
        text(prose(say.sentence(say.names(notes, "target_separator"))) if notes else prose(""), style="small"),
    ]
