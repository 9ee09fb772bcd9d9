"""One style for all charts: colours, sizes of text, and how a state is drawn."""

from typing import NamedTuple

# After Okabe & Ito 2008: told apart with any colour vision; symbols and line styles differ as well. Their vermilion is
# darkened so that it can be read as text, and under white text (contrast above 4.5).
BLUE, ORANGE, GREY, LIGHT, INK = "#0072B2", "#B84E00", "#6B6B6B", "#E3E3E3", "#333333"
WEAK = "#D9D9D9"  # fill of a mark that rests on too few events
POINTS_A_MM = 72 / 25.4
TEXT_WIDTH = 156 * POINTS_A_MM
SIZE, SMALL, TINY = 9.0, 8.5, 7.5  # of text, in points
EDGE = 0.012 * TEXT_WIDTH  # least distance of text from the sides


class Look(NamedTuple):
    """How a state is drawn: the shape and colours of its mark, the colour of its area and of text on that."""

    shape: str
    edge: str
    fill: str
    area: str
    ink: str


LOOKS = {
    "met": Look("o", BLUE, BLUE, BLUE, "white"),
    "not_met": Look("X", ORANGE, ORANGE, ORANGE, "white"),
    "no_data": Look("_", GREY, GREY, LIGHT, INK),
    "pending": Look("o", GREY, "white", "white", INK),
    # before a target is due
    "already_met": Look("o", BLUE, BLUE, BLUE, "white"),
    "on_track": Look("^", BLUE, "#9CC7E3", "#9CC7E3", INK),
    "uncertain": Look("D", GREY, "white", "#F4F8FB", INK),
    "off_track": Look("X", ORANGE, ORANGE, ORANGE, "white"),
    "not_yet": Look("X", ORANGE, ORANGE, ORANGE, "white"),
    "not_applicable": Look("", GREY, "white", "white", INK),
    "": Look("o", GREY, GREY, LIGHT, INK),
    # where an area lies in a funnel; above is neither good nor bad by itself, so the colour is one
    "inside": Look("o", BLUE, "#9CC7E3", LIGHT, INK),
    "above_95": Look("^", INK, "white", LIGHT, INK),
    "below_95": Look("v", INK, "white", LIGHT, INK),
    "above_998": Look("^", INK, INK, INK, "white"),
    "below_998": Look("v", INK, INK, INK, "white"),
    # steps of a quantity, from little to much
    "level_1": Look("s", GREY, "#F4F8FB", "#F4F8FB", INK),
    "level_2": Look("s", GREY, "#CFE3F1", "#CFE3F1", INK),
    "level_3": Look("s", GREY, "#8DBFDF", "#8DBFDF", INK),
    "level_4": Look("s", GREY, BLUE, BLUE, "white"),
}
"""By state: the verdicts, "" for none, places in a funnel, steps of a quantity."""
