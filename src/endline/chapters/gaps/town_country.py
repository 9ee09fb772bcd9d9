"""Section: country against town at both ends of the term."""

import math

from endline.change_clauses import change_decimals
from endline.chapters.telling import Telling
from endline.model import Indicator
from endline.narrative import Row
from endline.numbers import rounded, signed
from endline.story import Block, prose, table, text

ENDS = ("baseline", "final")
SIDES = ("rural", "urban")


def town_country(t: Telling) -> list[Block]:
    """Return the findings and the table of every indicator that is known of town and country."""
    say = t.say
    pairs = [Pair(t, row) for row in t.slice.rows["town_country"]]
    known = [pair for pair in pairs if any(pair.known(end) for end in ENDS)]
    if not known:
        return [text(prose(say.get("gaps.town_none")))]
    hide = t.teller.method.hide_rate_below_events.value
    header = [
        say.say(f"gaps.columns.{name}", confidence=t.teller.confidence)
        for name in ("indicator", "year", "rural", "urban", "difference_of", "ratio_of")
    ]
    rows = [cells for pair in known for cells in pair.cells()]
    listed = table(header, rows, "lcrrrr", [15, 5, 14, 14, 18, 18], say.get("gaps.caption_town"))
    return [
        text(*(prose(pair.finding()) for pair in known), style="detail"),
        text(listed, style="annex"),
        *_changes(t, known),
        text(prose(say.say("gaps.note_town", hide=hide)), style="small"),
    ]


def _changes(t: Telling, pairs: list["Pair"]) -> list[Block]:
    """Return how each gap changed, for the workbook: the numbers of the sentences."""
    rows = [cells for pair in pairs if (cells := pair.change_cells())]
    if not rows:
        return []
    header = [
        str(t.say.get("gaps.columns.indicator")),
        *(t.say.say(f"behind.town_{name}", confidence=t.teller.confidence) for name in ("change", "interval", "ratio")),
    ]
    caption = t.say.say("behind.town", first=t.round.baseline_year, last=t.round.final_year)
    return [text(table(header, rows, "lrrr", [15, 12, 18, 12], caption), style="sheet")]


class Pair:
    """The values of one indicator in country and town."""

    def __init__(self, t: Telling, row: Row) -> None:
        self.t, self.say, self.row = t, t.say, row
        self.indicator: Indicator = t.teller.indicators[row.indicator_id]
        self._years = {"baseline": t.round.baseline_year, "final": t.round.final_year}

    @property
    def _name(self) -> str:
        return self.say.series_name(self.indicator, "total")

    def of(self, end: str, name: str) -> float:
        """Return a number of one end of the term."""
        return float(getattr(self.row, f"{end}_{name}"))

    def known(self, end: str) -> bool:
        """Tell whether both values of one end are known."""
        return not any(math.isnan(self.of(end, f"{side}_value")) for side in SIDES)

    def few(self, end: str) -> bool:
        """Tell whether one of the values rests on too few events to be shown."""
        return any(self.hidden(end, side) for side in SIDES)

    def hidden(self, end: str, side: str) -> bool:
        """Tell whether a value rests on too few events to be shown."""
        return self.of(end, f"{side}_numerator") < self._hide

    @property
    def _hide(self) -> int:
        return self.t.teller.method.hide_rate_below_events.value

    def finding(self) -> str:
        """Return the sentences: both ends, then how difference and ratio changed, with what is sure of it."""
        name = f"{self._name}{self.say.get('name_separator')}"
        ends = [self.say.sentence(*self._end(end)) for end in ENDS]
        return name + "".join(ends) + self.say.sentence(*self._change())

    def _end(self, end: str) -> list[str]:
        year = self._years[end]
        if not self.known(end):
            return [self.say.say("gaps.town_missing", year=year)]
        if self.few(end) and self.t.round.edition == "public":
            return [self.say.say("gaps.town_hidden", year=year, hide=self._hide)]
        if self.few(end):
            events = {f"{side}_events": f"{self.of(end, f'{side}_numerator'):.0f}" for side in SIDES}
            return [self.say.say("gaps.town_few", year=year, hide=self._hide, **events)]
        values = {side: self._value(end, side) for side in SIDES}
        pair = self.say.say("gaps.town_pair", year=year, **values)
        difference = self.of(end, "difference")
        if math.isnan(difference):
            return [pair, str(self.say.get("gaps.town_apart"))]
        if difference == 0:
            return [pair, str(self.say.get("gaps.town_equal"))]
        size = self.say.points(difference, self._decimals(end), self.indicator)
        return [pair, self.say.say("gaps.town_gap", difference=size, ratio=self._ratio(end))]

    def _change(self) -> list[str]:
        """Return how the gap changed: nothing where one end is not known or rests on too few events."""
        if math.isnan(self.row.change) or any(self.few(end) for end in ENDS):
            return []
        before, after = (self.of(end, "difference") for end in ENDS)
        grown = abs(after) - abs(before)
        kind = "reversed" if before * after < 0 else "same" if grown == 0 else "narrowed" if grown < 0 else "widened"
        size = self.say.points(self.row.change, max(map(self._decimals, ENDS)), self.indicator)
        clauses = [self.say.say(f"gaps.town_change.{kind}", year=self._years["baseline"], change=size)]
        if math.isnan(self.row.change_low):
            clauses.append(str(self.say.get("gaps.change_uncounted")))
        else:
            key = "change_unclear" if self.row.change_low <= 0 <= self.row.change_high else "change_clear"
            interval = self._change_interval()
            clauses.append(self.say.say(f"gaps.{key}", confidence=self.t.teller.confidence, interval=interval))
        return [*clauses, self.say.say("gaps.ratio_change", before=self._ratio("baseline"), after=self._ratio("final"))]

    def _change_interval(self) -> str:
        low, high = (signed(limit, self.indicator.decimals) for limit in (self.row.change_low, self.row.change_high))
        return self.say.range(low, high) + str(self.say.get("points")[self.indicator.unit])

    def change_cells(self) -> list[str]:
        """Return the change of the gap with its interval and both ratios; nothing where no change is told."""
        if not self._change():
            return []
        none = str(self.say.get("missing"))
        return [
            self.indicator.name,
            self.say.points(self.row.change, max(map(self._decimals, ENDS)), self.indicator),
            none if math.isnan(self.row.change_low) else self._change_interval(),
            "→".join(self._ratio(end) for end in ENDS),
        ]

    def cells(self) -> list[list[str]]:
        """Return a row an end of the term: values with their counts, difference and ratio with their limits."""
        none = str(self.say.get("missing"))
        rows = []
        for n, end in enumerate(ENDS):
            shown = self.known(end) and not self.few(end)
            name = "" if n else self._name
            sides = [self._cell(end, side) for side in SIDES]
            gaps = [self._with_limits(end, "difference", self._decimals(end)), self._with_limits(end, "ratio", 2)]
            rows.append([name, str(self._years[end]), *sides, *(gaps if shown else [none, none])])
        return rows

    def _cell(self, end: str, side: str) -> str:
        value, events, size = (self.of(end, f"{side}_{name}") for name in ("value", "numerator", "denominator"))
        counts = {"events": f"{events:.0f}", "denominator": f"{size:.0f}"}
        if self.few(end) and self.t.round.edition == "public":  # the other side would tell the few, less the total
            return self.say.say("gaps.cell_few", hide=self._hide) if self.hidden(end, side) else self.say.get("missing")
        if math.isnan(value) or math.isnan(events):
            return self._value(end, side)
        if self.hidden(end, side):
            return self.say.say("gaps.town_cell_few", **counts)
        return self.say.say("gaps.town_cell", value=self._value(end, side), **counts)

    def _with_limits(self, end: str, name: str, decimals: int) -> str:
        value, low, high = (self.of(end, f"{name}{part}") for part in ("", "_low", "_high"))
        if math.isnan(value):
            return str(self.say.get("missing"))
        if math.isnan(low) or math.isnan(high):
            return signed(value, decimals)
        shown = {"value": value, "low": low, "high": high}
        return self.say.say("gaps.with_interval", **{name: signed(v, decimals) for name, v in shown.items()})

    def _value(self, end: str, side: str) -> str:
        value, text, bound = (getattr(self.row, f"{end}_{side}_{name}") for name in ("value", "value_text", "bound"))
        return self.say.value(value, text, bound, self.indicator)

    def _ratio(self, end: str) -> str:
        ratio = self.of(end, "ratio")
        return str(self.say.get("not_computable")) if math.isnan(ratio) else rounded(ratio, 2)

    def _decimals(self, end: str) -> int:
        rural, urban = (str(getattr(self.row, f"{end}_{side}_value_text")) for side in SIDES)
        return change_decimals(rural, urban, self.indicator)
