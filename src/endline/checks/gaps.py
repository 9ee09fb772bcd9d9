"""F30: a year for which a county handed in nothing, though the form was collected and the county is there."""

import numpy as np

from endline.checks.names import Vocabulary
from endline.checks.places import file_of
from endline.intake.issues import Issues
from endline.intake.items import Bools, Items
from endline.regions import Regions


def handed_in(items: Items, vocabulary: Vocabulary, form: str) -> Bools:
    """Tell which counties gave any figure of a form, by year: [counties, years]."""
    given = [items[f"{form}.{column.id}"].given for column in vocabulary.forms[form].columns]
    return np.asarray(np.any(given, axis=0))


def expected(items: Items, regions: Regions) -> Bools:
    """Tell which counties existed, by year: [counties, years]."""
    there = [[regions[code].exists_in(year) for year in items.years] for code in items.counties]
    return np.array(there, dtype=bool).reshape(len(items.counties), len(items.years))


def check_gaps(items: Items, vocabulary: Vocabulary, regions: Regions, issues: Issues) -> None:
    """Record the years in which a county that reports a form did not; nothing is filled in."""
    there = expected(items, regions)
    beside = {code: {other.code for other in regions.children(regions[code].parent)} for code in items.counties}
    for form in vocabulary.forms.values():
        given = handed_in(items, vocabulary, form.id)
        collected, reports = np.any(given, axis=0, keepdims=True), np.any(given, axis=1, keepdims=True)
        for row, column in np.argwhere(there & ~given & collected & reports).tolist():
            issues.add(
                "F30",
                file=file_of(items, form.id, column, beside[items.counties[row]]),
                cell="",
                region=items.counties[row],
                says="form",
                found={"form": form.name, "year": items.years[column], "code": items.counties[row]},
            )
