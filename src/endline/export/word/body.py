"""The blocks of a report, one after another, as the elements of a Word file's body."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from endline.export.blocks import Block
from endline.export.columns import AREAS
from endline.export.word.charts import drawing
from endline.export.word.figures import Figures
from endline.export.word.package import Relations
from endline.export.word.tables import table
from endline.export.word.text import Paragraph, run, runs, xml_of
from endline.story import Heading, Part, Prose, Table

# The paragraphs of a block by its style; a style that is not named here is plain.
STYLES = {
    "summary": "ReportSummary",
    "names": "ReportDetail",
    "finding": "ReportFinding",
    "detail": "ReportDetail",
    "aspects": "ReportBeside",
    "beside": "ReportBeside",
    "small": "ReportNote",
}
PLAIN = "BodyText"
LEVELS = 4  # of headings
LISTED = 2  # levels that the table of contents names
HEIGHTS = {False: 637.8, True: 442.2}  # of the type area in points, upright and landscape


class Listed(NamedTuple):
    """A heading in the table of contents, and the bookmark at which it stands."""

    level: int
    title: str
    bookmark: str


class Body:
    """The elements of a body: paragraphs, and tables as XML. Blocks are added to it in their order."""

    def __init__(self, relations: Relations) -> None:
        self.figures = Figures()
        self.elements: list[Paragraph | str] = []
        self.contents: list[Listed] = []
        self.charts: list[str] = []  # SVG
        self._relations = relations
        self.style, self.kind = PLAIN, ""  # of the block's paragraphs, and of the block itself
        self.landscape = self._new_page = False

    def begin(self, block: Block, new_page: bool) -> None:
        """Go on with a block, on a new page where it asks for one."""
        self.figures.enter(block.cell)
        self.style, self.kind = STYLES.get(block.style, PLAIN), block.style
        self.landscape = block.landscape
        self._new_page |= new_page

    def block(self, block: Block) -> None:
        """Add what a block of a story holds: a chart, or parts."""
        if block.svg:
            self.chart(block)
        for part in block.parts:
            self.part(part)

    def part(self, part: Part) -> None:
        """Add a part of a block, by its kind."""
        match part:
            case Heading():
                self.heading(part.level, part.title)
            case Prose():
                self.prose(part.text)
            case Table():
                self.table(part)

    def add(self, paragraph: Paragraph) -> None:
        """Add a paragraph, at the head of a page where one was asked for."""
        self.elements.append(replace(paragraph, new_page=True) if self._new_page else paragraph)
        self._new_page = False

    def heading(self, level: int, title: str) -> None:
        """Add a heading; the upper levels get a bookmark for the table of contents."""
        self.figures.heading(title)
        content = run(title)
        if level <= LISTED:
            number = len(self.contents) + 1
            bookmark = f"_Toc{number:08}"
            self.contents.append(Listed(level, title, bookmark))
            ends = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>', f'<w:bookmarkEnd w:id="{number}"/>'
            content = content.join(ends)
        self.add(Paragraph(f"Heading{min(level, LEVELS)}", content))

    def prose(self, text: str) -> None:
        """Add a paragraph of text, its figures as fields."""
        self.add(Paragraph(self.style, runs(self.figures.pieces(text, self.figures.part()))))

    def table(self, part: Table) -> None:
        """Add a table below its caption; a small paragraph behind it keeps it from the next one."""
        if part.caption:
            self.add(Paragraph("Caption", run(part.caption), keep_next=True))
        elif self._new_page:
            self.add(Paragraph("ReportSectionEnd"))
        self.elements += [table(part, self.landscape, self.figures, self.kind), Paragraph("ReportTableEnd")]

    def chart(self, block: Block) -> None:
        """Add a block's chart above its caption."""
        self.charts.append(block.svg)
        number = len(self.charts)
        ids = [self._relations.add("image", f"media/chart-{number:02}.{kind}") for kind in ("png", "svg")]
        room = AREAS[self.landscape][0], HEIGHTS[self.landscape]
        drawn = drawing(number, block.svg, block.alt, ids[0], ids[1], room)
        self.add(Paragraph("ReportFigure", drawn, keep_next=bool(block.caption)))
        if block.caption:
            self.add(Paragraph("Caption", run(block.caption)))

    def end_section(self, section: str) -> None:
        """End a section with the last paragraph, or behind a table with one that takes no room."""
        last = self.elements[-1] if self.elements else ""
        if isinstance(last, Paragraph) and not last.section and last.style != "ReportTableEnd":
            self.elements[-1] = replace(last, section=section)
        else:
            if isinstance(last, Paragraph) and last.style == "ReportTableEnd":
                self.elements.pop()
            self.elements.append(Paragraph("ReportSectionEnd", section=section))

    @property
    def xml(self) -> str:
        """The elements as XML."""
        return xml_of(self.elements)
