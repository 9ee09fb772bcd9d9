"""Sentences and figures as they are printed: templates of `params/wording`, filled in."""

import math
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from endline.errors import ParameterError, did_you_mean
from endline.model import Indicator, Target
from endline.numbers import exact, ranges, rounded


class Wording:
    """The templates of one language; texts are plain (escape them where they enter a markup)."""

    def __init__(self, templates: Mapping[str, Any]) -> None:
        self._templates = templates
        self._found: dict[str, Any] = {}  # entries by their dotted keys: a report asks for them some thousand times
        names: Mapping[str, Mapping[str, str]] = templates.get("names", {})
        self._signs = names.get("clauses", {})
        self._told = {own: told for kind in names.keys() - {"clauses"} for own, told in names[kind].items()}

    @property
    def translates(self) -> bool:
        """Tell whether the language has names and texts of its own for what the files hold."""
        return bool(self._told)

    def told(self, text: str) -> str:
        """Return a name or text of a file in this language, as received where its `names` do not hold it."""
        return self._told.get(text, text)

    def told_clause(self, clause: str) -> str:
        """Return a clause number of a document in this language, its signs told one by one (`names.clauses`)."""
        if not self._signs:
            return clause
        longest_first = "|".join(map(re.escape, sorted(self._signs, key=len, reverse=True)))
        return " ".join(re.sub(longest_first, lambda sign: self._signs[sign[0]], clause).split())

    def get(self, key: str) -> Any:
        """Return the entry at a dotted key; ParameterError when the wording has none."""
        if key in self._found:
            return self._found[key]
        entry: Any = self._templates
        for part in key.split("."):
            if not isinstance(entry, Mapping) or part not in entry:
                known = entry if isinstance(entry, Mapping) else ()
                raise ParameterError(f"params/wording: no entry {key!r}{did_you_mean(part, known)}")
            entry = entry[part]
        self._found[key] = entry
        return entry

    def say(self, key: str, **values: object) -> str:
        """Return the template at `key` with its {names} filled in."""
        template = str(self.get(key))
        try:
            return template.format_map(values)
        except (KeyError, ValueError, IndexError, AttributeError, TypeError) as error:
            raise ParameterError(f"params/wording: {key}: {template!r} cannot be filled in: {error!r}") from None

    def sentence(self, *clauses: str) -> str:
        """Return the clauses that are not empty as one sentence."""
        kept = [clause for clause in clauses if clause]
        return _capital(str(self.get("clause_separator")).join(kept)) + str(self.get("sentence_end")) if kept else ""

    def names(self, names: list[str], separator: str = "list_separator") -> str:
        """Return a list of names as running text."""
        return str(self.get(separator)).join(names)

    def years(self, years: Iterable[int]) -> str:
        """Return years as text, runs of them as a range."""
        return ranges(years, str(self.get("year_range")), str(self.get("list_separator")))

    def range(self, low: str, high: str) -> str:
        """Return two printed limits as a range."""
        return self.say("range", low=low, high=high)

    def plain(self, value: float, text: str, indicator: Indicator) -> str:
        """Return a value without its unit: as received where it was published, else by the indicator's decimals."""
        return text or rounded(value, indicator.decimals)

    def value(self, value: float, text: str, bound: str, indicator: Indicator) -> str:
        """Return a value with its unit, a bound as a bound, `—` where there is none."""
        if value is None or math.isnan(value):
            return str(self.get("missing"))
        printed = self.plain(value, text, indicator) + self.unit(indicator)
        return self.say(f"bound.{bound}", value=printed) if bound else printed

    def unit(self, indicator: Indicator) -> str:
        """Return the unit as it stands behind a figure."""
        return str(self._templates["unit"][indicator.unit])

    def interval(self, low: float, high: float, indicator: Indicator) -> str:
        """Return an interval with its unit: at both ends for % and ‰ (GB/T 15835), else at its end."""
        key = "interval_percent" if indicator.unit in ("%", "1/1000") else "interval"
        ends = {"low": rounded(low, indicator.decimals), "high": rounded(high, indicator.decimals)}
        return self.say(f"sentence.{key}", **ends, unit=self.unit(indicator))

    def points(self, amount: float, decimals: int, indicator: Indicator) -> str:
        """Return the size of a difference in points of the indicator's unit."""
        return rounded(abs(amount), decimals) + str(self._templates["points"][indicator.unit])

    def demanded(self, target: Target, number: int, indicator: Indicator) -> str:
        """Return what a target demands of its measure `number`, as text (`不高于20/10万`)."""
        measure = target.measures[number]
        year = target.baseline_year
        if measure.value is not None:
            printed = f"{exact(measure.value).normalize():f}{self.unit(indicator)}"
            return str(self._templates["operator"][measure.operator]).format(target=printed)
        if measure.fraction is not None:
            return self.say("operator.relative", baseline=year, fraction=self.fraction(measure.fraction))
        return self.say(f"operator.{measure.operator}", baseline=year)

    def fraction(self, fraction: Fraction) -> str:
        """Return a fraction as text."""
        return f"{fraction.numerator}/{fraction.denominator}"

    def clause(self, target: Target) -> str:
        """Return the clause number of a target as it is cited."""
        if target.clause.isdigit():
            return self.say("clause", clause=f"{target.clause}{target.part}")
        if target.clause == "S":
            return f"{self.get('strategy_clause')}{target.part}"
        return f"{target.clause}{target.part}"

    def p(self, p: float) -> str:
        """Return `＝0.032` or `＜0.001`, never 0."""
        if p < 0.001:
            return str(self.get("sentence.p_small"))
        return self.say("sentence.p_equal", p=rounded(p, 3))

    def series_name(self, indicator: Indicator, stratum: str) -> str:
        """Return an indicator's name with its stratum where that is not in the name."""
        return _capital(str(self.get(f"stratum_prefix.{stratum}")) + indicator.name)


def _capital(text: str) -> str:
    """Return a text with a capital where its script has them."""
    return text[:1].upper() + text[1:]
