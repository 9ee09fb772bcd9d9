"""Foreign Markdown in a Word file: pandoc's elements as paragraphs, lists, tables and fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from endline.export.word.body import PLAIN, Body
from endline.export.word.text import Paragraph, field, run, runs
from endline.story import Table

Element = dict[str, Any]
_FACES = {"Strong": "Strong", "Emph": "Emphasis", "Code": "ReportVerbatim"}
_SIDES = {"AlignLeft": "l", "AlignCenter": "c", "AlignRight": "r", "AlignDefault": "l"}
_URL = "%/:=&?~#+!$,;'@()*[]"  # what an address may hold as it is; a quotation mark would end the field's


def add_markdown(body: Body, elements: Sequence[Element]) -> None:
    """Add the elements of a block of Markdown; its footnotes follow it as small print."""
    notes: list[Sequence[Element]] = []
    for mark, element in _flat(elements):
        _add(body, mark, element, body.style, notes)
    for number, note in enumerate(notes, 1):
        for _, element in _flat(note):
            _add(body, f"[{number}] ", element, "ReportNote", notes)


def _flat(elements: Sequence[Element], mark: str = "") -> Iterator[tuple[str, Element]]:
    """Yield the paragraphs, headings, tables and texts of elements, each with the mark that its list puts before it."""
    for element in elements:
        kind: str = element["t"]
        content: Any = element.get("c")
        if kind == "BulletList":
            for item in content:
                yield from _flat(item, f"{mark}● ")
        elif kind == "OrderedList":
            for number, item in enumerate(content[1], content[0][0]):
                yield from _flat(item, f"{mark}{number}. ")
        elif kind == "DefinitionList":
            for term, definitions in content:
                yield mark, {"t": "Para", "c": term}
                for definition in definitions:
                    yield from _flat(definition, mark)
        elif kind in ("BlockQuote", "Div"):
            yield from _flat(content if kind == "BlockQuote" else content[1], mark)
        elif kind == "LineBlock":
            for line in content:
                yield mark, {"t": "Para", "c": line}
        elif kind != "HorizontalRule":
            yield mark, element
            mark = " " * len(mark)  # before the first paragraph of an item only


def _add(body: Body, mark: str, element: Element, style: str, notes: list[Sequence[Element]]) -> None:
    kind, content = element["t"], element["c"]
    if kind == "Header":
        body.heading(content[0], plain(content[2]))
    elif kind == "Table":
        body.table(_table(content))
    elif kind == "CodeBlock":
        for line in content[1].splitlines():
            body.add(Paragraph("ReportCode", run(line)))
    else:
        used = "ReportList" if mark and style == PLAIN else style
        body.add(Paragraph(used, run(mark.strip() and mark) + _Line(body, notes).xml(content)))


class _Line:
    """The inlines of one paragraph as runs; its figures are numbered through."""

    def __init__(self, body: Body, notes: list[Sequence[Element]]) -> None:
        self._figures, self._notes = body.figures, notes
        self._place = body.figures.part()
        self._number = 1

    def xml(self, inlines: Sequence[Element], face: str = "") -> str:
        """Return the runs; words that follow one another are one text."""
        made, words = "", ""
        for inline in inlines:
            kind = inline["t"]
            if kind in ("Str", "Space", "SoftBreak"):
                words += inline.get("c", " ")
                continue
            made, words = made + self._runs(words, face), ""
            made += self._marked(kind, inline.get("c"), face)
        return made + self._runs(words, face)

    def _marked(self, kind: str, content: Any, face: str) -> str:
        if kind == "LineBreak":
            return "<w:r><w:br/></w:r>"
        if kind == "Note":
            self._notes.append(content)
            return run(f"[{len(self._notes)}]", face)
        if kind == "Code":
            return self._runs(content[1], _FACES[kind])
        if kind == "Link":
            return field(f'HYPERLINK "{quote(content[2][0], safe=_URL)}"', plain(content[1]), face)
        return self.xml(_within(kind, content), _FACES.get(kind, face))

    def _runs(self, words: str, face: str) -> str:
        pieces = self._figures.pieces(words, self._place, start=self._number)
        self._number += sum(bool(piece.name) for piece in pieces)
        return runs(pieces, face)


def plain(inlines: Sequence[Element]) -> str:
    """Return the text of inlines."""
    texts: list[str] = []
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            texts.append(content)
        elif kind == "Code":
            texts.append(content[1])
        elif kind != "Note":
            texts.append(" " if content is None else plain(_within(kind, content)))
    return "".join(texts)


def _within(kind: str, content: Any) -> Sequence[Element]:
    """Return the inlines of an inline; some have attributes, or a kind of quotation marks, before them."""
    within: Sequence[Element] = content[1] if kind in ("Link", "Quoted", "Span") else content
    return within


def _table(content: Any) -> Table:
    """Return a table of plain cells; joined cells are none."""
    _, caption, columns, head, bodies, foot = content
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    count = len(columns)
    cells = [tuple(([_text(cell[4]) for cell in row[1]] + [""] * count)[:count]) for row in rows]
    if not head[1]:
        cells.insert(0, ("",) * count)
    align = "".join(_SIDES[column[0]["t"]] for column in columns)
    shares = tuple(max(1, round(100 * (column[1].get("c") or 1 / count))) for column in columns)
    return Table(cells[0], tuple(cells[1:]), align, shares, _text(caption[1]))


def _text(elements: Sequence[Element]) -> str:
    return " ".join(plain(element["c"]) for element in elements if element["t"] in ("Plain", "Para"))
