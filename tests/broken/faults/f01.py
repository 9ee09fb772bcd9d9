"""F01: a formula without a cached value is no figure."""

from ..workbooks.made import F
from .fixtures import LEAGUE, OWN, YEARS, Sent, changed

FIXTURES = (
    Sent("a sum that a script wrote", {LEAGUE: changed(C2=F("SUM(C3:C4)"))}, "refused", "C2", "表1"),
    Sent("a share in a unit's own", {OWN: changed(rows=YEARS, C3=F("ROUND(B3*0.44,0)"))}, "refused", "C3", "表1"),
)
