"""F20: what other programs write for nothing is neither a figure nor a gap."""

from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("NA", {LEAGUE: changed(C2="NA")}, "refused", "C2", "表1"),
    Sent("nan", {LEAGUE: changed(D3="nan")}, "refused", "D3", "表1"),
)
