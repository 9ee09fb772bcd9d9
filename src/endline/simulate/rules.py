"""The kinds of rules by which params/simulation.yaml makes items, each with its source or its reason."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

ByYear = Annotated[dict[int, float], AfterValidator(lambda levels: dict(sorted(levels.items())))]


class Model(BaseModel):
    """A frozen mapping that refuses keys which it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Stated(Model):
    """Something decided: it names a published source, or the reason of an assumption, or both."""

    source: str = ""
    reason: str = ""

    @model_validator(mode="after")
    def stand_on_something(self) -> "Stated":
        """Raise ValueError when neither a source nor a reason is given."""
        if not (self.source or self.reason):
            raise ValueError("needs a source or a reason")
        return self


class Years(Stated):
    """An item that counts the children of the last `years` birth years."""

    item: str
    years: int
    keep: float = Field(gt=0, le=1)


class Totals(Stated):
    """An item whose regional totals are shared out over the banners."""

    item: str
    totals: ByYear
    by: Literal["births", "banner"]


class Levels(Stated):
    """An item that counts events of another item at a regional level per `per`."""

    item: str
    of: str
    within: tuple[str, ...] = ()
    per: int = 100
    levels: ByYear
    by_type: dict[str, float] = {}
    banners: float | None = None
    trend: float | None = None
    wobble: float | None = None

    @model_validator(mode="after")
    def lie_within_per(self) -> "Levels":
        """Raise ValueError for a level that has no log-odds."""
        if not all(0 < level < self.per for level in self.levels.values()):
            raise ValueError(f"levels must lie between 0 and {self.per}, both excluded")
        return self


class Sum(Stated):
    """An item that is a sum or difference of items, as `a + b - c`."""

    item: str
    sum: str


class Shares(Stated):
    """An item divided into `<item>_<part>` by fixed shares."""

    split: str
    parts: dict[str, float]


class Sample(Stated):
    """An item divided as a sample, without replacement, of the parts of the item that holds it."""

    split: str
    like: str


KINDS = ("years", "totals", "levels", "sum", "parts", "like")


def _kind(rule: dict[str, object]) -> str | None:
    """Return the key that tells the kind of an item's rule."""
    return next((kind for kind in KINDS if kind in rule), None)


Rule = Annotated[
    Annotated[Years, Tag("years")]
    | Annotated[Totals, Tag("totals")]
    | Annotated[Levels, Tag("levels")]
    | Annotated[Sum, Tag("sum")]
    | Annotated[Shares, Tag("parts")]
    | Annotated[Sample, Tag("like")],
    Discriminator(_kind),
]
