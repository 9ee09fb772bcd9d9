"""Observations as matrices: one row a series (region, indicator, stratum), one column a year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
SERIES = ["region_code", "indicator_id", "stratum"]


@dataclass(frozen=True)
class Panel:
    """Arrays [series, years]; NaN or an empty text where nothing was observed.

    A value with a bound is an interval from `low` to `high`; a plain value has both equal to it. `epoch` counts the
    changes of a region's boundaries up to each year: values of different epochs, or definitions, are not compared.
    """

    years: Sequence[int]
    index: pd.MultiIndex
    value: Floats
    low: Floats
    high: Floats
    numerator: Floats
    denominator: Floats
    units_reported: Floats
    units_total: Floats
    subunits_total: Floats
    subunits_reported: Floats
    subunits_meeting: Floats
    bound: npt.NDArray[np.object_]
    value_text: npt.NDArray[np.object_]
    missing_reason: npt.NDArray[np.object_]
    definition: npt.NDArray[np.object_]
    epoch: npt.NDArray[np.int64]

    @classmethod
    def of(
        cls, observations: pd.DataFrame, years: Iterable[int], changes: Mapping[str, Sequence[int]] | None = None
    ) -> "Panel":
        """Return the panel of the observations of `years`; `changes`: the first years of new boundaries, by region."""
        axis = list(years)
        used = observations[observations["year"].isin(axis)]
        row = used.groupby(SERIES, sort=True, observed=True).ngroup().to_numpy()
        column = (used["year"] - axis[0]).to_numpy()
        keys = used[SERIES].drop_duplicates().sort_values(SERIES).astype("str")
        shape = (len(keys), len(axis))

        def floats(name: str) -> Floats:
            matrix = np.full(shape, np.nan)
            matrix[row, column] = used[name]
            return matrix

        def texts(name: str) -> npt.NDArray[np.object_]:
            matrix = np.full(shape, "", dtype=object)
            matrix[row, column] = used[name]
            return matrix

        value, bound = floats("value"), texts("bound")
        known = ~np.isnan(value)
        return cls(
            years=axis,
            index=pd.MultiIndex.from_frame(keys),
            value=value,
            low=np.where(known & (bound == "<="), -np.inf, value),
            high=np.where(known & (bound == ">="), np.inf, value),
            numerator=floats("numerator"),
            denominator=floats("denominator"),
            units_reported=floats("units_reported"),
            units_total=floats("units_total"),
            subunits_total=floats("subunits_total"),
            subunits_reported=floats("subunits_reported"),
            subunits_meeting=floats("subunits_meeting"),
            bound=bound,
            value_text=texts("value_text"),
            missing_reason=texts("missing_reason"),
            definition=texts("definition"),
            epoch=_epochs(keys["region_code"], axis, changes or {}),
        )

    def find(self, keys: pd.DataFrame) -> npt.NDArray[np.intp]:
        """Return the row of each key (columns region_code, indicator_id, stratum), −1 where there is none."""
        if not len(self.index):
            return np.full(len(keys), -1, dtype=np.intp)
        return np.asarray(self.index.get_indexer(pd.MultiIndex.from_frame(keys[SERIES])), dtype=np.intp)

    def break_between(self, rows: npt.NDArray[np.intp], first: int, last: int) -> npt.NDArray[np.object_]:
        """Return what sets the values of two columns apart: "boundary", "definition" or ""; of each of some rows."""
        epochs, definitions = (
            [at(matrix, rows, column) for column in (first, last)]
            for matrix in (self.epoch.astype(float), self.definition)
        )
        known = ~np.isnan(at(self.value, rows, first)) & ~np.isnan(at(self.value, rows, last))
        differs = [known & (one != other) for one, other in (epochs, definitions)]
        return np.select(differs, ["boundary", "definition"], "").astype(object)

    def joined_to_end(self, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Tell of each year of some rows whether no break lies between it and the last one that has a value."""
        known = ~np.isnan(at(self.value, rows))
        last = np.where(known.any(axis=1), known.shape[1] - 1 - known[:, ::-1].argmax(axis=1), -1)[:, None]
        marks = [at(matrix, rows) for matrix in (self.epoch.astype(float), self.definition)]
        broken = np.logical_or(*(known & (mark != np.take_along_axis(mark, last, axis=1)) for mark in marks))
        return ~np.logical_or.accumulate(broken[:, ::-1], axis=1)[:, ::-1]

    def points(self) -> Floats:
        """Return the values that are points (bounds left out), for trends."""
        return np.where(self.bound == "", self.value, np.nan)


def _epochs(codes: pd.Series, years: Sequence[int], changes: Mapping[str, Sequence[int]]) -> npt.NDArray[np.int64]:
    counted = np.zeros((len(codes), len(years)), dtype=np.int64)
    for code in set(codes) & set(changes):
        counted[(codes == code).to_numpy()] = [sum(change <= year for change in changes[code]) for year in years]
    return counted


def at(matrix: npt.NDArray[Any], rows: npt.NDArray[np.intp], column: int | None = None) -> npt.NDArray[Any]:
    """Return the rows (or one column of them) of a panel's matrix; NaN or "" for row −1."""
    missing = np.nan if matrix.dtype.kind == "f" else ""
    if not len(matrix):
        return np.full((len(rows), *([] if column is not None else [matrix.shape[1]])), missing, dtype=matrix.dtype)
    taken = matrix[rows] if column is None else matrix[rows, column]
    return np.where((rows >= 0) if taken.ndim == 1 else (rows >= 0)[:, None], taken, missing)
