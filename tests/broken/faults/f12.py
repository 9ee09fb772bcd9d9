"""F12: what is no whole number of people is refused."""

from .fixtures import LEAGUE, Sent, changed, form

FIXTURES = (
    Sent("a word", {LEAGUE: changed(C2="九百")}, "refused", "C2", "表1"),
    Sent("half a person", {LEAGUE: changed(D3=120.5)}, "refused", "D3", "表1"),
    Sent("a truth value", {LEAGUE: changed(D4=True)}, "refused", "D4", "表1"),
    Sent("in a plain table", {"2020/form41.csv": form("region_code live_births", "150302 1e3")}, "refused", "B2"),
)
