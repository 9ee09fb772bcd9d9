"""The nouns: Outline, Target, Task, Statement, Indicator, Region, Dataset, Round, Note, and the method's thresholds."""

import datetime
import re
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

Level = Literal["nation", "province", "league", "banner"]
Unit = Literal["1/100000", "1/10000", "1/1000", "%", "persons", "10000 persons", "years", "units", "beds", "10^8 yuan"]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]
Stratum = Literal["total", "urban", "rural", "female", "migrant"]
Code = Annotated[str, Field(pattern=r"^[0-9]{6}([0-9]{3}){0,2}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Told = Annotated[str, Field(min_length=1, max_length=2000)]  # as it is, spaces at its ends too
Rows = tuple[Words, ...]  # the ids of the rows of a document's table that an entry stands for

T = TypeVar("T")
MAIN_LANGUAGE = "zh"  # whose reports are named without it
COMPARISONS = ("<=", "<", ">=", ">")
PER: dict[str, int] = {"1/100000": 100_000, "1/10000": 10_000, "1/1000": 1_000, "%": 100}


def suffix_of(language: str) -> str:
    """Return what a file's name says of its language: "" for the main one, else `.en`."""
    return "" if language == MAIN_LANGUAGE else f".{language}"


def _as_fraction(text: object) -> object:
    if not isinstance(text, str):
        return text
    if not re.fullmatch(r"[1-9][0-9]*/[1-9][0-9]*", text):
        raise ValueError("a fraction is written like 5/6")
    return Fraction(text)


class Verdict(StrEnum):
    """The closed list of verdicts; `NOT_APPLICABLE` stands outside the counts.

    Before a target is due an interim round says ALREADY_MET, ON_TRACK, OFF_TRACK or UNCERTAIN, a baseline round
    ALREADY_MET or NOT_YET, where others say MET or NOT_MET.
    """

    MET = "met"
    NOT_MET = "not_met"
    NO_DATA = "no_data"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"
    ALREADY_MET = "already_met"
    ON_TRACK = "on_track"
    UNCERTAIN = "uncertain"
    OFF_TRACK = "off_track"
    NOT_YET = "not_yet"


class Strict(BaseModel):
    """A frozen record read from a file: unknown keys and wrong types are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Counts(Strict):
    """The two form items whose sums give a rate."""

    numerator: str
    denominator: str


class Subunits(Strict):
    """The three form items in which a county reports on units below it that are no regions."""

    total: str
    reported: str
    meeting: str


class Difference(Strict):
    """An indicator that is one stratum's value less another's."""

    indicator: str
    minuend: Stratum
    subtrahend: Stratum


class Indicator(Strict):
    """What is measured: name, unit, definition, stream, and the items it is counted from."""

    id: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()
    domain: str
    unit: Unit
    decimals: int = Field(ge=0, le=6)
    better: Literal["lower", "higher", "neutral"]
    counted_as: tuple[str, str] | None = None  # what an event and what the denominator is called in a sentence
    numerator: str = ""
    denominator: str = ""
    stream: str = ""
    period: str = ""
    definition: Literal["seen", "UNVERIFIED", "name_only"]
    counts: dict[Stratum, Counts] = {}
    subunits: Subunits | None = None
    difference: Difference | None = None
    data: Literal["none"] | None = None
    note: str = ""

    @property
    def per(self) -> int:
        """The multiplier of the unit (100000 for 1/100000); 1 where the unit is no ratio."""
        return PER.get(self.unit, 1)

    @property
    def is_proportion(self) -> bool:
        """Tell whether the numerator is a part of the denominator (binomial), or events in births (Poisson)."""
        return self.unit == "%"


class Column(Strict):
    """One item of a form."""

    id: str
    column: int
    label: str
    kind: Literal["count", "rate"]
    unit: str = ""
    code: str = ""
    holder: str = ""


class Form(Strict):
    """A table that a county fills in, one row a county and year."""

    id: str
    name: str
    columns: tuple[Column, ...]


class Measure(Strict):
    """One indicator of a target, with what is demanded of it."""

    indicator: str
    unit: Unit
    operator: Literal["<=", "<", ">=", ">", "increase", "decrease"]
    value: float | int | None = None
    fraction: Annotated[Fraction | None, BeforeValidator(_as_fraction)] = None


KINDS: dict[str, tuple[bool, bool, bool]] = {  # kind: comparison operator, value, fraction
    "absolute": (True, True, False),
    "relative": (True, False, True),
    "directional": (False, False, False),
    "every_subunit": (True, True, False),
}


class Target(Strict):
    """One promise of an outline, with the clause that states it."""

    id: str
    outline: str
    clause: str
    part: str = ""
    domain: str
    label: str
    kind: Literal["absolute", "relative", "directional", "every_subunit", "qualitative"]
    measures: tuple[Measure, ...] = ()
    baseline_year: int | None = None
    applies_to: tuple[Level, ...] = ("nation", "province", "league", "banner")
    stratum: Stratum = "total"
    subunit: Literal["league", "banner", "township"] | None = None
    counted: bool = True
    due_year: int | None = None  # the outline's last year, unless the target says otherwise
    rows: Rows = ()
    wording: Literal["verified", "quoted", "UNVERIFIED"]
    wording_note: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """The target's id across outlines."""
        return f"{self.outline}:{self.id}"

    @model_validator(mode="after")
    def _complete(self) -> "Target":
        if self.kind == "qualitative":
            if self.measures:
                raise ValueError("a qualitative target has no measures")
            return self
        if not self.measures:
            raise ValueError(f"a target of kind {self.kind!r} needs measures")
        comparison, value, fraction = KINDS[self.kind]
        for m in self.measures:
            if (m.operator in COMPARISONS) != comparison:
                wanted = "one of <= < >= >" if comparison else "increase or decrease"
                raise ValueError(f"{m.indicator}: a {self.kind} target takes {wanted}, not {m.operator!r}")
            if (m.value is not None) != value:
                raise ValueError(f"{m.indicator}: a {self.kind} target {'needs a' if value else 'takes no'} value")
            if (m.fraction is not None) != fraction:
                raise ValueError(
                    f"{m.indicator}: a {self.kind} target {'needs a' if fraction else 'takes no'} fraction"
                )
        if self.kind in ("relative", "directional") and self.baseline_year is None:
            raise ValueError(f"a {self.kind} target needs baseline_year")
        if (self.kind == "every_subunit") != (self.subunit is not None):
            raise ValueError("subunit stands with kind every_subunit, and only there")
        return self


class Task(Strict):
    """A piece of work that a document asks for: how far it is, only a person can say, with evidence."""

    id: str
    outline: str
    clause: str
    label: Words
    note: str = ""
    rows: Rows = ()

    @property
    def key(self) -> str:
        """The task's id across outlines."""
        return f"{self.outline}:{self.id}"


class Statement(Strict):
    """What a document says of the state of things: a figure as it prints it, a claim, or a problem.

    A figure is a text with its unit, and a bound where the document gives one side only. With `indicator` it is an
    observation as well, and stands in the dataset. A claim of being better than the region above names `compares`.
    """

    kind: Literal["figure", "claim", "problem"]
    clause: str
    label: Words
    value: str = Field(default="", pattern=r"^(-?[0-9]+(\.[0-9]+)?)?$")
    unit: str = ""
    bound: Literal["", "<=", ">=", ">"] = ""
    year: str = ""
    indicator: str = ""
    compares: tuple[str, ...] = ()
    note: str = ""
    rows: Rows = ()

    @model_validator(mode="after")
    def _complete(self) -> "Statement":
        if (self.kind == "figure") != bool(self.value):
            raise ValueError("a figure needs a value, and only a figure has one")
        if self.compares and self.kind != "claim":
            raise ValueError("compares stands with a claim")
        return self


class Outline(Strict):
    """One policy document: source, term, its targets and tasks, and what it says of the state of things."""

    id: str
    title: str
    short: str
    publisher: str
    source: str
    scope: str
    first_year: int
    last_year: int
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def entries(self) -> list[Target | Task | Statement]:
        """All that the document says: what it promises, what it asks for, what it says of the state of things."""
        return [*self.targets, *self.tasks, *self.statements]

    @property
    def rows(self) -> list[str]:
        """The ids of the rows of the document's table that are represented, in the order of the entries."""
        return [row for entry in self.entries for row in entry.rows]

    @property
    def texts(self) -> set[str]:
        """All texts of the document, for those who tell them in another language."""
        return {text for part in (self, *self.entries) for _, text in part if isinstance(text, str)}


class Names(Strict):
    """The texts of an outline in another language, by the text as its file has it."""

    names: dict[Told, Told]


class Region(Strict):
    """A place that reports, by its GB/T 2260 code."""

    code: Code
    name: str
    level: Level
    parent: str = ""
    type: str = ""
    valid_from: str = Field(default="", pattern=r"^([0-9]{4}(-[0-9]{2})?)?$")
    valid_to: str = Field(default="", pattern=r"^([0-9]{4}(-[0-9]{2})?)?$")
    aliases: str = ""  # other names, 、 between; one that was given up as name:last year
    successor: str = Field(default="", pattern=r"^([0-9]{6,12}(;[0-9]{6,12})*)?$")  # who took it over, or a part of it
    changed: str = Field(default="", pattern=r"^([0-9]{4}(;[0-9]{4})*)?$")  # first years of other changed boundaries

    @property
    def other_names(self) -> dict[str, int | None]:
        """The names beside its own, each with the last year in which it was used; None where it still is."""
        names = (alias.partition(":") for alias in self.aliases.split("、") if alias)
        return {name: int(year) if year.isdigit() else None for name, _, year in names}

    @property
    def successors(self) -> list[str]:
        """The codes of those that took it over, or a part of it."""
        return [code for code in self.successor.split(";") if code]

    def exists_in(self, year: int) -> bool:
        """Tell whether the region existed at some time of `year`."""
        return (not self.valid_from or int(self.valid_from[:4]) <= year) and (
            not self.valid_to or year <= int(self.valid_to[:4])
        )


class Dataset(Strict):
    """What was reported together: its title, publisher, and whether it is simulated."""

    id: str
    title: str
    publisher: str
    simulated: bool
    top: str = ""
    note: str = ""
    licence: str = ""
    method: str = ""
    vintage: Literal["", "preliminary", "revised", "final"] = ""  # of what does not say which it is
    seed: int | None = None


class Round(Strict):
    """An evaluation of some regions of a dataset against some outlines."""

    id: str
    title: str
    kind: Literal["final", "midterm", "baseline", "tasks"]
    outlines: tuple[str, ...]
    next_outlines: tuple[str, ...] = ()  # of the following term: what a report's last chapter looks ahead to
    dataset: str
    regions: tuple[str, ...]
    default: bool = False
    baseline_year: int
    final_year: int
    issued: datetime.date
    edition: Literal["acceptance", "public"]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = (MAIN_LANGUAGE,)
    issuer: str = ""
    subject: str = ""  # what is evaluated, as the cover names it; without it, both outlines of a term
    fonts: Literal["free", "official"] = "free"

    @model_validator(mode="after")
    def _ordered(self) -> "Round":
        if self.baseline_year >= self.final_year:
            raise ValueError(f"baseline_year {self.baseline_year} must come before final_year {self.final_year}")
        return self

    @property
    def years(self) -> range:
        """The years that the round reads, baseline and final year included."""
        return range(self.baseline_year, self.final_year + 1)

    @property
    def is_final(self) -> bool:
        """Tell whether targets are judged as due: not in a baseline or an interim round."""
        return self.kind in ("final", "tasks")

    @property
    def has_rates(self) -> bool:
        """Tell whether shares of met targets are told: not while most are not due yet."""
        return self.kind != "midterm"

    @property
    def next_year(self) -> int:
        """The final year of the next term, which is as long as this one."""
        return 2 * self.final_year - self.baseline_year


TARGET_STATUSES = ("met", "not_met")
TASK_STATUSES = ("done", "mostly_done", "under_way", "not_started")


class Judgement(Strict):
    """A person's verdict on a qualitative target, or how far a task is, with its evidence: never without."""

    status: Literal["met", "not_met", "done", "mostly_done", "under_way", "not_started"]
    evidence: Words
    unit: Words
    date: datetime.date


class Note(Strict):
    """What a region says of a target: why it was missed, what is done about it, who does it, by when."""

    reason: Words = ""
    measure: Words = ""
    unit: Words = ""
    deadline: Words = ""


class Conditions(Strict):
    """The basic conditions of a region in the term, in its own words."""

    population: Words = ""
    births: Words = ""
    institutions: Words = ""
    beds: Words = ""
    staff: Words = ""
    boundaries: Words = ""


class Erratum(Strict):
    """A version of a report that was handed in: its date, and what was changed in it."""

    date: datetime.date
    change: Words


class Notes(Strict):
    """What a region wrote for its report of a round; its notes on targets by target key."""

    targets: dict[str, Note] = {}
    conditions: Conditions = Conditions()
    organisation: Words = ""
    problems: tuple[Words, ...] = ()
    proposals: tuple[Words, ...] = ()
    versions: tuple[Erratum, ...] = ()


class Threshold(Strict, Generic[T]):
    """A number of the method, with its reason."""

    value: T
    reason: str


class Method(Strict):
    """Every threshold of the method."""

    minimum_trend_points: Threshold[int]
    alpha: Threshold[float]
    confidence: Threshold[float]
    hide_rate_below_events: Threshold[int]
    unstable_below_events: Threshold[int]
    nearly_met_tolerance: Threshold[float | None]
    minimum_trend_events: Threshold[int]
    minimum_joinpoint_points: Threshold[int]
    minimum_joinpoint_events: Threshold[int]
    joinpoint_permutations: Threshold[int]
    pooled_years: Threshold[int]
    power: Threshold[float]
    minimum_level_regions: Threshold[int]
    gap_indicators: Threshold[tuple[str, ...]]
    attainment_steps: Threshold[tuple[float, float, float]]

    @model_validator(mode="after")
    def _rising(self) -> "Method":
        steps = self.attainment_steps.value
        if list(steps) != sorted(set(steps)):
            raise ValueError(f"attainment_steps: expected rising numbers, found {list(steps)}")
        return self
