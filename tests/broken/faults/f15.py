"""F15: calendar years and report years do not stand in one series."""

from .fixtures import GOOD, HEAD, LEAGUE, Sent, book, values

MIXED = values({"year": "2019", "year_type": "report_year"}, {"year_type": "calendar"})
CALENDAR = book([["统计时间：2020年1月1日—2020年12月31日"], HEAD, *GOOD])

FIXTURES = (
    Sent("a head that declares calendar years", {LEAGUE: CALENDAR}, "refused", "A1", "表1"),
    Sent("two periods in one series", {"values.csv": MIXED}, "refused", "E2 E3"),
)
