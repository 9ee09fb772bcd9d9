"""F41: a whole row handed in a second time as the next year's."""

import numpy as np

from endline.checks.names import Vocabulary
from endline.checks.places import file_of
from endline.intake.issues import Issues
from endline.intake.items import Floats, Items


def repeated(counts: Floats, least: float) -> tuple[Floats, Floats]:
    """Return how many counts of at least `least` stand in both of two years, and how many are equal in both.

    `counts` is [counties, years, items]; the answers are [counties, years - 1].
    """
    with np.errstate(invalid="ignore"):
        both = (counts[:, 1:] >= least) & (counts[:, :-1] >= least)
    return both.sum(axis=-1).astype(float), (both & (counts[:, 1:] == counts[:, :-1])).sum(axis=-1).astype(float)


def check_rows(items: Items, vocabulary: Vocabulary, issues: Issues) -> None:
    """Record the rows of which most counts are those of the year before."""
    for form in vocabulary.forms.values():
        names = [f"{form.id}.{c.id}" for c in form.columns if c.kind == "count" and c.unit == "persons"]
        counts = np.stack([items[name].value for name in names], axis=-1) if names else np.empty((0, 0, 0))
        both, equal = repeated(counts, issues.limit("F41", "least_count"))
        found = (both >= issues.limit("F41", "least_items")) & (equal > issues.limit("F41", "equal_share") * both)
        for row, column in np.argwhere(found).tolist():
            issues.add(
                "F41",
                file=file_of(items, form.id, column + 1, {items.counties[row]}),
                cell="",
                region=items.counties[row],
                says="row",
                found={
                    "form": form.name,
                    "year": items.years[column + 1],
                    "before": items.years[column],
                    "equal": f"{equal[row, column]:.0f}",
                    "items": f"{both[row, column]:.0f}",
                },
            )
