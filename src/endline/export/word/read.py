"""What a Word file shows: its figures as they stand in it now, and the document properties that hold them.

The file comes from outside: its size and its parts are bounded before and while they are read, as a workbook's are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from endline.export.word.figures import PREFIX, Figure
from endline.export.word.shown import Shown, W
from endline.workbooks.bounds import Budget, check_size
from endline.workbooks.package import Package
from endline.workbooks.refused import refusal
from endline.workbooks.xlsx_parts import part_of, relations
from endline.workbooks.xml_stream import Attributes

_PROPERTY = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties property"


class WordFile(NamedTuple):
    """The figures of a Word file: as its properties hold them, by name; and as its fields show them, in their order."""

    properties: dict[str, str]
    shown: list[Figure]


def read_word(data: bytes) -> WordFile:
    """Return the figures of a Word file.

    Raises FileRefused for what is no Word file, is damaged, or is larger than any report.
    """
    check_size(len(data))
    package = Package(data, Budget())
    outer = relations(package, "")
    main = part_of("officeDocument", outer)
    if not main:
        raise refusal("F22", "_rels/.rels")
    styles = part_of("styles", relations(package, main))
    body = Shown(package.budget, _headings(package, styles) if styles else set())
    package.parse(main, body.start, body.end, body.text)
    custom = part_of("custom-properties", outer)
    return WordFile(_properties(package, custom) if custom else {}, body.found)


def _properties(package: Package, part: str) -> dict[str, str]:
    """Return our document properties by name."""
    found: dict[str, str] = {}
    name = ""

    def start(element: str, attributes: Attributes) -> None:
        nonlocal name
        if element == _PROPERTY:
            package.budget.keep()
            name = attributes.get("name", "")
            if name.startswith(PREFIX):
                found[name] = ""

    def text(piece: str) -> None:
        package.budget.text(len(piece))
        if name in found:
            found[name] += piece

    def end(element: str) -> None:
        nonlocal name
        if element == _PROPERTY:
            name = ""

    package.parse(part, start, end, text)
    return found


def _headings(package: Package, part: str) -> set[str]:
    """Return the ids of the heading styles, which programs may rename."""
    found: set[str] = set()
    style = ""

    def start(element: str, attributes: Attributes) -> None:
        nonlocal style
        if element == W + "style":
            style = attributes.get(W + "styleId", "")
        elif element == W + "name" and re.fullmatch(r"(?i)heading \d", attributes.get(W + "val", "")):
            found.add(style)

    package.parse(part, start)
    return found
