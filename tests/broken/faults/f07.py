"""F07: full-width digits are read as the digits that they are, and logged."""

from .fixtures import LEAGUE, OWN, YEARS, Sent, changed

FIXTURES = (
    Sent("a count", {LEAGUE: changed(C2="９００")}, "log", "C2", "表1"),
    Sent("a year", {OWN: changed(rows=YEARS, A2="２０１９年")}, "log", "A2", "表1"),
)
