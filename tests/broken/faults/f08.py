"""F08: separators stand between groups of three, or the cell is refused."""

from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("a group of two", {LEAGUE: changed(C2="1,23")}, "refused", "C2", "表1"),
    Sent("two kinds of separators", {LEAGUE: changed(D3="1,234 567")}, "refused", "D3", "表1"),
)
