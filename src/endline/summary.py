"""All that the summary notebook may call: a round's regions side by side."""

import numpy as np
from scipy.stats import false_discovery_control

from endline.cover import cover_block
from endline.evaluation import tally
from endline.figures import verdict_heatmap
from endline.files import sha256
from endline.model import Outline, Round, Verdict
from endline.numbers import rounded
from endline.params import Params
from endline.project import Project
from endline.store import Store
from endline.story import Block, Story, chart, heading, prose, table, text
from endline.wording import Wording

ROWS_A_CHART = 34


class RoundSummary:
    """The regions of a round: counts, verdicts and trends side by side; computes nothing."""

    def __init__(self, params: Params, store: Store, round_id: str, language: str) -> None:
        self.round: Round = params.round(round_id)
        self.language = language
        self.say = Wording(params.wording(language))
        self.dataset = params.dataset(self.round.dataset)
        self.register = params.regions(self.round.dataset)
        extent = store.codes()
        where = f"params/rounds/{round_id}.yaml: regions"
        self.codes = list(dict.fromkeys(c for p in self.round.regions for c in self.register.match(p, extent, where)))
        self.outlines: list[Outline] = [params.outline(o) for o in self.round.outlines]
        self.evaluations = store.evaluations(self.codes)
        self._indicators, self._alpha = params.indicators, params.method.alpha.value
        self.digest = summary_digest(store, self.codes)
        self.measures = store.measures(self.codes)

    @classmethod
    def load(cls, round_id: str, language: str = "zh") -> "RoundSummary":
        """Return the summary of a round; observes and evaluates first where that is missing or stale."""
        project = Project.find()
        params = Params(project)
        return cls(params, Store.ensure(project, params, round_id), round_id, language)

    def cover(self) -> Story:
        """The title page."""
        facts = {"round": self.round.title}
        title = self.say.say("cover.summary_title", **facts)
        lines = [str(line).format(**facts) for line in self.say.get("cover.summary_title_lines")]
        return self._story(
            cover_block(
                self.say, self.round, self.dataset, self.outlines, self.language, self.digest, (title, lines, title)
            )
        )

    def regions_table(self) -> Story:
        """The counts of every region, with both rates."""
        say = self.say
        header = [
            say.get(f"table.{n}")
            for n in ("region", "all", "met", "not_met", "no_data", "pending", "attainment", "assessability")
        ]
        none, rows = str(say.get("missing")), []
        for code in self.codes:
            counts = tally(self.evaluations[self.evaluations["region_code"] == code])
            rates = [none if rate is None else rounded(rate, 1) for rate in (counts.attainment, counts.assessability)]
            numbers = (counts.all, counts.met, counts.not_met, counts.no_data, counts.pending)
            rows.append([self.register[code].name, *map(str, numbers), *rates])
        paragraphs = [heading(1, say.get("round_summary.regions"))]
        if self.dataset.simulated:
            paragraphs.append(prose(say.get("summary.simulated")))
        paragraphs.append(prose(say.say("round_summary.regions_text", n=len(self.codes))))
        return self._story(
            text(*paragraphs, new_page=True),
            text(table(header, rows, "lccccccc", [9, 4, 4, 5, 5, 4, 6, 6], say.get("caption.regions"))),
        )

    def verdicts_heatmap(self) -> Story:
        """Every region's verdict on every target: colour and symbol."""
        say = self.say
        names = {str(v): say.get(f"verdict.{v}") for v in Verdict}
        symbols = {str(v): say.get(f"chart.symbol.{v}") for v in Verdict}
        short = {outline.id: outline.short[:1] for outline in self.outlines}
        targets = list(dict.fromkeys(zip(self.evaluations["outline"], self.evaluations["target"], strict=True)))
        columns = [f"{short[outline]} {key.split(':')[1]}" for outline, key in targets]
        verdicts = self.evaluations.pivot_table(
            index="region_code", columns="target", values="verdict", aggfunc="first"
        )
        verdicts = verdicts.loc[self.codes, [key for _, key in targets]]
        blocks: list[Block] = [
            text(heading(1, say.get("round_summary.verdicts")), prose(say.get("round_summary.verdicts_text")))
        ]
        for number, start in enumerate(range(0, len(self.codes), ROWS_A_CHART), start=1):
            part = verdicts.iloc[start : start + ROWS_A_CHART]
            found = part.stack().value_counts()
            alt = say.say(
                "chart.heatmap_alt",
                n=len(part),
                m=len(targets),
                **{v: int(found.get(v, 0)) for v in ("met", "not_met", "no_data", "pending")},
            )
            svg = verdict_heatmap(
                [self.register[c].name for c in part.index],
                columns,
                part.to_numpy().tolist(),
                names,
                symbols,
                say.get("chart.simulated") if self.dataset.simulated else "",
            )
            blocks.append(chart(svg, alt, say.say("chart.heatmap_caption", n=number)))
        return self._story(*blocks)

    def targets_table(self) -> Story:
        """For every target, how many regions met it, missed it, have no data or wait."""
        say = self.say
        header = [say.get(f"table.{n}") for n in ("clause", "target", "met", "not_met", "no_data", "pending")]
        rows = []
        for outline in self.outlines:
            for target in outline.targets:
                found = self.evaluations.loc[self.evaluations["target"] == target.key, "verdict"].value_counts()
                counts = [str(int(found.get(v, 0))) for v in ("met", "not_met", "no_data", "pending")]
                rows.append([f"{outline.short[:2]} {say.clause(target)}", target.label, *counts])
        body = table(header, rows, "llcccc", [8, 18, 4, 5, 5, 4], say.get("caption.per_target"))
        return self._story(text(heading(1, say.get("round_summary.targets")), body, new_page=True))

    def trends(self) -> Story:
        """For every indicator, in how many regions there is evidence of a trend, p adjusted over the whole round."""
        say = self.say
        tests = self.measures.drop_duplicates(["region_code", "indicator_id", "stratum"])
        tested = tests[tests["trend_p"].notna()].copy()
        tested["adjusted"] = false_discovery_control(tested["trend_p"]) if len(tested) else np.array([])
        evident = tested["adjusted"] < self._alpha
        tested["state"] = np.where(evident, np.where(tested["trend_S"] > 0, "increase", "decrease"), "no_evidence")
        states = ("increase", "decrease", "no_evidence")
        header = [
            say.get("table.indicator"),
            *(say.get(f"trend_state.{s}") for s in states),
            say.get("round_summary.refused"),
        ]
        rows = []
        for (indicator, stratum), all_ in tests.groupby(["indicator_id", "stratum"], sort=False):
            own = tested[(tested["indicator_id"] == indicator) & (tested["stratum"] == stratum)]
            counts = [int((own["state"] == s).sum()) for s in states]
            name = say.series_name(self._indicators[str(indicator)], str(stratum))
            rows.append([name, *map(str, [*counts, len(all_) - len(own)])])
        lead = prose(say.say("round_summary.trends_text", m=len(tested), alpha=self._alpha))
        body = table(header, rows, "lcccc", [18, 5, 5, 6, 6], say.get("caption.per_indicator"))
        return self._story(text(heading(1, say.get("round_summary.trends")), lead, body, new_page=True))

    def _story(self, *blocks: Block) -> Story:
        return Story(self.round.id, self.digest, blocks)


def summary_digest(store: Store, codes: list[str]) -> str:
    """Return the digest of the figures behind a summary of `codes`."""
    return sha256("\n".join(f"{code} {store.digest(code)}" for code in codes).encode())
