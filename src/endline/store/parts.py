"""The digests of what a report prints, part by part: two reports whose parts agree print the same figures."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Digests = dict[str, dict[str, bytes]]  # by region and the rest of the key
_NOTHING = hashlib.sha256().digest()
_BLOCK = 100_000  # rows whose words are held at once
_ADDRESS = ["file", "sheet", "cell", "file_sha256"]  # where a figure stands is not what it says


class Parts:
    """The digests of what a round's tables say of each region: of each series, each evaluation, and the issues.

    `more` are tables of which few regions have rows, by the name of the part that these are.
    """

    def __init__(
        self,
        observations: pd.DataFrame,
        evaluations: pd.DataFrame,
        measures: pd.DataFrame,
        issues: pd.DataFrame,
        more: Mapping[str, pd.DataFrame] | None = None,
    ) -> None:
        self._series = _digests(observations.drop(columns=_ADDRESS), ["region_code", "indicator_id", "stratum"])
        self._evaluations = _digests(evaluations, ["region_code", "target"])
        self._measures = _digests(measures, ["region_code", "target"])
        self._issues = _digests(issues.sort_values("region_code", kind="stable"), ["region_code"])
        few = {name: table.sort_values("region_code", kind="stable") for name, table in (more or {}).items()}
        self._more = {name: _digests(table, ["region_code"]) for name, table in few.items()}

    def of(self, code: str, upper: str) -> dict[str, bytes]:
        """Return the digest of each part of a region's report by name, the names in order; `upper` lies above it."""
        own, above, measures = self._series.get(code, {}), self._series.get(upper, {}), self._measures.get(code, {})
        parts = {f"own/{name}": digest for name, digest in own.items()}
        parts |= {f"upper/{name}": above[name] for name in own if name in above}
        for target, digest in self._evaluations.get(code, {}).items():
            parts[f"evaluation/{target}"] = hashlib.sha256(digest + measures.get(target, b"")).digest()
        parts["issues"] = self._issues.get(code, {}).get("", _NOTHING)
        parts |= {name: found[code][""] for name, found in self._more.items() if code in found}
        return dict(sorted(parts.items()))


def digest_of(parts: dict[str, bytes]) -> str:
    """Return the digest of all parts and their names."""
    return hashlib.sha256("\n".join(f"{name} {digest.hex()}" for name, digest in parts.items()).encode()).hexdigest()


def _digests(table: pd.DataFrame, keys: Sequence[str]) -> Digests:
    """Return the digests of the rows of each key, which stand together in the table."""
    found: Digests = {}
    if table.empty:
        return found
    named = [np.asarray(table[key], dtype=object) for key in keys]
    changes = np.logical_or.reduce([column[1:] != column[:-1] for column in named])
    starts = np.concatenate([[0], np.flatnonzero(changes) + 1])
    names = zip(*(column[starts].tolist() for column in named), strict=True)
    head = hashlib.sha256("\t".join(table.columns).encode())
    for (code, *rest), content in zip(names, _contents(table, starts), strict=True):
        digest = head.copy()
        digest.update(content.data)
        found.setdefault(code, {})["/".join(rest)] = digest.digest()
    return found


def _contents(table: pd.DataFrame, starts: npt.NDArray[np.intp]) -> Iterator[npt.NDArray[np.uint64]]:
    """Yield the rows from each start to the next as words, block by block of whole groups."""
    columns = [_coded(table[name]) for name in table.columns]
    ends = np.append(starts[1:], len(table))
    first = 0
    while first < len(starts):
        last = max(first + 1, int(np.searchsorted(ends, starts[first] + _BLOCK, side="right")))
        begin = starts[first]
        rows = slice(begin, ends[last - 1])
        words = np.stack([column[rows] if texts is None else texts[column[rows]] for column, texts in columns], axis=1)
        yield from (words[starts[n] - begin : ends[n] - begin] for n in range(first, last))
        first = last


def _coded(column: pd.Series) -> tuple[npt.NDArray[Any], npt.NDArray[np.uint64] | None]:
    """Return a column as words of 64 bits, a text column as numbers of texts and the words of these.

    The word of a number is its bits, the word of a text begins its digest: neither depends on a library's version.
    """
    if column.dtype.kind == "f":
        values = column.to_numpy("<f8") + 0.0  # no negative zero
        values[np.isnan(values)] = np.nan  # nor more than one NaN
        return values.view("<u8"), None
    if column.dtype.kind in "ib":
        return column.to_numpy("<i8").view("<u8"), None
    category = column.astype("category").cat
    texts = [*map(str, category.categories), ""]  # the last for no text, whose number is -1
    words = b"".join(hashlib.sha256(text.encode()).digest()[:8] for text in texts)
    return category.codes.to_numpy(), np.frombuffer(words, dtype="<u8")
