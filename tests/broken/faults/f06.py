"""F06: a figure in another unit: by its header, or by what its counts give."""

from .fixtures import LEAGUE, Sent, changed, form, values

COUNTS = form("region_code live_births maternal_deaths", "150302 8000 1")
RATE = {"region_code": "150302", "status": "reported"}

FIXTURES = (
    Sent("a count in ten thousands", {LEAGUE: changed(D1="剖宫产活产数（万人）")}, "refused", "D1", "表1"),
    Sent(
        "a rate ten times that of its counts",
        {"values.csv": values({**RATE, "value": "125.0"}), "2020/form41.csv": COUNTS},
        "refused",
        "E2",
    ),
    Sent(
        "a rate a thousandth of it",
        {"values.csv": values({**RATE, "value": "0.0125"}), "2020/form41.csv": COUNTS},
        "refused",
        "E2",
    ),
)
