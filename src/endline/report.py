"""All that a notebook may call: one region's report, or a round's summary."""

from functools import cached_property
from itertools import count

from endline.annexes import Annexes
from endline.charts import Charts
from endline.cover import cover_block
from endline.evaluation import tally
from endline.evaluation.tally import Tally
from endline.missing import summary_sentences
from endline.model import Outline, Round, Target, Verdict
from endline.narrative import Teller
from endline.numbers import rounded
from endline.params import Params
from endline.project import Project
from endline.store import Store
from endline.story import Block, Story, heading, prose, table, text
from endline.tables import Cells, Tables
from endline.wording import Wording


class Report:
    """One region's part of a round, told chapter by chapter; computes nothing, reads its own slice."""

    def __init__(self, params: Params, store: Store, round_id: str, region_code: str, language: str) -> None:
        self.round: Round = params.round(round_id)
        self.say = Wording(params.wording(language))
        self.language = language
        regions = params.regions(self.round.dataset)
        self.region = regions.get_known(region_code, "region_code")
        self.dataset = params.dataset(self.round.dataset)
        self.outlines: list[Outline] = [params.outline(outline_id) for outline_id in self.round.outlines]
        self.judgements = params.judgements(self.round)
        self.notes = params.notes(self.round, region_code)
        self.slice = store.slice(region_code)
        self.teller = Teller(self.round, self.region, regions, params.indicators, params.method, self.say)
        self.tables = Tables(
            self.teller, self.outlines, self.slice.evaluations, self.slice.measures, self.slice.observations
        )
        corner = self.say.get("simulated_mark") if self.dataset.simulated else ""
        self.charts = Charts(self.teller, self.slice.observations, corner)
        folder = params.project.raw(self.dataset.id)
        self.annexes = Annexes(self.tables, self.dataset, self.slice.issues, self.slice.digest, folder)

    @classmethod
    def load(cls, round_id: str, region_code: str, language: str = "zh") -> "Report":
        """Return the report of a region; observes and evaluates first where that is missing or stale."""
        project = Project.find()
        params = Params.of(project)
        return cls(params, Store.ensure(project, params, round_id), round_id, region_code, language)

    def cover(self) -> Story:
        """The title page."""
        facts = {
            "region": self.region.name,
            "first": self.outlines[0].first_year,
            "last": self.outlines[0].last_year,
        }
        title = self.say.say("cover.title", **facts)
        lines = [str(line).format(**facts) for line in self.say.get("cover.title_lines")]
        titles = (title, lines, self.say.say("cover.running_title", **facts))
        return self._story(
            cover_block(self.say, self.round, self.dataset, self.outlines, self.language, self.slice.digest, titles)
        )

    def summary(self) -> Story:
        """The one-page summary: counts that reconcile, the met, missed, unknown and pending by name."""
        say, evaluations = self.say, self.tables.evaluations
        counts = tally(self.slice.evaluations)
        stray = sum(e.counted for e in evaluations if e.verdict == Verdict.NOT_APPLICABLE)
        apart = sum(not e.counted for e in evaluations if e.verdict != Verdict.NOT_APPLICABLE)
        paragraphs = [heading(1, say.get("chapter.summary"))]
        if self.dataset.simulated:
            paragraphs.append(prose(say.get("summary.simulated")))
        paragraphs.append(
            prose(
                say.say(
                    "summary.total",
                    all=counts.all,
                    met=counts.met,
                    not_met=counts.not_met,
                    no_data=counts.no_data,
                    pending=counts.pending,
                ),
                self._rates(counts),
                say.say("summary.not_applicable", n=stray) if stray else "",
                say.say("summary.uncounted", n=apart) if apart else "",
            )
        )
        measured = [row for rows in self.tables.rows.values() for row in rows]
        missing = summary_sentences(self.teller, measured, self.slice.refused)
        paragraphs += [prose(*missing)] if missing else []
        names = []
        for verdict in (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.PENDING):
            own = [e for e in evaluations if e.verdict == verdict and e.counted]
            labels = [self.tables.by_key[e.target].label for e in own]
            if labels:
                names.append(prose(say.say(f"summary.{verdict}", names=say.names(labels, "target_separator"))))
            elif verdict == Verdict.NOT_MET and counts.judged:
                names.append(prose(say.get("summary.none_not_met")))
        header, rows = self._counts_table
        return self._story(
            text(*paragraphs, style="summary", new_page=True),
            text(table(header, rows, "lccccccc", [5, 3, 3, 4, 4, 3, 5, 5], say.get("summary.per_outline"))),
            text(*names, style="detail"),
        )

    def basis(self) -> Story:
        """What the evaluation rests on: documents, data, rules, statistics, limits."""
        say, method = self.say, self.teller.method
        documents = [say.say("method.basis_item", title=o.title, source=o.source) for o in self.outlines]
        tests = self.tables.tests
        corrected = say.say("method.tests", m=tests, alpha=method.alpha.value) if tests else say.get("method.no_tests")
        where = "sums" if self.dataset.simulated else "published"
        parts = {
            "basis": [say.say("method.basis_text", outlines=say.names(documents))],
            "scope": [
                say.say(
                    "method.scope_text",
                    region=self.region.name,
                    baseline=self.round.baseline_year,
                    final=self.round.final_year,
                    dataset=self.dataset.title,
                    publisher=self.dataset.publisher,
                ),
                say.get(f"method.scope_{where}"),
                say.get("method.scope_year"),
            ],
            "rules": [say.get("method.rules_text")],
            "statistics": [
                say.say(
                    "method.statistics_text",
                    confidence=self.teller.confidence,
                    points=method.minimum_trend_points.value,
                    events=method.minimum_trend_events.value,
                    tests=corrected,
                    hide=method.hide_rate_below_events.value,
                    last_unstable=method.unstable_below_events.value - 1,
                )
            ],
            "limits": [say.say("method.limits_text", hide=method.hide_rate_below_events.value)],
        }
        paragraphs = [heading(1, say.get("chapter.method"))]
        for key, sentences in parts.items():
            paragraphs += [heading(2, say.get(f"method.{key}")), prose(*sentences)]
        return self._story(text(*paragraphs, new_page=True))

    def overall(self) -> Story:
        """The counts by outline, and every target with its verdict."""
        say = self.say
        header, rows = self._counts_table
        counted = table(header, rows, "lccccccc", [5, 3, 3, 4, 4, 3, 5, 5], say.get("overall.caption_counts"))
        listed = table(
            [say.get(f"table.{n}") for n in ("outline", "clause", "target", "verdict", "note")],
            self.tables.verdicts(),
            "lllll",
            [5, 6, 18, 4, 8],
            say.get("overall.caption_list"),
        )
        return self._story(
            text(
                heading(1, say.get("chapter.overall")),
                heading(2, say.get("overall.counts")),
                counted,
                prose(self._rates(tally(self.slice.evaluations))),
            ),
            text(heading(2, say.get("overall.list")), listed),
        )

    def outline_chapters(self) -> Story:
        """A chapter an outline, a section a domain, a block a target: finding, chart, details."""
        blocks: list[Block] = []
        figures = count(1)
        for number, outline in enumerate(self.outlines, start=3):
            title = self.say.say("chapter.outline", n=self._numeral(number), outline=outline.title)
            blocks.append(text(heading(1, title)))
            domains = dict.fromkeys(target.domain for target in outline.targets)
            for n, domain in enumerate(domains, start=1):
                blocks.append(text(heading(2, f"（{self._numeral(n)}）{domain}")))
                own = [target for target in outline.targets if target.domain == domain]
                for place, target in enumerate(own, start=1):
                    blocks += self._target_blocks(place, target, figures)
        return self._story(*blocks)

    def open_targets(self) -> Story:
        """The targets that were missed, have no data or wait for a person's verdict; what the region says of them."""
        say = self.say
        title = say.say("chapter.open", n=self._numeral(3 + len(self.outlines)))
        rows = self.tables.open_targets()
        header = [say.get(f"table.{n}") for n in ("clause", "target", "verdict", "reason", "last")]
        body = (
            table(header, rows, "lllll", [7, 15, 4, 10, 9], say.get("caption.open"))
            if rows
            else prose(say.get("note.no_open"))
        )
        return self._story(text(heading(1, title), body), *self._notes_blocks())

    def _notes_blocks(self) -> list[Block]:
        """Return why targets were missed and what is done about it, in the region's own words."""
        say, rows = self.say, self.tables.notes(self.notes)
        if not rows:
            return []
        header = self.tables.header("target", "reason", "measure", "responsible", "deadline")
        listed = table(header, rows, "lllll", [11, 12, 12, 6, 5], say.get("caption.notes"))
        return [
            text(heading(2, say.get("missed.title")), listed),
            text(prose(say.get("note.notes")), style="small"),
        ]

    @cached_property
    def _counts_table(self) -> tuple[list[str], Cells]:
        header = self.tables.header(
            "outline", "all", "met", "not_met", "no_data", "pending", "attainment", "assessability"
        )
        own = self.slice.evaluations
        rows = [[o.short, *self._counts(tally(own[own["outline"] == o.id]))] for o in self.outlines]
        return header, [*rows, [self.say.get("table.all"), *self._counts(tally(own))]]

    def _target_blocks(self, place: int, target: Target, figures: "count[int]") -> list[Block]:
        say = self.say
        evaluation = self.tables.by_target[target.key]
        rows = self.tables.rows[target.key]
        title = say.say("chapter.target", n=place, label=target.label, clause=say.clause(target))
        if evaluation.verdict == Verdict.NOT_APPLICABLE:
            level = say.get(f"level.{self.region.level}")
            return [text(heading(3, title), prose(say.sentence(say.say("sentence.not_applicable", level=level))))]
        if target.kind == "qualitative":
            judgement = self.judgements.get((self.region.code, target.key))
            return [text(heading(3, title), prose(self.teller.qualitative(evaluation.verdict, judgement)))]
        finding = self.teller.finding(target, evaluation.verdict, evaluation.reason, rows)
        blocks = [text(heading(3, title)), text(prose(finding), style="finding")]
        observed = [row for row in rows if row.last_year >= 0]
        blocks += [self.charts.block(next(figures), target, row, evaluation.verdict) for row in observed]
        details = self.teller.details(rows) + "".join(map(self.tables.strata, rows))
        return [*blocks, text(prose(details), style="detail")] if details else blocks

    def _rates(self, counts: Tally) -> str:
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

    def _counts(self, counts: Tally) -> list[str]:
        none = str(self.say.get("missing"))
        numbers = [str(n) for n in (counts.all, counts.met, counts.not_met, counts.no_data, counts.pending)]
        return numbers + [
            none if rate is None else rounded(rate, 1) for rate in (counts.attainment, counts.assessability)
        ]

    def _numeral(self, number: int) -> str:
        return str(self.say.get("chapter.numerals")[number])

    def _story(self, *blocks: Block) -> Story:
        return Story(self.region.code, self.slice.digest, blocks)
