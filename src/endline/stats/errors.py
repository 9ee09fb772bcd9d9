"""What the statistics refuse."""

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(ValueError):
    """The numbers handed in cannot be what they are said to be; the message says which and why."""


class UnknownMethodError(ValueError):
    """No statistic has this name; the message lists the known ones and the nearest."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = sorted(known)
        nearest = get_close_matches(name, known, n=1)
        hint = f"did you mean {nearest[0]!r}? " if nearest else ""
        super().__init__(f"unknown method {name!r}; {hint}known methods: {', '.join(known)}")
