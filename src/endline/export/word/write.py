"""A document as .docx: what the PDF says, in Word's own styles, with every figure as a field."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from endline.export.blocks import Document
from endline.export.foreign import parsed
from endline.export.typst import check_levels
from endline.export.word.body import Body
from endline.export.word.charts import embedded, pictures
from endline.export.word.figures import Figure
from endline.export.word.foreign import add_markdown
from endline.export.word.frame import Frame, contents, cover_page, document_part
from endline.export.word.package import FIXED, Relations, core_properties, custom_properties, package, template
from endline.story import Heading

CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


def write_docx(document: Document) -> bytes:
    """Return the report as a Word file, dated with its day of issue.

    Raises ExportError for a chart that cannot be drawn, and for a heading that skips a level.
    """
    cover = document.cover
    language = LANGUAGES.get(cover.language, cover.language)
    relations = Relations()
    for name in FIXED:
        relations.add(name, f"{name}.xml")
    frame = Frame(cover, relations)
    body = _body(document, relations, frame)
    main = cover_page(cover) + contents(cover, body.contents) + body.xml
    outer = Relations()
    outer.add("officeDocument", "word/document.xml")
    outer.add("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", CORE)
    outer.add("custom-properties", CUSTOM)
    parts: dict[str, str | bytes] = {
        "_rels/.rels": outer.xml,
        "word/document.xml": document_part(main, frame.section(body.landscape)),
        "word/_rels/document.xml.rels": relations.xml,
        **{f"word/{name}.xml": template(name, language) for name in FIXED},
        **frame.parts,
        CORE: core_properties(cover.title, cover.issuer, ", ".join(cover.keywords), language, f"{cover.issued}"),
        CUSTOM: custom_properties(body.figures.found),
    }
    for number, (svg, png) in enumerate(zip(body.charts, pictures(body.charts), strict=True), 1):
        parts[f"word/media/chart-{number:02}.png"] = png
        parts[f"word/media/chart-{number:02}.svg"] = embedded(svg)
    return package(parts)


def figures_of(document: Document) -> list[Figure]:
    """Return the figures that the report prints, as its Word file names them."""
    relations = Relations()
    return _body(document, relations, Frame(document.cover, relations)).figures.found


def _body(document: Document, relations: Relations, frame: Frame) -> Body:
    """Return the body; neighbouring landscape blocks share their pages, and so do the upright ones."""
    body = Body(relations)
    elements, markdown_headings = parsed([block for block in document.printed if block.markdown])
    foreign = zip(elements, markdown_headings, strict=True)
    headings: list[tuple[str, Heading]] = []
    for number, (landscape, blocks) in enumerate(groupby(document.printed, attrgetter("landscape"))):
        if number or landscape:
            body.end_section(frame.section(body.landscape))
        for place, block in enumerate(blocks):
            # a section starts a page anyway; the first shares its section with the table of contents
            body.begin(block, new_page=block.new_page if place else not number and not landscape)
            if block.markdown:
                own, titles = next(foreign)
                add_markdown(body, own)
            else:
                titles = [part for part in block.parts if isinstance(part, Heading)]
                body.block(block)
            headings += ((block.cell, title) for title in titles)
    check_levels(headings)
    return body
