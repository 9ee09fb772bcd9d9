"""F03: what a spreadsheet would run is never run, and never a figure."""

from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("a command", {LEAGUE: changed(C2="=cmd|' /C calc'!A0")}, "refused", "C2", "表1"),
    Sent("a text that adds", {LEAGUE: changed(D3="+1+1")}, "refused", "D3", "表1"),
    Sent("a text that sums", {LEAGUE: changed(D4="@SUM(C2:C3)")}, "refused", "D4", "表1"),
)
