"""Chapter: how the evaluation was done: documents, organisation, data, rules, statistics, limits."""

from endline.chapters.annexes import ORDER
from endline.chapters.telling import Telling
from endline.story import Block, Part, prose, text


def method(t: Telling) -> list[Block]:
    """Return the chapter on the evaluation's documents, data, rules, statistics and limits."""
    parts: list[Part] = [t.title("method")]
    sections = _of_targets(t) if t.tables.by_key else _of_tasks(t)
    for number, (name, sentences) in enumerate(sections.items(), start=1):
        parts += [t.section(number, t.say.get(f"method.{name}")), prose(*sentences)]
    return [text(*parts)]


def _of_targets(t: Telling) -> dict[str, list[str]]:
    """Return the sentences of each section on targets."""
    say, thresholds = t.say, t.teller.method
    tests = t.tables.tests
    tested = say.say("method.tests", m=tests, alpha=thresholds.alpha.value) if tests else say.get("method.no_tests")
    hide = thresholds.hide_rate_below_events.value
    return {
        "basis": [say.say("method.basis_text", outlines=_documents(t))],
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


def _of_tasks(t: Telling) -> dict[str, list[str]]:
    """Return the sentences of each section on documents that list tasks alone: nothing is computed of them."""
    say = t.say
    years = range(min(o.first_year for o in t.outlines), max(o.last_year for o in t.outlines) + 1)
    return {
        "basis": [say.say("method.tasks.basis", outlines=_documents(t))],
        "organisation": [t.notes.organisation or say.get("method.tasks.organisation")],
        "scope": [say.say("method.tasks.scope", region=t.region.name, years=say.years(years))],
        "rules": [say.get("method.tasks.rules")],
    }


def _documents(t: Telling) -> str:
    return t.say.names([t.say.say("method.basis_item", title=o.title, source=o.source) for o in t.outlines])


def _not_due(t: Telling) -> list[str]:
    """Return how targets are judged before they are due, in a round that does so."""
    return [] if t.round.is_final else [str(t.say.get(f"due.rules.{t.round.kind}"))]
