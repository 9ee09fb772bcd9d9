"""F38: counties that do not add up to their league's own figure: asked about."""

from .fixtures import GOOD, HEAD, LEAGUE, Sent, book, form

LINES = ("region_code live_births", "150302 1000", "150303 1000", "150304 1000", "150300 3010")

FIXTURES = (
    Sent("the row of the whole", {LEAGUE: book([HEAD, [None, "合计", 1700, 731], *GOOD])}, "ask", "D2", "表1"),
    Sent("a league's row in a plain table", {"2020/form41.csv": form(*LINES)}, "ask", "B5"),
)
