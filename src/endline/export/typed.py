"""A printed cell as a spreadsheet holds it: a number with the digits that were printed, or a text."""

from __future__ import annotations

import re
from decimal import Decimal

# A number as our tables print it, with the unit that may stand behind it: %, ‰, or a rate like /10万 or per 100,000.
# A code with leading zeros, a bound, an interval and n/N are no numbers.
_PRINTED = re.compile(r"([-−]?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(%|‰|/[0-9]*[^\W\d_]| per 1[0,]+)?")
_LONGEST = 15  # digits that a spreadsheet keeps


def typed(text: str) -> tuple[float | int | str, str]:
    """Return what a printed cell says and the number format that prints it again; a text has the format `@`."""
    found = _PRINTED.fullmatch(text)
    if not found:
        return text, "@"
    sign, whole, digits, unit = found.groups(default="")
    if len(whole + digits) > _LONGEST:
        return text, "@"
    number = Decimal(f"{'-' if sign else ''}{whole}.{digits or 0}")
    return (float(number) if digits else int(number)), number_format(len(digits), unit)


def number_format(decimals: int, unit: str = "") -> str:
    """Return the format of numbers with so many decimals, a true minus sign, and a unit behind them."""
    shown = f"0.{'0' * decimals}" if decimals else "0"
    behind = f'"{unit}"' if unit else ""
    return f'{shown}{behind};"−"{shown}{behind}'
