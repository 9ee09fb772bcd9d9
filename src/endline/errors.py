"""What an operator did wrong: one exception, one line, one exit code, and what to do next."""

import difflib
from collections.abc import Iterable


class EndlineError(Exception):
    """An error that is shown as one line, without a traceback."""

    exit_code = 2


class ParameterError(EndlineError):
    """A file under `params/` (or a command's argument) that says something unknown or impossible."""


class DataError(EndlineError):
    """A dataset from which nothing can be read."""


class RegionError(EndlineError):
    """A fault that costs one region its report; the other regions go on."""

    exit_code = 1


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean 'x'?)` for the nearest known word, or an empty string."""
    near = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""
