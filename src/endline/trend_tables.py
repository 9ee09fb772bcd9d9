"""The annex tables on trends: the tests with their sizes, the checks beside them, the projections."""

import math
from collections.abc import Iterable, Iterator

from endline.narrative import Row, Teller
from endline.numbers import signed
from endline.trend_clauses import CLAIMED, percent

Cells = list[list[str]]


class TrendTables:
    """One row a series that has any value; each series once, however many targets it serves."""

    def __init__(self, teller: Teller, rows: Iterable[Row]) -> None:
        self.teller, self.say = teller, teller.say
        tested = [row for row in rows if row.trend_n]
        self._rows = list({(row.indicator_id, row.stratum): row for row in tested}.values())
        self._due = list({(row.indicator_id, row.stratum, row.projected_year): row for row in tested}.values())

    def tests(self) -> Cells:
        """Rows: series, test and why this one, n, yearly change and interval, odds ratio, phi, p, adjusted p, state."""
        return [
            [
                name,
                self.say.get(f"trend_short.{row.trend_method}"),
                self.say.get(f"trend_why.{row.trend_why}"),
                str(row.trend_n),
                self._size(row, row.trend_size) if claimed else none,
                self._range(row) if claimed else none,
                self._number(row.trend_odds, 3),
                self._number(row.trend_phi, 2),
                self._p(row.trend_p),
                self._p(row.trend_p_adjusted),
                self.say.get(f"trend_state.{row.trend_state}"),
            ]
            for name, row, claimed, none in self._each()
        ]

    def checks(self) -> Cells:
        """Rows: series, Mann-Kendall, Sen's slope with limits, pre-whitened p, EAPC, joinpoint and p, recent trend.

        Then what sentences say beside: events and denominators of the term, the smallest change that could have been
        seen, the yearly change before and after the joinpoint.
        """
        cells = []
        for name, row, _, none in self._each():
            decimals = self.teller.indicators[row.indicator_id].decimals + 1
            limits = [self._number(limit, decimals) for limit in (row.trend_slope_low, row.trend_slope_high)]
            cells.append(
                [
                    name,
                    self._number(row.trend_S, 0),
                    self._p(row.trend_p_ranks),
                    self._number(row.trend_slope, decimals),
                    none if none in limits else self.say.range(*limits),
                    self._p(row.trend_p_prewhitened),
                    percent(row.trend_eapc),
                    none if math.isnan(row.trend_joinpoints) else self._joinpoint(row),
                    self._p(row.trend_joinpoint_p),
                    self._recent(row.trend_recent),
                    self._number(row.trend_events, 0),
                    self._number(row.trend_base, 0),
                    none if math.isnan(row.trend_detectable) else self._detectable(row),
                    *(self._apc(row, part) for part in ("apc1", "apc2")),
                ]
            )
        return cells

    def projections(self) -> Cells:
        """Rows: series, year, method, the value if the trend went on, its prediction interval.

        Of series that have one, one row a year in which a target of theirs is due.
        """
        cells = []
        for row in self._due:
            if math.isnan(row.projected_value):
                continue
            indicator = self.teller.indicators[row.indicator_id]
            cells.append(
                [
                    self.say.series_name(indicator, row.stratum),
                    str(row.projected_year),
                    self.say.get(f"projection.{row.projected_by}"),
                    self.say.value(row.projected_value, "", "", indicator),
                    self.say.interval(row.projected_low, row.projected_high, indicator),
                ]
            )
        return cells

    def _each(self) -> Iterator[tuple[str, Row, bool, str]]:
        none = str(self.say.get("missing"))
        for row in self._rows:
            name = self.say.series_name(self.teller.indicators[row.indicator_id], row.stratum)
            yield name, row, row.trend_state in CLAIMED, none

    def _size(self, row: Row, size: float) -> str:
        if row.trend_method == "poisson":
            return percent(size) + "%"
        return self._number(size, self.teller.indicators[row.indicator_id].decimals + 1)

    def _range(self, row: Row) -> str:
        low, high = row.trend_size_low, row.trend_size_high
        if math.isnan(low + high):
            return str(self.say.get("not_computable"))
        return self.say.range(self._size(row, low), self._size(row, high))

    def _detectable(self, row: Row) -> str:
        if row.trend_method == "binomial":
            return self._number(row.trend_detectable, self.teller.indicators[row.indicator_id].decimals + 1)
        return percent(row.trend_detectable) + "%"

    def _apc(self, row: Row, part: str) -> str:
        apc, low, high = (getattr(row, f"trend_{part}{end}") for end in ("", "_low", "_high"))
        if math.isnan(row.trend_joinpoint) or math.isnan(apc):
            return str(self.say.get("missing"))
        shown = {"value": apc, "low": low, "high": high}
        return self.say.say("gaps.with_interval", **{name: percent(number) + "%" for name, number in shown.items()})

    def _joinpoint(self, row: Row) -> str:
        return f"{row.trend_joinpoint:.0f}" if row.trend_joinpoints else str(self.say.get("nothing"))

    def _recent(self, marker: str) -> str:
        return str(self.say.get(f"{'recent' if marker in self.say.get('recent') else 'refusal'}.{marker}"))

    def _number(self, value: float, decimals: int) -> str:
        return str(self.say.get("missing")) if math.isnan(value) else signed(value, decimals)

    def _p(self, p: float) -> str:
        return (
            str(self.say.get("missing"))
            if math.isnan(p)
            else self.say.p(p).removeprefix(self.say.say("sentence.p_equal", p=""))
        )
