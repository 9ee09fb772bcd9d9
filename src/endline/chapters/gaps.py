"""Chapter: how the regions below the region differ, and its town and country."""

from collections.abc import Iterator, Mapping

from endline.chapters.areas import Areas
from endline.chapters.telling import Telling
from endline.chapters.town_country import town_country
from endline.params.tiles import Place
from endline.story import Block, Part, prose, text


def gaps(t: Telling, tiles: Mapping[str, Place], figures: Iterator[int]) -> list[Block]:
    """Return the chapter; `tiles` are the places of the regions directly below, `figures` gives numbers to charts."""
    parts: list[Part] = [t.title("gaps"), t.section(1, t.say.get("gaps.areas"))]
    areas = Areas(t)
    blocks = [text(*parts, prose(areas.lead())), *areas.blocks(tiles, figures)]
    return [*blocks, text(t.section(2, t.say.get("gaps.town_country"))), *town_country(t)]
