"""F41: the same count year after year, more often than chance lets two years agree."""

import numpy as np

from endline.checks.names import Vocabulary
from endline.checks.places import places
from endline.intake.issues import Issues
from endline.intake.items import Bools, Floats, Ints, Items

PERSONS = "persons"  # counts of people waver; numbers of places need not


def runs(values: Floats) -> tuple[Ints, Ints]:
    """Return the length of the longest run of equal neighbours in each row, and the column where it ends."""
    length = np.ones(values.shape, dtype=np.intp)
    for column in range(1, values.shape[1]):
        same = values[:, column] == values[:, column - 1]
        length[:, column] = np.where(same, length[:, column - 1] + 1, 1)
    end = length.argmax(axis=1)
    return length[np.arange(len(values)), end], end


def improbable(count: Floats, length: Ints, years: int, limit: float) -> Bools:
    """Tell which runs are longer than chance makes them: fewer than `limit` expected in a series of Poisson counts.

    Two Poisson counts of mean m agree with probability 1 / sqrt(4 pi m), so a run of k starts at one of n - k + 1 years
    with the power k - 1 of it.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = (years - length + 1) * (4 * np.pi * count) ** (-(length - 1) / 2)
    return np.asarray((length > 1) & (count > 0) & (expected < limit))


def check_copies(items: Items, vocabulary: Vocabulary, issues: Issues) -> None:
    """Record the counts of people that stay the same for longer than chance would keep them."""
    least = issues.limit("F41", "least_count")
    for name, column in vocabulary.columns.items():
        values = items[name].value
        if column.kind != "count" or column.unit != PERSONS or not np.isfinite(values).any():
            continue
        length, end = runs(values)
        count = np.nan_to_num(values[np.arange(len(values)), end])
        found = (count >= least) & improbable(count, length, len(items.years), issues.limit("F41", "expected_runs"))
        for row in np.flatnonzero(found).tolist():
            columns = range(int(end[row]) - int(length[row]) + 1, int(end[row]) + 1)
            at = places(items, name, row, columns)
            issues.add(
                "F41",
                file=at.file,
                sheet=at.sheet,
                cell=at.cell,
                region=items.counties[row],
                says="copied",
                found={
                    "name": column.label,
                    "first": items.years[columns[0]],
                    "last": items.years[columns[-1]],
                    "count": f"{count[row]:.0f}",
                },
            )
