"""What a report claims of its targets, read from its Chinese sentences, against the second look at the figures.

Each check returns its disagreements as text; none is the same as agreement of every claim that it found.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from audit import fitted
from audit.judged import BASE, FINAL, Judged, Round, Series, Value
from audit.told import Piece, Told

N = r"[−-]?\d+(?:\.\d+)?"


class Claims:
    """The claims of one report and the figures of its round; `checked` counts the claims compared, by kind."""

    def __init__(self, told: Told, round_: Round) -> None:
        self.told, self.round, self.code = told, round_, told.code
        self.checked: dict[str, int] = {}
        self.wrong: list[str] = []
        self.upper = round_.regions[self.code]["parent"]
        strata = {(m["indicator"], t.get("stratum", "total")) for _, t in round_.targets for m in t.get("measures", ())}
        self.named = {self._name(series): series for series in strata}
        self.adverse: set[str] = set()

    def compare(self, kind: str, place: str, said: object, found: object) -> None:
        """Note a claim, and that it is wrong where what is said is not what is found."""
        self.checked[kind] = self.checked.get(kind, 0) + 1
        if said != found:
            self.wrong.append(f"{kind}, {place}: the report says {said!r}, the figures {found!r}")

    def run(self) -> "Claims":
        """Compare all claims."""
        for clause, target in self.round.targets:
            judged = self.round.judge(self.code, target)
            (row, *_) = [row for row in self.told.table("各目标基期值") if row["条款"] == clause]
            self.compare("annex verdict", clause, row["结论"], judged.verdict)
            pieces = self._pieces(clause)
            if judged.verdict in ("不适用", "待评"):
                self.compare("no finding", clause, len(pieces), 0)
                continue
            self._finding(clause, target, judged, [piece for piece in pieces if piece.style == "finding"])
            for series, aspects in self._by_series(pieces):
                self._aspects(f"{clause} {series[0]}", target, judged, series, aspects)
        return self

    def _pieces(self, clause: str) -> list[Piece]:
        outline, cited = clause.split()
        return [p for p in self.told.prose if outline[:2] in p.chapter and p.target.endswith(f"（{cited}）")
                and p.style in ("finding", "beside", "aspects")]  # fmt: skip

    def _by_series(self, pieces: list[Piece]) -> Iterator[tuple[Series, dict[str, str]]]:
        """Give the aspects that belong together; the trend, the last of them, names the series."""
        aspects: dict[str, str] = {}
        for piece in pieces:
            found = re.match("(达标|变化|趋势)：(.*)", piece.text)
            if found:
                aspects[found[1]] = found[2]
                if found[1] == "趋势":
                    yield self._series_in(found[2]), aspects
                    aspects = {}

    def _series_in(self, trend: str) -> Series:
        rest = trend.removeprefix(f"{BASE}—{FINAL}年，")
        return self.named[max((name for name in self.named if rest.startswith(name)), key=len)]

    def _finding(self, clause: str, target: Any, judged: Judged, pieces: list[Piece]) -> None:
        self.compare("one finding", clause, len(pieces), 1)
        text = pieces[0].text
        said = re.search(r"结论为(达标|未达标|无数据|待评)(?:（(.*?)）)?。", text)
        self.compare("verdict", clause, said and said[1], judged.verdict)
        told = "" if judged.reason == "没有2020年数据" else judged.reason  # said of the value
        self.compare("reason", clause, (said and said[2]) or "", told)
        for measure, series in zip(target["measures"], judged.series, strict=True):
            self._value(f"{clause} {series[0]}", text, series)
            if target["kind"] == "every_subunit":
                self._subunits(clause, text, self.round.subunits(self.code, target, measure, series))

    def _value(self, place: str, text: str, series: Series) -> None:
        value, name = self.round.value(self.code, series), self._name(series)
        said = re.search(rf"{FINAL}年{re.escape(name)}为({N})", text)
        if not said:
            by_units = f"{FINAL}年{name}" not in text and "已报" in text
            self.compare("no value said", place, by_units or value is None, True)
            return
        self.compare("value", place, said[1], value and printed(value.exact, said[1]))
        counts = re.match(r"[^（，]*（(\d+)/(\d+)(，不稳定)?）", text[said.end(1) :])
        if counts and value and value.events is not None:
            self.compare("counts", place, (int(counts[1]), int(counts[2])), (value.events, value.size))
            self.compare("unstable", place, counts[3] is not None, value.events < 20)

    def _subunits(self, place: str, text: str, found: Any) -> None:
        total, reported, meeting, failing = found
        if not reported:
            return self.compare("sub-units", place, "没有" in text, True)
        said = re.search(r"应报(?:(\d+)个.*?|.*?数不详)，已报(\d+)个，达到目标(\d+)个", text)
        numbers = tuple(None if n is None else int(n) for n in said.groups()) if said else None
        self.compare("sub-units", place, numbers, (total, reported, meeting))
        names = re.search("未达到目标的为(.*?)，", text)
        return self.compare("failing", place, sorted(names[1].split("、")) if names else [], sorted(failing))

    def _name(self, series: Series) -> str:
        prefix = {"urban": "城市", "rural": "农村", "migrant": "流动人口"}.get(series[1], "")
        name = str(self.round.indicators[series[0]]["name"])
        return name if name.startswith(prefix) else prefix + name

    def _aspects(self, place: str, target: Any, judged: Judged, series: Series, aspects: dict[str, str]) -> None:
        final, base = (self.round.value(self.code, series, year) for year in (FINAL, BASE))
        measure = next(m for m in target["measures"] if m["indicator"] == series[0])
        self._attained(place, target, measure, series, final, base, aspects.get("达标", ""))
        if final is not None:
            self._changed(place, target, measure, final, base, aspects["变化"])
            self._beside(place, series, final, aspects["变化"])
        self._trend(place, series, aspects["趋势"])

    def _attained(
        self, place: str, target: Any, measure: Any, series: Series, final: Any, base: Any, text: str
    ) -> None:
        said = re.search(rf"95%精确区间为({N}).*?～({N})", text)
        if said and final.events is not None:
            ends = self._interval(series, final)
            self.compare(
                "interval", place, said.groups(), tuple(printed(e, s) for e, s in zip(ends, said.groups(), strict=True))
            )
        says = re.search(r"(?:^|。|，)95%精确区间(整体满足目标|跨越目标值|整体不满足目标)", text)
        if says and final.events is not None:
            low, high = self._interval(series, final)
            aim = float(measure["value"])
            under = measure["operator"] in ("<=", "<")
            inside = high <= aim if under else low >= aim
            outside = low > aim if under else high < aim
            found = "整体满足目标" if inside else "整体不满足目标" if outside else "跨越目标值"
            self.compare("evidence", place, says[1], found)
        of_change = re.search("基期至终期变化的95%区间(整体满足目标|整体不满足目标)", text)
        if of_change:
            self.compare(
                "evidence of change",
                place,
                of_change[1] == "整体满足目标",
                self.round.state(target, measure, final, base),
            )
        early, start = self._early(target, measure, series, base) if final is not None else None, None
        if found := re.search(
            r"自(\d{4})年起各观测年份均达到目标|不晚于(\d{4})年达到目标|基期（(2010)年）已达到目标，此后", text
        ):
            start = int(next(filter(None, found.groups())))
        if target["kind"] in ("absolute", "relative"):
            self.compare("early", place, start, early)
            unbroken = len({value.definition for _, value in self.round.observed(self.code, series)}) == 1
            met = (
                base is not None and bool(self.round.state(target, measure, base, base)) and unbroken
                if target["kind"] == "absolute"
                else False
            )
            self.compare("met at baseline", place, "基期" in text and "已达到目标" in text, met)
        worse = (
            target["kind"] == "absolute"
            and final
            and base
            and not final.bound
            and not base.bound
            and (
                (final.exact - base.exact) * self._sign(series) > 0
                and self.round.state(target, measure, final, base) is True
            )
        )
        self.compare("met but worse", place, "虽达标，但数值比基期退步" in text, bool(worse))

    def _sign(self, series: Series) -> int:
        return {"lower": 1, "higher": -1}.get(self.round.indicators[series[0]]["better"], 0)

    def _interval(self, series: Series, value: Value) -> tuple[float, float]:
        per, share = self.round.per(series[0]), self.round.indicators[series[0]]["unit"] == "%"
        return fitted.exact_interval(value.events or 0, value.size or 1, per, share)

    def _early(self, target: Any, measure: Any, series: Series, base: Any) -> int | None:
        """Return the first year from which all observed years meet, as the last is defined, before the final year."""
        start, definition = None, None
        for year, value in self.round.observed(self.code, series):
            met = self.round.state(target, measure, value, base) is True
            start = (start if start and value.definition == definition else year) if met else None
            definition = value.definition
        return start if start is not None and start < FINAL else None

    def _changed(self, place: str, target: Any, measure: Any, final: Value, base: Value | None, text: str) -> None:
        said = re.search(rf"比{BASE}年（({N})[^）]*）(下降|上升)({N})(?:[^，。]*，(?:降幅|升幅)({N})%)?", text)
        same = f"与{BASE}年（" in text and "持平" in text
        if base is None or final.bound or base.bound or final.definition != base.definition:
            return self.compare("no change", place, bool(said or same) or "变化情况无法评价" not in text, False)
        change = final.exact - base.exact
        if not change or not said:
            return self.compare("same", place, same, change == 0)
        way = "下降" if change < 0 else "上升"
        self.compare(
            "change", place, said.groups()[:3], (printed(base.exact, said[1]), way, printed(abs(change), said[3]))
        )
        if said[4]:
            self.compare("change in per cent", place, said[4], printed(abs(change) / base.exact * 100, said[4]))
        if aimed := re.search(rf"完成目标变化量的({N})%", text):
            absolute = target["kind"] == "absolute"
            aim = Fraction(str(measure["value"])) if absolute else Fraction(measure["fraction"]) * base.exact
            self.compare("share of the aim", place, aimed[1], printed(change / (aim - base.exact) * 100, aimed[1]))
        if yearly := re.search(rf"年均下降速度({N})%", text):
            rate = 100 * (1 - (float(final.exact) / float(base.exact)) ** (1 / (FINAL - BASE)))
            self.compare("yearly reduction", place, yearly[1], printed(rate, yearly[1]))
        return None

    def _beside(self, place: str, series: Series, final: Value, text: str) -> None:
        upper = self.round.value(self.upper, series) if self.upper else None
        said = re.search(
            rf"[比与]([^（。]*?)（({N})[^）]*）(低|高|相同)({N})?", re.sub(rf"[比与]{BASE}年（[^。]*。", "", text)
        )
        if upper is None or final.bound or upper.bound:
            return self.compare("no comparison", place, said is None, True)
        gap = final.exact - upper.exact
        side = "相同" if gap == 0 else "低" if gap < 0 else "高"
        name = self.round.regions[self.upper]["name"]
        found = (name, said and printed(upper.exact, said[2]), side, said and said[4] and printed(abs(gap), said[4]))
        return self.compare("comparison", place, said and said.groups(), found)

    def _trend(self, place: str, series: Series, text: str) -> None:
        (row,) = [r for r in self.told.table("趋势检验（") if r["指标"] == self._name(series)] or [{}]
        said = re.search(rf"年均(下降|上升|变化)({N})", text)
        points = [(y, v) for y, v in self.round.observed(self.code, series) if not v.bound]
        claimed = re.search("(下降|上升)趋势有统计学证据", text)
        none = "未见统计学显著趋势" in text
        if not (claimed or none):
            return self.compare("no trend claimed", place, "年均" in text, False)
        size = self._size(series, points, row["检验"])
        way = claimed[1] if claimed else "未见趋势"
        self.compare("trend in the annex", place, row["判断"], way)
        p = row["校正P"]
        self.compare("evidence of a trend", place, bool(claimed), p == "＜0.001" or Decimal(p) < Decimal("0.05"))
        self.compare("P as in the annex", place, re.search(r"校正后P＝?(＜?[\d.]+)", text)[1], p)  # type: ignore[index]
        if claimed:
            self.compare("direction", place, claimed[1], "下降" if size < 0 else "上升")
            if (size > 0) == (self._sign(series) > 0) and self._sign(series):
                self.adverse.add(self._name(series))
        self.compare("word of the size", place, said and said[1], claimed[1] if claimed else "变化")
        amount = said[2].replace("−", "-") if said else ""
        signed = -size if claimed and claimed[1] == "下降" else size
        self.compare("size of a trend", place, amount, printed(signed, amount, keep_sign=True))
        events = re.search(r"校正后P.*?(\d+)(?:例/[^\d]*(?:\d+—\d+岁[^\d]*|\d+岁以下[^\d]*)?|，分母)(\d+)", text)
        if events and row["检验"] != "MK":
            totals = (str(sum(v.events or 0 for _, v in points)), str(sum(v.size or 0 for _, v in points)))
            self.compare("events of the term", place, events.groups(), totals)
        return None

    def _size(self, series: Series, points: list[tuple[int, Value]], test: str) -> float:
        counts = [(year, v.events or 0, v.size or 0) for year, v in points]
        if test == "泊松":
            return fitted.yearly_percent(counts)
        if test == "准二项":
            return fitted.yearly_points(counts, self.round.per(series[0]), range(BASE, FINAL + 1))
        return fitted.sen_slope([(year, float(v.exact)) for year, v in points])


def printed(value: Any, like: str, *, keep_sign: bool = False) -> str:
    """Return a number with as many decimals as another one, rounded half up; negative ones with a true minus."""
    places = Decimal(1).scaleb(-len(like.partition(".")[2]))
    if isinstance(value, Fraction):
        scaled = abs(value) / Fraction(str(places))
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        number = (whole * places).copy_sign(-1 if value < 0 else 1)
    else:
        number = Decimal(repr(float(value))).quantize(places, ROUND_HALF_UP)
    text = f"{number if number else abs(number)}"
    return text if keep_sign else text.replace("-", "−")
