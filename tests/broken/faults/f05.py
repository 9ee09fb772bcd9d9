"""F05: what the header, the number format and the number say of a percentage must agree."""

from .fixtures import LEAGUE, Sent, book, changed

RATES = [["地区", "7岁以下儿童数", "5岁以下儿童死亡率（‰）"], ["海勃湾区", 5000, 0.0052]]

FIXTURES = (
    Sent("a rate in ‰ shown as %", {LEAGUE: book(RATES, formats={"C2": "0.00%"})}, "refused", "C2", "表1"),
    Sent("a count shown as %", {LEAGUE: changed(page={"formats": {"D3": "0%"}})}, "refused", "D3", "表1"),
)
