"""Chapters: an outline each, a section a domain, a block a target: finding, chart, three aspects, all years."""

from collections.abc import Iterator
from itertools import count

from endline.chapters.overall import figures
from endline.chapters.telling import Telling
from endline.figures import PANEL
from endline.model import Outline, Target, Verdict
from endline.narrative import Row
from endline.story import Block, heading, prose, table, text

YEARS_A_TABLE = 11  # as many columns as a line has room for: of a longer term the baseline and the last years


class Indicators:
    """The outlines' chapters; a series that two targets rest on is shown once."""

    def __init__(self, telling: Telling) -> None:
        self.t, self.say = telling, telling.say
        self._first = figures(telling) + 1  # the number of these chapters' first chart
        self._numbers = count(self._first)
        self._shown: dict[tuple[str, str], str] = {}  # series: the clause of the target that shows it

    def chapter(self, outline: Outline) -> Iterator[Block]:
        """Give the blocks of an outline's chapter."""
        yield text(self.t.title(outline.id))
        domains = dict.fromkeys(target.domain for target in outline.targets)
        for n, domain in enumerate(domains, start=1):
            yield text(self.t.section(n, domain))
            place = count(1)
            apart: dict[str, list[str]] = {"qualitative": [], "not_applicable": []}
            for target in outline.targets:
                if target.domain != domain:
                    continue
                if self.t.tables.by_target[target.key].verdict == Verdict.NOT_APPLICABLE:
                    apart["not_applicable"].append(target.label)
                elif target.kind == "qualitative":
                    apart["qualitative"].append(target.label)
                else:
                    yield from self._target(next(place), target)
            for kind, labels in apart.items():
                if labels:
                    names = self.say.names(labels, "target_separator")
                    facts = {"n": len(labels), "names": names, "level": self.say.get(f"level.{self.t.region.level}")}
                    told = self.say.say(f"sentence.{kind}", **facts, chapter=self.t.chapter("tasks"))
                    yield text(prose(told), style="detail")

    @property
    def next_figure(self) -> int:
        """The number of the first chart after these chapters: each observed series has one."""
        return self._first + len(self.t.tables.charted)

    def _target(self, place: int, target: Target) -> Iterator[Block]:
        evaluation, rows = self.t.tables.by_target[target.key], self.t.tables.rows[target.key]
        title = self.say.say("chapter.target", n=place, label=target.label, clause=self.say.clause(target))
        finding = self.t.teller.finding(target, evaluation.verdict, evaluation.reason, rows)
        if not target.counted:
            finding += self.say.sentence(self.say.get("sentence.uncounted"))
        yield text(heading(3, title), prose(finding), style="finding")
        for row in rows:
            if row.last_year >= 0:
                yield from self._series(target, row, evaluation.verdict)

    def _series(self, target: Target, row: Row, verdict: str) -> Iterator[Block]:
        key = (row.indicator_id, row.stratum)
        aspects = [
            prose(self.say.say("sentence.aspect", name=self.say.get(f"aspect.{name}"), text=sentences))
            for name, sentences in self.t.teller.aspects(row).items()
        ]
        strata = self.t.tables.strata(row)
        if key in self._shown:
            yield text(prose(self.say.say("sentence.shown", where=self._shown[key])), *aspects, style="aspects")
            return
        if not target.counted:  # what stands apart from the counts is told without a chart
            yield text(*aspects, style="aspects")
            return
        self._shown[key], number = self.say.clause(target), next(self._numbers)
        yield self.t.charts.block(number, target, row, verdict, PANEL)
        yield text(*aspects, prose(strata), style="beside")
        years = list(self.t.round.years)
        years = [years[0], *years[1:][-(YEARS_A_TABLE - 1) :]]
        header = [self.say.say("chart.number", n=number), *map(str, years)]
        rows = self.t.tables.yearly(*key, years)
        yield text(table(header, rows, "l" + "r" * len(years), [9, *[5] * len(years)]), style="mini")
        if len(self._shown) == 1:  # how all charts are read
            facts = {"confidence": self.t.teller.confidence, "hide": self.t.teller.method.hide_rate_below_events.value}
            yield text(prose(self.say.say("chart.series.note", **facts)), style="small")
