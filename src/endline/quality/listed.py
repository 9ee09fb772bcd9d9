"""Findings and corrections as tables: each with its place."""

from collections.abc import Sequence
from typing import Any

from endline.regions import Regions
from endline.story import Part, table
from endline.wording import Wording

Row = Any  # one row of `issues`, or of `corrections`
MOST = 60  # rows that are printed; the rest is in the lists of `endline check`


def corrections_table(say: Wording, corrections: Sequence[Row], regions: Regions, dataset: str) -> Part:
    """Return the table of corrections: region, place in the dataset, old, new, reason, who, date."""
    header = [say.get(f"quality.{name}") for name in ("region", "place", "old", "new", "reason", "who", "date")]
    rows = [
        [
            region_name(say, regions, row.of),
            place(row, dataset),
            row.old,
            row.new,
            *map(say.told, (row.reason, row.who)),
            row.date,
        ]
        for row in corrections[:MOST]
    ]
    caption = say.get("quality.caption_corrections")
    return table(header, rows, "lllllll", [8, 14, 6, 6, 16, 8, 8], _of_all(say, caption, len(corrections)))


def findings_table(say: Wording, findings: Sequence[Row], regions: Regions, dataset: str) -> Part:
    """Return the table of findings: rule, level, region, place in the dataset, what was found there."""
    header = [say.get(f"quality.{name}") for name in ("rule", "level", "region", "place", "found")]
    rows = [
        [
            row.rule,
            say.get(f"issue_level.{row.level}"),
            region_name(say, regions, row.region_code),
            place(row, dataset),
            row.found,
        ]
        for row in findings[:MOST]
    ]
    caption = say.get("quality.caption_findings")
    return table(header, rows, "lllll", [4, 4, 8, 15, 24], _of_all(say, caption, len(findings)))


def place(row: Row, dataset: str) -> str:
    """Return file, sheet and cell, the file's path from the dataset's folder where it lies there."""
    folder = f"data/raw/{dataset}/"
    return " ".join(filter(None, (row.file, row.sheet, row.cell))).replace(folder, "")


def region_name(say: Wording, regions: Regions, code: str) -> str:
    """Return a region's name, its code where the register has none, and a word for a file that names nobody."""
    return regions[code].name if code in regions else code or str(say.get("quality.nobody"))


def _of_all(say: Wording, caption: str, number: int) -> str:
    return caption if number <= MOST else say.say("quality.first_of", caption=caption, shown=MOST, all=number)
