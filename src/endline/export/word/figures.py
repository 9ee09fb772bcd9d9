"""The printed figures of a report, each under a name: what Word shows as a field, and what `check-docx` compares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

PREFIX = "E."  # of our names: a file may have properties of other programs

# A number with its sign, thousands, decimals, per cent; with what it is a part of (3/5), without the base of a rate
# (/10…). No number: what belongs to a word, a code or a digest (1a, F37, 0.2.1).
FIGURE = re.compile(
    r"(?<![0-9A-Za-z_./])(?<!per )(?:(?<![%‰）)])[-−+±])?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    r"(?!\.?\d|[A-Za-z_])(?:/(?!10+[^\W\d])\d+(?![\dA-Za-z_]))?[%‰]?"
)
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")


class Figure(NamedTuple):
    """A figure as it is printed, under its name, with the heading above it and the sentence around it."""

    name: str
    text: str
    heading: str
    sentence: str


class Piece(NamedTuple):
    """A part of a text; a figure where it has a name."""

    text: str
    name: str = ""


class Figures:
    """The figures of a document in the order in which they are met.

    A figure's name is its place: the notebook's cell, the heading within the cell, the paragraph or table below the
    heading, and the figure's number there (of a table: row, column, number). What is said elsewhere does not change it.
    """

    def __init__(self) -> None:
        self.found: list[Figure] = []
        self._headings: Counter[str] = Counter()
        self._parts: Counter[tuple[str, int]] = Counter()
        self._cell = self._title = ""

    def enter(self, cell: str) -> None:
        """Go on with a block of a cell."""
        self._cell = re.sub(r"[^0-9A-Za-z_-]", "-", cell)

    def heading(self, title: str) -> None:
        """Go on below a heading."""
        self._headings[self._cell] += 1
        self._title = title

    def part(self) -> str:
        """Return the place of the next paragraph or table."""
        place = self._cell, self._headings[self._cell]
        self._parts[place] += 1
        return f"{PREFIX}{self._cell}.{place[1]}.{self._parts[place]}"

    def pieces(self, text: str, place: str, sentence: str = "", start: int = 1) -> list[Piece]:
        """Return a text in pieces, its figures numbered from `start` and noted."""
        pieces: list[Piece] = []
        end = 0
        for number, match in enumerate(FIGURE.finditer(text), start):
            if match.start() > end:
                pieces.append(Piece(text[end : match.start()]))
            end = match.end()
            pieces.append(Piece(match[0], f"{place}.{number}"))
            around = sentence or sentence_at(text, match.start())
            self.found.append(Figure(pieces[-1].name, match[0], self._title, around))
        return [*pieces, Piece(text[end:])] if end < len(text) else pieces


def sentence_at(text: str, position: int) -> str:
    """Return the sentence of a text that holds a position."""
    return next((match[0].strip() for match in _SENTENCE.finditer(text) if match.end() > position), text)


def row_context(cells: Sequence[str], titles: Sequence[str], column: int) -> str:
    """Return what says which cell a figure stands in: its row's first cell, its column's title, its text."""
    title = titles[column] if column < len(titles) else ""
    return " | ".join(filter(None, [cells[0] if column else "", title, cells[column] if column >= 0 else ""]))
