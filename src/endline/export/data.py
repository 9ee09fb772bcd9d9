"""The figures of a report as data: what `endline.figure_list` puts into a notebook, read back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Value = str | int | float | None


class Column(BaseModel):
    """A column: its name for programs, its label for people, and what its values are.

    A `code` has `words` for people; a `value` is a figure whose printed decimals stand in the column `Decimals`.
    """

    model_config = ConfigDict(frozen=True)

    name: Annotated[str, Field(min_length=1)]
    label: str
    kind: Literal["text", "code", "whole", "value"]
    words: dict[str, str] = {}
    values: tuple[Value, ...]


class Figures(BaseModel):
    """Columns of as many values as there are rows, or of one that holds for every row."""

    model_config = ConfigDict(frozen=True)

    title: Annotated[str, Field(min_length=1)]
    rows: Annotated[int, Field(ge=0)]
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _even(self) -> Self:
        for column in self.columns:
            if len(column.values) not in (1, self.rows):
                raise ValueError(f"{column.name}: expected {self.rows} values, found {len(column.values)}")
        return self

    def records(self) -> Iterator[tuple[Value, ...]]:
        """Yield the rows."""
        columns = (column.values for column in self.columns)
        return zip(*(repeat(own[0], self.rows) if len(own) == 1 else own for own in columns), strict=True)
