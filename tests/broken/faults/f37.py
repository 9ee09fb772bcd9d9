"""F37: a rate that its counts do not give is refused."""

from .fixtures import Sent, form, values

COUNTS = form("region_code live_births maternal_deaths", "150302 8000 1")
RATE = {"region_code": "150302", "status": "reported"}

FIXTURES = (
    Sent(
        "one digit off",
        {"values.csv": values({**RATE, "value": "12.6"}), "2020/form41.csv": COUNTS},
        "refused",
        "E2",
    ),
    Sent(
        "twice as high",
        {"values.csv": values({**RATE, "value": "25.0"}), "2020/form41.csv": COUNTS},
        "refused",
        "E2",
    ),
)
