"""F40: a region that is not in the register, not below the sender, or not of that year."""

from .fixtures import LEAGUE, Sent, changed, form, values

FIXTURES = (
    Sent("a code that nobody has", {LEAGUE: changed(A2="150399", B2=None)}, "refused", "A2", "表1"),
    Sent("another league's banner", {LEAGUE: changed(A2=None, B2="东河区")}, "refused", "B2", "表1"),
    Sent("before it was founded", {"2015/form41.csv": form("region_code live_births", "150603 1000")}, "refused", "A2"),
    Sent("among the values", {"values.csv": values({"region_code": "159999"}, {"year": "2019"})}, "refused", "A2"),
)
