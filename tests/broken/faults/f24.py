"""F24: a sheet larger than any return is refused."""

from .fixtures import LEAGUE, Sent, changed

ROWS = {f"C{n}": 1 for n in range(5, 5_002)}

FIXTURES = (
    Sent("more rows", {LEAGUE: changed(**ROWS)}, "refused", "C5001", "表1"),
    Sent("more columns", {"2020/150300.csv": b"1" + b",1" * 500 + b"\n"}, "refused", "SG1"),
)
