"""What was worked out once is kept: a file's content until the file changes, an object's answers while it lives."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

Stamp = tuple[int, int]


def stamp(path: Path) -> Stamp:
    """Return what tells a changed file from an unchanged one: its size and the time of its last change."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def kept(read: Callable[[Path], T]) -> Callable[[Path], T]:
    """Return `read` so that an unchanged file is read once a process; an error is raised each time."""
    known: dict[Path, tuple[Stamp, T]] = {}

    @wraps(read)
    def read_or_recall(path: Path) -> T:
        try:
            now = stamp(path)
        except OSError:
            return read(path)  # which says what is the matter
        key = path.absolute()
        if key not in known or known[key][0] != now:
            known[key] = now, read(path)
        return known[key][1]

    return read_or_recall


def once(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Return `method` so that an object gives the same answer to the same question; an error is raised each time."""

    @wraps(method)
    def answer(self: S, /, *arguments: P.args, **named: P.kwargs) -> T:
        known: dict[Any, T] = vars(self).setdefault("_known", {})
        question = (method.__name__, arguments, *named.items())
        if question not in known:
            known[question] = method(self, *arguments, **named)
        return known[question]

    return answer
