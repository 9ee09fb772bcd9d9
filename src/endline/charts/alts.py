"""What a chart shows, in one sentence for those who cannot see it: numbers, directions, names."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from endline.figures import FunnelPoint, Multiple, SlopeRow, SpineRow, StatusRow, Tile
from endline.model import Indicator
from endline.numbers import exact
from endline.wording import Wording


def status_alt(say: Wording, rows: Sequence[StatusRow]) -> str:
    """Return how many of each bar have which verdict."""
    bars = []
    for row in rows:
        parts = [say.say("chart.status.part", label=part.label, n=part.count) for part in row.parts]
        facts = {"label": row.label, "total": row.total, "parts": say.names(parts)}
        bars.append(say.say("chart.status.bar", **facts))
    return say.say("chart.status.alt", bars=_joined(say, bars))


def spine_alt(say: Wording, rows: Sequence[SpineRow]) -> str:
    """Return how many met their target, which did not, and which are worse than at baseline."""
    missed = [
        say.say("chart.spine.missed_one", name=row.name, target=row.target.text, final=row.final.text)
        for row in rows
        if row.state == "not_met"
    ]
    moves = Counter(_way(row.place(row.baseline), row.place(row.final)) for row in rows)
    worse = [row.name for row in rows if row.place(row.final) < row.place(row.baseline)]
    parts = [
        say.say(
            "chart.spine.counts",
            n=len(rows),
            states=_counted(say, "spine", [row.state for row in rows], say.get("verdict")),
        ),
        say.say(
            "chart.spine.moves", better=moves["up"], worse=moves["down"], same=moves["same"], unknown=moves["unknown"]
        ),
        say.say("chart.spine.missed", names=say.names(missed)) if missed else "",
        say.say("chart.spine.worse", names=say.names(worse)) if worse else "",
    ]
    return say.say("chart.spine.alt", parts=_joined(say, parts))


def funnel_alt(
    say: Wording,
    points: Sequence[FunnelPoint],
    reference: float,
    target: float | None,
    indicator: Indicator,
    stratum: str,
) -> str:
    """Return how many areas lie where, and which lie outside the outer limits."""

    def told(value: float) -> str:
        return say.value(value, "", "", indicator)

    parts = []
    for state in ("above_998", "below_998"):
        own = [p for p in points if p.state == state]
        names = [say.say("chart.funnel.one", name=p.label, value=told(p.value)) for p in own]
        key = "some" if own else "none"
        label = say.get(f"chart.funnel.words.{state}")
        parts.append(say.say(f"chart.funnel.{key}", state=label, n=len(own), names=say.names(names)))
    for state in ("above_95", "below_95", "inside"):
        n = sum(p.state == state and not math.isnan(p.value) for p in points)
        parts.append(
            say.say(
                "chart.funnel.none" if not n else "chart.funnel.count",
                state=say.get(f"chart.funnel.words.{state}"),
                n=n,
            )
        )
    if unknown := sum(math.isnan(p.value) for p in points):
        parts.append(say.say("chart.funnel.unknown", n=unknown))
    facts = {"indicator": say.series_name(indicator, stratum), "n": len(points), "reference": told(reference)}
    goal = ""
    if target is not None and not math.isnan(target):
        goal = say.say("chart.funnel.target", target=f"{exact(target).normalize():f}{say.unit(indicator)}")
    return say.say("chart.funnel.alt", parts=_joined(say, parts), target=goal, **facts)


def slope_alt(say: Wording, rows: Sequence[SlopeRow], years: tuple[str, str], axis: str) -> str:
    """Return how many rows rose and fell between both years, and each with both values."""
    ways = Counter(_way(row.baseline, row.final) for row in rows)
    each = [
        say.say("chart.slope.one", name=row.label, baseline=row.baseline_text, final=row.final_text) for row in rows
    ]
    counts = {"up": ways["up"], "down": ways["down"], "same": ways["same"], "unknown": ways["unknown"]}
    facts = {"axis": axis, "first": years[0], "last": years[1], "n": len(rows), "each": _joined(say, each)}
    return say.say("chart.slope.alt", **facts, **counts)


def multiples_alt(say: Wording, panels: Sequence[Multiple], indicator: Indicator, axis: str, few: str) -> str:
    """Return the first and last value of every panel, with its verdict; `few` stands for those of too few events."""
    each = []
    for panel in panels:
        weak = panel.hidden or [False] * len(panel.years)
        drawn = zip(panel.years, panel.values, weak, strict=True)
        known = [(y, few if h else say.value(v, "", "", indicator)) for y, v, h in drawn if not math.isnan(v)]
        ends = [
            say.say("chart.alt_point", year=year, value=value) for year, value in dict.fromkeys(known[:1] + known[-1:])
        ]
        told = say.names(ends) if ends else say.get("verdict.no_data")
        state = say.get(f"verdict.{panel.state}") if panel.state else ""
        key = "one_judged" if state else "one"
        each.append(say.say(f"chart.multiples.{key}", name=panel.label, ends=told, state=state))
    return say.say("chart.multiples.alt", axis=axis, n=len(panels), each=_joined(say, each))


def tiles_alt(say: Wording, tiles: Sequence[Tile], words: Mapping[str, str]) -> str:
    """Return the state and text of every tile."""
    counts = _counted(say, "tiles", [tile.state for tile in tiles], words)
    each = [
        say.say("chart.tiles.one" if tile.text else "chart.tiles.bare", name=tile.label, text=tile.text)
        for tile in tiles
    ]
    facts = {"n": len(tiles), "states": counts, "each": say.names(each)}
    return say.say("chart.tiles.alt" if counts else "chart.tiles.alt_plain", **facts)


def _way(first: float, last: float) -> str:
    if math.isnan(first + last):
        return "unknown"
    return "up" if last > first else "down" if last < first else "same"


def _counted(say: Wording, kind: str, states: Sequence[str], words: Mapping[str, str]) -> str:
    """Return how often each state occurs, in the order of its words."""
    found = Counter(states)
    return say.names([say.say(f"chart.{kind}.state", state=words[s], n=found[s]) for s in words if found[s]])


def _joined(say: Wording, parts: Sequence[str]) -> str:
    return say.names([part for part in parts if part], "part_separator")
