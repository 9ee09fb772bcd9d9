"""What a report claims of town and country and of the regions below, against the second look at the figures."""

import re
from collections import Counter
from typing import Any

from scipy.stats import norm, poisson

from audit.claims import Claims, N, printed
from audit.judged import BASE, FINAL, Series, Value
from audit.told import Piece, Told

FEW, STABLE = 3, 20


class Gaps:
    """The claims of the chapter on gaps; notes them with those of the targets."""

    def __init__(self, claims: Claims) -> None:
        self.claims, self.told, self.round, self.code = claims, claims.told, claims.round, claims.code
        regions = self.round.regions
        self.children = [c for c, r in regions.items() if r["parent"] == self.code and self.round._exists(c)]
        self.names = {code: region["name"] for code, region in regions.items()}

    def run(self) -> None:
        """Compare all claims of the chapter."""
        for piece in self.told.prose:
            if not piece.chapter.endswith("差距") or piece.style != "detail":
                continue
            name, _, text = piece.text.partition("：")
            series = self.claims.named.get(name)
            if piece.section.endswith("城乡之间的差距"):
                self._town(name, text)
            elif series:
                self._areas(name, text, series)
        for piece in self.told.pieces:
            if piece.kind == "table" and piece.caption.endswith("率的括号内为事件数）"):
                self._over_time(piece)

    def _say(self, kind: str, name: str, said: object, found: object) -> None:
        self.claims.compare(kind, f"gaps, {name}", said, found)

    def _town(self, name: str, text: str) -> None:
        indicator = next(i for i, entry in self.round.indicators.items() if entry["name"] == name)
        ends: dict[int, Any] = {}
        for year in (BASE, FINAL):
            pair = [self.round.value(self.code, (indicator, stratum), year) for stratum in ("rural", "urban")]
            few = any(v is not None and v.events is not None and v.events < FEW for v in pair)
            (sentence,) = [s for s in text.split("。") if s.startswith(f"{year}年") or s == f"没有{year}年的分城乡数值"]
            if None in pair:
                self._say("town missing", name, "没有" in sentence, True)
                continue
            if few:
                said = re.findall(r"(\d+)例", sentence)[:2]
                self._say("town few", name, said, [str(v.events) for v in pair if v])
                continue
            rural, urban = (v.exact for v in pair if v)
            ends[year] = rural - urban
            said_values = re.search(rf"农村为({N}).*?，城市为({N}).*?，相差({N}).*?，比值({N})", sentence)
            found = (rural, urban, abs(rural - urban), rural / urban)
            if said_values:
                own = tuple(printed(v, s) for v, s in zip(found, said_values.groups(), strict=True))
                self._say("town and country", name, said_values.groups(), own)
            else:
                same = pair[0].definition == pair[1].definition and not any(v.bound for v in pair if v)
                self._say("town equal", name, "二者相同" in sentence, same and rural == urban)
                self._say("town apart", name, "不计算差值" in sentence, not same)
        self._town_change(name, text, ends)

    def _town_change(self, name: str, text: str, ends: dict[int, Any]) -> None:
        said = re.search(rf"差值比{BASE}年(缩小|扩大)({N})|差值与{BASE}年(相同)|农村和城市的(高低易位)", text)
        if len(ends) < 2:
            return self._say("no change of a gap", name, said, None)
        before, after = ends[BASE], ends[FINAL]
        grown = abs(after) - abs(before)
        way = "高低易位" if before * after < 0 else "相同" if not grown else "缩小" if grown < 0 else "扩大"
        self._say("change of a gap", name, said and next(filter(None, (said[1], said[3], said[4]))), way)
        if said and said[2]:
            self._say("size of a gap's change", name, said[2], printed(abs(after - before), said[2]))
        if interval := re.search(rf"区间为({N})～({N})[^，]*，(不含0|包含0)", text):
            low, high = (float(end.replace("−", "-")) for end in interval.groups()[:2])
            self._say("interval of a gap", name, interval[3], "包含0" if low <= 0 <= high else "不含0")
        return None

    def _areas(self, name: str, text: str, series: Series) -> None:
        own = self.round.value(self.code, series)
        values = {code: v for code in self.children if (v := self.round.value(code, series)) is not None and v.size}
        said = re.search(rf"为({N}).*?，(\d+)个[^，]*?(?:均有|中(\d+)个有)事件数", text)
        if own is None or said is None:
            return self._say("areas", name, said, own)
        self._say("areas", name, (int(said[2]), int(said[3] or said[2])), (len(self.children), len(values)))
        self._say("own value", name, said[1], printed(own.exact, said[1]))
        stable = {code: v for code, v in values.items() if (v.events or 0) >= STABLE}
        if pair := re.search(
            rf"的(\d+)个中，最低为(.*?)（({N}).*?），最高为(.*?)（({N}).*?），相差({N}).*?，比值({N})", text
        ):
            low, high = (pick(stable, key=lambda code: stable[code].exact) for pick in (min, max))
            ends = stable[low].exact, stable[high].exact
            numbers = (ends[0], ends[1], ends[1] - ends[0], ends[1] / ends[0])
            found = [printed(n, s) for n, s in zip(numbers, pair.group(3, 5, 6, 7), strict=True)]
            self._say("extremes", name, list(pair.group(3, 5, 6, 7)), found)
            self._say(
                "extremes by name", name, pair.group(1, 2, 4), (str(len(stable)), self.names[low], self.names[high])
            )
        else:
            only = re.search(r"的只有(\d+)个", text)
            self._say("few stable", name, only and int(only[1]), len(stable))
        self._outside(name, text, series, own, values)
        return self._met(name, text, series)

    def _outside(self, name: str, text: str, series: Series, own: Value, values: dict[str, Value]) -> None:
        """Compare the regions outside the limits: 0.1 % at either side, exact for events, by the score for shares."""
        rate, share = float(own.exact / self.round.per(series[0])), self.round.indicators[series[0]]["unit"] == "%"
        sides: dict[str, list[str]] = {"高": [], "低": []}
        for code, value in values.items():
            events, size = value.events or 0, value.size or 1
            law = norm(size * rate, (size * rate * (1 - rate)) ** 0.5) if share else poisson(rate * size)
            if law.sf(events if share else events - 1) < 0.001:
                sides["高"].append(self.names[code])
            elif law.cdf(events) < 0.001:
                sides["低"].append(self.names[code])
        for side, found in sides.items():
            said = re.search(rf"{side}于99.8%控制[上下]限的有(\d+)个(?:（(.*?)）)?", text)
            self._say(f"outside {side}", name, int(said[1]) if said else 0, len(found))
            if said and said[2]:
                self._say(f"outside {side} by name", name, sorted(said[2].split("、")), sorted(found))

    def _over_time(self, piece: Piece) -> None:
        """Compare the years of the regions below with the figures, and both charts with these years."""
        name = max((name for name in self.claims.named if name in piece.caption), key=len)
        series, told = self.claims.named[name], {}
        for region, *cells in piece.rows[1:]:
            code = next(code for code in self.children if self.names[code] == region)
            told[region] = cells
            for year, cell in zip(piece.rows[0][1:], cells, strict=True):
                value = self.round.value(code, series, int(year))
                few = value is not None and value.events is not None and value.events < FEW
                found = "—" if value is None else f"少于{FEW}例" if few else printed(value.exact, cell.split("（")[0])
                self._say("year of a region below", f"{region} {year}", cell.split("（")[0], found)
                if value is not None and "（" in cell:
                    self._say("events of a region below", f"{region} {year}", cell.split("（")[1], f"{value.events}）")
        self._spread_widest(name)
        for chart in (p for p in self.told.pieces if p.kind == "chart"):
            if chart.text.startswith("斜率图："):
                ends = re.findall(r"；([^；]+?)由(.+?)到([^；]+)", chart.text)
                self._say("ends of regions below", name, ends, [(r, c[0].split("（")[0], c[-1].split("（")[0])
                          for r, c in told.items() if r in {e[0] for e in ends}])  # fmt: skip
                ways = Counter(self._way(next(c for c in self.children if self.names[c] == e[0]), series) for e in ends)
                said = re.search(r"共(\d+)条，上升(\d+)条、下降(\d+)条、不变(\d+)条、缺数(\d+)条", chart.text)
                found = (len(ends), *(ways[way] for way in ("上升", "下降", "不变", "缺数")))
                self._say("ways of regions below", name, said and tuple(map(int, said.groups())), found)
            if chart.text.startswith("分面折线图："):
                said = re.search(r"(\d+)个地区", chart.text)
                self._say("small multiples", name, said and int(said[1]), min(len(told), 12))

    def _way(self, code: str, series: Series) -> str:
        before, after = (self.round.value(code, series, year) for year in (BASE, FINAL))
        if before is None or after is None:
            return "缺数"
        return "不变" if before.exact == after.exact else "上升" if after.exact > before.exact else "下降"

    def _spread_widest(self, name: str) -> None:
        """Compare the indicator that is said to have the greatest ratio, whose years are shown, with all of them."""
        text = next(p.text for p in self.told.prose if "之比最大" in p.text)
        ratios = {one: self._ratio(series) for one, series in self.claims.named.items() if self._is_main(series)}
        widest = max(ratios, key=ratios.__getitem__)
        said = re.search(rf"^主要指标中，(.*)的最高值与最低值之比最大（({N})）", text)
        self._say("widest spread", name, said and said[1], widest)
        self._say("years of the widest spread", name, name, widest)
        if said:
            self._say("ratio of the widest spread", name, said[2], printed(ratios[widest], said[2]))

    def _is_main(self, series: Series) -> bool:
        return series[0] in self.round.method["gap_indicators"]["value"] and series[1] == "total"

    def _ratio(self, series: Series) -> Any:
        """Return the ratio of the highest to the lowest stable value of the regions below, 0 where there is none."""
        values = [v for code in self.children if (v := self.round.value(code, series)) is not None and v.size]
        stable = [v.exact for v in values if (v.events or 0) >= STABLE]
        return max(stable) / min(stable) if len(stable) > 1 and min(stable) else 0

    def _met(self, name: str, text: str, series: Series) -> None:
        target = next(
            t for _, t in self.round.targets if [m["indicator"] for m in t.get("measures", ())] == [series[0]]
        )
        verdicts = [self.round.judge(code, target).verdict for code in self.children]
        judged, met = sum(v in ("达标", "未达标") for v in verdicts), verdicts.count("达标")
        said = re.search(r"有结论的(\d+)个(?:均达标|中(\d+)个达标)", text)
        self._say("met below", name, said and (int(said[1]), int(said[2] or said[1])), (judged, met))


def all_claims(told: Told, round_: Any) -> Claims:
    """Return all claims of a report, compared."""
    claims = Claims(told, round_).run()
    Gaps(claims).run()
    return claims
