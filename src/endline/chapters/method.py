"""Chapter: how the evaluation was done: documents, organisation, data, rules, statistics, limits."""

from endline.chapters.annexes import ORDER
from endline.chapters.telling import Telling
from endline.story import Block, Part, prose, text


def method(t: Telling) -> list[Block]:
    """Return the chapter on the evaluation's documents, data, rules, statistics and limits."""
    say, thresholds = t.say, t.teller.method
    documents = [say.say("method.basis_item", title=o.title, source=o.source) for o in t.outlines]
    tests = t.tables.tests
    tested = say.say("method.tests", m=tests, alpha=thresholds.alpha.value) if tests else say.get("method.no_tests")
    hide = thresholds.hide_rate_below_events.value
    sections = {
        "basis": [say.say("method.basis_text", outlines=say.names(documents))],
        "organisation": [t.notes.organisation or say.get("method.organisation_text")],
        "scope": [
            say.say(
                "method.scope_text",
                region=t.region.name,
                baseline=t.round.baseline_year,
                final=t.round.final_year,
                dataset=t.dataset.title,
                publisher=t.dataset.publisher,
            ),
            say.get(f"method.scope_{'sums' if t.dataset.simulated else 'published'}"),
            say.get("method.scope_year"),
        ],
        "rules": [say.get("method.rules_text"), *_not_due(t)],
        "statistics": [
            say.say(
                "method.statistics_text",
                confidence=t.teller.confidence,
                points=thresholds.minimum_trend_points.value,
                events=thresholds.minimum_trend_events.value,
                tests=tested,
                annex=ORDER.index("trends") + 1,
                hide=hide,
                last_unstable=thresholds.unstable_below_events.value - 1,
            )
        ],
        "limits": [say.get("method.limits_text")],
    }
    parts: list[Part] = [t.title("method")]
    for number, (name, sentences) in enumerate(sections.items(), start=1):
        parts += [t.section(number, say.get(f"method.{name}")), prose(*sentences)]
    return [text(*parts)]


def _not_due(t: Telling) -> list[str]:
    """Return how targets are judged before they are due, in a round that does so."""
    return [] if t.round.is_final else [str(t.say.get(f"due.rules.{t.round.kind}"))]
