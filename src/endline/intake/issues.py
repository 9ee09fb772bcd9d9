"""The findings that a region must explain or repair, collected all at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pandas as pd

from endline.errors import DataError, ParameterError, did_you_mean
from endline.intake.tables import Table, read_table
from endline.model import Strict
from endline.yaml_files import read_yaml, validated

COLUMNS = ["rule", "level", "name", "region_code", "file", "sheet", "cell", "found", "expected", "action"]
REFUSED = "refused"


class Rule(Strict):
    """What a rule is called, how much it weighs, what it expects and what to do."""

    level: Literal["refused", "missing", "ask", "log"]
    name: str
    expected: str
    action: str


def read_rules(path: Path) -> dict[str, Rule]:
    """Return the rules of `params/checks.yaml` by id."""
    return {key: validated(Rule, value, path, key) for key, value in read_yaml(path).items()}


class Issues:
    """A growing list of findings, each of a known rule."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = rules
        self._rows: list[tuple[str, ...]] = []

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
    ) -> None:
        """Record one finding; `expected` makes the rule's own sentence more exact."""
        if rule_id not in self._rules:
            raise ParameterError(f"params/checks.yaml: no rule {rule_id!r}{did_you_mean(rule_id, self._rules)}")
        rule = self._rules[rule_id]
        wanted = expected or rule.expected
        self._rows.append(
            (rule_id, rule.level, rule.name, region, file, sheet, cell, str(found)[:200], wanted, rule.action)
        )

    def readable(self, path: Path, root: Path) -> Table | None:
        """Return the table in a file; None, with an issue, where the file as a whole cannot be read."""
        try:
            return read_table(path, root)
        except DataError as error:
            self.add("W10", file=path.relative_to(root).as_posix(), cell="", found=str(error).removeprefix(f"{path}: "))
            return None

    def table(self) -> pd.DataFrame:
        """Return the findings, one a row, in a stable order."""
        return pd.DataFrame(self._rows, columns=COLUMNS, dtype="str").sort_values(
            ["file", "sheet", "rule", "cell"], ignore_index=True
        )
