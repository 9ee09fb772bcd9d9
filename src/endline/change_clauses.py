"""What is said of a final value beside another: the change since the baseline, the difference from the upper region."""

import math
from typing import TYPE_CHECKING

from endline.missing import upper_clause
from endline.model import Indicator
from endline.numbers import decimals_of, rounded, signed

if TYPE_CHECKING:
    from endline.narrative import Row, Teller


def change_clause(teller: "Teller", row: "Row") -> str:
    """Return the clause on the change since the baseline, or why none is given."""
    say, indicator, baseline = teller.say, teller.indicators[row.indicator_id], teller.round.baseline_year
    if math.isnan(row.value):
        return ""
    if math.isnan(row.baseline_value):
        return say.say("sentence.no_change_baseline", baseline=baseline)
    before = say.value(row.baseline_value, row.baseline_value_text, row.baseline_bound, indicator)
    if math.isnan(row.change):
        bound = "bound" if row.bound else "baseline_bound" if row.baseline_bound else row.baseline_break
        return say.say(f"sentence.no_change_{bound}")
    direction = "same" if row.change == 0 else "down" if row.change < 0 else "up"
    decimals = change_decimals(row.value_text, row.baseline_value_text, indicator)
    amount = say.points(row.change, decimals, indicator)
    clause = say.say(f"sentence.{direction}", year=baseline, value=before, change=amount)
    if direction != "same" and not math.isnan(row.change_percent) and indicator.difference is None:
        clause += say.say(f"sentence.percent_{direction}", percent=rounded(abs(row.change_percent), 1))
        if not math.isnan(row.targeted_percent):
            clause += say.say("sentence.targeted", percent=signed(row.targeted_percent, 1))
        if not math.isnan(row.annual_log):
            annual = {name: rounded(getattr(row, f"annual_{name}"), 1) for name in ("compound", "log")}
            clause += say.say("sentence.annual_reduction", **annual)
    return clause


def comparison_clause(teller: "Teller", row: "Row") -> str:
    """Return the clause that compares the final value with the upper region's."""
    if math.isnan(row.upper_difference):
        return ""
    say, indicator = teller.say, teller.indicators[row.indicator_id]
    side = "same" if row.upper_difference == 0 else "below" if row.upper_difference < 0 else "above"
    decimals = change_decimals(row.value_text, row.upper_value_text, indicator)
    return say.say(
        f"sentence.upper_{side}",
        upper=teller.regions[row.upper_code].name,
        value=say.value(row.upper_value, row.upper_value_text, row.upper_bound, indicator),
        difference=say.points(row.upper_difference, decimals, indicator),
    ) + upper_clause(teller, row)


def change_decimals(text: str, other: str, indicator: Indicator) -> int:
    """Return the decimals of a difference: the finer of two published figures, else the indicator's."""
    return max(decimals_of(text), decimals_of(other)) if text and other else indicator.decimals
