"""Several vintages of one figure: the latest judges, what it replaces is kept beside it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

import pandas as pd

from endline.intake.observations import Row
from endline.layouts.settle import Revision
from endline.layouts.words import VINTAGES

COLUMNS = {
    "region_code": "str",
    "item": "str",  # an indicator, or an item of a form
    "stratum": "str",
    "year": "int64",
    "vintage": "str",
    "value": "str",
    "latest_vintage": "str",
    "latest": "str",
    "difference": "str",
    "file": "str",
    "sheet": "str",
    "cell": "str",
}
KEYS = ["region_code", "item", "stratum", "year"]


def latest_of(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows of values with the latest vintage of each figure, and as revisions those that it replaces.

    Rows that do not say which vintage they are of stand beside the others: which of them is later cannot be told.
    """
    figures: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = (row["region_code"], row["stratum"], row["indicator_id"], str(row["year"]))
        figures.setdefault(key, []).append(row)
    kept, revised = [], []
    for several in figures.values():
        vintages = {row["vintage"] for row in several}
        last = max(vintages, key=VINTAGES.index) if len(vintages) > 1 and "" not in vintages else None
        stands = [row for row in several if last in (None, row["vintage"])]
        kept += stands
        revised += [_revision(row, stands[0]) for row in several if row not in stands]
    return kept, revised


def revisions_table(revised: Iterable[Row], returns: Sequence[Revision]) -> pd.DataFrame:
    """Return what was revised, one former value a row, in the order of regions, items and years."""
    counts = [
        {
            "region_code": of.region,
            "item": of.item,
            "stratum": "",
            "year": of.year,
            "vintage": of.vintage,
            "value": _text(of.value),
            "latest_vintage": of.latest_vintage,
            "latest": _text(of.latest),
            "difference": _difference(_text(of.latest), _text(of.value)),
            "file": of.file,
            "sheet": of.sheet,
            "cell": of.cell,
        }
        for of in returns
    ]
    table = pd.DataFrame([*revised, *counts], columns=list(COLUMNS)).astype(COLUMNS)
    return table.sort_values([*KEYS, "file", "cell"], kind="stable", ignore_index=True)


def _revision(row: Row, latest: Row) -> Row:
    former, now = (of["bound"] + of["value_text"] for of in (row, latest))
    return {
        "region_code": row["region_code"],
        "item": row["indicator_id"],
        "stratum": row["stratum"],
        "year": row["year"],
        "vintage": row["vintage"],
        "value": former,
        "latest_vintage": latest["vintage"],
        "latest": now,
        "difference": _difference(now, former),
        "file": row["file"],
        "sheet": row.get("sheet", ""),
        "cell": row["cell"],
    }


def _text(value: float) -> str:
    return "" if value != value else f"{value:.15g}"


def _difference(now: str, former: str) -> str:
    """Return the exact decimal difference of two figures as printed, "" where one is missing or a bound."""
    try:
        return str(Decimal(now) - Decimal(former))
    except InvalidOperation:
        return ""
