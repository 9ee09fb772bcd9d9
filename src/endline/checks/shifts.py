"""F31: a row whose figures slipped by one column; from some column on, each looks like its neighbour of other years."""

import numpy as np

from endline.checks.chance import median
from endline.checks.names import Vocabulary
from endline.checks.places import place
from endline.intake.issues import Issues
from endline.intake.items import Floats, Ints, Items
from endline.model import Form

WAYS = (1, -1)  # each figure stands one column further right, or left, than it belongs


def slipped(logs: Floats, usual: Floats, way: int) -> tuple[Floats, Floats]:
    """Return, from each column on, how far the figures lie from what is usual there, and how much nearer next to it.

    `logs` and `usual` are [counties, years, columns]; both sums run over the columns from each one to the last.
    """
    beside = np.full(usual.shape, np.nan)
    if way > 0:
        beside[..., 1:] = usual[..., :-1]
    else:
        beside[..., :-1] = usual[..., 1:]
    away = np.abs(logs - usual)
    gain = away - np.abs(logs - beside)
    known = np.isfinite(gain)
    to_the_end = [np.where(known, part, 0.0)[..., ::-1].cumsum(axis=-1)[..., ::-1] for part in (away, gain)]
    return to_the_end[0], to_the_end[1]


def check_shifts(items: Items, vocabulary: Vocabulary, issues: Issues) -> None:
    """Record the rows of which most figures, from some column on, fit the column beside better than their own."""
    if len(items.years) <= (least := int(issues.limit("F31", "usual_years"))):
        return
    for form in vocabulary.forms.values():
        names = _in_order(items, form)
        if not names:
            continue
        counts = np.stack([items[name].value for name in names], axis=-1)
        logs = np.log1p(counts)
        usual = np.broadcast_to(median(logs, axis=1), logs.shape).copy()
        usual[np.broadcast_to(np.isfinite(logs).sum(axis=1, keepdims=True), logs.shape) <= least] = np.nan
        ways = [_best(*slipped(logs, usual, way)) for way in WAYS]
        gains = np.stack([gain for gain, _, _ in ways])
        better = gains.argmax(axis=0)
        for n, (gain, of, start) in enumerate(ways):
            enough = (gain > issues.limit("F31", "nearer")) & (gain > issues.limit("F31", "share") * of)
            for row, column in np.argwhere(enough & (better == n)).tolist():
                _tell(items, names, row, column, int(start[row, column]), WAYS[n], issues)


def _in_order(items: Items, form: Form) -> list[str]:
    """Return the counts of a form as its sheets have them side by side; as the form has them, where sheets differ."""
    orders = {tuple(sheet.items.values()) for sheet in items.sheets if sheet.form == form.id}
    counts = {f"{form.id}.{c.id}": c.column for c in form.columns if c.kind == "count"}
    given = sorted(counts, key=lambda name: counts[name]) if len(orders) > 1 else [n for order in orders for n in order]
    return [name for name in given if name in counts and np.isfinite(items[name].value).any()]


def _best(away: Floats, gain: Floats) -> tuple[Floats, Floats, Ints]:
    """Return the largest gain of each row, the distance there, and from which column on: each [counties, years]."""
    start = gain.argmax(axis=-1)
    at = start[..., None]
    return np.take_along_axis(gain, at, -1)[..., 0], np.take_along_axis(away, at, -1)[..., 0], start


def _tell(items: Items, names: list[str], row: int, column: int, start: int, way: int, issues: Issues) -> None:
    given = [name for name in names[start:] if items[name].given[row, column]]
    first, last = (place(items, [name], row, column) for name in (given[0], given[-1]))
    issues.add(
        "F31",
        file=first.file,
        sheet=first.sheet,
        cell=f"{first.cell}:{last.cell}",
        region=items.counties[row],
        says="right" if way > 0 else "left",
        found={"year": items.years[column], "figures": len(given)},
    )
