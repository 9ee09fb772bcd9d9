"""Read CSV files strictly: every cell a text, with its address."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from endline.errors import DataError
from endline.files import sha256
from endline.workbooks.addresses import column_letters

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_DIGITS = 10
_LARGEST = 1_000_000_000
YEAR = re.compile(r"[0-9]{4}")


def number(text: str) -> float | None:
    """Return the plain decimal number that `text` is, or None (no signs, separators, units or words)."""
    return float(text) if _NUMBER.fullmatch(text) else None


def count(text: str) -> int | None:
    """Return the whole number up to 10⁹ that `text` is, or None."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):  # a pattern takes three times as long
        return None
    number = int(text)
    return number if number <= _LARGEST else None


@dataclass(frozen=True)
class Table:
    """A CSV file as received: header, rows of texts (row 2 is the first), name, digest, addresses not to be used."""

    file: str
    sha256: str
    header: list[str]
    rows: list[list[str]]
    refused: frozenset[str] = frozenset()

    def cell(self, row: int, column: str) -> str:
        """Return the address (`C5`) of a column in the zero-based data row `row`."""
        return f"{column_letters(self.header.index(column))}{row + 2}"


def read_table(path: Path, root: Path) -> Table:
    """Return the table in a UTF-8 CSV file; DataError when it is none."""
    data = path.read_bytes()
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    except UnicodeDecodeError:
        raise DataError(f"{path}: not UTF-8; save it as UTF-8 CSV") from None
    if not rows:
        raise DataError(f"{path}: empty file; expected a header line")
    header, *body = rows
    for n, row in enumerate(body, start=2):
        if len(row) != len(header):
            raise DataError(f"{path}: line {n}: {len(row)} cells, the header has {len(header)}")
    return Table(path.relative_to(root).as_posix(), sha256(data), header, body)
