"""F33 and its kind: counts that cannot stand side by side. All are judged as received; then what is refused goes."""

import numpy as np

from endline.checks.expressions import Expression
from endline.checks.names import Vocabulary
from endline.checks.places import place
from endline.intake.issues import REFUSED, Issues
from endline.intake.items import Bools, Items

Refusals = dict[str, Bools]  # by item: which counties and years


def check_counts(items: Items, vocabulary: Vocabulary, issues: Issues) -> Refusals:
    """Record where a rule's comparison holds, with all its cells, and return the items that a refusal concerns."""
    refusals: Refusals = {}
    for rule_id, rule in issues.rules.items():
        for comparison, meaning in vocabulary.comparisons(rule_id, rule):
            failed = comparison.holds(lambda name: items[name].value)
            if not failed.any():
                continue
            for row, column in np.argwhere(failed).tolist():
                _tell(rule_id, comparison, meaning, items, row, column, issues)
            if rule.level == REFUSED:
                for name in comparison.items:
                    refusals[name] = refusals.get(name, np.zeros_like(failed)) | failed
    return refusals


def refuse(items: Items, refusals: Refusals) -> None:
    """Take away the values that were refused: they stay given, and no figure is made of them."""
    for name, which in refusals.items():
        items[name].value[which] = np.nan


def _tell(
    rule_id: str, comparison: Expression, meaning: str, items: Items, row: int, column: int, issues: Issues
) -> None:
    at = place(items, comparison.items, row, column)
    shown = comparison.shown(lambda name: items[name].value[row, column])
    found = {"meaning": meaning, "figures": shown}
    where = {"file": at.file, "sheet": at.sheet, "cell": at.cell, "region": items.counties[row]}
    issues.add(rule_id, **where, says="comparison", found=found)
