"""What came of reading a workbook, and how it is written down so that an unchanged file is not read again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

import numpy as np

from endline.layouts.others import Value, Values
from endline.layouts.returns import Line, Return
from endline.workbooks.cells import Finding

Texts = Mapping[str, str]  # by address


@dataclass(frozen=True)
class Reading:
    """The figures of a file, what is to be explained, and by sheet the texts of the cells that corrections name.

    `unusable` are those findings for which the file, or a sheet of it, gave no figure at all.
    """

    returns: Sequence[Return] = ()
    values: Sequence[Values] = ()
    findings: Sequence[Finding] = ()
    unusable: Sequence[Finding] = ()
    texts: Mapping[str, Texts] = field(default_factory=dict)


def to_json(reading: Reading) -> str:
    """Return a reading as JSON; of a return's columns only what they hold is kept, not how that was found out."""
    content = {
        "returns": [_return_as_dict(of) for of in reading.returns],
        "values": [astuple(of) for of in reading.values],
        "findings": [astuple(finding) for finding in reading.findings],
        "unusable": [astuple(finding) for finding in reading.unusable],
        "texts": reading.texts,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> Reading:
    """Return the reading that `to_json` wrote."""
    content = json.loads(text)
    return Reading(
        returns=[_return_of(facts) for facts in content["returns"]],
        values=[_values_of(*facts) for facts in content["values"]],
        findings=[Finding(*facts) for facts in content["findings"]],
        unusable=[Finding(*facts) for facts in content["unusable"]],
        texts=content["texts"],
    )


def _values_of(region: str, file: str, sha256: str, sheet: str, values: list[list[Any]], vintage: str) -> Values:
    return Values(region, file, sha256, sheet, tuple(Value(*one) for one in values), vintage)


def _return_as_dict(of: Return) -> dict[str, Any]:
    named = ("form", "region", "stream", "file", "sha256", "sheet", "vintage")
    return {name: getattr(of, name) for name in named} | {
        "items": [*of.items.items()],
        "rates": [*of.rates.items()],
        "lines": [astuple(line) for line in of.lines],
        "value": [[None if one != one else one for one in row] for row in of.value.tolist()],
        "given": of.given.astype(int).tolist(),
    }


def _return_of(facts: dict[str, Any]) -> Return:
    shape = len(facts["lines"]), len(facts["items"])
    made = {
        "items": dict(facts["items"]),
        "rates": dict(facts["rates"]),
        "lines": tuple(Line(*line) for line in facts["lines"]),
        "value": np.array(facts["value"], float).reshape(shape),
        "given": np.array(facts["given"], bool).reshape(shape),
        "matches": (),
    }
    return Return(**(facts | made))
