"""F31: two years exchanged, a row shifted by a column: asked about."""

from .fixtures import Sent, years

RISING = {
    "live_births": [20_000 + 11 * n * (-1) ** n for n in range(11)],
    "maternal_deaths": [160 - 13 * n for n in range(11)],
    "hospital_births": [12_000 + 700 * n + n for n in range(11)],
    "birth_weight_below_2500": [1_600 - 110 * n + n for n in range(11)],
}
LEVELS = {"mothers": 9000, "antenatal_any": 8800, "high_risk_mothers": 1500, "stillbirths": 12, "preterm_births": 400}
LEVELS["caesarean_births"] = 3100


def exchanged(pair: int) -> dict[str, str]:
    """Return a county whose years `pair` and the next changed places; the first file is that of the pair."""
    history = {name: [*of[:pair], of[pair + 1], of[pair], *of[pair + 2 :]] for name, of in RISING.items()}
    files = years("form41", history)
    name = f"{2010 + pair}/form41.csv"
    return {name: files.pop(name), **files}


def shifted(year: int) -> dict[str, str]:
    """Return a county whose row of one year stands a column too far right."""
    history = {name: [size + (17 * n) % 23 - 11 for n in range(11)] for name, size in LEVELS.items()}
    names = list(history)
    row = [None, *(history[name][year - 2010] for name in names[:-1])]
    for name, value in zip(names, row, strict=True):
        history[name][year - 2010] = value
    files = years("form41", history)
    name = f"{year}/form41.csv"
    return {name: files.pop(name), **files}


FIXTURES = (
    Sent("2013 and 2014 changed places", exchanged(3), "ask"),
    Sent("2019 and 2020 changed places", exchanged(9), "ask"),
    Sent("a row a column too far right", shifted(2016), "ask", "C2:G2"),
)
