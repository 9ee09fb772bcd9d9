"""Numbers as they are printed: one rounding, exact decimals."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache


def exact(value: float) -> Decimal:
    """Return the shortest decimal that the float stands for (0.1 is 0.1)."""
    return Decimal(repr(float(value)))


@lru_cache(maxsize=8192)  # a report prints most of its values several times
def rounded(value: float, decimals: int) -> str:
    """Return `value` rounded half up in decimal, with exactly `decimals` places; a negative zero loses its sign."""
    text = str(exact(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    return text.lstrip("-") if not float(text) else text


def signed(value: float, decimals: int) -> str:
    """Return `rounded` with a true minus sign and no plus."""
    return rounded(value, decimals).replace("-", "−")


def decimals_of(text: str) -> int:
    """Return how many decimal places a printed number has."""
    return len(text.partition(".")[2])


def ranges(years: Iterable[int], run: str = "{first}—{last}", separator: str = "、") -> str:
    """Return years as text, runs written as `run` has them (2011—2013、2016)."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return separator.join(str(r[0]) if len(r) == 1 else run.format(first=r[0], last=r[-1]) for r in runs)
