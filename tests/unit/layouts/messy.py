"""Workbooks as offices may send them, drawn from a truth: what is harmless must be read, what is not be said."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import openpyxl
from hypothesis import strategies as st

from endline.model import Column, Form, Region
from endline.workbooks.cells import Cell

Key = tuple[str, int, str]  # region, year, `form.item`
MARKS = ["", "", "—", "…", "-", "/", "无", "未统计", "N/A"]
TITLES = {"form41": "孕产妇保健和健康情况年报表", "form42": "七岁以下儿童保健和健康情况年报表", "extra": "补充指标"}
WIDE = str.maketrans("0123456789,", "０１２３４５６７８９，")


@dataclass
class Draft:
    """A sheet while it is drawn: values by place, what is merged and hidden, where each figure of the truth stands."""

    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    where: dict[Key, str] = field(default_factory=dict)

    def put(self, row: int, column: int, value: Any) -> None:
        """Set a cell."""
        self.cells[row, column] = value


@dataclass(frozen=True)
class Messy:
    """A file, the folder that it lies in, what it should say, where each figure stands, and what was done to it."""

    part: str
    name: str
    data: bytes
    truth: Mapping[Key, int | None]
    where: Mapping[Key, str]
    sheet: str
    done: tuple[str, ...]


def shown(draw: Any, value: int | None, unit: str) -> Any:
    """Return one of the ways in which a count may stand in a cell and be read."""
    if value is None:
        return draw(st.sampled_from(MARKS))
    how = draw(
        st.sampled_from(["int", "int", "int", "float", "text", "grouped", "wide", "wide grouped", "spaced", "unit"])
    )
    text = f"{value:,}"
    made = {
        "int": value,
        "float": float(value),
        "text": str(value),
        "grouped": text,
        "wide": str(value).translate(WIDE),
        "wide grouped": text.translate(WIDE),
        "spaced": f" {text.replace(',', ' ')} ",
        "unit": f"{value}人" if unit == "persons" else str(value),
    }
    return made[how]


def garbled(draw: Any, value: int) -> Any:
    """Return one of the ways in which a count may stand in a cell and must not be read as another one."""
    ways = [
        *(
            f"{value}*",
            f"约{value}",
            f"{value}左右",
            f"{value},5",
            f"{value}.5",
            f"={value}+1",
            f"+{value}+1",
            "#DIV/0!",
        ),
        *(True, value + 0.5, -value - 3, 10**9 + 1 + value, datetime(2013, 7, 5), f"{value}e2", f"{value}_0", "nan"),
    ]
    return draw(st.sampled_from(ways))


def header_levels(column: Column, style: str, is_shared: bool) -> list[str]:
    """Return the levels of a column's header in a style."""
    levels = column.label.split(" / ")
    if style == "flat":
        return ["".join(levels)]
    if style == "dashed":
        return ["-".join(levels)]
    if style == "bracketed" and len(levels) > 1:
        return [f"{''.join(levels[:-1])}（{levels[-1]}）"]
    return [*levels, "人数"] if is_shared else levels


def write_header(draft: Draft, top: int, paths: Sequence[tuple[int, list[str]]], is_merged: bool) -> int:
    """Write headers by column, upper levels once over the columns that share them; return the row after."""
    height = max(len(path) for _, path in paths)
    ordered = sorted(paths)
    for level in range(height):
        n = 0
        while n < len(ordered):
            column, path = ordered[n]
            end = n
            if level < len(path) - 1:
                while (
                    end + 1 < len(ordered)
                    and ordered[end + 1][0] == ordered[end][0] + 1
                    and len(ordered[end + 1][1]) > level + 1
                    and ordered[end + 1][1][: level + 1] == path[: level + 1]
                ):
                    end += 1
            if level < len(path):
                draft.put(top + level, column, path[level])
                bottom = top + (height - 1 if level == len(path) - 1 else level)
                if is_merged and (bottom, ordered[end][0]) != (top + level, column):
                    draft.merged.append((top + level, column, bottom, ordered[end][0]))
            n = end + 1
    return top + height


def as_bytes(sheets: Sequence[tuple[str, Draft]]) -> bytes:
    """Return the workbook's file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, draft in sheets:
        sheet = book.create_sheet(name)
        for (row, column), value in draft.cells.items():
            if value is not None and value != "":
                sheet.cell(row + 1, column + 1, value)
        for (row, column), number_format in draft.formats.items():
            sheet.cell(row + 1, column + 1).number_format = number_format
        for top, left, bottom, right in draft.merged:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        for row in draft.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for column in draft.hidden_columns:
            sheet.column_dimensions[Cell(0, column, None).address[:-1]].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_text(draft: Draft) -> str:
    """Return a sheet as CSV; nothing of it is merged, hidden or formatted."""
    lines = io.StringIO()
    height, width = (max(place[n] for place in draft.cells) + 1 for n in (0, 1))
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerows(
        [["" if (v := draft.cells.get((r, c))) is None else v for c in range(width)] for r in range(height)]
    )
    return lines.getvalue()


COUNTS = st.none() | st.integers(0, 9) | st.integers(10, 9999) | st.integers(10_000, 10**8)


@st.composite
def messy(draw: Any, forms: Mapping[str, Form], league: Region, banners: Sequence[Region], faults: bool) -> Messy:
    """Draw a workbook; without `faults` every figure in it can be read."""
    done: list[str] = []

    def happens(name: str, least: int = 4) -> bool:
        if draw(st.integers(0, least)) == least:
            done.append(name)
            return True
        return False

    def fault(name: str) -> bool:
        return faults and happens(name, 8)

    form = forms[draw(st.sampled_from(sorted(forms)))]
    counts = [column for column in form.columns if column.kind == "count"]
    columns = draw(st.permutations(counts))[: draw(st.integers(1, 10))]
    if not happens("moved columns", 1):
        columns = sorted(columns, key=lambda column: column.column)
    own = happens("a row a year")
    unit = draw(st.sampled_from(list(banners)))
    years = [2020] if not own else sorted(draw(st.sets(st.integers(2010, 2020), min_size=1, max_size=4)))
    rows = (
        [(unit.code, year) for year in years] if own else [(r.code, 2020) for r in banners[: draw(st.integers(1, 3))]]
    )
    truth: dict[Key, int | None] = {
        (*row, f"{form.id}.{column.id}"): draw(COUNTS) for row in rows for column in columns
    }
    draft = Draft()
    top = 0
    if not fault("no title"):
        said = (2019 if fault("another year's title") else 2020) if not own else "2010—2020"
        draft.put(0, draw(st.integers(0, 2)), f"{said}年{TITLES[form.id]}")
        top = 1
    if happens("a head"):
        who = "呼和浩特市" if fault("another unit") else unit.name if own else league.name
        draft.put(top, 0, f"填报单位：{who}")
        top += 1
    top += happens("a row empty above")

    # the columns: keys first or anywhere, shares after counts, what nobody asked for
    style = draw(st.sampled_from(["merged", "merged", "open", "flat", "dashed", "bracketed", "codes"]))
    done.append(style)
    shares = form.id == "form41" and style in ("merged", "open") and happens("shares")
    plan: list[tuple[str, Any]] = []
    for column in columns:
        plan += [("item", column), *([("share", column)] if shares else [])]
    keys = [("key", "year")] if own else [("key", key) for key in draw(st.sampled_from(["nc", "n", "c", "snc"]))]
    if style != "open" and happens("keys elsewhere"):
        for key in keys:
            places = [n for n in range(len(plan) + 1) if not (n < len(plan) and plan[n][0] == "share")]
            plan.insert(draw(st.sampled_from(places)), key)
    else:
        plan = [*keys, *plan]
    if happens("a note column"):
        plan.append(("key", "note"))
    if fault("a column too many"):
        plan.append(("extra", "本地项目"))
    if fault("a column twice"):
        plan.append(("again", columns[0]))
    labels = {"n": "地区", "c": "代码", "s": "序号", "year": "年份", "note": "备注"}
    paths: list[tuple[int, list[str]]] = []
    for place, (kind, what) in enumerate(plan):
        match kind:
            case "key":
                paths.append((place, [labels[what]]))
            case "extra":
                paths.append((place, [what]))
            case "share":
                paths.append((place, [*what.label.split(" / "), "%"]))
            case _ if style == "codes":
                paths.append((place, [f"{form.id}.{what.id}"]))
            case _:
                levels = header_levels(what, style, shares)
                if fault("the lowest level only"):
                    levels = levels[-1:]
                elif fault("a slip in a header"):
                    levels = [*levels[:-1], levels[-1] + "等"]
                elif fault("another unit in a header"):
                    levels = [*levels[:-1], levels[-1] + "（万人）"]
                paths.append((place, levels))
    if len(paths) > 2 and fault("a slip in an upper header"):
        _, levels = draw(st.sampled_from(paths))
        levels[0] += "等"
    row = write_header(draft, top, paths, is_merged=style == "merged")
    if fault("a header cell lost"):
        lowest = {place: max(r for r, c in draft.cells if c == place and r >= top) for place, _ in paths}
        alone = [r for r, _ in draft.cells].count(row - 1) == 1  # lost, it leaves the whole header of another item
        spots = [
            spot
            for spot in draft.cells
            if spot[0] >= (top if style != "open" else lowest.get(spot[1], row)) and not (alone and spot[0] == row - 1)
        ]
        del draft.cells[draw(st.sampled_from(spots))]
    if happens("column numbers"):
        left = min(place for place, (kind, _) in enumerate(plan) if kind != "key")
        for place, (kind, _) in enumerate(plan):
            draft.put(row, place, "甲乙丙丁"[place] if place < left and kind == "key" else place - left + 1)
        row += 1

    # the rows: sums, empty ones, some that stand twice
    def line(code: str, name: str, year: int, values: Mapping[str, Any], number: int) -> None:
        for place, (kind, what) in enumerate(plan):
            told = {"c": code, "n": name, "s": number, "year": year, "note": None}
            if kind == "key":
                draft.put(row, place, told[what])
            elif kind in ("item", "again"):
                draft.put(row, place, values.get(what.id))
            elif kind == "share":
                draft.put(row, place, round(draw(st.floats(0, 100)), 2))
            else:
                draft.put(row, place, 7)

    def total(label: str, wrong: bool) -> None:
        sums = {}
        for column in columns:
            parts = [truth[(*r, f"{form.id}.{column.id}")] for r in rows]
            sums[column.id] = sum(part or 0 for part in parts) + wrong if all(p is not None for p in parts) else None
        line("", label, 0, sums, 0)
        for place, (kind, what) in enumerate(plan):
            if kind == "key" and (what == "year" or (what in "cs" and ("key", "n") not in plan)):
                draft.put(row, place, label)

    if happens("a row of the whole", 2):
        total("合计", fault("a wrong sum"))
        row += 1
    known = {region.code: region for region in banners}
    for number, (code, year) in enumerate(rows, 1):
        row += happens("an empty row")
        texts: dict[str, Any] = {}
        for column in columns:
            key = (code, year, f"{form.id}.{column.id}")
            value = truth[key]
            if value is not None and fault("a garbled figure"):
                texts[column.id] = garbled(draw, value)
            else:
                texts[column.id] = shown(draw, value, column.unit)
        name = known[code].name
        spelt = draw(st.sampled_from([name, name, f" {name}", f"{name[0]} {name[1:]}", league.name + name]))
        written = draw(st.sampled_from([code, code, int(code), float(code), f"{code}.0"]))
        told = draw(st.sampled_from([year, year, str(year), f"{year}年", float(year)]))
        if is_other := any(levels == ["代码"] for _, levels in paths) and fault("another region's name"):
            spelt = next(r.name for r in banners if r.code != code)
        if is_unknown := fault("an unknown code"):
            written = "150399"
        line(written, spelt, told, texts, number)
        for place, (kind, what) in enumerate(plan):
            if kind == "item":
                draft.where[code, year, f"{form.id}.{what.id}"] = Cell(row, place, None).address
        if happens("a hidden row"):
            draft.hidden_rows.append(row)
        row += 1
        if not (is_unknown or is_other) and fault("a row twice"):
            changed = {column.id: (truth[code, year, f"{form.id}.{column.id}"] or 0) + 1 for column in columns}
            line(code, name, year, changed if fault("and another") else texts, number)
            row += 1
    if fault("a sub-total"):
        total("小计", fault("a wrong sub-total"))
        row += 1
    items = [place for place, (kind, _) in enumerate(plan) if kind == "item"]
    if len(rows) > 1 and fault("a merged figure"):
        place = draw(st.sampled_from(items))
        spots = [draft.where[(*r, f"{form.id}.{plan[place][1].id}")] for r in rows[:2]]
        first, second = (int("".join(filter(str.isdigit, spot))) - 1 for spot in spots)
        for covered in range(first + 1, second + 1):
            draft.put(covered, place, None)
        draft.merged.append((first, place, second, place))
    if fault("a count shown as per cent"):
        code, year = rows[0]
        spot = next(
            spot
            for spot, value in draft.cells.items()
            if Cell(*spot, None).address == draft.where[code, year, f"{form.id}.{columns[0].id}"]
        )
        draft.formats[spot] = "0.00%"
    if happens("a hidden column"):
        draft.hidden_columns.append(draw(st.sampled_from(items)))
    if happens("a foot"):
        draft.put(row + 1, 0, "负责人：某某")
        draft.put(row + 1, 2, "填报日期：2021年1月10日")
        draft.put(row + 2, 0, "注：本表数字均已核对")

    name = draw(st.sampled_from(["Sheet1", "表一", "卫统42", "2020", "汇总"]))
    sheets = [(name, draft)]
    if happens("another sheet"):
        other = Draft()
        other.put(0, 0, "填表说明")
        if draw(st.booleans()):
            other.cells |= {(1, 0): "科室", (1, 1): "人员", (2, 0): "妇幼科", (2, 1): 5}
        sheets.insert(draw(st.integers(0, 1)), ("附表", other))
    part = unit.code if own else "2020"
    file = unit.code if own else f"{league.code}-{league.name}"
    if len(sheets) == 1 and not draft.merged and not draft.formats and happens("a text file"):
        encoding = draw(st.sampled_from(["utf-8-sig", "utf-16", *(["gb18030"] if faults else [])]))
        data = as_text(draft).encode(encoding)
        return Messy(part, f"{file}.csv", data, truth, draft.where, "", (*done, encoding))
    return Messy(part, f"{file}.xlsx", as_bytes(sheets), truth, draft.where, name, tuple(done))
