"""The numbers that a report's sentences and charts print, and where in its annexes each stands.

Annex means: every table of the report that has a caption (each is a sheet of the workbook that goes with it; most stand
in the annexes of the PDF), and the report's figures as data (the CSV, one sheet of the workbook), as printed.
A number said of a target must stand in the rows of that target's own series, any other in some row.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from audit.counted import without_counts
from audit.told import Piece, Record, Told

NUMBER = re.compile(r"\d+(?:\.\d+)?")
# What is a number but no figure: each by its form, never by its value.
NO_FIGURES = [
    r"\d{4}(?:年)?[—～](?:\d{4})年?",  # years of a term, with or without the title that they belong to
    r"\d{4}(?:[、—]\d{4})*年",
    r"\d{4}-\d\d-\d\d",  # dates
    r"\d+月\d+日",
    r"〔\d{4}〕\d+号",  # document numbers
    r"第\d+[a-z]?条|策略措施\d+",  # clauses
    r"[图表]\d+|附件\d+",
    r"^\d+\. ",  # of a list
    r"(?<=[；：])\d+\. ",
    r"卫统\d+|[FW]\d+[a-z]?(?![\d.])",  # forms and rules
    r"(?<![\d.])95%(?=精确区间|区间| CI|控制|预测)|99\.8%控制[上下]?限|（单侧95%）",  # confidence
    r"/10万|每10万|I²|(?<![\d.])\d+(?:—\d+)?岁(?:以下|妇女)",  # units, ages
]


# A limit of the method: no figure where params/method.yaml has its value.
THRESHOLD = r"(?:至少|少于|不足|不少于)\d+[个例]|P＜[\d.]+|\d+～\d+例的率|\d+%(?:～不足\d+%|及以上)|不足\d+%"


@dataclass(frozen=True)
class Missing:
    """A number that stands nowhere in the annex."""

    place: str
    number: str
    text: str

    def __str__(self) -> str:
        return f"{self.number} ({self.place}): {self.text}"


class Annex:
    """The rows in which the numbers of a report stand."""

    def __init__(self, told: Told, thresholds: frozenset[str]) -> None:
        self.thresholds = thresholds
        self.names = sorted(_names(told), key=len, reverse=True)
        self._rows = [*_table_rows(told), *(_figure_row(record) for record in told.figures)]
        self._by_clause: dict[str, set[str]] = {}
        for row in told.table("各目标基期值"):
            self._by_clause.setdefault(row["条款"], set()).add(row["指标"])

    def of(self, piece: Piece) -> set[str]:
        """Return the numbers among which those of a piece must stand: of a target, those of its own rows."""
        clause = re.search(r"（(第\w+条|策略措施\d+)）$", piece.target)
        outline = re.search("妇女|儿童", piece.chapter)
        if not clause or not outline:
            return {number for _, numbers in self._rows for number in numbers}
        own = self._by_clause[f"{outline[0]}纲要 {clause[1]}"]
        return {n for text, numbers in self._rows if any(name in text or text in name for name in own) for n in numbers}

    def plain(self, text: str) -> str:
        """Return a text without what is no figure: names with numbers in them, years, clauses, thresholds, counts."""
        for name in self.names:
            text = text.replace(name, "〇")
        text = without_counts(text)
        for form in NO_FIGURES:
            text = re.sub(form, "〇", text)
        return re.sub(
            THRESHOLD, lambda found: "〇" if set(NUMBER.findall(found[0])) <= self.thresholds else found[0], text
        )


def _names(told: Told) -> Iterator[str]:
    for row in told.table("指标定义"):
        yield row["指标"]
    for row in told.table("目标条款"):
        yield row["目标"]


def _table_rows(told: Told) -> Iterator[tuple[str, set[str]]]:
    """Give each row of a table with the name of its series; a row that continues one has none of its own."""
    for piece in told.pieces:
        if piece.kind != "table" or not piece.caption:
            continue
        yield piece.caption, set(NUMBER.findall(piece.caption))
        series = ""
        for row in piece.rows[1:]:
            if row[0] and not row[0].startswith("·"):
                name = row[1] if piece.rows[0][:2] == ("条款", "指标") else row[0]
                series = re.sub("（[^（）]*）$", "", name)
            yield series, set(NUMBER.findall(" ".join(row)))


def _figure_row(record: Record) -> tuple[str, set[str]]:
    numbers = {record["Count"], record["Denominator"]}
    for name in ("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit"):
        if record[name]:
            numbers.add(half_up(record[name], int(record["Decimals"])))
    return record["Indicator Name"], numbers


def half_up(number: str, decimals: int) -> str:
    """Return a decimal number rounded half up."""
    return str(abs(Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)))


def thresholds_of(method: Mapping[str, Any]) -> frozenset[str]:
    """Return the values of the method as they are printed, and the last one below each limit."""
    values = [
        v
        for entry in method.values()
        for v in (entry["value"] if isinstance(entry["value"], list) else [entry["value"]])
    ]
    return frozenset(f"{v:g}" for value in values if isinstance(value, int | float) for v in (value, value - 1))


def missing(told: Told, thresholds: frozenset[str]) -> list[Missing]:
    """Return the numbers of a report's sentences and charts that its annexes do not have."""
    annex, found = Annex(told, thresholds), []
    for piece in told.pieces:
        if piece.kind == "table" or piece.chapter.startswith("附件") or piece.text.startswith("注："):
            continue  # what stands in an annex, and how a table or chart is read
        known = annex.of(piece)
        for text in _texts(piece):
            found += [
                Missing(piece.place, number, text)
                for number in NUMBER.findall(annex.plain(text))
                if number not in known
            ]
    return found


def _texts(piece: Piece) -> list[str]:
    """Return the sentences, or what stands in and about a chart; bare numbers in a chart with axes are their ticks."""
    if piece.kind == "prose":
        return [piece.text]
    ticks = re.compile(r"[\d.]+" if piece.text.startswith(("折线图", "漏斗图", "分面折线图")) else "(?!)")
    return [piece.text, piece.caption, *(label for label in piece.labels if not ticks.fullmatch(label))]
