"""The annexes: every figure, test, definition, source and check behind the chapters."""

from collections.abc import Sequence

from endline import __version__
from endline.behind import behind
from endline.chapters.qualitative import judged_by_persons
from endline.chapters.telling import Telling
from endline.model import Target, Task
from endline.quality import quality_blocks
from endline.revised import COLUMNS
from endline.story import Block, Part, heading, prose, table, text
from endline.tables import Cells

LINE = 442  # points
ORDER = (
    "targets",
    "trends",
    "values",
    "definitions",
    "wording",
    "sources",
    "issues",
    "quality",
    "proofs",
    "reproduce",
    "versions",
)
WITHOUT_TARGETS = ("proofs", "reproduce", "versions")  # of documents that list tasks alone


class Annexes:
    """The annexes of one region's report, in the order of their numbers; rows of sources and revisions come ready."""

    def __init__(self, telling: Telling, sources: Cells, revisions: Cells) -> None:
        self.t, self.say, self.tables, self._sources = telling, telling.say, telling.tables, sources
        self._revisions = revisions

    def all(self) -> list[Block]:
        """Return all annexes, one after the other."""
        return [block for name in self._order for block in getattr(self, name)()]

    @property
    def _order(self) -> Sequence[str]:
        return ORDER if self.tables.by_key else WITHOUT_TARGETS

    def targets(self) -> list[Block]:
        """Baseline, final value with its interval, change and verdict of every target."""
        header = self.tables.header(
            "clause", "indicator", "demanded", "baseline", "final", "interval", "units", "change", "percent",
            "targeted", "verdict",
        )  # fmt: skip
        widths = [14, 24, 14, 8, 8, 15, 6, 5, 5, 6, 6]
        blocks = self._annex("targets", header, self.tables.targets(), "lllrrrrrrrl", widths, landscape=True)
        header, rows = behind(self.tables)
        if rows:  # what is said of few targets is many columns: they stand in the workbook
            align = "ll" + "r" * (len(header) - 2)
            part = table(header, rows, align, [12, 21, *[8] * (len(header) - 2)], self.say.get("behind.caption"))
            blocks.append(text(part, style="sheet", landscape=True))
        return blocks

    def trends(self) -> list[Block]:
        """Every trend test with the reason for it or against it, the checks beside it, and what would follow."""
        say, trends = self.say, self.tables.trends
        tests = trends.tests()
        if not tests:
            return self._annex("trends", [], [], "", [], note="no_trends")
        h, m = self.tables.header, self.tables.tests
        first, last = self.t.round.baseline_year, self.t.round.final_year
        tables = [
            (
                h("indicator", "test", "why", "n", "size", "size_interval", "odds", "phi", "p", "p_adjusted", "state"),
                tests,
                "lllrrrrrrrl",
                [25, 9, 9, 4, 8, 15, 6, 6, 7, 7, 8],
                say.say("caption.trends", m=m),
            ),
            (
                [
                    *h("indicator", "S", "p", "slope", "slope_interval", "p_prewhitened", "eapc", "joinpoint",
                       "joinpoint_p", "recent", "events", "denominator"),
                    *(say.say(f"behind.{name}", confidence=self.t.teller.confidence)
                      for name in ("detectable", "before", "after")),
                ],
                trends.checks(),
                "lrrrrrrrrlrrrrr",
                [25, 5, 7, 8, 15, 7, 7, 7, 7, 8, 7, 9, 7, 15, 15],
                say.get("caption.trend_checks"),
            ),
            (
                h("indicator", "year", "projected_by", "projected", "projected_interval"),
                trends.projections(),
                "lclrr",
                [24, 6, 20, 16, 24],
                say.say("caption.projections", first=first, last=last),
            ),
        ]  # fmt: skip
        blocks = [text(self._title("trends"), style="annex", landscape=True)]
        for n, (head, rows, align, widths, caption) in enumerate(tables):
            if rows:  # the checks beside the tests are many columns that few read: they stand in the workbook
                part = table(head, rows, align, widths, caption)
                blocks.append(text(part, style="sheet" if n else "annex", landscape=True))
        power = f"{100 * self.t.teller.method.power.value:g}"
        return [*blocks, text(prose(say.say("note.trends", power=power)), style="small", landscape=True)]

    def values(self) -> list[Block]:
        """Every observed value of the term; events and denominators stand below the charts and in the workbook."""
        years, rows = list(self.t.round.years), self.tables.values(counts=False)
        header, align = [*self.tables.header("indicator"), *map(str, years)], "l" + "r" * len(years)
        year = 4 * max((len(cell) for row in rows for cell in row[1:]), default=0) + 3  # points: names have the rest
        widths = [max(60, LINE - len(years) * year), *[year] * len(years)]
        first, last = years[0], years[-1]
        blocks = self._annex(
            "values",
            header,
            rows,
            align,
            widths,
            style="mini",
            caption=self.say.say("caption.values", first=first, last=last),
            note="values" if rows else "no_values",
        )
        caption = self.say.say("caption.values_counted", first=first, last=last)
        return blocks + self._sheet(header, self.tables.values(), align, widths, caption)

    def definitions(self) -> list[Block]:
        """The definition, unit and source system of every indicator; by name those of which neither is known."""
        header = self.tables.header("indicator", "unit", "definition", "stream", "definition_status")
        widths = [11, 5, 24, 20, 9]
        every, unknown = self.tables.definitions(), self.tables.undefined()
        blocks = self._annex("definitions", header, [row for row in every if row[0] not in unknown], "lllll", widths)
        if not unknown:
            return blocks
        note = prose(self.say.say("note.definitions", names=self.say.names(unknown)))
        caption = self.say.get("caption.every_definition")
        return [*blocks, text(note, style="small"), *self._sheet(header, every, "lllll", widths, caption)]

    def wording(self) -> list[Block]:
        """Which wordings of the targets were seen in the document itself, clauses of one status together."""
        header, rows = self.tables.header("outline", "clause", "wording", "note"), self.tables.wording_by_status()
        unseen = any(target.wording == "UNVERIFIED" for target in self.tables.by_key.values())
        blocks = self._annex("wording", header, rows, "llll", [7, 26, 9, 22], note="wording" if unseen else "")
        header = self.tables.header("outline", "clause", "target", "wording", "note")
        caption = self.say.get("caption.every_wording")
        return blocks + self._sheet(header, self.tables.wording(), "lllll", [7, 8, 22, 9, 18], caption)

    def sources(self) -> list[Block]:
        """Where the figures come from, and which of them a later vintage replaced."""
        header = self.tables.header("number", "source", "publisher", "date", "extent")
        note = "" if self._sources else "no_values"
        blocks = self._annex("sources", header, self._sources, "lllll", [8, 21, 12, 8, 16], note=note)
        if not self._revisions:
            return blocks
        header = [self.say.get(f"revision.{name}") for name in COLUMNS]
        listed = table(header, self._revisions, "lllrlrr", [16, 4, 6, 8, 6, 8, 8], self.say.get("revision.caption"))
        return [*blocks, text(listed, style="annex")]

    def issues(self) -> list[Block]:
        """What the checks of this region's data found."""
        rows = [
            [
                i.rule,
                self.say.get(f"issue_level.{i.level}"),
                self.say.told(i.name),
                f"{i.file} {i.sheet} {i.cell}",
                i.found,
                self.say.told(i.expected),
                self.say.told(i.action),
            ]
            for i in self.t.slice.rows["issues"]
        ]
        header = self.tables.header("rule", "level", "item", "place", "found", "expected", "action")
        note = "issues" if rows else "no_issues"
        return self._annex("issues", header, rows, "lllllll", [4, 4, 8, 18, 13, 9, 9], note=note)

    def quality(self) -> list[Block]:
        """How complete and consistent the figures are, which rules they broke, and what was corrected."""
        return [text(self._title("quality")), *quality_blocks(self.t.teller, self.t.slice)]

    def proofs(self) -> list[Block]:
        """The evidence behind the verdicts that persons gave."""
        rows: list[list[str]] = []
        tasks = [task for outline in self.t.outlines for task in outline.tasks]
        judged: list[Target | Task] = [*judged_by_persons(self.t), *tasks]
        for one in judged:
            if judgement := self.t.judgements.get((self.t.region.code, one.key)):
                told = [judgement.evidence, judgement.unit, judgement.date.isoformat()]
                rows.append([str(len(rows) + 1), one.label, *told])
        header = self.tables.header("number", "task", "evidence_of", "responsible", "date")
        return self._annex("proofs", header, rows, "cllll", [4, 18, 22, 9, 8], note="" if rows else "no_proofs")

    def reproduce(self) -> list[Block]:
        """How to make the same report again, byte for byte."""
        say, round_ = self.say, self.t.round
        facts = {
            "round": round_.id,
            "region": self.t.region.code,
            "dataset": f"{self.t.dataset.id} {self.t.dataset.title}",
            "years": say.years(round_.years),
            "digest": self.t.slice.digest,
            "version": f"endline {__version__}",
            "issued": round_.issued.isoformat(),
        }
        rows = [[say.get(f"reproduce.{key}"), value] for key, value in facts.items()]
        command = say.say("reproduce.command", round=round_.id, code=self.t.region.code)
        before = [prose(say.get("reproduce.text")), prose(command)]
        return self._annex("reproduce", self.tables.header("item", "content"), rows, "ll", [4, 13], before=before)

    def versions(self) -> list[Block]:
        """The versions that were handed in, with what was changed in each."""
        rows = [
            [str(number), version.date.isoformat(), version.change]
            for number, version in enumerate(self.t.notes.versions, start=1)
        ]
        first = [["1", self.t.round.issued.isoformat(), self.say.get("first_version")]]
        header = self.tables.header("number", "date", "content")
        return self._annex("versions", header, rows or first, "cll", [4, 9, 30])

    def _sheet(
        self, header: Sequence[str], rows: Cells, align: str, widths: Sequence[int], caption: str
    ) -> list[Block]:
        """Return a table for the workbook alone; none without rows."""
        return [text(table(header, rows, align, widths, caption), style="sheet")] if rows else []

    def _title(self, name: str) -> Part:
        number = self._order.index(name) + 1
        return heading(1, self.say.say("chapter.annex", n=number, name=self.say.get(f"annex.{name}")))

    def _annex(
        self,
        name: str,
        header: Sequence[str],
        rows: Cells,
        align: str,
        widths: Sequence[int],
        *,
        landscape: bool = False,
        style: str = "annex",
        caption: str = "",
        note: str = "",
        before: Sequence[Part] = (),
    ) -> list[Block]:
        say, wide = self.say, landscape and bool(rows)
        body = [table(header, rows, align, widths, caption or say.get(f"caption.{name}"))] if rows else []
        blocks = [text(self._title(name), *before, *body, style=style, new_page=wide, landscape=wide)]
        if note:
            blocks.append(text(prose(say.get(f"note.{note}")), style="small", landscape=wide))
        return blocks
