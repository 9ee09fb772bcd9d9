"""The shape of the observations table: one row a value of an indicator, region, stratum and year."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

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


def observations_table(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the parts as one table with all columns, typed and in key order; texts that are absent are empty."""
    filled = [part for part in parts if len(part)]
    table = pd.concat(filled) if filled else pd.DataFrame(columns=list(TYPES))
    table = table.reindex(columns=list(TYPES))
    texts = [name for name, kind in TYPES.items() if kind == "str"]
    table[texts] = table[texts].astype(object).where(table[texts].notna(), "")
    return table.astype(TYPES).sort_values(KEYS, ignore_index=True)
