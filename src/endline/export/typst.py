"""A document as Typst source: data for our template, which gives them the official layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from endline.export.blocks import Block, Cover, Document
from endline.export.columns import layout
from endline.export.errors import ExportError
from endline.export.fonts import Face, faces
from endline.export.foreign import translated
from endline.story import Heading, Part, Table
from endline.svg_text import apart

TEMPLATES = Path(__file__).parent / "templates"
ATTACHED = ("beside", "mini")  # styles of blocks that stand with the chart before them


def write_typst(document: Document, folder: str, charts_apart: bool = True) -> tuple[str, dict[str, bytes]]:
    """Return the main file's text, and by their names the files that it expects in `folder`.

    A chart is a file of its own; or it stands in its block, with its lines of text apart, which the template sets:
    that takes half the time, and they are found and copied as what they are. What a story shows reaches Typst as JSON,
    which is never read as markup; only Markdown goes through pandoc.
    """
    foreign = [block for block in document.printed if block.markdown]
    markup, translated_headings = translated(foreign)
    files = {path.name: path.read_bytes() for path in sorted(TEMPLATES.glob("*.typ"))}
    charts, places = count(1), count()
    rows: list[dict[str, Any]] = []
    headings: list[tuple[str, Heading]] = []
    for block in document.printed:
        row: dict[str, Any] = {"style": block.style, "break": block.new_page, "landscape": block.landscape}
        if block.svg:
            row |= {"alt": block.alt, "caption": block.caption, "labels": []}
            if charts_apart:
                row["file"] = f"chart-{next(charts):02}.svg"
                files[row["file"]] = block.svg.encode()
            else:
                row |= _labelled(block.svg)
        elif block.markdown:
            row["foreign"] = next(places)
            headings += ((block.cell, heading) for heading in translated_headings[row["foreign"]])
        else:
            row["parts"] = [_data(part, block) for part in block.parts]
            headings += ((block.cell, part) for part in block.parts if isinstance(part, Heading))
        rows.append(row)
    check_levels(headings)
    used = faces(document.cover.fonts)
    files |= {
        "meta.json": orjson.dumps(_meta(document.cover, used), option=orjson.OPT_INDENT_2),
        "blocks.json": orjson.dumps(_groups(rows)),
        "foreign.typ": markup.encode(),
        "faces.json": orjson.dumps({role: face._asdict() for role, face in used.items()}),
    }
    template, meta, blocks, own = (
        _quoted(f"{folder}/{name}") for name in ("report.typ", "meta.json", "blocks.json", "foreign.typ")
    )
    imports = f"#import {template}: report\n#import {own}: foreign\n"
    return f"{imports}#report(json({meta}), json({blocks}), foreign)\n", files


def _meta(cover: Cover, used: Mapping[str, Face]) -> dict[str, Any]:
    """Return the cover's data with a colophon that names the faces in use."""
    names = {role: face.family for role, face in used.items()}
    colophon = re.sub(r"\{(\w+)\}", lambda role: names.get(role[1], role[0]), cover.colophon)
    return {**cover.model_dump(mode="json"), "colophon": colophon}


def _groups(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks in groups: neighbouring landscape blocks share their pages, and so do the upright ones."""
    groups = [{"landscape": wide, "blocks": _panels(own)} for wide, own in groupby(rows, itemgetter("landscape"))]
    for group in groups:
        group["blocks"][0]["break"] = False  # it starts a page anyway
    return groups


def _panels(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with what stands beside a chart, and the small table under it, made part of the chart's row."""
    kept: list[dict[str, Any]] = []
    for row in rows:
        if row["style"] in ATTACHED and kept and "alt" in kept[-1] and "parts" in row:
            kept[-1][row["style"]] = row["parts"]
        else:
            kept.append(row)
    return kept


def _data(part: Part, block: Block) -> dict[str, Any]:
    return {**vars(part), **layout(part, block.landscape, block.style)} if isinstance(part, Table) else vars(part)


def _labelled(svg: str) -> dict[str, Any]:
    """Return a chart's SVG without its labels, its width, and the labels: those of one size and colour together.

    Each is placed from that side of the chart, or from its middle, that it is anchored to.
    """
    drawn, width, lines = apart(svg)
    sides = {"start": ("left", 0.0), "middle": ("center", width / 2), "end": ("right", width)}
    labels: dict[tuple[float, str], list[tuple[str, float, float, str]]] = {}
    for line in lines:
        side, edge = sides[line.anchor]
        own = labels.setdefault((line.size, line.colour), [])
        own.append((side, round(line.x - edge, 2), line.y, line.text))
    return {"svg": drawn, "width": width, "labels": [(*kind, own) for kind, own in labels.items()]}


def check_levels(headings: Iterable[tuple[str, Heading]]) -> None:
    """Refuse a heading that skips a level, as PDF/UA does, with the cell that shows it."""
    level = 0
    for cell, heading in headings:
        if heading.level > level + 1:
            raise ExportError(
                f'heading "{heading.title}" skips from level {level} to {heading.level}; '
                f"use level {level + 1} (cell {cell})"
            )
        level = heading.level


def _quoted(path: str) -> str:
    """Return a path as a Typst string literal."""
    return '"' + path.replace("\\", "/").replace('"', '\\"') + '"'
