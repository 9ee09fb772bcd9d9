"""The counts of a report: they always add up to all targets."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from endline.model import Verdict


@dataclass(frozen=True)
class Tally:
    """How many counted targets have which verdict; `not_applicable` ones stand outside `all`."""

    met: int
    not_met: int
    no_data: int
    pending: int

    @property
    def all(self) -> int:
        """All counted targets."""
        return self.met + self.not_met + self.no_data + self.pending

    @property
    def judged(self) -> int:
        """Targets with a verdict of met or missed."""
        return self.met + self.not_met

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
        names = ("all", "met", "not_met", "no_data", "pending", "attainment", "assessability")
        return {name: getattr(self, name) for name in names}


COUNTED = [Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.PENDING]


def tally(evaluations: pd.DataFrame) -> Tally:
    """Return the counts of the counted targets of `evaluations` (one region's, or one outline's of it)."""
    number = evaluations.loc[evaluations["counted"], "verdict"].value_counts()
    return Tally(*(int(number.get(v, 0)) for v in COUNTED))


def tallies(evaluations: pd.DataFrame) -> dict[str, Tally]:
    """Return the counts of each region that has evaluations."""
    table = pd.crosstab(evaluations["region_code"], evaluations["verdict"].where(evaluations["counted"], ""))
    rows = table.reindex(columns=COUNTED, fill_value=0).itertuples(name=None)
    return {code: Tally(*numbers) for code, *numbers in rows}
