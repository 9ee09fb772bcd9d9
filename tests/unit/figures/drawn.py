"""What an SVG shows, read back from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.etree import ElementTree

from endline.figures.labels import ems

SVG = "{http://www.w3.org/2000/svg}"
SIDES = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Text:
    """One line of text: where its baseline is anchored, and the sides it reaches (estimated)."""

    text: str
    x: float
    y: float
    left: float
    right: float
    size: float
    fill: str
    family: str
    turned: bool


@dataclass(frozen=True)
class Path:
    """A path: its pieces as lists of points, and its style."""

    pieces: list[list[tuple[float, float]]]
    style: dict[str, str]


@dataclass(frozen=True)
class Mark:
    """A marker: its shape (circle, square, diamond, cross, bar, dash, up, down, left, right), place and colours."""

    shape: str
    x: float
    y: float
    fill: str
    edge: str


class Drawn:
    """The texts, paths and markers of an SVG, in the order in which they are painted."""

    def __init__(self, svg: str) -> None:
        self.root = ElementTree.fromstring(svg.encode())  # noqa: S314
        self.width, self.height = (float(n) for n in self.root.attrib["viewBox"].split()[2:])
        self.texts = [_text(e) for e in self.root.iter(SVG + "text")]
        grouped = [e for group in self.root.iter(SVG + "g") for e in group.iter(SVG + "path")]
        self.paths = [
            Path(list(_pieces(e.attrib["d"])), _style(e)) for e in self.root.iter(SVG + "path") if e not in grouped
        ]
        self.marks = [mark for e in grouped for mark in _marks(e)]

    def text(self, text: str) -> Text:
        """Return the one text that reads so."""
        (found,) = [t for t in self.texts if t.text == text]
        return found

    def stroked(self, colour: str, width: str | None = None) -> list[Path]:
        """Return the paths with a stroke of a colour, and of a width where one is given."""
        found = [p for p in self.paths if p.style.get("stroke") == colour.lower()]
        return [p for p in found if width is None or p.style.get("stroke-width") == width]

    def filled(self, colour: str) -> list[Path]:
        """Return the paths filled with a colour."""
        return [p for p in self.paths if p.style.get("fill") == colour.lower()]

    def bands(self) -> list[list[tuple[float, float, float]]]:
        """Return the shaded bands, each as its places: across, lower and upper limit."""
        found = []
        for path in self.paths:
            if path.style.get("fill-opacity") == "0.14":
                (corners,) = path.pieces
                half = corners[: len(corners) // 2]  # the last corner is the first
                upper = corners[len(half) : 2 * len(half)][::-1]
                found.append([(x, low, high) for (x, low), (_, high) in zip(half, upper, strict=True)])
        return found

    def check_texts(self) -> None:
        """Fail where a text is below 7 points, leaves the sheet or overlaps another."""
        for text in self.texts:
            assert text.size >= 7, text
            assert text.turned or (text.left >= 0 and text.right <= self.width), text
            assert 0 < text.y < self.height, text
        level = [text for text in self.texts if not text.turned]
        assert [(a.text, b.text) for a, b in combinations(level, 2) if _overlap(a, b)] == []

    def value_labels(self) -> list[Text]:
        """Return the labels of the value axis, the lowest first."""
        found = [t for t in self.texts if t.right < 0.1 * self.width and re.fullmatch(r"-?[\d.]+", t.text)]
        return sorted(found, key=lambda t: -t.y)

    def year_labels(self) -> list[Text]:
        """Return the labels under the year axis, from left to right."""
        found = [t for t in self.texts if re.fullmatch(r"\d{4}", t.text) and t.y > 0.9 * self.height]
        return sorted(found, key=lambda t: t.x)

    def value(self, y: float) -> float:
        """Return which value the axis gives a height of the sheet."""
        low, *_, high = self.value_labels()
        share = (low.y - 0.37 * low.size - y) / (low.y - high.y)
        return float(low.text) + share * (float(high.text) - float(low.text))


def close(texts: list[Text]) -> list[tuple[str, str]]:
    """Return the neighbours, one above the other, whose lines touch."""
    ordered = sorted(texts, key=lambda t: t.y)
    return [(a.text, b.text) for a, b in pairwise(ordered) if b.y - a.y < max(a.size, b.size)]


def _overlap(a: Text, b: Text) -> bool:
    """Tell whether two lines cross, of which a little of the height is leading."""
    across = min(a.right, b.right) - max(a.left, b.left)
    upwards = min(a.y, b.y) - max(a.y - 0.8 * a.size, b.y - 0.8 * b.size)
    return across > 0.5 and upwards > 0.5


def _style(element: ElementTree.Element) -> dict[str, str]:
    parts = (part.split(":", 1) for part in element.attrib.get("style", "").split(";") if part)
    return {key.strip(): value.strip() for key, value in parts}


def _place(element: ElementTree.Element) -> tuple[float, float]:
    return float(element.attrib["x"]), float(element.attrib["y"])


def _text(element: ElementTree.Element) -> Text:
    style, (x, y), text = _style(element), _place(element), element.text or ""
    size = float(style["font-size"].removesuffix("px"))
    left = x - SIDES[style["text-anchor"]] * ems(text) * size
    turned = element.attrib.get("transform", "").startswith("rotate(-90 ")
    fill, family = style.get("fill", "#000000"), style["font-family"]
    return Text(text, x, y, left, left + ems(text) * size, size, fill, family, turned)


def _pieces(path: str) -> Iterator[list[tuple[float, float]]]:
    for piece in path.replace("z", "").split("M")[1:]:
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", piece)]
        yield list(zip(numbers[::2], numbers[1::2], strict=True))


def _marks(element: ElementTree.Element) -> Iterator[Mark]:
    """Yield the markers of a path, each a piece of it."""
    style = _style(element)
    for corners in _pieces(element.attrib["d"]):
        (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*corners, strict=True))
        x, y = (left + right) / 2, (top + bottom) / 2
        if style["fill"] == "none":  # one short line, level and as wide as the mark
            assert len(corners) == 2
            assert top == bottom
            shape = _line_shape(right - left, style)
        else:
            shape = _shape([(a - x, b - y) for a, b in corners])
        yield Mark(shape, round(x, 2), round(y, 2), style["fill"].replace("none", style["stroke"]), style["stroke"])


def _line_shape(length: float, style: dict[str, str]) -> str:
    """Return what a level line is as a mark: a dot with round ends, or a square as long as it is wide."""
    if style.get("stroke-linecap") == "round":
        assert length < 0.05
        return "circle"
    assert abs(length - float(style["stroke-width"])) < 0.05
    return "square"


def _shape(corners: list[tuple[float, float]]) -> str:
    """Return what a marker around (0, 0) is; y grows downwards, and a triangle starts with its apex."""
    first, second = corners[:2]
    if len(corners) == 25:
        return "circle"
    if len(corners) == 2:
        return "bar" if first[0] == second[0] else "dash"
    if len(corners) == 3:
        level = abs(first[0]) < abs(first[1])
        return ("up" if first[1] < 0 else "down") if level else "right" if first[0] > 0 else "left"
    if len(corners) == 4:
        return "square" if first[1] == second[1] else "diamond"
    return "cross"
