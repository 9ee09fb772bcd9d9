"""What two languages of a report must share: its pieces in their order, and the numbers in each."""

import json
import re
from collections.abc import Iterator

from endline.report import Report
from endline.story import PARTS, Block, Story
from endline.summary import RoundSummary

UNITS = re.compile(r"(?:/|每)10*万|per 1[0,]+")
MONTHS = {"September": "9", "October": "10"}


def stories(report: Report) -> Iterator[Story]:
    yield from (report.cover(), report.sign_off(), report.summary(), report.basics(), report.method())
    yield from (report.overall(), report.outline_chapters(), report.gaps(), report.tasks(), report.open_targets())
    yield from (report.problems(), report.proposals(), report.annexes())


def stories_of_round(summary: RoundSummary) -> Iterator[Story]:
    yield from (summary.cover(), summary.attention(), summary.regions_table(), summary.verdicts_heatmap())
    yield from (summary.targets_table(), summary.trends())


def pieces(told: Iterator[Story]) -> Iterator[tuple[str, str]]:
    """Yield every piece of text that a report prints, with its kind: prose, heading, cell, alt text, caption, label."""
    for story in told:
        for block in story:
            yield from _pieces(block)


def numbers(text: str) -> list[str]:
    """Return the numbers of a text, without its units; order differs between languages, signs are counted."""
    for name, number in MONTHS.items():
        text = text.replace(name, number)
    return sorted([*re.findall(r"\d+(?:\.\d+)?", UNITS.sub("", text)), *re.findall("−", text)])


def _pieces(block: Block) -> Iterator[tuple[str, str]]:
    kind = block.marks["kind"]
    if kind == "cover":
        meta = block.marks["meta"]
        yield from (("cover", str(meta[name])) for name in ("title", "edition", "issued_text", "facts", "digest_line"))
    if kind == "chart":
        yield from (("alt", block.marks["alt"]), ("caption", block.marks["caption"]))
        labels = re.findall(r"<text[^>]*>([^<]*)", block.media["image/svg+xml"])
        yield "labels", " ".join(labels)
    for part in json.loads(block.media[PARTS]) if PARTS in block.data else ():
        yield from _texts(part)


def _texts(part: dict[str, object]) -> Iterator[tuple[str, str]]:
    if part["kind"] == "table":
        yield "caption", str(part["caption"])
        for row in [part["header"], *part["rows"]]:  # type: ignore[misc]
            yield from (("cell", cell) for cell in row)
    else:
        yield str(part["kind"]), str(part["title" if part["kind"] == "heading" else "text"])
