"""The rows of a recognised sheet → lines of figures, sums apart, rows that stand twice settled."""

import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from endline.layouts.context import Context, Place
from endline.layouts.figures import Figures, read_figures
from endline.layouts.grid import Grid
from endline.layouts.identify import Identifier
from endline.layouts.merges import merged_figures
from endline.layouts.recognise import Layout
from endline.layouts.returns import Line, Return, Who
from endline.layouts.rows import Row, unnamed_figures
from endline.layouts.sums import compare_sums, parts_of
from endline.workbooks.cells import Finding, Workbook


class Reader:
    """Reads the rows of one sheet."""

    def __init__(self, grid: Grid, layout: Layout, rows: list[Row], place: Place, context: Context) -> None:
        self._grid, self._layout, self._rows, self._place, self._context = grid, layout, rows, place, context
        self._identifier = Identifier(grid, layout, place, context)
        self.findings: list[Finding] = []

    def read(self, workbook: Workbook) -> Return | None:
        """Return the figures of all rows that say whose they are; None where no row says of which year it is."""
        keys = self._identifier.keys
        if self._place.year is None and not keys.get("year"):
            self._find("F27a", "")
            return None
        figures = read_figures(self._grid, self._layout, self._rows, self._context.known)
        lines = self._lines(figures)
        self.findings += unnamed_figures(self._grid, self._layout, self._rows, keys, self._context.known)
        self.findings += merged_figures(self._grid, self._layout, self._rows, keys)
        kept = self._settle_repeated(lines, figures)
        self._compare({n: lines[n] for n in kept}, [n for n in lines if n not in kept], figures)
        if (whole := self._whole(lines)) is not None and self._place.year is not None:
            lines[whole], kept[whole] = Who(self._place.region, self._place.year), False
        figures.value[[n for n, refused in kept.items() if refused]] = np.nan
        items = self._layout.items
        return Return(
            form=self._layout.form,
            region=self._place.region,
            stream="own" if all(lines[n].region == self._place.region for n in kept) else "upper",
            file=workbook.file,
            sha256=workbook.sha256,
            sheet=self._layout.sheet,
            items={column: f"{self._layout.form}.{match.item}" for column, match in items.items()},
            rates={column: match.unit for column, match in items.items() if match.is_rate},
            lines=tuple(self._line(n, lines[n], refused, figures) for n, refused in kept.items()),
            value=figures.value[list(kept)],
            given=figures.given[list(kept)],
            matches=self._layout.matches,
            vintage=self._place.vintage,
        )

    def _lines(self, figures: Figures) -> dict[int, Who]:
        """Return whose each row of figures is; an empty row that names no region says nothing."""
        found: dict[int, Who] = {}
        for n, row in enumerate(self._rows):
            if row.kind != "data":
                continue
            who, findings = self._identifier.identify(row)
            if who:
                found[n] = who
            if who or any(self._grid.text(row.row, column) for column in figures.columns):
                region = who.region if who else ""
                self.findings += (replace(finding, region=region) for finding in (*findings, *figures.findings[n]))
        return found

    def _settle_repeated(self, lines: Mapping[int, Who], figures: Figures) -> dict[int, bool]:
        """Return the rows that stay, with whether they are refused: of two that agree the first, of others none."""
        first: dict[Who, int] = {}
        kept: dict[int, bool] = {}
        for n, who in lines.items():
            place = first.setdefault(who, n)
            if place == n:
                kept[n] = False
                continue
            same = figures.same(place, n)
            found = f"{who.region} {self._context.regions[who.region].name} {who.year}"
            cells = f"{self._rows[place].cell} {self._rows[n].cell}"
            self._find("F19a" if same else "F19", found, cells, who.region)
            kept[place] |= not same
        return kept

    def _compare(self, lines: Mapping[int, Who], dropped: list[int], figures: Figures) -> None:
        """Compare the rows that are sums, by their label or because a region lies above others, with their parts."""
        parts = parts_of(lines, self._context.regions)
        sums = sorted({n for n, row in enumerate(self._rows) if row.kind != "data"} | set(parts))
        for n in sums:
            row = self._rows[n]
            if row.kind in ("subtotal", "average") or (n in parts and lines[n].region != self._place.region):
                self._find("F18", row.label, row.cell)
        data = [n for n in range(len(self._rows)) if n not in dropped and n not in sums]
        self.findings += compare_sums(figures, self._rows, sums, data, parts, self._layout.sheet)

    def _whole(self, lines: Mapping[int, Who]) -> int | None:
        """Return the row 合计 of a sheet that holds one region's parts: that region's own figures."""
        region = self._place.region
        if not region or self._place.year is None or self._context.regions[region].level == "banner":
            return None
        totals = [n for n, row in enumerate(self._rows) if row.kind == "total"]
        named = any(who.region == region for who in lines.values())
        return totals[0] if len(totals) == 1 and not named else None

    def _line(self, n: int, who: Who, refused: bool, figures: Figures) -> Line:
        cells = json.dumps(figures.texts[n], ensure_ascii=False, separators=(",", ":"))
        return Line(who.region, who.year, self._rows[n].number, refused, cells)

    def _find(self, rule: str, found: str, cell: str = "", region: str = "") -> None:
        self.findings.append(Finding(rule, found, sheet=self._layout.sheet, cell=cell, region=region))
