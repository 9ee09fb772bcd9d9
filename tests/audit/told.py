"""What a finished report tells, read from its executed notebook with plain JSON, and from the figures beside it."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

PARTS = "application/vnd.endline.parts"
Record = dict[str, str]


@dataclass(frozen=True)
class Piece:
    """A paragraph, table or chart, under its chapter, section and target."""

    kind: str  # prose, table or chart
    style: str
    chapter: str
    section: str
    target: str
    text: str = ""  # of a chart: its alt text
    labels: tuple[str, ...] = ()  # the texts that stand in a chart
    caption: str = ""
    rows: tuple[tuple[str, ...], ...] = ()  # the header first

    @property
    def place(self) -> str:
        return " / ".join(filter(None, (self.chapter, self.section, self.target)))


@dataclass(frozen=True)
class Told:
    """A report: its pieces in their order, and its figures as data."""

    path: Path

    @cached_property
    def pieces(self) -> list[Piece]:
        return list(_pieces(json.loads(self.path.read_text(encoding="utf-8"))))

    @cached_property
    def figures(self) -> list[Record]:
        """The rows of the CSV that goes with the report."""
        with self.path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def code(self) -> str:
        return self.path.name[:6]

    @property
    def prose(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == "prose"]

    def table(self, caption: str) -> list[dict[str, str]]:
        """Return the rows of the tables whose caption says so, by their header."""
        return [
            dict(zip(piece.rows[0], row, strict=True))
            for piece in self.pieces
            if piece.kind == "table" and caption in piece.caption
            for row in piece.rows[1:]
        ]

    def under(self, chapter: str) -> str:
        """Return the paragraphs of the chapters whose heading ends so."""
        return "\n".join(piece.text for piece in self.prose if piece.chapter.endswith(chapter))


def _pieces(notebook: Any) -> Iterator[Piece]:
    titles = ["", "", ""]
    style = ""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            marks = output.get("metadata", {}).get("endline", {})
            style = marks.get("style", "")
            if marks.get("kind") == "chart":
                svg = "".join(output["data"]["image/svg+xml"])
                labels = tuple(re.sub("<[^>]*>", "", text) for text in re.findall("<text[^>]*>(.*?)</text>", svg, re.S))
                yield Piece("chart", "", *titles, marks["alt"], labels, marks["caption"])
            for part in json.loads("".join(output["data"].get(PARTS, "[]"))):
                match part["kind"]:
                    case "block":
                        style = part.get("style", "")
                    case "heading":
                        titles[part["level"] - 1 :] = [part["title"], *[""] * (3 - part["level"])]
                    case "prose":
                        yield Piece("prose", style, *titles, part["text"])
                    case "table":
                        rows = (tuple(part["header"]), *map(tuple, part["rows"]))
                        yield Piece("table", style, *titles, caption=part["caption"], rows=rows)
