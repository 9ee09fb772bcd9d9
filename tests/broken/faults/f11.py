"""F11: a note in the cell of a figure refuses it."""

from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("an asterisk", {LEAGUE: changed(C2="900*")}, "refused", "C2", "表1"),
    Sent("an estimate", {LEAGUE: changed(D3="约120")}, "refused", "D3", "表1"),
)
