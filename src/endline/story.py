"""What a notebook cell shows: texts and charts, each marked with its region and the digest of its figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_SPECIAL = frozenset("\\`*_{}[]()<>#+-.!|~^$@&\"':;=%/?")
_SPACES = {ord(c): " " for c in "\r\n\t\v\f"}


def escape(text: object) -> str:
    """Return `text` so that Markdown shows it literally, on one line."""
    return "".join("\\" + c if c in _SPECIAL else c for c in str(text).translate(_SPACES).strip())


@dataclass(frozen=True)
class Block:
    """One piece of a story: its MIME data and what the exporter must know of it."""

    data: Mapping[str, str]
    marks: Mapping[str, Any]


def text(*paragraphs: str, style: str = "", new_page: bool = False, landscape: bool = False) -> Block:
    """Return a block of Markdown paragraphs (already escaped)."""
    marks: dict[str, Any] = {"kind": "text"}
    if style:
        marks["style"] = style
    if new_page:
        marks["break"] = True
    if landscape:
        marks["landscape"] = True
    return Block({"text/markdown": "\n\n".join(p for p in paragraphs if p)}, marks)


def prose(*sentences: str) -> str:
    """Return plain sentences as one escaped Markdown paragraph."""
    return escape("".join(sentences))


def heading(level: int, title: str) -> str:
    """Return a Markdown heading of a plain title."""
    return f"{'#' * level} {escape(title)}"


def chart(svg: str, alt: str, caption: str) -> Block:
    """Return a block with a chart; `alt` states what it shows."""
    return Block({"image/svg+xml": svg, "text/plain": alt}, {"kind": "chart", "alt": alt, "caption": caption})


def table(
    header: Sequence[str], rows: Iterable[Sequence[object]], align: str, widths: Sequence[int], caption: str = ""
) -> str:
    """Return a Markdown pipe table of plain cells; `align` has one of l, c, r a column, `widths` their shares."""
    rules = {"l": ":{}-", "c": ":{}:", "r": "-{}:"}
    lines = [
        "| " + " | ".join(map(escape, header)) + " |",
        "|" + "|".join(rules[a].format("-" * max(1, w)) for a, w in zip(align, widths, strict=True)) + "|",
    ]
    lines += ["| " + " | ".join(map(escape, row)) + " |" for row in rows]
    if caption:
        lines += ["", f": {escape(caption)}"]
    return "\n".join(lines)


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

        for block in self.blocks:
            marks = {**block.marks, "region": self.region, "digest": self.digest}
            publish_display_data(data=dict(block.data), metadata={"endline": marks})
