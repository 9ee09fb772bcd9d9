"""The words that sheets are recognised by: the section `headers` of params/forms.yaml."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

from endline.kept import kept
from endline.model import Strict
from endline.yaml_files import entry, read_yaml, validated

Several = tuple[str, ...]
Key = Literal["name", "code", "year", "serial", "note"]
YearType = Literal["report", "calendar"]
Vintage = Literal["preliminary", "revised", "final"]
VINTAGES = get_args(Vintage)  # from the first to the last
Reason = Literal["exact", "code", "flattened", "alias", "shortened", "implied", "extended", "spread", "similar"]


class Leaves(Strict):
    """Last levels of a header that say no more than what kind of figure stands below."""

    implied: Several
    counts: Several
    shares: Several
    ends: Several


class Words(Strict):
    """What sheets call things: each list is closed, and what is on none of them is not guessed."""

    words: Mapping[str, Several]
    items: Mapping[str, Several]
    leaves: Leaves
    others: str
    headless: str
    keys: Mapping[Key, Several]
    meta: Several
    heads: Several
    titles: Mapping[str, Several]
    missing_codes: Mapping[str, Mapping[int, str]]
    year_type: Mapping[str, YearType]
    year_types: Mapping[YearType, Several]
    vintages: Mapping[Vintage, Several]
    units: Mapping[str, Several]
    totals: Several
    subtotals: Several
    averages: Several
    footers: Several
    examples: Several
    fields: Mapping[str, Several]
    reasons: Mapping[Reason, str]
    numerals: Mapping[str, str]
    ordinals: Several
    holders: Mapping[str, str]
    example: Mapping[str, int]


@kept
def read_words(path: Path) -> Words:
    """Return the words in `params/forms.yaml`; ParameterError with file and key when they are not complete."""
    return validated(Words, entry(read_yaml(path).get("headers"), path, "headers"), path, "headers")
