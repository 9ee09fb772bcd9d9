"""F37 and F06: a rate as reported against the rate made of its counts, in the digits that were printed."""

import numpy as np

from endline.checks.counts import Refusals
from endline.checks.expressions import Expression
from endline.checks.names import Vocabulary
from endline.checks.places import place
from endline.intake.issues import Issues
from endline.intake.items import Bools, Floats, Ints, Items
from endline.model import PER

MOST_DECIMALS = 6
SLIPS = (1000.0, 100.0, 10.0, 0.1, 0.01, 0.001)  # times too large or too small
_BINARY = 1e-9  # of the size: what binary fractions add to half a digit


def decimals(values: Floats) -> Ints:
    """Return how many decimals the shortest text of each number has, at most 6."""
    needed = np.full(values.shape, MOST_DECIMALS, dtype=np.intp)
    for places in range(MOST_DECIMALS - 1, -1, -1):
        needed[np.isclose(values, np.round(values, places), rtol=_BINARY, atol=0)] = places
    return needed


def agree(reported: Floats, recomputed: Floats, places: Ints) -> Bools:
    """Tell where a rate rounds to the reported one, in that many decimals; false where either is missing."""
    half = 0.5 * 10.0**-places
    return np.asarray(np.abs(reported - recomputed) <= half + _BINARY * np.maximum(np.abs(recomputed), half))


def slip(reported: Floats, recomputed: Floats, places: Ints) -> Floats:
    """Return how many times (10, 100, 1000 or their inverses) a rate is the recomputed one, NaN where by none.

    The wrong power of ten must explain the reported digits, of which there are at least two that count.
    """
    found = np.full(reported.shape, np.nan)
    telling = np.abs(reported) >= 10.0 * 10.0**-places
    for times in SLIPS:
        found[agree(reported, recomputed * times, places) & telling & (recomputed > 0)] = times
    return found


def is_of_whole(rate: Floats, denominator: Floats, per: int, places: Ints) -> Bools:
    """Tell where some whole number of events in `denominator` rounds to `rate`."""
    events = np.round(rate * denominator / per)
    with np.errstate(divide="ignore", invalid="ignore"):
        return agree(rate, events * per / denominator, places)


def check_rates(items: Items, vocabulary: Vocabulary, issues: Issues) -> Refusals:
    """Record the rates of the forms that contradict their counts, and return those rates and their numerators.

    Where the numerator is missing, some whole number of events must give the rate.
    """
    refusals: Refusals = {}
    for rate, computed in vocabulary.rates("F37", issues.rules["F37"]).items():
        given = items[rate]
        if not given.given.any():
            continue
        per = PER.get(vocabulary.columns[rate].unit, 1)
        again = computed.value(lambda name: items[name].value) * per
        places = decimals(given.value)
        judged = np.isfinite(given.value) & np.isfinite(again)
        wrong = judged & ~agree(given.value, again, places)
        times = np.where(wrong, slip(given.value, again, places), np.nan)
        numerator, denominator = computed.items[0], computed.items[-1]
        alone = np.isfinite(given.value) & ~items[numerator].given & (items[denominator].value > 0)
        odd = alone & ~is_of_whole(given.value, items[denominator].value, per, places)
        for row, column in np.argwhere(wrong | odd).tolist():
            _tell(rate, computed, items, again, times, row, column, issues)
        for name in (rate, numerator):
            refusals[name] = refusals.get(name, np.zeros_like(wrong)) | ((wrong | odd) & items[name].given)
    return refusals


def _tell(
    rate: str, computed: Expression, items: Items, again: Floats, times: Floats, row: int, column: int, issues: Issues
) -> None:
    here = row, column
    named = [rate, *(name for name in computed.items if items[name].given[here])]
    at, reported = place(items, named, row, column), f"{items[rate].value[here]:.12g}"
    figures = computed.shown(lambda name: items[name].value[here]).replace("nan", "?")
    slipped = np.isfinite(times[here])
    found = {"reported": reported, "recomputed": f"{again[here]:.6g}".replace("nan", "?"), "figures": figures}
    issues.add(
        "F06" if slipped else "F37",
        file=at.file,
        sheet=at.sheet,
        cell=at.cell,
        region=items.counties[row],
        says="rate",
        found=found | {"times": f"{times[here]:g}"},
    )
