"""The banners of a simulated dataset: where they stand, how large they are, when they exist and report."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from endline.errors import ParameterError
from endline.simulate.chance import Counts, Numbers, stream
from endline.simulate.settings import Fictitious, Settings

REGION_COLUMNS = (
    "code",
    "name",
    "level",
    "parent",
    "type",
    "valid_from",
    "valid_to",
    "aliases",
    "successor",
    "changed",
)
Region = dict[str, str]


@dataclass(frozen=True)
class Banners:
    """The banners in code order; arrays over banners and years have shape (banners, years)."""

    codes: tuple[str, ...]
    types: tuple[str, ...]
    leagues: tuple[str, ...]
    years: tuple[int, ...]
    since: Counts
    origin: dict[int, int] = field(default_factory=dict)

    @property
    def exists(self) -> NDArray[np.bool_]:
        """Tell in which years each banner stands."""
        return self.since[:, None] <= np.array(self.years)

    def index(self, code: str) -> int:
        """Return the row of a banner; raise ParameterError when there is none."""
        if code not in self.codes:
            raise ParameterError(f"params/simulation.yaml: {code} is no banner of params/regions.csv")
        return self.codes.index(code)

    def as_founded(self, values: Counts) -> Counts:
        """Return `values` with those of a banner not yet founded counted in the banner that it came from."""
        merged = np.where(self.exists, values, 0)
        for banner, origin in self.origin.items():
            merged[origin] += np.where(self.exists[banner], 0, values[banner])
        return merged

    def reporting(self, settings: Settings, form: str) -> NDArray[np.bool_]:
        """Tell in which years each banner handed in `form`."""
        handed_in = self.exists
        for gap in settings.missing:
            if not gap.forms or form in gap.forms:
                rows = [self.index(code) for code in gap.regions]
                handed_in[np.ix_(rows, [self.years.index(year) for year in gap.years])] = False
        return handed_in

    def league_effects(self, draws: Numbers) -> Numbers:
        """Return for each banner the one of `draws` (a value a league, in code order) that its league has."""
        order = {league: i for i, league in enumerate(sorted(set(self.leagues)))}
        return draws[[order[league] for league in self.leagues]]


def read_regions(path: Path) -> list[Region]:
    """Return the rows of a region table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def invent_regions(fictitious: Fictitious, counties: int) -> list[Region]:
    """Return the province, leagues and counties of a country that does not exist."""
    top = fictitious.province
    rows = [_region(top.code, top.name, "province", "", top.type)]
    for number in range(counties):
        league, place = divmod(number, fictitious.counties_per_league)
        parent = top.code + 100 * (league + 1)
        if not place:
            named = fictitious.league
            rows.append(_region(parent, named.name.format(league + 1), "league", str(top.code), named.type))
        named, code = fictitious.county, parent + place + 1
        rows.append(_region(code, named.name.format(number + 1), "banner", str(parent), named.type))
    if not counties or len({len(row["code"]) for row in rows}) > 1:
        raise ParameterError(f"counties={counties}: from 1 to as many as codes of six digits allow")
    return rows


def _region(code: int, name: str, level: str, parent: str, kind: str) -> Region:
    return dict(zip(REGION_COLUMNS, (str(code), name, level, parent, kind, *[""] * 5), strict=True))


def banners_of(settings: Settings, regions: Sequence[Region]) -> Banners:
    """Return the banners below the simulated region, in code order."""
    leagues = {row["code"] for row in regions if row["parent"] == settings.region}
    rows = sorted((row for row in regions if row["parent"] in leagues), key=lambda row: row["code"])
    if not rows:
        raise ParameterError(f"params/regions.csv: no banners below {settings.region}")
    codes = tuple(row["code"] for row in rows)
    banners = Banners(
        codes=codes,
        types=tuple(row["type"] for row in rows),
        leagues=tuple(row["parent"] for row in rows),
        years=tuple(settings.years),
        since=np.array([int(row["valid_from"][:4] or 0) for row in rows]),
    )
    origin = {banners.index(founding.region): banners.index(founding.out_of) for founding in settings.founded}
    return replace(banners, origin=origin)


def draw_births(settings: Settings, banners: Banners, years: Sequence[int]) -> Counts:
    """Return live births, shape (banners, years), in final bounds; years before the first have its level."""
    sizes, levels, n = settings.sizes, settings.births.levels, len(banners.codes)
    rng = stream(settings.seed, "births", "banners")
    size = _shares(settings, banners, np.exp(rng.normal(0, sizes.spread, n)))
    trend = rng.normal(0, sizes.trend, n)
    births = np.empty((n, len(years)), dtype=np.int64)
    for column, year in enumerate(years):
        rng = stream(settings.seed, "births", year)
        level = levels[max(year, settings.first_year)].value * 10_000 * settings.scale
        total = level * np.exp(rng.normal(0, settings.births.deviation))
        weight = size * np.exp(trend * (year - settings.size_year) / 10 + rng.normal(0, sizes.jitter, n))
        births[:, column] = rng.multinomial(round(total), weight / weight.sum())
    return births


def _shares(settings: Settings, banners: Banners, size: Numbers) -> Numbers:
    """Return `size` times the banners' weights, so that each league has the births that are stated."""
    if not settings.leagues:
        return size
    weights = {banner: weight for league in settings.leagues.values() for banner, weight in league.banners.items()}
    if unknown := sorted(set(banners.codes) ^ set(weights)):
        raise ParameterError(f"params/simulation.yaml: banners differ from params/regions.csv: {unknown}")
    weighted: Numbers = size * np.array([weights[code] for code in banners.codes])
    for league in settings.leagues.values():
        rows = [banners.index(code) for code in league.banners]
        weighted[rows] *= league.value / weighted[rows].sum()
    return weighted
