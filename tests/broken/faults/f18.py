"""F18: sheets, columns and rows are found by their words; what is not sure is refused with its candidates."""

from .fixtures import GOOD, HEAD, LEAGUE, Sent, book, changed

TWO = changed(E1="农业户籍", E2=5, E3=5, E4=5)
TWICE = changed(E1="产妇数（合计）", E2=5, E3=5, E4=5)
SUB_TOTAL = book([HEAD, *GOOD[:2], [None, "小计", 1200, 520], GOOD[2]])

FIXTURES = (
    Sent("a column with two likely items", {LEAGUE: TWO}, "refused", "E1", "表1", "F18a"),
    Sent("two columns for one item", {LEAGUE: TWICE}, "refused", "C1 E1", "表1", "F18a"),
    Sent("a sub-total among the rows", {LEAGUE: SUB_TOTAL}, "ask", "B4", "表1"),
)
