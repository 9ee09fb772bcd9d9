"""F27: a file that says another year, region or template than where it lies is refused."""

from .fixtures import GOOD, HEAD, LEAGUE, OWN, YEARS, Sent, book, changed


def headed(*head: str) -> dict[str, bytes]:
    """Return the sound return below a line."""
    return {LEAGUE: book([head, HEAD, *GOOD])}


FIXTURES = (
    Sent("last year's title", headed("2019年孕产妇保健和健康情况年报表"), "refused", "A1", "表1"),
    Sent("another league's code", headed("地区代码", "150200"), "refused", "B1", "表1"),
    Sent("a newer template", headed("模板", "endline", "模板版本", "2"), "refused", "D1", "表1"),
    Sent("a name that says another year", {"2020/乌海市2019年报.xlsx": changed()}, "refused", "", "表1"),
    Sent("another unit's folder", {OWN: book([["填报单位：海南区"], *YEARS])}, "refused", "A1", "表1"),
)
