"""F30: a year for which a county handed in nothing is missing."""

from .fixtures import Sent, form

HEAD = "region_code live_births maternal_deaths"
BOTH = form(HEAD, "150302 8000 1", "150303 8100 1")
ONE = form(HEAD, "150302 8010 1")

FIXTURES = (
    Sent("in the middle", {"2019/form41.csv": ONE, "2018/form41.csv": BOTH, "2020/form41.csv": BOTH}, "missing"),
    Sent("at the end", {"2020/form41.csv": ONE, "2018/form41.csv": BOTH, "2019/form41.csv": BOTH}, "missing"),
)
