"""What params/simulation.yaml may say: a figure always with its source or its reason."""

from pathlib import Path

from pydantic import Field, model_validator

from endline.kept import kept
from endline.simulate.rules import ByYear, Levels, Model, Rule, Stated
from endline.simulate.sending import Workbooks
from endline.yaml_files import read_yaml, validated


class Value(Stated):
    """One figure."""

    value: float = Field(gt=0)


class Births(Stated):
    """Live births of the region by year, in 10000 persons."""

    deviation: float
    levels: dict[int, Value]


class League(Value):
    """The births of a league, and weights by which its banners share them."""

    banners: dict[str, float]


class Sizes(Stated):
    """How the births of banners differ, as standard deviations of logarithms."""

    spread: float
    trend: float
    jitter: float


class Founding(Stated):
    """A banner that stood in another one before it was founded."""

    region: str
    out_of: str


class Gap(Stated):
    """Banners that do not report in some years; `forms` empty means all of them."""

    regions: tuple[str, ...]
    years: tuple[int, ...]
    forms: tuple[str, ...] = ()


class Break(Stated):
    """A lasting shift of the log-odds of one item in one banner, from `year` on."""

    region: str
    item: str
    year: int
    shift: float


class Plant(Stated):
    """A count that is changed after it was drawn."""

    region: str
    item: str
    year: int
    change: int


class Province(Model):
    """The top of the fictitious country."""

    code: int
    name: str
    type: str


class Naming(Model):
    """A name template that takes a running number, and a type of region."""

    name: str
    type: str


class Fictitious(Stated):
    """A country that does not exist, of any number of counties."""

    counties_per_league: int = Field(ge=1, le=99)
    province: Province
    league: Naming
    county: Naming
    banners_above: int
    spread: float


class Differences(Stated):
    """Standard deviations of log-odds: of leagues, banners, trends, a banner's years, the region's years."""

    leagues: float
    banners: float
    trend: float
    jitter: float
    wobble: float


class Text(Model):
    """The templates of SOURCE.yaml."""

    title: str
    publisher: str
    method: str
    licence: str


class Outcome(Stated):
    """A yearly value of the whole region that is not counted from events."""

    indicator_id: str
    stratum: str
    unit: str
    decimals: int
    levels: ByYear
    wobble: float
    note: str


class Term(Stated):
    """Other years of the same region: the births of those that `births` has not; levels stay as they were last."""

    first_year: int
    last_year: int
    births: dict[int, Value]


class Settings(Model):
    """All of params/simulation.yaml."""

    seed: int = Field(ge=0)
    first_year: int
    last_year: int
    region: str
    source: Text
    births: Births
    size_year: int
    leagues: dict[str, League]
    sizes: Sizes
    founded: tuple[Founding, ...] = ()
    missing: tuple[Gap, ...] = ()
    breaks: tuple[Break, ...] = ()
    planted: tuple[Plant, ...] = ()
    fictitious: Fictitious
    differences: Differences
    items: tuple[Rule, ...]
    values: tuple[Outcome, ...] = ()
    workbooks: Workbooks
    terms: dict[str, Term] = Field(default={})
    scale: float = 1.0

    @model_validator(mode="after")
    def name_what_is_there(self) -> "Settings":
        """Raise ValueError when a break or plant names no drawn item, or anything a year outside."""
        drawn = {rule.item for rule in self.items if isinstance(rule, Levels)}
        named = {shift.item for shift in self.breaks} | {plant.item for plant in self.planted}
        years = {shift.year for shift in self.breaks} | {plant.year for plant in self.planted}
        years.update(*(gap.years for gap in self.missing))
        if wrong := [*sorted(named - drawn), *sorted(years - set(self.years))]:
            raise ValueError(f"breaks, planted, missing: {wrong} not simulated")
        if without := sorted(set(self.years) - set(self.births.levels)):
            raise ValueError(f"births.levels: {without} missing")
        return self

    @property
    def years(self) -> range:
        """The simulated years."""
        return range(self.first_year, self.last_year + 1)

    def of_term(self, dataset: str) -> "Settings":
        """Return the settings of a dataset of another term: its years, with nothing planted in them."""
        term = self.terms.get(dataset)
        if term is None:
            return self
        births = self.births.model_copy(update={"levels": {**self.births.levels, **term.births}})
        empty: dict[str, object] = dict.fromkeys(("missing", "breaks", "planted"), ())
        years = {"first_year": term.first_year, "last_year": term.last_year}
        return self.model_copy(update=empty | years | {"births": births})

    def of_counties(self, counties: int) -> "Settings":
        """Return the settings of the fictitious country: scaled, with nothing said of real banners."""
        empty: dict[str, object] = dict.fromkeys(("founded", "missing", "breaks", "planted"), ())
        scale = counties / self.fictitious.banners_above
        region = str(self.fictitious.province.code)
        sizes = self.sizes.model_copy(update={"spread": self.fictitious.spread})
        return self.model_copy(update=empty | {"leagues": {}, "region": region, "sizes": sizes, "scale": scale})


@kept
def read_settings(path: Path) -> Settings:
    """Return the settings in `path`; raise ParameterError naming the file and each wrong entry."""
    return validated(Settings, read_yaml(path), path)
