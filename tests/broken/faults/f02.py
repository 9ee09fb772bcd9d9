"""F02: a cached value is taken and logged; asked where it is not what its cells give."""

from ..workbooks.made import F
from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("a formula with its value", {LEAGUE: changed(C2=F("C3+C4", 800))}, "log", "C2", "表1"),
    Sent("a sum that is stale", {LEAGUE: changed(C2=F("SUM(C3:C4)", 801))}, "ask", "C2", "表1", "F02a"),
)
