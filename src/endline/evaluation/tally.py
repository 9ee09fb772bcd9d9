"""The counts of a report: they always add up to all targets."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from endline.model import Verdict

FINAL = {"met": Verdict.MET, "not_met": Verdict.NOT_MET}
OPEN = {"no_data": Verdict.NO_DATA, "pending": Verdict.PENDING}
NAMED: dict[str, dict[str, Verdict]] = {  # what the fields of a tally count in each kind of round, in order of print
    "final": {**FINAL, **OPEN},
    "tasks": {**FINAL, **OPEN},
    "baseline": {"met": Verdict.ALREADY_MET, "not_met": Verdict.NOT_YET, **OPEN},
    "midterm": {
        "met": Verdict.ALREADY_MET,
        "on_track": Verdict.ON_TRACK,
        "uncertain": Verdict.UNCERTAIN,
        "not_met": Verdict.OFF_TRACK,
        **OPEN,
    },
}


@dataclass(frozen=True)
class Tally:
    """How many counted targets have which verdict; `not_applicable` ones stand outside `all`.

    Before targets are due `met` counts those met already, `not_met` those not yet met or off track.
    """

    met: int
    not_met: int
    no_data: int
    pending: int
    on_track: int = 0
    uncertain: int = 0

    @property
    def all(self) -> int:
        """All counted targets."""
        return self.judged + self.no_data + self.pending

    @property
    def judged(self) -> int:
        """Targets of which something is said: in a final round met or missed."""
        return self.met + self.not_met + self.on_track + self.uncertain

    @property
    def attainment(self) -> float | None:
        """Percentage met of those judged (达标率); None where none was judged."""
        return 100 * self.met / self.judged if self.judged else None

    @property
    def assessability(self) -> float | None:
        """Percentage judged of all (可评率); None where there is no target."""
        return 100 * self.judged / self.all if self.all else None

    def as_dict(self) -> dict[str, Any]:
        """Return the counts and both rates by name."""
        names = ("all", *FIELDS, "attainment", "assessability")
        return {name: getattr(self, name) for name in names}


COUNTED = [Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.PENDING]
FIELDS = (*map(str, COUNTED), str(Verdict.ON_TRACK), str(Verdict.UNCERTAIN))
_FIELD = {name: name for name in FIELDS} | {
    str(Verdict.ALREADY_MET): "met",
    str(Verdict.OFF_TRACK): "not_met",
    str(Verdict.NOT_YET): "not_met",
}


def tally(evaluations: Iterable[Any]) -> Tally:
    """Return the counts of the counted targets among rows of `evaluations` (one region's, or one outline's of it)."""
    number = Counter(_FIELD.get(e.verdict) for e in evaluations if e.counted)
    return Tally(*(number[field] for field in FIELDS))


def tallies(evaluations: pd.DataFrame) -> dict[str, Tally]:
    """Return the counts of each region that has evaluations."""
    fields = evaluations["verdict"].map(_FIELD).where(evaluations["counted"], "")
    table = pd.crosstab(evaluations["region_code"], fields.fillna(""))
    rows = table.reindex(columns=FIELDS, fill_value=0).itertuples(name=None)
    return {code: Tally(*numbers) for code, *numbers in rows}
