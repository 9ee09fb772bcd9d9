"""Chapter: how far the targets were met, all of them at a glance."""

from endline.chapters.telling import Telling
from endline.story import Block, prose, table, text


def overall(t: Telling) -> list[Block]:
    """Return the counts by outline with both rates, and every target with its verdict."""
    say = t.say
    header, rows = t.counts_table
    counted = table(header, rows, "lccccccc", [5, 3, 3, 4, 4, 3, 5, 5], say.get("overall.caption_counts"))
    listed = table(
        t.tables.header("clause", "target", "verdict", "note"),
        t.tables.verdicts(),
        "llll",
        [9, 22, 5, 12],
        say.get("overall.caption_list"),
    )
    return [
        text(t.title("overall"), t.section(1, say.get("overall.counts")), prose(t.rates(t.counts)), counted),
        text(t.section(2, say.get("overall.list")), prose(say.get("overall.list_text"))),
        text(listed, style="annex"),
    ]
