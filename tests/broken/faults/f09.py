"""F09: a mark of the closed list stands for a figure that is not there."""

from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("a dash", {LEAGUE: changed(C2="—")}, "missing", "C2", "表1"),
    Sent("a word", {LEAGUE: changed(D4="未统计")}, "missing", "D4", "表1"),
)
