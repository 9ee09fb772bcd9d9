"""How a simulated dataset is sent: in which shapes, by whom twice, and with which faults (params/simulation.yaml)."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import model_validator

from endline.simulate.rules import Model, Stated

FileKind = Literal["xlsx", "ods", "utf-8-sig", "gb18030", "utf-16"]


class Total(Model):
    """The row of the whole: what it is called, and whether it stands above the others or below them."""

    label: str
    at: Literal["first", "last"]


class Shape(Model):
    """How an office writes its sheets.

    `sheets` names the forms in their order, `keys` the columns that say whose a row is (code, name, serial, year);
    `words` is the place of the alias that stands for a header's word (0 = the form's own); `header` is merged, open
    (a level stands over its first column only) or flat (all levels in one cell).
    """

    file: FileKind
    sheets: dict[str, str]
    keys: dict[Literal["code", "name", "serial", "year"], str]
    header: Literal["merged", "open", "flat"] = "merged"
    words: int = 0
    moved: bool = False
    rates: bool = False
    numbered: bool = False
    title: str
    head: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    total: Total | None = None


class Kind(Stated):
    """A kind of fault: how it is made, the rule that must find it, and why the office mended it ("" = it did not).

    What the ways of making it use: `text` a text or its template, `times` and `plus` what becomes of a number, `items`,
    `least` and `most` which figures may be changed, `files` the kinds of file that can hold it, `own` that it stands in
    what a banner sends of itself.
    """

    how: str
    rule: str
    mended: str = ""
    text: str = ""
    times: float = 1
    plus: float = 0
    items: tuple[str, ...] = ()
    least: int = 0
    most: int = 1_000_000_000
    files: tuple[FileKind, ...] = ()
    own: bool = False


class Fault(Model):
    """So many faults of a kind, anywhere or where it is said."""

    kind: str
    times: int = 1
    region: str = ""
    year: int = 0
    form: str = ""


class Own(Stated):
    """A banner that sends its figures of some years itself as well."""

    region: str
    years: tuple[int, ...]


class Mended(Stated):
    """What corrections.yaml says of all faults that were mended: who wrote it, and when."""

    who: str
    date: object  # as YAML has it


class Sending(Stated):
    """A dataset of workbooks: the leagues that it holds (all where none is named), what is sent twice or wrongly.

    A fault of a kind that can be mended is mended in corrections.yaml, unless there is no `mended`.
    """

    title: str = ""
    leagues: tuple[str, ...] = ()
    own: tuple[Own, ...] = ()
    faults: tuple[Fault, ...] = ()
    mended: Mended | None = None


class Workbooks(Stated):
    """The datasets of workbooks by name; an office keeps one of the shapes for some years.

    `usual` is what the shapes, and that of what banners send themselves, do not say otherwise.
    """

    keeps: int
    usual: Shape
    shapes: tuple[Shape, ...]
    own: Shape
    kinds: dict[str, Kind]
    datasets: dict[str, Sending]

    @model_validator(mode="before")
    @classmethod
    def fill_in_what_is_usual(cls, said: Any) -> Any:
        """Return what is said with whole shapes."""
        if not (isinstance(said, Mapping) and isinstance(usual := said.get("usual"), Mapping)):
            return said
        shapes = [{**usual, **shape} for shape in said.get("shapes", ())]
        return {**said, "shapes": shapes, "own": {**usual, **said.get("own", {})}}
