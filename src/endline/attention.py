"""What of a round needs attention first: targets that many regions miss or cannot judge, and adverse trends."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from endline.model import Indicator, Target, Verdict
from endline.stats import false_discovery_many
from endline.story import Part, prose
from endline.wording import Wording

MOST = 5  # targets that are named of a kind
NAMED = 12  # regions that are named of an indicator


def attention(
    say: Wording,
    evaluations: pd.DataFrame,
    measures: pd.DataFrame,
    targets: Sequence[Target],
    indicators: Mapping[str, Indicator],
    names: Mapping[str, str],
    alpha: float,
) -> list[Part]:
    """Return a paragraph a kind of case; regions in the order of their codes, targets by the number of regions.

    `measures` has one row a region and series, with `trend_p` and `trend_direction`; p is adjusted over all of them.
    """
    told = [
        _targets(say, evaluations, targets, Verdict.NOT_MET),
        _targets(say, evaluations, targets, Verdict.NO_DATA),
        say.names(list(_adverse(say, measures, indicators, names, alpha)), "target_separator"),
    ]
    paragraphs: list[Part] = []
    for kind, cases in zip(("missed", "unknown", "adverse"), told, strict=True):
        key = f"attention.{kind}" if cases else f"attention.no_{kind}"
        paragraphs.append(prose(say.say("summary.numbered", n=len(paragraphs) + 1, text=say.say(key, cases=cases))))
    return paragraphs


def _targets(say: Wording, evaluations: pd.DataFrame, targets: Sequence[Target], verdict: Verdict) -> str:
    applicable = evaluations[evaluations["verdict"] != Verdict.NOT_APPLICABLE]
    regions = applicable["target"].value_counts()
    found = applicable.loc[applicable["verdict"] == verdict, "target"].value_counts()
    order = [target for target in targets if target.key in found.index]
    order.sort(key=lambda target: -found[target.key])  # stable: equal numbers stay in the order of the outlines
    cases = [say.say("attention.target", target=t.label, n=found[t.key], all=regions[t.key]) for t in order[:MOST]]
    return say.names(cases, "target_separator")


def _adverse(
    say: Wording,
    measures: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    names: Mapping[str, str],
    alpha: float,
) -> Iterator[str]:
    tests = measures.drop_duplicates(["region_code", "indicator_id", "stratum"])
    tests = tests[tests["trend_p"].notna()]
    if tests.empty:
        return
    evident = tests[false_discovery_many(tests["trend_p"]) < alpha]
    worse = evident["indicator_id"].map(lambda name: {"lower": 1, "higher": -1}.get(indicators[name].better, 0))
    adverse = evident[(evident["trend_direction"] * worse) > 0]
    for (indicator, stratum), rows in adverse.groupby(["indicator_id", "stratum"], sort=False):
        codes = sorted(rows["region_code"])
        listed = say.names([names[code] for code in codes[:NAMED]])
        more = say.say("attention.more", n=len(codes) - NAMED) if len(codes) > NAMED else ""
        yield say.say(
            "attention.indicator",
            indicator=say.series_name(indicators[str(indicator)], str(stratum)),
            n=len(codes),
            names=listed + more,
        )
