"""What a finished report tells, read from its executed notebook with plain JSON, and from the figures beside it."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
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
    """A region's report: its pieces in their order, and the rows of the CSV that goes with it."""

    code: str
    pieces: list[Piece]
    figures: list[Record]

    @classmethod
    def read(cls, path: Path) -> "Told":
        """Return the report of an executed notebook, with the CSV beside it."""
        with path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
            figures = list(csv.DictReader(file))
        return cls(path.name[:6], list(pieces_of(json.loads(path.read_text(encoding="utf-8")))), figures)

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


def pieces_of(notebook: Any) -> Iterator[Piece]:
    """Give what the outputs of an executed notebook show, in their order."""
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
