"""Measures of quality as tables: what WHO's data quality review asks of routine figures. Nothing is judged here."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from endline.checks.digits import last_digits, uniform_p
from endline.checks.measures import completeness, consistency, outliers, reporting_rate
from endline.checks.names import Vocabulary
from endline.checks.panels import panels
from endline.checks.reporting import reporting
from endline.intake.issues import Issues, Rule
from endline.intake.items import Items
from endline.model import Form, Indicator
from endline.regions import Regions


@dataclass(frozen=True)
class Quality:
    """The measures of a dataset, each a table of its own.

    completeness: region_code, form, year, given, expected, share: figures of the counties in and below the region.
    reporting: region_code, form, year, counties_reported, counties_total, share.
    children: region_code, year, children_reported, children_total, missing: of the regions that are sums (F39).
    rules: rule, level, name, findings, regions: every rule, the silent ones too.
    consistency: name, region_code, year, ratio, reference, relative, within: a county's ratio of two related counts
        against that of all counties that year.
    outliers: region_code, indicator_id, stratum, year, value, modified_z, ratio, outlier: the steps from year to year.
    digits: region_code, counts, uneven: of the counties with enough counts, whether some last digits are preferred.
    """

    completeness: pd.DataFrame
    reporting: pd.DataFrame
    children: pd.DataFrame
    rules: pd.DataFrame
    consistency: pd.DataFrame
    outliers: pd.DataFrame
    digits: pd.DataFrame


def quality(
    items: Items,
    observations: pd.DataFrame,
    issues: pd.DataFrame,
    forms: Mapping[str, Form],
    indicators: Mapping[str, Indicator],
    regions: Regions,
    rules: Mapping[str, Rule],
) -> Quality:
    """Return the measures of quality of what was observed; `rules` are those of `params/checks.yaml`."""
    vocabulary, limits = Vocabulary(forms), Issues(rules)
    return Quality(
        completeness(items, vocabulary, regions),
        reporting_rate(items, vocabulary, regions),
        reporting(observations, regions),
        findings(issues, rules),
        consistency(items, vocabulary, rules),
        outliers(panels(observations, indicators), limits),
        digits(items, vocabulary, limits),
    )


def findings(issues: pd.DataFrame, rules: Mapping[str, Rule]) -> pd.DataFrame:
    """Return how often each rule fired, and in how many regions."""
    fired = issues.groupby("rule")["region_code"].agg(["size", "nunique"]) if len(issues) else pd.DataFrame()
    rows = [
        (rule_id, rule.level, rule.name, *(map(int, fired.loc[rule_id]) if rule_id in fired.index else (0, 0)))
        for rule_id, rule in sorted(rules.items())
    ]
    return pd.DataFrame(rows, columns=["rule", "level", "name", "findings", "regions"])


def digits(items: Items, vocabulary: Vocabulary, issues: Issues) -> pd.DataFrame:
    """Return the counties whose counts are enough to judge their last digits, and whether those are uneven (F41)."""
    tallies = last_digits(items, vocabulary, issues.limit("F41", "least_count_of_digit"))
    counts = tallies.sum(axis=1)
    enough = counts >= issues.limit("F41", "least_digits")
    return pd.DataFrame(
        {
            "region_code": np.array(items.counties, dtype=object)[enough],
            "counts": counts[enough].astype(int),
            "uneven": uniform_p(tallies[enough]) < issues.limit("F41", "digits_p"),
        }
    )
