"""Chapter: the region's basic conditions, in its own words, with the births that its own figures show."""

from endline.chapters.telling import Telling
from endline.model import Conditions
from endline.story import Block, Part, prose, table, text


def basics(t: Telling) -> list[Block]:
    """Return the basic conditions; what nobody has written is to be filled in."""
    say = t.say
    lead = say.say("basics.lead", region=t.region.name, level=say.get(f"level.{t.region.level}"))
    rows = [
        [say.get(f"basics.items.{name}"), getattr(t.notes.conditions, name) or say.get("pending_fill")]
        for name in Conditions.model_fields
    ]
    header = t.tables.header("item", "content")
    parts: list[Part] = [t.title("basics"), prose(lead, _births(t))]
    return [
        text(*parts, new_page=True),
        text(table(header, rows, "ll", [9, 30], say.get("basics.caption"))),
        text(prose(say.get("basics.note")), style="small"),
    ]


def _births(t: Telling) -> str:
    """Return the sentence on live births at both ends of the term, as the counts behind the rates have them."""
    found = t.tables.births()
    if len(found) < 2:
        return ""
    (first, before), (last, after) = found[0], found[-1]
    return t.say.say("basics.births", first=first, last=last, before=f"{before:.0f}", after=f"{after:.0f}")
