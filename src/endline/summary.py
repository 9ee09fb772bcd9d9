"""All that the summary notebook may call: a round's regions side by side."""

from typing import get_args

import pandas as pd

from endline.attention import attention
from endline.figure_list import counts_block
from endline.figures import verdict_heatmap
from endline.model import Level, Verdict
from endline.numbers import rounded
from endline.params import Params
from endline.round_report import RoundReport
from endline.stats import false_discovery_many
from endline.store import Store, summary_digest
from endline.story import Block, Story, chart, heading, prose, table, text

ROWS_A_CHART = 34
ROWS_AT_MOST = 6 * ROWS_A_CHART  # more pages of cells nobody looks through
STATES = ("increase", "decrease", "no_evidence")
VERDICTS = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.PENDING)


class RoundSummary(RoundReport):
    """The regions of a round: counts, verdicts and trends side by side; computes nothing."""

    TITLE = "cover.summary_title"

    def __init__(self, params: Params, store: Store, round_id: str, language: str) -> None:
        super().__init__(params, store, round_id, language)
        self.code, self.digest = round_id, summary_digest(store, self.codes)
        self.counts = store.counts_of(self.codes)
        self.evaluations = store.evaluations(self.codes)
        self.measures = store.measures(
            self.codes, ["region_code", "indicator_id", "stratum", "trend_p", "trend_direction"]
        )
        self._indicators, self._alpha = self._params.indicators, self._params.method.alpha.value

    def attention(self) -> Story:
        """What needs attention first: targets that many regions miss or cannot judge, and adverse trends."""
        targets = [target for outline in self.outlines for target in outline.targets]
        names = {code: self.register[code].name for code in self.codes}
        found = attention(self.say, self.evaluations, self.measures, targets, self._indicators, names, self._alpha)
        opening = text(*self._opening("round_summary.attention", "attention.lead"), new_page=True)
        return self._story(opening, text(*found, style="detail"))

    def regions_table(self) -> Story:
        """The counts of every region, with both rates."""
        say = self.say
        numbers, rates = ("all", "met", "not_met", "no_data", "pending"), ("attainment", "assessability")
        header = [say.get(f"table.{n}") for n in ("region", *numbers, *rates)]
        none = str(say.get("missing"))
        rows = []
        for code, counts in self.counts.items():
            shown = [none if counts[rate] is None else rounded(counts[rate], 1) for rate in rates]
            rows.append([self.register[code].name, *(str(counts[n]) for n in numbers), *shown])
        paragraphs = [heading(1, say.get("round_summary.regions"))]
        paragraphs.append(prose(say.say("round_summary.regions_text", n=len(self.codes))))
        return self._story(
            text(*paragraphs),
            text(table(header, rows, "lccccccc", [9, 4, 4, 5, 5, 4, 6, 6], say.get("caption.regions")), style="annex"),
        )

    def verdicts_heatmap(self) -> Story:
        """Every region's verdict on every target: colour and symbol; of many regions only those above others."""
        say = self.say
        shown = self.codes if len(self.codes) <= ROWS_AT_MOST else self._upper_codes()
        lead = [say.get("round_summary.verdicts_text")]
        if shown != self.codes:
            lead.append(say.say("round_summary.verdicts_upper", most=ROWS_AT_MOST, n=len(shown)))
        blocks: list[Block] = [text(heading(1, say.get("round_summary.verdicts")), prose(*lead))]
        names = {str(v): say.get(f"verdict.{v}") for v in Verdict}
        symbols = {str(v): say.get(f"chart.symbol.{v}") for v in Verdict}
        short = {outline.id: outline.short[:1] for outline in self.outlines}
        targets = list(dict.fromkeys(zip(self.evaluations["outline"], self.evaluations["target"], strict=True)))
        columns = [f"{short[outline]} {key.split(':')[1]}" for outline, key in targets]
        verdicts = self.evaluations[self.evaluations["region_code"].isin(shown)].pivot(
            index="region_code", columns="target", values="verdict"
        )
        verdicts = verdicts.loc[shown, [key for _, key in targets]]
        corner = say.get("chart.simulated") if self.dataset.simulated else ""
        for number, start in enumerate(range(0, len(shown), ROWS_A_CHART), start=1):
            part = verdicts.iloc[start : start + ROWS_A_CHART]
            found = part.stack().value_counts()
            counts = {str(v): int(found.get(v, 0)) for v in VERDICTS}
            alt = say.say("chart.heatmap_alt", n=len(part), m=len(targets), **counts)
            rows = [self.register[c].name for c in part.index]
            svg = verdict_heatmap(rows, columns, part.to_numpy().tolist(), names, symbols, corner)
            blocks.append(chart(svg, alt, say.say("chart.heatmap_caption", n=number)))
        return self._story(*blocks)

    def _upper_codes(self) -> list[str]:
        """Return the codes of regions with regions of this round below them, the highest first, as many as fit."""
        parents = {self.register[code].parent for code in self.codes}
        levels = get_args(Level)
        upper = sorted((c for c in self.codes if c in parents), key=lambda c: levels.index(self.register[c].level))
        return upper[:ROWS_AT_MOST]

    def targets_table(self) -> Story:
        """For every target, how many regions met it, missed it, have no data or wait."""
        say = self.say
        header = [say.get(f"table.{n}") for n in ("clause", "target", "met", "not_met", "no_data", "pending")]
        found = pd.crosstab(self.evaluations["target"], self.evaluations["verdict"]).reindex(
            columns=VERDICTS, fill_value=0
        )
        rows = [
            [f"{outline.short} {say.clause(target)}", target.label, *map(str, found.loc[target.key])]
            for outline in self.outlines
            for target in outline.targets
        ]
        body = table(header, rows, "llcccc", [8, 18, 4, 5, 5, 4], say.get("caption.per_target"))
        return self._story(text(heading(1, say.get("round_summary.targets"))), text(body, style="annex"))

    def trends(self) -> Story:
        """For every indicator, in how many regions there is evidence of a trend, p adjusted over the whole round."""
        say = self.say
        tests = self.measures.drop_duplicates(["region_code", "indicator_id", "stratum"])
        tested = tests["trend_p"].notna()
        state = tests["trend_direction"].gt(0).map({True: "increase", False: "decrease"})
        if tested.any():
            evident = false_discovery_many(tests.loc[tested, "trend_p"]) < self._alpha
            state[tested] = state[tested].where(evident, "no_evidence")
        found = pd.crosstab([tests["indicator_id"], tests["stratum"]], state.where(tested, "refused"))
        header = [
            say.get("table.indicator"),
            *(say.get(f"trend_state.{s}") for s in STATES),
            say.get("round_summary.refused"),
        ]
        found = found.reindex(columns=[*STATES, "refused"], fill_value=0)
        series = tests[["indicator_id", "stratum"]].drop_duplicates().itertuples(index=False, name=None)
        rows = [
            [say.series_name(self._indicators[indicator], stratum), *map(str, found.loc[(indicator, stratum)])]
            for indicator, stratum in series
        ]
        lead = prose(say.say("round_summary.trends_text", m=int(tested.sum()), alpha=self._alpha))
        body = table(header, rows, "lcccc", [18, 5, 5, 6, 6], say.get("caption.per_indicator"))
        return self._story(text(heading(1, say.get("round_summary.trends")), lead), text(body, style="annex"))

    def figures(self) -> Story:
        """The counts of every region as data, for the formats that hold tables."""
        regions = [self.register[code] for code in self.codes]
        block = counts_block(self.say, regions, list(self.counts.values()), simulated=self.dataset.simulated)
        return self._story(block)
