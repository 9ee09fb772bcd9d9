"""F19: a row that stands twice is dropped where it is the same, and both are refused where not."""

from .fixtures import GOOD, HEAD, LEAGUE, OWN, YEARS, Sent, book, form

SAME, OTHER = book([HEAD, *GOOD, GOOD[0]]), book([HEAD, *GOOD, ["150302", "海勃湾区", 900, 401]])
PLAIN = form("region_code live_births", "150302 900", "150302 901")

FIXTURES = (
    Sent("two that differ", {LEAGUE: OTHER}, "refused", "B2 B5", "表1"),
    Sent("two of one year", {OWN: book([*YEARS, ["2019年", 880, 391]])}, "refused", "A2 A4", "表1"),
    Sent("in a plain table", {"2020/form41.csv": PLAIN}, "refused", "A2 A3"),
    Sent("the same twice", {LEAGUE: SAME}, "log", "B2 B5", "表1", "F19a"),
)
