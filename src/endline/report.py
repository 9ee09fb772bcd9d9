"""All that a notebook may call: one region's report, or a round's summary."""

import math
from collections.abc import Sequence

from endline import __version__
from endline.cover import cover_block
from endline.evaluation import tally
from endline.evaluation.tally import Tally
from endline.figures import Line, Mark, series_chart
from endline.intake.tables import read_table
from endline.model import Outline, Round, Target, Verdict
from endline.narrative import Row, Teller
from endline.numbers import exact, rounded
from endline.params import Params
from endline.project import Project
from endline.stats import binomial_interval, poisson_interval
from endline.store import Store
from endline.story import Block, Story, chart, heading, prose, table, text
from endline.tables import Cells, Tables, ranges
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
        self.slice = store.slice(region_code)
        self.inputs = store.meta("inputs")
        self.teller = Teller(self.round, self.region, regions, params.indicators, params.method, self.say)
        self.tables = Tables(self.teller, self.outlines, self.slice.evaluations, self.slice.measures,
                             self.slice.observations)  # fmt: skip
        self._params = params
        self._figures = 0

    @classmethod
    def load(cls, round_id: str, region_code: str, language: str = "zh") -> "Report":
        """Return the report of a region; observes and evaluates first where that is missing or stale."""
        project = Project.find()
        params = Params(project)
        return cls(params, Store.ensure(project, params, round_id), round_id, region_code, language)

    def cover(self) -> Story:
        """The title page."""
        facts = {"region": self.region.name, "first": self.outlines[0].first_year, "last": self.outlines[0].last_year}
        title = self.say.say("cover.title", **facts)
        lines = [str(line).format(**facts) for line in self.say.get("cover.title_lines")]
        titles = (title, lines, self.say.say("cover.running_title", **facts))
        return self._story(cover_block(self.say, self.round, self.dataset, self.outlines, self.language,
                                       self.slice.digest, titles))  # fmt: skip

    def summary(self) -> Story:
        """The one-page summary: counts that reconcile, the met, missed, unknown and pending by name."""
        say, evaluations = self.say, self.slice.evaluations
        counts = tally(evaluations)
        other = evaluations[evaluations["verdict"] == Verdict.NOT_APPLICABLE]
        stray = int(other["counted"].sum())
        apart = int((~evaluations["counted"]).sum() - (~other["counted"]).sum())
        paragraphs = [heading(1, say.get("chapter.summary"))]
        if self.dataset.simulated:
            paragraphs.append(prose(say.get("summary.simulated")))
        paragraphs.append(prose(
            say.say("summary.total", all=counts.all, met=counts.met, not_met=counts.not_met, no_data=counts.no_data,
                    pending=counts.pending),
            self._rates(counts),
            say.say("summary.not_applicable", n=stray) if stray else "",
            say.say("summary.uncounted", n=apart) if apart else "",
        ))  # fmt: skip
        for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.PENDING):
            own = evaluations[(evaluations["verdict"] == verdict) & evaluations["counted"]]
            names = [self.tables.targets[key].label for key in own["target"]]
            if names:
                paragraphs.append(prose(say.say(f"summary.{verdict}", names=say.names(names, "target_separator"))))
            elif verdict == Verdict.NOT_MET and counts.judged:
                paragraphs.append(prose(say.get("summary.none_not_met")))
        return self._story(text(*paragraphs, style="summary", new_page=True))

    def basis(self) -> Story:
        """What the evaluation rests on: documents, data, rules, statistics, limits."""
        say, method = self.say, self.teller.method
        documents = [say.say("method.basis_item", title=o.title, source=o.source) for o in self.outlines]
        tests = int(self.slice.measures["trend_m"].max()) if len(self.slice.measures) else 0
        where = "sums" if self.dataset.simulated else "published"
        parts = {
            "basis": [say.say("method.basis_text", outlines=say.names(documents))],
            "scope": [
                say.say("method.scope_text", region=self.region.name, baseline=self.round.baseline_year,
                        final=self.round.final_year, dataset=self.dataset.title, publisher=self.dataset.publisher),
                say.get(f"method.scope_{where}"), say.get("method.scope_year"),
            ],
            "rules": [say.get("method.rules_text")],
            "statistics": [say.say(
                "method.statistics_text", confidence=self.teller.confidence, points=method.minimum_trend_points.value,
                m=tests, alpha=method.alpha.value, hide=method.hide_rate_below_events.value,
                last_unstable=method.unstable_below_events.value - 1)],
            "limits": [say.get("method.limits_text")],
        }  # fmt: skip
        paragraphs = [heading(1, say.get("chapter.method"))]
        for key, sentences in parts.items():
            paragraphs += [heading(2, say.get(f"method.{key}")), prose(*sentences)]
        return self._story(text(*paragraphs, new_page=True))

    def overall(self) -> Story:
        """The counts by outline, and every target with its verdict."""
        say = self.say
        header = [say.get(f"table.{name}") for name in ("outline", "all", "met", "not_met", "no_data", "pending",
                                                         "attainment", "assessability")]  # fmt: skip
        rows = []
        for outline in self.outlines:
            own = self.slice.evaluations[self.slice.evaluations["outline"] == outline.id]
            rows.append([outline.short, *self._counts(tally(own))])
        rows.append([say.get("table.all"), *self._counts(tally(self.slice.evaluations))])
        counted = table(header, rows, "lccccccc", [5, 3, 3, 4, 4, 3, 5, 5], say.get("overall.caption_counts"))
        listed = table([say.get(f"table.{n}") for n in ("outline", "clause", "target", "verdict", "note")],
                       self.tables.list_targets(), "lllll", [5, 6, 18, 4, 8], say.get("overall.caption_list"))  # fmt: skip
        return self._story(
            text(heading(1, say.get("chapter.overall")), heading(2, say.get("overall.counts")), counted,
                 prose(self._rates(tally(self.slice.evaluations)))),
            text(heading(2, say.get("overall.list")), listed),
        )  # fmt: skip

    def outline_chapters(self) -> Story:
        """A chapter an outline, a section a domain, a block a target: finding, chart, details."""
        blocks: list[Block] = []
        for number, outline in enumerate(self.outlines, start=3):
            title = self.say.say("chapter.outline", n=self._numeral(number), outline=outline.title)
            blocks.append(text(heading(1, title), new_page=True))
            domains = dict.fromkeys(target.domain for target in outline.targets)
            for n, domain in enumerate(domains, start=1):
                blocks.append(text(heading(2, f"（{self._numeral(n)}）{domain}")))
                own = [target for target in outline.targets if target.domain == domain]
                for place, target in enumerate(own, start=1):
                    blocks += self._target_blocks(place, target)
        return self._story(*blocks)

    def open_targets(self) -> Story:
        """The targets that were missed, have no data or wait for a person's verdict."""
        say = self.say
        title = say.say("chapter.open", n=self._numeral(3 + len(self.outlines)))
        rows = self.tables.open_table()
        header = [say.get(f"table.{n}") for n in ("clause", "target", "verdict", "reason", "last")]
        body = table(header, rows, "lllll", [7, 16, 4, 8, 8], say.get("caption.open")) if rows else (
            prose(say.get("note.no_open")))  # fmt: skip
        return self._story(text(heading(1, title), body, new_page=True))

    def annex_targets(self) -> Story:
        """Annex: baseline, final value, change and verdict of every target."""
        header = self._header("clause", "indicator", "demanded", "baseline", "final", "change", "percent", "targeted",
                              "verdict")  # fmt: skip
        return self._annex(1, "targets", header, self.tables.targets_table(), "lllrrrrrl",
                           [8, 15, 11, 8, 8, 7, 7, 7, 6], landscape=True)  # fmt: skip

    def annex_values(self) -> Story:
        """Annex: every observed value of the term."""
        years = list(self.round.years)
        header = [self.say.get("table.indicator"), *map(str, years)]
        caption = self.say.say("caption.values", first=years[0], last=years[-1])
        rows = self.tables.values_table()
        return self._annex(2, "values", header, rows, "l" + "r" * len(years), [18, *[7] * len(years)], landscape=True,
                           caption=caption, note="values" if rows else "no_values")  # fmt: skip

    def annex_counts(self) -> Story:
        """Annex: events, denominators and exact intervals of baseline and final year."""
        header = self._header("indicator", "year", "events", "denominator", "value", "interval", "extent")
        header[-1] = "n/N"
        rows = self.tables.counts_table()
        return self._annex(3, "counts", header, rows, "lrrrrrr", [14, 4, 6, 7, 7, 11, 6],
                           note="subunits" if rows else "no_counts")  # fmt: skip

    def annex_trends(self) -> Story:
        """Annex: every trend test, with the reason where none was made."""
        rows, m = self.tables.trends_table()
        header = self._header("indicator", "n", "S", "p", "p_adjusted", "slope", "slope_interval", "state")
        return self._annex(4, "trends", header, rows, "lrrrrrrl", [14, 4, 5, 6, 6, 7, 13, 6],
                           caption=self.say.say("caption.trends", m=m), note="" if rows else "no_trends")  # fmt: skip

    def annex_definitions(self) -> Story:
        """Annex: the definition, unit and source system of every indicator."""
        header = self._header("indicator", "unit", "definition", "stream", "definition_status")
        return self._annex(5, "definitions", header, self.tables.definitions_table(), "lllll", [10, 5, 22, 16, 8],
                           landscape=True)  # fmt: skip

    def annex_wording(self) -> Story:
        """Annex: which wordings of the targets were seen in the document itself."""
        header = self._header("outline", "clause", "target", "wording", "note")
        return self._annex(6, "wording", header, self.tables.wording_table(), "lllll", [6, 7, 16, 9, 16],
                           note="wording")  # fmt: skip

    def annex_sources(self) -> Story:
        """Annex: where the figures come from."""
        header = self._header("number", "source", "publisher", "date", "extent")
        return self._annex(7, "sources", header, self._sources(), "lllll", [7, 20, 11, 7, 10])

    def annex_issues(self) -> Story:
        """Annex: what the checks of this region's data found."""
        rows = [[i.rule, i.level, i.name, f"{i.file} {i.sheet} {i.cell}", i.found, i.expected, i.action]
                for i in self.slice.issues.itertuples()]  # fmt: skip
        header = self._header("rule", "level", "item", "place", "found", "expected", "action")
        return self._annex(8, "issues", header, rows, "lllllll", [4, 4, 9, 14, 8, 11, 11],
                           note="" if rows else "no_issues")  # fmt: skip

    def annex_reproduce(self) -> Story:
        """Annex: how to make the same report again, byte for byte."""
        say = self.say
        facts = {
            "round": self.round.id,
            "region": self.region.code,
            "dataset": f"{self.dataset.id}　{self.dataset.title}",
            "years": f"{self.round.baseline_year}—{self.round.final_year}",
            "digest": self.slice.digest,
            "inputs": self.inputs,
            "version": f"endline {__version__}",
            "issued": self.round.issued.isoformat(),
            "fonts": say.get("reproduce.fonts_value"),
        }
        rows = [[say.get(f"reproduce.{key}"), value] for key, value in facts.items()]
        command = say.say("reproduce.command", round=self.round.id, code=self.region.code)
        return self._annex(9, "reproduce", self._header("item", "content"), rows, "ll", [4, 13],
                           before=[prose(say.get("reproduce.text")), prose(command)])  # fmt: skip

    def _target_blocks(self, place: int, target: Target) -> list[Block]:
        say = self.say
        evaluation = next(e for e in self.tables.evaluations if e.target == target.key)
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
        blocks += [b for row in rows for b in self._chart_blocks(target, row, evaluation.verdict)]
        details = self.teller.details(rows) + "".join(map(self._strata, rows))
        return [*blocks, text(prose(details))] if details else blocks

    def _chart_blocks(self, target: Target, row: Row, verdict: str) -> list[Block]:
        """Return the chart of a measure that was observed at least once in the term."""
        if row.last_year < 0:
            return []
        say, indicator = self.say, self.teller.indicators[row.indicator_id]
        years = list(self.round.years)
        own = self._line(self.region.code, self.region.name, row)
        upper = self._line(row.upper_code, self.teller.regions[row.upper_code].name, row) if row.upper_code else None
        if upper and all(map(math.isnan, upper.values)):
            upper = None
        demanded = say.demanded(target, row.measure, indicator)
        level = row.threshold if target.kind in ("absolute", "relative", "every_subunit") else math.nan
        mark = None
        if not math.isnan(level):
            shown = f"{exact(level).normalize():f}" if target.kind != "relative" else rounded(level, indicator.decimals)
            mark = Mark(say.say("chart.target", target=shown), level)
        ends = []
        for key, year, value, printed, bound in (
            ("baseline", years[0], row.baseline_value, row.baseline_value_text, row.baseline_bound),
            ("final", years[-1], row.value, row.value_text, row.bound),
        ):
            if not math.isnan(value):
                shown = say.plain(value, printed, indicator)
                shown = say.say(f"bound.{bound}", value=shown) if bound else shown
                ends.append(Mark(f"{say.get(f'chart.{key}')} {shown}", value, year))
        self._figures += 1
        name = say.series_name(indicator, row.stratum)
        unit = say.get(f"chart.unit_plain.{indicator.unit}")
        svg = series_chart(years, own, upper, mark, ends, say.say("chart.axis", indicator=name, unit=unit),
                           say.get("chart.simulated") if self.dataset.simulated else "")  # fmt: skip
        caption = say.say("chart.caption", n=self._figures, region=self.region.name, indicator=name, first=years[0],
                          last=years[-1])  # fmt: skip
        return [chart(svg, self._alt(row, own, name, demanded, verdict), caption)]

    def _strata(self, row: Row) -> str:
        """Return the sentence with the two strata behind a difference, and their ratio, at both ends of the term."""
        indicator = self.teller.indicators[row.indicator_id]
        rule, clauses = indicator.difference, []
        if rule is None:
            return ""
        of = self.teller.indicators[rule.indicator]
        for year in (self.round.baseline_year, self.round.final_year):
            pair = [next((o for o in self.tables.of(rule.indicator, stratum).itertuples() if o.year == year), None)
                    for stratum in (rule.minuend, rule.subtrahend)]  # fmt: skip
            if pair[0] and pair[1] and pair[1].value > 0 and not math.isnan(pair[0].value):
                shown = [self.say.value(o.value, o.value_text, o.bound, of) for o in pair]
                clauses.append(self.say.say(
                    "sentence.strata", year=year, minuend=self.say.get(f"stratum.{rule.minuend}"), high=shown[0],
                    subtrahend=self.say.get(f"stratum.{rule.subtrahend}"), low=shown[1],
                    ratio=rounded(pair[0].value / pair[1].value, 2)))  # fmt: skip
        return self.say.sentence(*clauses)

    def _line(self, code: str, name: str, row: Row) -> Line:
        indicator = self.teller.indicators[row.indicator_id]
        o = self.slice.observations
        rows = o[(o["region_code"] == code) & (o["indicator_id"] == row.indicator_id) & (o["stratum"] == row.stratum)]
        rows = rows.drop_duplicates("year").set_index("year").reindex(self.round.years)
        interval = binomial_interval if indicator.is_proportion else poisson_interval
        low, high = interval(rows["numerator"], rows["denominator"], indicator.per,
                             self.teller.method.confidence.value)  # fmt: skip
        hidden = rows["numerator"] < self.teller.method.hide_rate_below_events.value
        return Line(name, rows["value"].tolist(), low.tolist(), high.tolist(), hidden.tolist(),
                    rows["bound"].fillna("").tolist())  # fmt: skip

    def _alt(self, row: Row, own: Line, name: str, demanded: str, verdict: str) -> str:
        say, indicator = self.say, self.teller.indicators[row.indicator_id]
        rows = self.tables.of(row.indicator_id, row.stratum)
        known = [o for o in rows.itertuples() if not math.isnan(o.value)]
        points = [say.say("chart.alt_point", year=o.year, value=say.value(o.value, o.value_text, o.bound, indicator))
                  for o in (known[0], known[-1])[: len(known)]]  # fmt: skip
        gaps = [year for year, value in zip(self.round.years, own.values, strict=True) if math.isnan(value)]
        return say.say(
            "chart.alt", region=self.region.name, indicator=name, points=say.names(points),
            target=say.say("chart.alt_target", target=demanded)
            + (say.say("chart.alt_gaps", years=ranges(gaps)) if gaps else ""),
            verdict=say.say("chart.alt_verdict", year=self.round.final_year, verdict=say.get(f"verdict.{verdict}")),
        )  # fmt: skip

    def _rates(self, counts: Tally) -> str:
        assessability = rounded(counts.assessability or 0.0, 1)
        if counts.attainment is None:
            return self.say.say("summary.no_attainment", all=counts.all, assessability=assessability)
        return self.say.say(
            "summary.attainment", met=counts.met, not_met=counts.not_met, all=counts.all,
            rate=rounded(counts.attainment, 1), assessability=assessability,
        )  # fmt: skip

    def _counts(self, counts: Tally) -> list[str]:
        none = str(self.say.get("missing"))
        numbers = [str(n) for n in (counts.all, counts.met, counts.not_met, counts.no_data, counts.pending)]
        return numbers + [none if rate is None else rounded(rate, 1) for rate in (counts.attainment, counts.assessability)]

    def _sources(self) -> Cells:
        path = self._params.project.raw(self.dataset.id) / "sources.csv"
        if not path.is_file():
            return [[self.dataset.id, self.dataset.title, self.dataset.publisher,
                     self.say.get("unknown"), self.dataset.note or self.dataset.method]]  # fmt: skip
        sheet = read_table(path, self._params.project.root)
        used = {s for ids in self.slice.observations["source_id"] for s in ids.split("+")}
        rows = [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows]
        return [[r["source_id"], r["title"], r["publisher"], r["date"] or self.say.get("unknown"), r["seen"]]
                for r in rows if r["source_id"] in used]  # fmt: skip

    def _annex(self, number: int, key: str, header: Sequence[str], rows: Cells, align: str, widths: Sequence[int], *,
               landscape: bool = False, caption: str = "", note: str = "", before: Sequence[str] = ()) -> Story:  # fmt: skip
        say = self.say
        title = say.say("chapter.annex", n=number, name=say.get(f"annex.{key}"))
        body = [table(header, rows, align, widths, caption or say.get(f"caption.{key}"))] if rows else []
        blocks = [text(heading(1, title), *before, *body, style="table", new_page=True, landscape=landscape)]
        if note:
            blocks.append(text(prose(say.get(f"note.{note}")), style="small", landscape=landscape))
        return self._story(*blocks)

    def _header(self, *names: str) -> list[str]:
        return [self.say.say(f"table.{name}", year={"baseline": self.round.baseline_year}.get(name, self.round.final_year),
                             confidence=self.teller.confidence) for name in names]  # fmt: skip

    def _numeral(self, number: int) -> str:
        return str(self.say.get("chapter.numerals")[number])

    def _story(self, *blocks: Block) -> Story:
        return Story(self.region.code, self.slice.digest, blocks)
