"""F65: characters that are not seen refuse the file."""

from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("a change of direction", {LEAGUE: changed(B2="海勃\u202e湾区")}, "refused", "B2", "表1"),
    Sent("a space without width", {LEAGUE: changed(B3="海南\u200b区")}, "refused", "B3", "表1"),
    Sent("a nought byte", {LEAGUE: changed(B4="乌达_x0000_区")}, "refused", "B4", "表1"),
)
