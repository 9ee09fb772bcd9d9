"""What stands where on the pages of a PDF; millimetres from the upper left corner."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

MM = 25.4 / 72
PITCH = 28.95 * MM  # of lines of the body
BODY = 16.0  # points of its type


class Line(NamedTuple):
    """A line of body type: its middle, its left and right end, and its text."""

    middle: float
    left: float
    right: float
    text: str


def boxes(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    """Return each visible character with its left, top, right and bottom."""
    words = page.get_textpage()
    height = page.get_height()
    found = []
    for n in range(words.count_chars()):
        char = words.get_text_range(n, 1)
        left, bottom, right, top = words.get_charbox(n)
        if char.strip():
            found.append((char, left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
    return found


def assert_all_in_the_type_area(pages: Iterable[pypdfium2.PdfPage]) -> None:
    """Assert that every character but those of the page's head lies within the margins, upright or landscape."""
    for number, page in enumerate(pages, start=1):
        left, right, bottom = (28, 184, 273) if page.get_width() < page.get_height() else (25, 260, 184)
        for char, x0, _, x1, y1 in boxes(page):
            assert left - 0.5 < x0 < x1 < right + 0.5, (number, char)
            assert y1 < bottom, (number, char)


def body_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the lines set in the size of the body, from the top, within the type area."""
    words, height = page.get_textpage(), page.get_height()
    rows: dict[int, list[tuple[float, float, float, str]]] = defaultdict(list)
    ink: dict[int, list[float]] = defaultdict(list)
    for n in range(words.count_chars()):
        char = words.get_text_range(n, 1)
        if not char.strip() or abs(raw.FPDFText_GetFontSize(words.raw, n) - BODY) > 0.1:
            continue
        left, bottom, right, top = words.get_charbox(n, loose=True)
        middle = (height - (top + bottom) / 2) * MM
        if 37 <= middle < 262:
            ink[round(middle)].append(words.get_charbox(n)[2] * MM)  # a full stop at the end hangs into the margin
            rows[round(middle)].append((middle, left * MM, right * MM, char))
    lines: list[Line] = []
    for key in sorted(rows):
        chars = sorted(rows[key], key=lambda char: char[1])
        line = Line(chars[0][0], chars[0][1], max(ink[key]), "".join(char for *_, char in chars))
        if lines and line.middle - lines[-1].middle < PITCH / 2:  # one line, rounded to two millimetres
            before = lines.pop()
            line = Line(
                before.middle, min(before.left, line.left), max(before.right, line.right), before.text + line.text
            )
        lines.append(line)
    return lines


def is_full_of_body(page: pypdfium2.PdfPage) -> bool:
    """Tell whether the type area holds nothing but body type."""
    inside = [box for box in boxes(page) if 38 <= (box[2] + box[4]) / 2 < 262]
    return len(inside) == sum(len(line.text) for line in body_lines(page)) > 0
