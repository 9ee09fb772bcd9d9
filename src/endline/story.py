"""What a notebook cell shows: texts and charts, each marked with its region and the digest of its figures.

A text is made of parts, which are plain data. Jupyter shows their Markdown; the exporter reads the parts themselves.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Annotated, Any, Literal

import orjson
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass as checked

PARTS = "application/vnd.endline.parts"  # JSON as a text: as data, a notebook would be written ten times as slowly
FIGURES = "application/vnd.endline.figures"  # JSON as well: the report's figures as data, which no page prints
BLOCK = "block"  # among the parts of several blocks: here one begins, with these marks

_LITERAL = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]()<>#+-.!|~^$@&\"':;=%/?"})
_SPACES = re.compile(r"[ \t\r\n\v\f]+")
_RULES = {"l": ":{}-", "c": ":{}:", "r": "-{}:"}
_STRICT = ConfigDict(extra="forbid")


def escape(text: object) -> str:
    """Return `text` so that Markdown shows it literally, on one line."""
    return _escaped(str(text))


def _line(text: object) -> str:
    return _in_one_line(str(text))


@lru_cache(maxsize=8192)  # a report's cells and sentences repeat themselves
def _escaped(text: str) -> str:
    return _in_one_line(text).translate(_LITERAL)


@lru_cache(maxsize=8192)
def _in_one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


@checked(frozen=True, config=_STRICT)
class Heading:
    """A plain title on its level."""

    level: Annotated[int, Field(ge=1, le=6)]
    title: str
    kind: Literal["heading"] = "heading"

    @property
    def markdown(self) -> str:
        """The heading as Jupyter reads it."""
        return f"{'#' * self.level} {escape(self.title)}"


@checked(frozen=True, config=_STRICT)
class Prose:
    """A paragraph of plain text."""

    text: str
    kind: Literal["prose"] = "prose"

    @property
    def markdown(self) -> str:
        """The paragraph as Jupyter reads it."""
        return escape(self.text)


@checked(frozen=True, config=_STRICT)
class Table:
    """Plain cells under a header; `align` has one of l, c, r a column, `widths` their shares."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: Annotated[str, Field(pattern="^[lcr]+$")]
    widths: tuple[Annotated[int, Field(ge=1)], ...]
    caption: str
    kind: Literal["table"] = "table"

    def __post_init__(self) -> None:
        for cells in (self.align, self.widths, *self.rows):
            if len(cells) != len(self.header):
                raise ValueError(f"{len(self.header)} columns have a header, but not {cells!r}")

    @property
    def markdown(self) -> str:
        """The table as Jupyter reads it: a pipe table."""
        rules = (_RULES[a].format("-" * w) for a, w in zip(self.align, self.widths, strict=True))
        header, *rows = ("| " + " | ".join(map(escape, row)) + " |" for row in (self.header, *self.rows))
        lines = [header, "|" + "|".join(rules) + "|", *rows]
        return "\n".join([*lines, "", f": {escape(self.caption)}"] if self.caption else lines)


Part = Heading | Prose | Table


def heading(level: int, title: str) -> Part:
    """Return a heading of a plain title."""
    return Heading(level, _line(title))


def prose(*sentences: str) -> Part:
    """Return plain sentences as one paragraph."""
    return Prose(_line("".join(sentences)))


def table(
    header: Sequence[str], rows: Iterable[Sequence[object]], align: str, widths: Sequence[int], caption: str = ""
) -> Part:
    """Return a table of plain cells; `align` has one of l, c, r a column, `widths` their shares."""
    cells = tuple(tuple(map(_line, row)) for row in rows)
    return Table(tuple(map(_line, header)), cells, align, tuple(widths), _line(caption))


@dataclass(frozen=True)
class Block:
    """One piece of a story: its MIME data and what the exporter must know of it."""

    data: Mapping[str, Any]
    marks: Mapping[str, Any]

    @property
    def media(self) -> dict[str, str]:
        """The data as a notebook holds them: texts."""
        held = {PARTS, FIGURES}
        return {kind: orjson.dumps(data).decode() if kind in held else data for kind, data in self.data.items()}


def markdown(parts: Iterable[Part]) -> str:
    """Return parts as the Markdown that Jupyter shows."""
    return "\n\n".join(part.markdown for part in parts)


def text(*parts: Part, style: str = "", new_page: bool = False, landscape: bool = False) -> Block:
    """Return a block of parts, without those that say nothing."""
    marks: dict[str, Any] = {"kind": "text"}
    if style:
        marks["style"] = style
    if new_page:
        marks["break"] = True
    if landscape:
        marks["landscape"] = True
    said = [part for part in parts if part != Prose("")]
    return Block({"text/markdown": markdown(said), PARTS: [vars(part) for part in said]}, marks)


def chart(svg: str, alt: str, caption: str) -> Block:
    """Return a block with a chart; `alt` states what it shows."""
    return Block({"image/svg+xml": svg, "text/plain": alt}, {"kind": "chart", "alt": alt, "caption": caption})


@dataclass(frozen=True)
class Story:
    """A sequence of blocks of one region; shows itself in Jupyter, block by block."""

    region: str
    digest: str
    blocks: Sequence[Block] = field(default_factory=tuple)

    def __iter__(self) -> Iterator[Block]:
        return iter(self.blocks)

    def _ipython_display_(self) -> None:
        from IPython.display import publish_display_data

        for block in outputs(self.blocks):
            marks = {**block.marks, "region": self.region, "digest": self.digest}
            publish_display_data(data=block.media, metadata={"endline": marks})


def outputs(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks as a notebook shows them: texts that follow one another in one output, since each costs a message.

    Its parts then name each block before those that belong to it.
    """
    for is_text, run in groupby(blocks, lambda block: block.marks["kind"] == "text"):
        own = list(run)
        if not is_text or len(own) == 1:
            yield from own
            continue
        parts = [part for block in own for part in ({**block.marks, "kind": BLOCK}, *block.data[PARTS])]
        shown = "\n\n".join(block.data["text/markdown"] for block in own)
        yield Block({"text/markdown": shown, PARTS: parts}, {"kind": "text"})
