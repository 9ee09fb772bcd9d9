"""The second arrow: observations and targets → evaluations, one vectorised pass for all regions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from endline.evaluation.children import add_absent
from endline.evaluation.combined import evaluations_of
from endline.evaluation.comparators import add_comparators
from endline.evaluation.due import add_interim, due_years
from endline.evaluation.gaps import Gaps, gaps_between
from endline.evaluation.measures import add_subunits, add_values, measures_of
from endline.evaluation.panel import Panel
from endline.evaluation.trends import add_trend
from endline.evaluation.verdicts import add_change, add_evidence, add_verdicts, flags_of
from endline.model import Indicator, Judgement, Method, Round, Target
from endline.regions import Regions


@dataclass(frozen=True)
class Evaluated:
    """`evaluations`: one row a region and target. `measures`: one row a region, target and indicator of it.

    `gaps`: how the regions below each region differ, and its town and country.
    """

    evaluations: pd.DataFrame
    measures: pd.DataFrame
    gaps: Gaps


def evaluate(
    observations: pd.DataFrame,
    targets: Sequence[Target],
    codes: Sequence[str],
    regions: Regions,
    indicators: Mapping[str, Indicator],
    method: Method,
    round_: Round,
    judgements: Mapping[tuple[str, str], Judgement] | None = None,
) -> Evaluated:
    """Return the evaluations of all `codes` against all `targets`; a pure function of its arguments.

    Judged is the final year's value only, unrounded. Order: targets as given within codes as given.
    """
    by_key = {target.key: target for target in targets}
    panel = Panel.of(observations, round_.years, regions.changes())
    measures = measures_of(targets, codes, regions)
    add_values(measures, panel, regions, indicators, method, round_)
    add_comparators(measures, panel, regions, method)
    add_absent(measures, panel, regions)
    add_subunits(measures, observations, panel, regions, round_)
    add_verdicts(measures, panel, indicators, round_)
    add_change(measures, indicators, round_)
    add_evidence(measures, indicators, method)
    measures["due_year"] = due_years(measures, by_key, round_)
    measures = measures.copy()  # in one piece: so many columns were added one by one
    add_trend(measures, panel, indicators, method, round_)
    add_interim(measures, by_key, method, round_)
    measures["flags"] = flags_of(measures, indicators, method, round_)
    evaluations = evaluations_of(measures, targets, codes, regions, judgements or {})
    gaps = gaps_between(measures, evaluations, panel, codes, regions, indicators, method)
    return Evaluated(evaluations, measures, gaps)
