"""The findings that a region must explain or repair, collected all at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field

from endline.checks.corrected import corrected
from endline.checks.corrections import Corrections
from endline.errors import DataError, ParameterError, did_you_mean
from endline.intake.tables import Table, read_table
from endline.model import Strict, Threshold
from endline.yaml_files import read_yaml, validated

COLUMNS = ["rule", "level", "name", "region_code", "file", "sheet", "cell", "found", "expected", "action"]
REFUSED = "refused"
LONGEST = 200  # characters of what was found
ByForm = dict[str, dict[str, str]]


class Rule(Strict):
    """What a rule is called, how much it weighs, what it expects and what to do; what it computes with, if anything.

    `says` are the sentences of what was found, by situation, with `{names}` that the check fills in.
    """

    level: Literal["refused", "missing", "ask", "log"]
    name: str
    expected: str
    action: str
    says: dict[str, str] = Field(default_factory=dict)
    fails_when: ByForm = Field(default_factory=dict)  # a comparison of items, and what it means when it holds
    recomputes: ByForm = Field(default_factory=dict)  # a rate that is printed beside the counts, and what it is
    compares: dict[str, str] = Field(default_factory=dict)  # what a ratio of items is called, and the ratio
    limits: dict[str, Threshold[float]] = Field(default_factory=dict)


def read_rules(path: Path) -> dict[str, Rule]:
    """Return the rules of `params/checks.yaml` by id."""
    return {key: validated(Rule, value, path, key) for key, value in read_yaml(path).items()}


class Issues:
    """A growing list of findings, each of a known rule; what is read through it comes corrected."""

    def __init__(self, rules: Mapping[str, Rule], corrections: Corrections | None = None) -> None:
        self.rules = rules
        self.corrections = corrections or Corrections()
        self._rows: list[tuple[str, ...]] = []

    def limit(self, rule_id: str, name: str) -> float:
        """Return a limit that a rule computes with."""
        return self._rule(rule_id).limits[name].value

    def add(
        self,
        rule_id: str,
        *,
        file: str,
        cell: str,
        found: object,
        region: str = "",
        sheet: str = "",
        expected: str = "",
        says: str = "",
    ) -> None:
        """Record one finding.

        `expected` makes the rule's own sentence more exact. Where `says` names a situation, `found` is a mapping that
        fills in the rule's sentence for it.
        """
        rule = self._rule(rule_id)
        told = rule.says[says].format_map(found) if isinstance(found, Mapping) else str(found)
        wanted = expected or rule.expected
        self._rows.append(
            (rule_id, rule.level, rule.name, region, file, sheet, cell, told[:LONGEST], wanted, rule.action)
        )

    def holds(self, rule_id: str, file: str, sheet: str, cell: str) -> bool:
        """Tell whether a rule's finding on a cell is there already."""
        return any((row[0], *row[4:7]) == (rule_id, file, sheet, cell) for row in self._rows)

    def _rule(self, rule_id: str) -> Rule:
        if rule_id not in self.rules:
            raise ParameterError(f"params/checks.yaml: no rule {rule_id!r}{did_you_mean(rule_id, self.rules)}")
        return self.rules[rule_id]

    def readable(self, path: Path, root: Path) -> Table | None:
        """Return the table in a file, corrected; None, with an issue, where the file as a whole cannot be read."""
        try:
            table = read_table(path, root)
        except DataError as error:
            self.add("W10", file=path.relative_to(root).as_posix(), cell="", found=str(error).removeprefix(f"{path}: "))
            return None
        return corrected(table, self.corrections, self)

    def table(self) -> pd.DataFrame:
        """Return the findings, one a row, in a stable order."""
        return pd.DataFrame(self._rows, columns=COLUMNS, dtype="str").sort_values(
            ["file", "sheet", "rule", "cell"], ignore_index=True
        )
