"""Where labels go, without laying out any text: how wide, over how many lines, how far apart."""

from collections.abc import Sequence

NARROW = frozenset(" .,:;'|!()[]-")


def ems(text: str) -> float:
    """Return the estimated width of a text in font sizes; a sign that is not ASCII is taken as full-width."""
    return sum(1.0 if not char.isascii() else 0.28 if char in NARROW else 0.56 for char in text)


def broken(text: str, room: float) -> list[str]:
    """Return the text as few lines of about equal length, none wider than `room` font sizes."""
    for count in range(1, len(text)):
        length = -(-len(text) // count)
        lines = [text[start : start + length] for start in range(0, len(text), length)]
        if all(ems(line) <= room for line in lines):
            return lines
    return list(text)


def pushed_apart(centres: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return ascending centres moved so that no two labels touch, between `low` and `high` where they all fit."""
    placed, edge = [], low
    for centre, height in zip(centres, heights, strict=True):
        placed.append(max(centre, edge + height / 2))
        edge = placed[-1] + height / 2
    edge = high
    for n in reversed(range(len(placed))):
        placed[n] = min(placed[n], edge - heights[n] / 2)
        edge = placed[n] - heights[n] / 2
    return placed
