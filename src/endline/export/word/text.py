"""Runs, fields and paragraphs of WordprocessingML. Whatever a report says is escaped here, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from endline.export.word.figures import Piece

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Signs that Latin and Chinese type share: Word sets them in the Chinese face where it is told to.
_SHARED, _CHINESE = re.compile("[\u2014\u2018\u2019\u201c\u201d\u2026\xb1\xb7\xd7\xf7]"), re.compile("[\u2e80-\uffef]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def escaped(text: str) -> str:
    """Return a text as XML, for an element or an attribute; characters that no XML file can hold are left out."""
    return _NO_XML.sub("", text).translate(_ESCAPES)


def run(text: str, style: str = "") -> str:
    """Return a run of plain text."""
    if not text:
        return ""
    chinese = bool(_SHARED.search(text) and _CHINESE.search(text))
    return f'<w:r>{_styled(style, chinese)}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def field(code: str, shown: str, style: str = "") -> str:
    """Return a field with the text that it shows until it is updated; without a text, the field alone."""
    mark = f"<w:r>{_styled(style)}<w:fldChar w:fldCharType="
    instruction = f'<w:instrText xml:space="preserve"> {escaped(code)} </w:instrText>'
    return (
        f'{mark}"begin"/></w:r><w:r>{_styled(style)}{instruction}</w:r>{mark}"separate"/></w:r>'
        f'{run(shown, style)}{mark}"end"/></w:r>'
    )


def runs(pieces: Iterable[Piece], style: str = "") -> str:
    """Return the runs of a text in pieces, its figures as fields of document properties."""
    return "".join(
        field(f"DOCPROPERTY {piece.name}", piece.text, style) if piece.name else run(piece.text, style)
        for piece in pieces
    )


def _styled(style: str, chinese: bool = False) -> str:
    face = f'<w:rStyle w:val="{style}"/>' if style else ""
    hint = '<w:rFonts w:hint="eastAsia"/>' if chinese else ""
    return f"<w:rPr>{face}{hint}</w:rPr>" if face or hint else ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its style, its runs, and what it has beside its style; `before` in points."""

    style: str
    content: str = ""
    keep_next: bool = False
    new_page: bool = False
    before: float | None = None
    align: str = ""
    section: str = ""  # that ends with this paragraph

    @property
    def xml(self) -> str:
        """The element; its properties stand in the order that the schema demands."""
        properties = [
            f'<w:pStyle w:val="{self.style}"/>',
            "<w:keepNext/>" if self.keep_next else "",
            "<w:pageBreakBefore/>" if self.new_page else "",
            "" if self.before is None else f'<w:spacing w:before="{round(20 * self.before)}"/>',
            f'<w:jc w:val="{self.align}"/>' if self.align else "",
            self.section,
        ]
        return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{self.content}</w:p>"


def xml_of(elements: Iterable[Paragraph | str]) -> str:
    """Return elements, paragraphs among them, as XML."""
    return "".join(element.xml if isinstance(element, Paragraph) else element for element in elements)
