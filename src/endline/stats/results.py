"""What all results share: plain Python values, and how a notebook shows them."""

from dataclasses import fields
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Shown:
    """A dataclass that Jupyter shows as a table of two columns, name and value."""

    def _repr_html_(self: "DataclassInstance") -> str:
        rows = []
        for field in fields(self):
            value = getattr(self, field.name)
            shown = "not computable" if value is None else str(value)
            rows.append(f"<tr><th>{escape(field.name)}</th><td>{escape(shown)}</td></tr>")
        return f"<table>{''.join(rows)}</table>"


def only_row(table: "DataclassInstance") -> dict[str, Any]:
    """Return the single row of a table of arrays as Python numbers, None where not finite."""
    row = {field.name: getattr(table, field.name).item() for field in fields(table)}
    return {name: value if np.isfinite(value) else None for name, value in row.items()}
