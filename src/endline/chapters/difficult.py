"""Chapter: the targets that were missed, have no data or wait for a verdict; reasons and measures of the region."""

from endline.chapters.telling import Telling
from endline.story import Block, prose, table, text


def difficult(t: Telling) -> list[Block]:
    """Return the open targets with what is known of them, and what the region says of those it missed."""
    say, rows = t.say, t.tables.open_targets()
    header = t.tables.header("clause", "target", "verdict", "reason", "last")
    if not rows:
        return [text(t.title("open"), prose(say.get("note.no_open"))), *_notes(t, 1)]
    listed = table(header, rows, "lllll", [11, 20, 4, 10, 12], say.get("caption.open"))
    lead = say.say("open.lead", n=len(rows))
    return [
        text(t.title("open"), t.section(1, say.get("open.title")), prose(lead)),
        text(listed, style="annex"),
        *_notes(t, 2),
    ]


def _notes(t: Telling, number: int) -> list[Block]:
    """Return why targets were missed and what is done about it, in the region's own words."""
    say, rows = t.say, t.tables.notes(t.notes.targets)
    if not rows:
        return []
    header = t.tables.header("target", "reason", "measure", "responsible", "deadline")
    listed = table(header, rows, "lllll", [11, 12, 12, 6, 5], say.get("caption.notes"))
    return [
        text(t.section(number, say.get("missed.title"))),
        text(listed, style="annex"),
        text(prose(say.get("note.notes")), style="small"),
    ]
