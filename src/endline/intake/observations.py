"""The shape of the observations table: one row a value of an indicator, region, stratum and year."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

Row = dict[str, Any]

TYPES = {
    "dataset": "str",
    "region_code": "str",
    "stratum": "str",
    "indicator_id": "str",
    "year": "int64",
    "value": "float64",
    "value_text": "str",
    "unit": "str",
    "numerator": "float64",
    "denominator": "float64",
    "bound": "str",
    "status": "str",
    "missing_reason": "str",
    "stream": "str",
    "definition": "str",
    "vintage": "str",
    "source_id": "str",
    "file": "str",
    "sheet": "str",
    "cell": "str",
    "file_sha256": "str",
    "units_reported": "float64",
    "units_total": "float64",
    "subunits_total": "float64",
    "subunits_reported": "float64",
    "subunits_meeting": "float64",
    "note": "str",
}
KEYS = ["region_code", "indicator_id", "stratum", "year"]


def typed(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return columns as a table with all columns of an observation, texts as categories: they say the same often.

    A column may be one text for all rows; what is absent is empty.
    """
    rows = len(columns["year"])
    return pd.DataFrame({name: _column(columns.get(name), kind, rows) for name, kind in TYPES.items()})


def _column(values: Any, kind: str, rows: int) -> Any:
    if kind != "str":
        return np.full(rows, np.nan) if values is None else np.asarray(values, kind)
    if values is None or isinstance(values, str):
        return pd.Categorical.from_codes(np.zeros(rows, np.int8), [values or ""])
    texts = np.asarray(values, dtype=object)
    codes, categories = pd.factorize(np.where(pd.isna(texts), "", texts))
    return pd.Categorical.from_codes(codes, categories)


def observations_table(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return typed parts as one table in key order."""
    filled = [part for part in parts if len(part)] or [typed({"year": []})]
    keys = [_joined(filled, name) for name in reversed(KEYS)]
    order = np.lexsort([key.codes if isinstance(key, pd.Categorical) else key for key in keys])
    return pd.DataFrame({name: _joined(filled, name)[order] for name in TYPES}, copy=False)


def _joined(parts: Sequence[pd.DataFrame], name: str) -> Any:
    """Return one column of all parts; categories in order, so that codes sort as texts do."""
    pieces = [part[name] for part in parts]
    return union_categoricals(pieces, sort_categories=True) if TYPES[name] == "str" else np.concatenate(pieces)
