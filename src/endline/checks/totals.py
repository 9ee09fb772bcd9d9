"""F38: what a higher region gives as its own figure against the sum of those below it. Neither is mended."""

import numpy as np

from endline.checks.names import Vocabulary
from endline.intake.issues import Issues
from endline.intake.items import Ints, Items
from endline.regions import Regions


def check_totals(items: Items, vocabulary: Vocabulary, regions: Regions, issues: Issues) -> None:
    """Record the totals that the counties do not add up to; where some did not report, those that they exceed.

    A total of which its own sheet says the same is recorded once.
    """
    place = {code: n for n, code in enumerate(items.counties)}
    columns = {year: n for n, year in enumerate(items.years)}
    known: dict[tuple[str, int], tuple[Ints, int]] = {}
    for total in items.totals:
        who = total.region, total.year
        if who not in known:
            below = regions.counties(*who) or []
            rows = [place[county.code] for county in below if county.code in place]
            known[who] = np.array(rows, dtype=np.intp), len(below)
        inside, units = known[who]
        if total.year not in columns or not units:
            continue
        values = items[total.item].value[inside, columns[total.year]]
        reported = int(np.isfinite(values).sum())
        added = float(np.nansum(values))
        if reported == 0 or total.value == added or (reported < units and total.value > added):
            continue
        if issues.holds("F38", total.file, total.sheet, total.cell):
            continue
        issues.add(
            "F38",
            file=total.file,
            sheet=total.sheet,
            cell=total.cell,
            region=total.region,
            says="total",
            found={
                "name": vocabulary.columns[total.item].label,
                "year": total.year,
                "own": f"{total.value:.12g}",
                "added": f"{added:.12g}",
                "difference": f"{total.value - added:+.12g}",
                "reported": reported,
                "total": units,
            },
        )
