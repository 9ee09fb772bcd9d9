"""F36: a leap away from the series is asked about."""

from .fixtures import Sent, series, years

BIRTHS = [8000 + 41 * n * (-1) ** n for n in range(11)]
LIGHT = [321, 318, 330, 309, 325, 322, 941, 333, 319, 327, 314]
FILES = years("form41", {"live_births": BIRTHS, "birth_weight_below_2500": LIGHT})
RATES = series([30, 29.2, 28.1, 27.5, 26.9, 14.1, 25.2, 24.4, 23.6, 22.9])

FIXTURES = (
    Sent("a count", {"2016/form41.csv": FILES.pop("2016/form41.csv"), **FILES}, "ask", "C2/B2"),
    Sent("a published rate", {"values.csv": RATES}, "ask", "E7"),
)
