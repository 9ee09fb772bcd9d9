"""The figures of a Word file as its text shows them: the results of our fields, each with its heading and sentence."""

from __future__ import annotations

import re

from endline.export.word.figures import PREFIX, Figure, row_context, sentence_at
from endline.workbooks.bounds import Budget
from endline.workbooks.xml_stream import Attributes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_CODE = re.compile(r'\s*DOCPROPERTY\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)
# What Word keeps of a deleted or moved text, and the second form of a drawing.
_ABSENT = {W + "del", W + "moveFrom", "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"}


class _Field:
    """A field that has begun: its code, and what it shows."""

    def __init__(self, code: str = "", shows: bool = False) -> None:
        self.code, self.shows, self.shown, self.at = code, shows, "", 0

    @property
    def name(self) -> str:
        """The property's name, where it is one of ours."""
        match = _CODE.match(self.code)
        name = (match[1] or match[2]) if match else ""
        return name if name.startswith(PREFIX) else ""


class _Row:
    """A row of a table as far as it was read, and the figures in it, each with the number of its cell."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        self.figures: list[tuple[_Field, int]] = []


class Shown:
    """Takes the figures out of a document as it is read."""

    def __init__(self, budget: Budget, headings: set[str]) -> None:
        self.found: list[Figure] = []
        self._budget, self._headings = budget, headings
        self._absent = 0  # elements around this place whose text does not count
        self._heading = self._style = self._text = ""
        self._collects = ""  # which element's text is being read
        self._fields: list[_Field] = []
        self._ended: list[_Field] = []  # figures of this paragraph
        self._rows: list[_Row] = []  # the row of each table around this place
        self._titles: list[list[str]] = []  # the first row of each

    def start(self, element: str, attributes: Attributes) -> None:
        """Take note of an element that begins."""
        if element in _ABSENT:
            self._absent += 1
        if self._absent or not element.startswith(W):
            return
        match element.removeprefix(W):
            case "p":
                self._budget.keep()
                self._style = self._text = ""
            case "pStyle":
                self._style = attributes.get(W + "val", "")
            case "fldSimple":
                self._begin(_Field(attributes.get(W + "instr", ""), shows=True))
            case "fldChar":
                self._mark(attributes.get(W + "fldCharType", ""))
            case "noBreakHyphen":
                self._add("-")
            case "t" | "instrText" as name:
                self._collects = name
            case "tbl":
                self._titles.append([])
            case "tr":
                self._rows.append(_Row())
            case "tc" if self._rows:
                self._rows[-1].cells.append("")

    def text(self, piece: str) -> None:
        """Take note of a text."""
        if not self._absent and self._collects:
            self._budget.text(len(piece))
            if self._collects == "t":
                self._add(piece)
            elif self._fields:
                self._fields[-1].code += piece

    def end(self, element: str) -> None:
        """Take note of an element that ends."""
        if element in _ABSENT:
            self._absent -= 1
        if self._absent or not element.startswith(W):
            return
        match element.removeprefix(W):
            case "t" | "instrText":
                self._collects = ""
            case "fldSimple":
                self._mark("end")
            case "p":
                self._end_paragraph()
            case "tr" if self._rows:
                self._end_row(self._rows.pop())
            case "tbl" if self._titles:
                self._titles.pop()

    def _begin(self, field: _Field) -> None:
        self._budget.keep()
        field.at = len(self._text)
        self._fields.append(field)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._begin(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if field.name:
                self._ended.append(field)

    def _add(self, piece: str) -> None:
        self._text += piece
        for field in self._fields:
            if field.shows:
                field.shown += piece

    def _end_paragraph(self) -> None:
        if self._rows:
            row = self._rows[-1]
            if row.cells:
                row.cells[-1] += self._text
            row.figures += ((field, len(row.cells) - 1) for field in self._ended)
        else:
            if self._style in self._headings:
                self._heading = self._text
            for field in self._ended:
                self._note(field, sentence_at(self._text, field.at))
        self._ended, self._text = [], ""

    def _end_row(self, row: _Row) -> None:
        titles = self._titles[-1] if self._titles else []
        for field, column in row.figures:
            self._note(field, row_context(row.cells, titles, column))
        if not titles and self._titles:
            self._titles[-1] = row.cells

    def _note(self, field: _Field, sentence: str) -> None:
        self.found.append(Figure(field.name, field.shown, self._heading, sentence))
