"""All that a region's notebook may call: its report, chapter by chapter."""

from collections.abc import Iterable, Sequence
from itertools import count

from endline.chapters.annexes import Annexes
from endline.chapters.basics import basics
from endline.chapters.claims import claims
from endline.chapters.cover import cover_block
from endline.chapters.difficult import difficult
from endline.chapters.due import before_due
from endline.chapters.front import sign_off, summary
from endline.chapters.gaps import gaps
from endline.chapters.indicators import Indicators
from endline.chapters.method import method
from endline.chapters.overall import overall
from endline.chapters.problems import problems, proposed
from endline.chapters.qualitative import qualitative
from endline.chapters.sources import source_rows
from endline.chapters.tasks import tasks
from endline.chapters.telling import Telling
from endline.charts import Charts
from endline.figure_list import figures_block
from endline.model import Outline, Round
from endline.narrative import Teller
from endline.params import Params
from endline.project import Project
from endline.revised import revision_rows
from endline.store import Store
from endline.story import Block, Story
from endline.tables import Tables
from endline.translated import in_language
from endline.wording import Wording


class Report:
    """One region's part of a round, told chapter by chapter; computes nothing, reads its own slice.

    The notebook has a cell for each of its three parts, since each cell costs; every chapter can be called by itself.
    """

    def __init__(self, params: Params, store: Store, round_id: str, region_code: str, language: str) -> None:
        params = in_language(params, language)
        self.round = params.round(round_id)
        self.say = Wording(params.wording(language))
        self.language = language
        regions = params.regions(self.round.dataset)
        self.region = regions.get_known(region_code, "region_code")
        dataset = params.dataset(self.round.dataset)
        outlines = [params.outline(outline_id) for outline_id in self.round.outlines]
        self._following = [params.outline(outline_id) for outline_id in self.round.next_outlines]
        self._tiles = params.tiles(tuple(region.code for region in regions.children(region_code)))
        self.slice = store.slice(region_code)
        teller = Teller(self.round, self.region, regions, params.indicators, params.method, self.say)
        self.tables = Tables(teller, outlines, self.slice)
        corner = self.say.get("simulated_mark") if dataset.simulated else ""
        self.telling = Telling(
            teller,
            self.tables,
            Charts(teller, self.slice.rows["observations"], corner),
            self.slice,
            dataset,
            outlines,
            params.judgements(self.round),
            params.notes(self.round, region_code),
            _chapters(self.round, outlines, dataset.simulated),
        )
        sources = source_rows(dataset, params.project.raw(dataset.id), self.tables.printed(), self.say)
        revisions = revision_rows(self.slice.rows["revisions"], params.indicators, params.forms, self.say)
        self._annexes = Annexes(self.telling, sources, revisions)

    @classmethod
    def load(cls, round_id: str, region_code: str, language: str = "zh") -> "Report":
        """Return the report of a region; observes and evaluates first where that is missing or stale."""
        project = Project.find()
        params = Params.of(project)
        return cls(params, Store.ensure(project, params, round_id), round_id, region_code, language)

    def front_matter(self) -> Story:
        """The title page, the page of signatures and the summary."""
        return self._joined(self.cover(), self.sign_off(), self.summary())

    def chapters(self) -> Story:
        """All chapters, from the region's basic conditions to what it proposes."""
        return self._joined(
            self.basics(),
            self.method(),
            self.overall(),
            self.outline_chapters(),
            self.gaps(),
            self.tasks(),
            self.open_targets(),
            self.problems(),
            self.proposals(),
        )

    def back_matter(self) -> Story:
        """The annexes, and the figures behind the report as data."""
        return self._joined(self.annexes(), self.figures())

    def cover(self) -> Story:
        """The title page."""
        t, outlines = self.telling, self.telling.outlines
        facts = {"region": self.region.name, "first": outlines[0].first_year, "last": outlines[0].last_year}
        lines = [str(line).format(**facts) for line in self.say.get("cover.title_lines")]
        titles = (self.say.say("cover.title", **facts), lines, self.say.say("cover.running_title", **facts))
        if self.round.subject:
            lines = [self.region.name, self.round.subject, self.say.get(f"due.cover.{self.round.kind}")]
            title = str(self.say.get("title_separator")).join(lines)
            titles = (title, lines, title)
        block = cover_block(self.say, self.round, t.dataset, outlines, self.language, self.slice.digest, titles)
        return self._story([block])

    def sign_off(self) -> Story:
        """The page of signatures and seals."""
        return self._story(sign_off(self.telling))

    def summary(self) -> Story:
        """The one-page summary."""
        return self._story(summary(self.telling))

    def basics(self) -> Story:
        """The region's basic conditions."""
        return self._story(basics(self.telling))

    def method(self) -> Story:
        """How the evaluation was done: documents, data, rules, statistics, limits."""
        return self._story(method(self.telling))

    def overall(self) -> Story:
        """The counts by outline, and every target with its verdict."""
        t = self.telling
        return self._story([*overall(t), *before_due(t)] if t.tables.by_key else [])

    def outline_chapters(self) -> Story:
        """A chapter an outline, a section a domain, a block a target."""
        indicators = Indicators(self.telling)
        told = [block for outline in self.telling.outlines if outline.targets for block in indicators.chapter(outline)]
        return self._story([*told, *claims(self.telling)])

    def gaps(self) -> Story:
        """How the regions below the region differ, and its town and country."""
        t = self.telling
        return self._story(gaps(t, self._tiles, count(Indicators(t).next_figure)) if t.tables.by_key else [])

    def tasks(self) -> Story:
        """The qualitative targets and the tasks, with the evidence of those who judged them."""
        return self._story([*qualitative(self.telling), *tasks(self.telling)])

    def open_targets(self) -> Story:
        """The targets that were missed, have no data or wait for a person's verdict; what the region says of them."""
        return self._story(difficult(self.telling) if self.telling.tables.by_key else [])

    def problems(self) -> Story:
        """The problems that the figures show, and the region's own words on them."""
        return self._story(problems(self.telling))

    def proposals(self) -> Story:
        """What the region proposes, and where it stands against the outlines of the following term."""
        return self._story(proposed(self.telling, self._following))

    def annexes(self) -> Story:
        """All annexes."""
        return self._story(self._annexes.all())

    def figures(self) -> Story:
        """The figures behind the report as data, for the formats that hold tables."""
        t = self.telling
        return self._story([figures_block(t.teller, t.outlines, t.slice, simulated=t.dataset.simulated)])

    def _joined(self, *stories: Story) -> Story:
        return self._story(block for story in stories for block in story)

    def _story(self, blocks: Iterable[Block]) -> Story:
        return Story(self.region.code, self.slice.digest, list(blocks))


def _chapters(round_: Round, outlines: Sequence[Outline], simulated: bool) -> list[str]:
    """Return the names of the chapters of a round's reports: what its documents have, and what its kind asks."""
    measured = [outline.id for outline in outlines if outline.targets]
    stated = not simulated and any(outline.statements for outline in outlines)
    asked = {
        "basics": True,
        "method": True,
        "overall": measured,
        "due": measured and not round_.is_final,
        **dict.fromkeys(measured, True),
        "claims": stated,
        "gaps": measured,
        "tasks": True,
        "open": measured,
        "problems": True,
        "proposals": True,
    }
    return [name for name, wanted in asked.items() if wanted]
