"""Where labels go, without laying out any text: how wide, over how many lines, how far apart."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

NARROW = frozenset(" .,:;'|!()[]-")
OPENING, CLOSING = frozenset("（〔《“‘("), frozenset("）〕》”’)，、；：。%‰/")


def ems(text: str) -> float:
    """Return the estimated width of a text in font sizes; a sign that is not ASCII is taken as full-width."""
    return sum(1.0 if not char.isascii() else 0.28 if char in NARROW else 0.56 for char in text)


def broken(text: str, room: float) -> list[str]:
    """Return the text as few lines of about equal length, none wider than `room` font sizes.

    No line ends with an opening sign or begins with a closing one where that can be; a word is never cut, even if it
    is wider than the room.
    """
    if " " in text and max(map(ems, text.split())) <= room:
        return _filled(text.split(), room)
    for count in range(1, len(text)):
        length = -(-len(text) // count)
        cuts = [0, *(_cut(text, place) for place in range(length, len(text), length)), len(text)]
        lines = [line for start, end in pairwise(cuts) if (line := text[start:end].strip())]
        if all(ems(line) <= room for line in lines):
            return lines
    return text.split() if " " in text else list(text)


def _filled(words: Sequence[str], room: float) -> list[str]:
    """Return lines with as many words as find room in each."""
    lines: list[str] = []
    for word in words:
        if lines and ems(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(text: str, place: int) -> int:
    """Return the nearest place at or before `place` where a line may end; `place` itself where there is none."""
    return next((n for n in range(place, 0, -1) if _may_end(text[n - 1], text[n])), place)


def _may_end(last: str, following: str) -> bool:
    """Tell whether a line may end between two signs."""
    in_word = last.isascii() and following.isascii() and " " not in (last, following)
    return last not in OPENING and following not in CLOSING and not in_word


def pushed_apart(centres: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return ascending centres moved as little as may be so that no two labels touch, between `low` and `high`.

    Where they do not all fit they stand above `low`. Labels that must share a room are moved as one (isotonic
    regression on the centres less what stands below them).
    """
    below = [sum(heights[:n]) + height / 2 for n, height in enumerate(heights)]
    blocks: list[tuple[float, int]] = []  # the mean of a block, and how many labels it holds
    for centre, under in zip(centres, below, strict=True):
        mean, size = centre - under, 1
        while blocks and blocks[-1][0] > mean:
            before, number = blocks.pop()
            mean, size = (before * number + mean * size) / (number + size), number + size
        blocks.append((mean, size))
    starts = [max(min(mean, high - sum(heights)), low) for mean, size in blocks for _ in range(size)]
    return [start + under for start, under in zip(starts, below, strict=True)]


Area: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top


def first_free(candidates: Iterable[Area], taken: Sequence[Area]) -> Area | None:
    """Return the first of the candidates that touches nothing taken; None where all do."""
    return next((one for one in candidates if not any(_touch(one, other) for other in taken)), None)


def least_taken(candidates: Sequence[Area], taken: Sequence[Area]) -> Area:
    """Return the candidate that touches the least of what is taken, the first of several."""
    lefts, bottoms, rights, tops = zip(*candidates, strict=True)
    around_all = (min(lefts), min(bottoms), max(rights), max(tops))
    near = [other for other in taken if _touch(around_all, other)]  # few: most of a chart is elsewhere
    return first_free(candidates, near) or min(candidates, key=lambda one: sum(_touch(one, other) for other in near))


def around(x: float, y: float, width: float, height: float, room: Area) -> Iterator[Area]:
    """Yield the places of a label about a point, the best first, that lie in a room: beside it, above, below, apart."""
    for distance in (5.0, 12.0, 20.0, 30.0, 42.0):
        for across, up in ((1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1)):
            left = x - width / 2 + across * (width / 2 + distance)
            bottom = y - height / 2 + up * (height / 2 + distance)
            found = (left, bottom, left + width, bottom + height)
            if room[0] <= left and room[1] <= bottom and found[2] <= room[2] and found[3] <= room[3]:
                yield found


def _touch(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
