"""An executed notebook, read as what its report prints: one cover and a row of blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from endline.export.data import Figures
from endline.export.errors import ExportError
from endline.story import BLOCK, FIGURES, PARTS, Part

MARKDOWN, SVG = "text/markdown", "image/svg+xml"


class Cover(BaseModel):
    """What the title page and the page headers print; every string is data, never markup."""

    model_config = ConfigDict(frozen=True)

    title: Annotated[str, Field(min_length=1)]
    title_lines: Annotated[tuple[str, ...], Field(min_length=1, max_length=3)]
    edition: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    issuer: str
    issued: date
    issued_text: str
    contents_title: Annotated[str, Field(min_length=1)]
    running_title: str
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")]
    keywords: tuple[str, ...]
    fonts: Literal["free", "official"] = "free"
    colophon: str = "{title} {first} {second} {body}"
    digest_line: str


class Block(BaseModel):
    """One piece of the body: a story's parts, anybody's Markdown, or a chart; every string of a part is data."""

    model_config = ConfigDict(frozen=True)

    cell: str
    parts: tuple[Annotated[Part, Field(discriminator="kind")], ...] = ()
    markdown: str = ""
    svg: str = ""
    alt: str = ""
    caption: str = ""
    style: Literal[
        "", "summary", "names", "finding", "detail", "aspects", "beside", "mini", "annex", "sheet", "sign", "small"
    ] = ""
    new_page: Annotated[bool, Field(alias="break")] = False
    landscape: bool = False


Model = TypeVar("Model", bound=BaseModel)


class Document(NamedTuple):
    """All that one report is made of."""

    cover: Cover
    blocks: tuple[Block, ...]
    figures: Figures | None = None  # as data, for the formats that hold tables

    @property
    def printed(self) -> tuple[Block, ...]:
        """The blocks of the formats for reading; further tables stand in the workbook alone."""
        return tuple(block for block in self.blocks if block.style != "sheet")


def read_document(notebook: Mapping[str, Any]) -> Document:
    """Return the cover and the blocks of an executed notebook, in the order of its cells.

    Raises ExportError for a notebook that has failed or has not run to its end, that mixes regions
    or digests, that has not exactly one cover, or figures as data twice, or whose charts have no alt text.
    """
    covers: list[Cover] = []
    figures: list[Figures] = []
    blocks: list[Block] = []
    first: dict[str, tuple[str, Any]] = {}
    for cell, bundle, facts in _shown(notebook):
        for key in facts.keys() & {"region", "digest"}:
            other, value = first.setdefault(key, (cell, facts[key]))
            if value != facts[key]:
                raise ExportError(
                    f"the {key} of cell {cell} ({facts[key]}) is not that of cell {other} ({value}): "
                    "restart the kernel and run all cells"
                )
        if facts.get("kind") == "cover":
            covers.append(_checked(Cover, cell, facts.get("meta")))
        elif facts.get("kind") == "figures":
            figures.append(_checked(Figures, cell, _parsed(bundle.get(FIGURES, ""))))
        else:
            blocks += (_block(cell, own, marks) for own, marks in _apart(bundle, facts))
    if len(covers) != 1:
        raise ExportError(
            f"the notebook shows {len(covers)} covers instead of one: show one cover and run all cells first"
        )
    if len(figures) > 1:
        raise ExportError("the notebook shows its figures as data twice: show them in one cell")
    return Document(covers[0], tuple(blocks), figures[0] if figures else None)


def _shown(notebook: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield what belongs into the report: the cell's id, the data by media type, and our metadata."""
    for number, cell in enumerate(notebook["cells"], 1):
        name = cell.get("id") or f"number {number}"
        if cell["cell_type"] == "markdown":
            if "jupyter-only" not in cell["metadata"].get("tags", ()):
                yield name, {MARKDOWN: cell["source"]}, {}
        elif cell["cell_type"] == "code":
            for output in cell["outputs"]:
                if output["output_type"] == "error":
                    raise ExportError(f"cell {name} failed ({output['ename']}): run all cells first")
            if cell["execution_count"] is None and cell["source"].strip():
                raise ExportError(f"cell {name} has not been executed: run all cells first")
            for output in cell["outputs"]:
                if output["output_type"] in {"display_data", "execute_result"}:
                    facts = output["metadata"].get("endline")
                    bundle = {kind: _joined(data) for kind, data in output["data"].items()}
                    if PARTS in bundle:
                        bundle[PARTS] = _parsed(bundle[PARTS])
                    if facts or any(kind == MARKDOWN or kind.startswith("image/") for kind in bundle):
                        yield name, bundle, facts or {}


def _apart(
    bundle: Mapping[str, Any], facts: Mapping[str, Any]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield the blocks of an output, each with its marks: one, unless its parts say where others begin."""
    found = bundle.get(PARTS)
    parts = found if isinstance(found, list) else []
    starts = [n for n, part in enumerate(parts) if isinstance(part, dict) and part.get("kind") == BLOCK]
    if not starts or starts[0]:  # parts before the first block are nobody's: refused where they are checked
        yield bundle, facts
        return
    for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
        yield {PARTS: parts[start + 1 : end]}, {**facts, **parts[start], "kind": "text"}


def _block(cell: str, bundle: Mapping[str, Any], facts: Mapping[str, Any]) -> Block:
    """Return the block that a text or chart output stands for; of a text, its parts rather than their Markdown."""
    kind = facts.get("kind", "text" if MARKDOWN in bundle else "chart")
    media = {"text": {PARTS: "parts", MARKDOWN: "markdown"}, "chart": {SVG: "svg"}}.get(kind)
    if media is None:
        raise ExportError(f"cell {cell} shows an unknown kind of block, {kind!r}: use cover, text, chart or figures")
    if kind == "chart" and not str(facts.get("alt") or "").strip():
        raise ExportError(f"the chart of cell {cell} has no alt text: show it with one")
    found = [medium for medium in media if medium in bundle]
    if not found:
        raise ExportError(f"cell {cell} shows a {kind} without {[*media][-1]}: run all cells first")
    content = {"parts": (), "markdown": "", "svg": "", media[found[0]]: bundle[found[0]]}
    return _checked(Block, cell, {**facts, **content, "cell": cell})


def _parsed(text: str) -> Any:
    """Return the parts that a text holds; the text itself, which no part is, where it is no JSON."""
    try:
        return orjson.loads(text)
    except ValueError:
        return text


def _joined(data: Any) -> str:
    """Return text that a notebook file may hold as a list of lines; other data count for nothing."""
    if isinstance(data, str):
        return data
    return "".join(data) if isinstance(data, list) else ""


def _checked(model: type[Model], cell: str, data: Any) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "metadata"
        raise ExportError(f"cell {cell}: {model.__name__.lower()} {where}: {fault['msg']}") from None
