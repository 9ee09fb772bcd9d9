"""F10: a negative count is refused."""

from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("a number", {LEAGUE: changed(C2=-5)}, "refused", "C2", "表1"),
    Sent("a text", {LEAGUE: changed(D3="-3")}, "refused", "D3", "表1"),
)
