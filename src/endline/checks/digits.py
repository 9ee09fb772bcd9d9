"""F41: last digits. Those of counts are alike; who makes figures up prefers some of them."""

import numpy as np
from scipy.special import chdtrc

from endline.checks.names import Vocabulary
from endline.intake.issues import Issues
from endline.intake.items import Floats, Items

DIGITS = 10


def uniform_p(tallies: Floats) -> Floats:
    """Return the probability of last digits as uneven as these, by Pearson's chi-square: [rows, 10] -> [rows]."""
    expected = tallies.sum(axis=1, keepdims=True) / DIGITS
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.nansum((tallies - expected) ** 2 / expected, axis=1)
    return np.asarray(chdtrc(DIGITS - 1, statistic))


def last_digits(items: Items, vocabulary: Vocabulary, least: float) -> Floats:
    """Return how often each digit ends a county's counts of at least `least`: [counties, 10].

    A count that stands twice in one year (tested for two diseases with one sample) is one count.
    """
    counted = [name for name, column in vocabulary.columns.items() if column.kind == "count"]
    names = [name for name in counted if np.isfinite(items[name].value).any()]
    tallies = np.zeros((len(items.counties), DIGITS))
    if not names:
        return tallies
    for year in range(len(items.years)):
        counts = np.sort(np.stack([items[name].value[:, year] for name in names], axis=1), axis=1)
        once = np.isfinite(counts) & (counts >= least)
        once[:, 1:] &= counts[:, 1:] != counts[:, :-1]
        rows, columns = np.nonzero(once)
        np.add.at(tallies, (rows, (counts[rows, columns] % DIGITS).astype(np.intp)), 1)
    return tallies


def check_digits(items: Items, vocabulary: Vocabulary, issues: Issues) -> None:
    """Record the counties whose counts end in some digits far more often than in others."""
    tallies = last_digits(items, vocabulary, issues.limit("F41", "least_count_of_digit"))
    enough = tallies.sum(axis=1) >= issues.limit("F41", "least_digits")
    uneven = enough & (uniform_p(tallies) < issues.limit("F41", "digits_p"))
    for row in np.flatnonzero(uneven).tolist():
        digit = int(tallies[row].argmax())
        total = tallies[row].sum()
        issues.add(
            "F41",
            file=_first_file(items, items.counties[row]),
            cell="",
            region=items.counties[row],
            says="digits",
            found={
                "counts": f"{total:.0f}",
                "digit": digit,
                "share": f"{100 * tallies[row, digit] / total:.0f}",
            },
        )


def _first_file(items: Items, county: str) -> str:
    return next((sheet.file for sheet in items.sheets if any(code == county for code, *_ in sheet.rows)), "")
