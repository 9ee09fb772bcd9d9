"""F34: a denominator of nought: no rate."""

from .fixtures import Sent, form

BIRTHS = form("region_code live_births maternal_deaths", "150302 0 0")
VACCINES = form("region_code vaccine_due vaccine_given", "150302 0 0")

FIXTURES = (
    Sent("no birth", {"2020/form41.csv": BIRTHS}, "missing", "C2/B2"),
    Sent("no child due", {"2020/extra.csv": VACCINES}, "missing", "C2/B2"),
)
