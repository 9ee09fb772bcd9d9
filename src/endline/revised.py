"""What later vintages changed, as rows of a table: 数据修订 of a report."""

from collections.abc import Iterable, Mapping

from endline.model import Form, Indicator
from endline.narrative import Row
from endline.wording import Wording

COLUMNS = ("indicator", "year", "vintage", "value", "latest_vintage", "latest", "difference")


def revision_rows(
    revisions: Iterable[Row], indicators: Mapping[str, Indicator], forms: Mapping[str, Form], say: Wording
) -> list[list[str]]:
    """Return a row a revised figure: what, year, former vintage and value, latest vintage and value, difference.

    The columns are those of `COLUMNS`, in words; a figure of a form is called by its form and its label. `revisions`
    are the rows of a region's slice.
    """
    labels = {
        f"{form.id}.{c.id}": f"{form.name}{say.get('name_separator')}{c.label}"
        for form in forms.values()
        for c in form.columns
    }
    none = str(say.get("missing"))
    return [
        [
            say.series_name(indicators[r.item], r.stratum) if r.item in indicators else labels.get(r.item, r.item),
            str(r.year),
            str(say.get("vintage")[r.vintage]),
            r.value or none,
            str(say.get("vintage")[r.latest_vintage]),
            r.latest or none,
            r.difference or none,
        ]
        for r in revisions
    ]
