"""What all chapters of one region's report are told from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from endline.charts import Charts
from endline.evaluation import tally
from endline.evaluation.tally import NAMED, Tally
from endline.model import Dataset, Judgement, Notes, Outline, Region, Round
from endline.narrative import Teller
from endline.numbers import rounded
from endline.store import Slice
from endline.story import Part, heading
from endline.tables import Tables
from endline.wording import Wording


@dataclass(frozen=True)
class Telling:
    """One region's part of a round: its figures, the words for them, and what persons wrote.

    `chapters` are the names of the numbered chapters in their order; an outline's id stands for its chapter.
    """

    teller: Teller
    tables: Tables
    charts: Charts
    slice: Slice
    dataset: Dataset
    outlines: Sequence[Outline]
    judgements: Mapping[tuple[str, str], Judgement]
    notes: Notes
    chapters: Sequence[str]

    @property
    def say(self) -> Wording:
        """The templates of the report's language."""
        return self.teller.say

    @property
    def round(self) -> Round:
        """The round that the report belongs to."""
        return self.teller.round

    @property
    def region(self) -> Region:
        """The region that the report is of."""
        return self.teller.region

    @cached_property
    def counts(self) -> Tally:
        """The region's counted targets by verdict."""
        return tally(self.tables.evaluations)

    def counts_of(self, outline: Outline) -> Tally:
        """Return the counted targets of one outline by verdict."""
        return tally(e for e in self.tables.evaluations if e.outline == outline.id)

    def chapter(self, name: str) -> str:
        """Return a chapter's title with its number."""
        titles = {outline.id: self.say.say("chapter.outline", outline=outline.title) for outline in self.outlines}
        title = titles.get(name) or self.say.get(f"chapter.{name}")
        number = self.say.get("chapter.numerals")[self.chapters.index(name) + 1]
        return self.say.say("chapter.numbered", n=number, title=title)

    def title(self, name: str) -> Part:
        """Return a chapter's heading."""
        return heading(1, self.chapter(name))

    def section(self, number: int, name: str) -> Part:
        """Return the heading of a section within a chapter."""
        return heading(2, self.say.say("chapter.section", n=self.say.get("chapter.numerals")[number], title=name))

    def rates(self, counts: Tally) -> str:
        """Return the sentence with both rates and their formulas."""
        if not self.round.is_final:
            return str(self.say.get(f"due.rates.{self.round.kind}"))
        assessability = rounded(counts.assessability or 0.0, 1)
        if counts.attainment is None:
            return self.say.say("summary.no_attainment", all=counts.all, assessability=assessability)
        return self.say.say(
            "summary.attainment",
            met=counts.met,
            not_met=counts.not_met,
            all=counts.all,
            rate=rounded(counts.attainment, 1),
            assessability=assessability,
        )

    def counts_cells(self, counts: Tally) -> list[str]:
        """Return the cells of a row of counts with both rates."""
        none = str(self.say.get("missing"))
        numbers = [str(counts.all), *(str(getattr(counts, field)) for field in NAMED[self.round.kind])]
        rates = (counts.attainment, counts.assessability)[: 7 - len(numbers)]
        return numbers + [none if rate is None else rounded(rate, 1) for rate in rates]

    @cached_property
    def counts_table(self) -> tuple[list[str], list[list[str]]]:
        """The header and the rows of the counts by outline, with their sum."""
        kind, rates = self.round.kind, ["attainment", "assessability"]
        if self.round.is_final:
            header = self.tables.header("outline", "all", *NAMED[kind], *rates)
        else:
            named = [self.say.get(f"verdict.{verdict}") for verdict in NAMED[kind].values()]
            rated = [self.say.get(f"due.{rate}") for rate in rates][: 6 - len(named)]
            header = [*self.tables.header("outline", "all"), *named, *rated]
        rows = [[o.short, *self.counts_cells(self.counts_of(o))] for o in self.outlines]
        if len(self.outlines) > 1:
            rows.append([self.say.get("table.all"), *self.counts_cells(self.counts)])
        return header, rows
