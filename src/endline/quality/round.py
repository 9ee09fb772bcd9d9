"""All that the notebook on the quality of a round's data may call."""

from endline.intake.issues import read_rules
from endline.params import Params
from endline.quality.counts import Counts, cut
from endline.quality.listed import corrections_table, findings_table
from endline.round_report import RoundReport
from endline.rows import rows_of
from endline.store import NOBODY, Store, quality_digest
from endline.story import Block, Story, heading, prose, table, text

ORDER = ("refused", "missing", "ask", "log")
RULES_A_TABLE = 12


class RoundQuality(RoundReport):
    """The quality of a round's data, its regions side by side; computes nothing."""

    TITLE = "quality.cover_title"
    code = "data-quality"  # stands for a region's code in a round's folder

    def __init__(self, params: Params, store: Store, round_id: str, language: str) -> None:
        super().__init__(params, store, round_id, language)
        self.rules = read_rules(self._params.folder / "checks.yaml")
        self.digest = quality_digest(store, self.codes)
        below = {region.code for code in self.codes for region in self.register.below(code)}
        everyone = sorted({*self.codes, *below})
        self.issues = store.checked("issues", everyone)
        self.corrections = store.checked("corrections", everyone).drop_duplicates(["file", "sheet", "cell"])
        quality = store.checked("quality", self.codes)
        self.counts = {str(code): Counts(rows_of(rows)) for code, rows in quality.groupby("region_code")}

    def regions_table(self) -> Story:
        """How complete each region's figures are, and what was found of it, with all below it."""
        say = self.say
        opening = self._opening("quality.regions", "quality.regions_text")
        levels = [say.get(f"issue_level.{level}") for level in ORDER]
        header = [say.get(f"quality.{name}") for name in ("region", "given", "handed_in", "steps", "ratios")]
        rows = [self._region(code) for code in self.codes]
        widths, caption = [10, 7, 8, 9, 9, 4, 4, 4, 4], say.get("quality.caption_regions")
        body = table([*header, *levels], rows, "lrrrrrrrr", widths, caption)
        return self._story(text(*opening, new_page=True), text(body, style="annex"))

    def rules_table(self) -> Story:
        """How often each rule fired and in how many regions; the silent ones are counted."""
        say = self.say
        title = heading(1, say.get("quality.rules_of_round"))
        named = self.issues.assign(named=self.issues["region_code"].where(self.issues["region_code"] != NOBODY))
        fired = named.groupby(["rule", "level", "name", "action"])["named"].agg(["size", "nunique"]).reset_index()
        rows = sorted(fired.itertuples(index=False, name=None), key=lambda row: (ORDER.index(row[1]), row[0]))
        facts = {"fired": len(rows), "silent": len(self.rules) - len(rows), "n": len(self.issues)}
        blocks = [text(title, prose(say.say("quality.rules_of_round_text", **facts)))]
        if rows:
            names = ("rule", "level", "rule_name", "action", "findings", "in_regions")
            header = [say.get(f"quality.{name}") for name in names]
            cells = [
                [rule, say.get(f"issue_level.{level}"), *map(say.told, map(str, rest))] for rule, level, *rest in rows
            ]
            caption = say.get("quality.caption_rules_of_round")
            blocks.append(text(table(header, cells, "llllrr", [4, 4, 15, 20, 4, 5], caption), style="annex"))
            blocks += self._by_region([row[0] for row in rows])
        return self._story(*blocks)

    def _by_region(self, rules: list[str]) -> list[Block]:
        """Return tables of how often each rule fired in each region, with all below it; of regions with findings."""
        blocks, caption = [], self.say.get("quality.caption_by_region")
        counts = {code: {row.item: row.whole for row in own.rules} for code, own in self.counts.items() if own.rules}
        for start in range(0, len(rules) if counts else 0, RULES_A_TABLE):
            part = rules[start : start + RULES_A_TABLE]
            rows = [
                [self.register[code].name, *(str(own.get(rule, 0)) for rule in part)] for code, own in counts.items()
            ]
            header, align = [self.say.get("quality.region"), *part], "l" + "r" * len(part)
            blocks.append(text(table(header, rows, align, [9, *[4] * len(part)], caption), style="annex"))
        return blocks

    def findings(self) -> Story:
        """What must be explained or repaired first: what was refused, then what is missing, then what is asked."""
        say = self.say
        asked = self.issues[self.issues["level"] != "log"]
        order = asked["level"].map(ORDER.index)
        found = rows_of(asked.assign(order=order).sort_values(["order", "region_code"], kind="stable"))
        title = heading(1, say.get("quality.findings_of_round"))
        if not found:
            return self._story(text(title, prose(say.get("quality.no_rules"))))
        body = text(findings_table(say, found, self.register, self.dataset.id), style="annex")
        return self._story(text(title, prose(say.say("quality.findings_text", n=len(found)))), body)

    def corrections_table(self) -> Story:
        """The cells that were put right."""
        say, title = self.say, heading(1, self.say.get("quality.corrections_of_round"))
        if self.corrections.empty:
            return self._story(text(title, prose(say.get("quality.no_corrections"))))
        rows = rows_of(self.corrections)
        body = text(corrections_table(say, rows, self.register, self.dataset.id), style="annex")
        return self._story(text(title, prose(say.say("quality.corrections_text", n=len(rows)))), body)

    def _region(self, code: str) -> list[str]:
        counts, none = self.counts.get(code) or Counts(()), str(self.say.get("missing"))
        given, handed_in, steps, ratios = map(counts.total, ("completeness", "reporting", "outliers", "consistency"))
        shares = [cut(*of) if of[1] else none for of in (given, handed_in)]
        pairs = [f"{part}/{whole}" if whole else none for part, whole in (steps, ratios)]
        found = [str(sum(row.whole for row in counts.rules if row.level == level)) for level in ORDER]
        return [self.register[code].name, *shares, *pairs, *found]
