"""Pages for tests, and what stands in them."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

from endline.project import Project
from endline.store import Store
from endline.webpage import Reports, render
from stores import ROUND, made, read_params

VOID = {"meta", "input", "rect", "path", "br", "img", "link"}


class Element:
    """An element with its attributes, what stands in it, and its text."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes, self.children, self.words = tag, attributes, list["Element"](), ""

    def all(self, tag: str = "", **wanted: str) -> list["Element"]:
        """Return the elements inside, of a tag and with attributes of these values."""
        found = []
        for child in self.children:
            if tag in ("", child.tag) and all(child.attributes.get(k) == v for k, v in wanted.items()):
                found.append(child)
            found += child.all(tag, **wanted)
        return found

    @property
    def text(self) -> str:
        return " ".join(f"{self.words} {' '.join(child.text for child in self.children)}".split())


class Reader(HTMLParser):
    """Reads a page as a tree; cells and rows may leave their end out, as HTML lets them."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ends = {"td": ("td", "th"), "th": ("td", "th"), "tr": ("td", "th", "tr")}
        while self.open[-1].tag in ends.get(tag, ()):
            self.open.pop()
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while self.open[-1].tag != tag:
                self.open.pop()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].words += data


def parsed(page: bytes) -> Element:
    reader = Reader()
    reader.feed(page.decode())
    return reader.open[0]


def reports(where: Project, codes: Sequence[str], folder: Path, languages: Sequence[str] = ("zh",)) -> Reports:
    """Return what a page lists of regions whose reports are one file of each format and language."""
    files: dict[str, dict[str, list[str]]] = {}
    for language in languages:
        edition = "" if language == "zh" else f".{language}"
        names = {code: [f"{code}-名 称{edition}.{suffix}" for suffix in ("pdf", "csv", "ipynb")] for code in codes}
        files[language] = {**names, ROUND: [f"summary{edition}.pdf"]}
    for name in [name for own in files.values() for names in own.values() for name in names]:
        (folder / name).write_bytes(b"x" * 1234)
    return Reports(folder, files, "made from this")


def rendered(where: Project, store: Store, codes: Sequence[str], folder: Path) -> bytes:
    """Return the page of regions whose reports are one file of each format."""
    return render(read_params(where), store, ROUND, reports(where, codes, folder))


def many(where: Project, number: int) -> tuple[list[str], Store]:
    """Write a register of so many regions, a tenth of them leagues, and a store of their verdicts and charts.

    All have the series of Inner Mongolia.
    """
    path = made(where).path
    leagues = [f"16{n:04}" for n in range(number // 10)]
    banners = [f"{leagues[n % len(leagues)]}{n // len(leagues):03}" for n in range(number - len(leagues))]
    register = where.params / "regions.csv"
    head, *lines = register.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith(("100000", "150000"))]
    columns = head.split(",")
    for code in (*leagues, *banners):
        level, parent = ("league", "150000") if len(code) == 6 else ("banner", code[:6])
        facts = {"code": code, "name": f"某某旗第{code}", "level": level, "parent": parent}
        rows.append(",".join(facts.get(column, "") for column in columns))
    register.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    params = read_params(where)
    targets = [t.key for o in params.round(ROUND).outlines for t in params.outline(o).targets]
    counts = '{"all": 5, "met": 2, "not_met": 1, "no_data": 1, "pending": 1, "attainment": 66.7, "assessability": 60.0}'
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM slices")
        db.execute("DELETE FROM evaluations")
        for code in (*leagues, *banners):
            db.execute("INSERT INTO slices (region_code, upper, digest, counts) VALUES (?, '', '', ?)", (code, counts))
            verdicts = [(code, key, ("met", "not_met", "no_data")[n % 3]) for n, key in enumerate(targets)]
            db.executemany("INSERT INTO evaluations (region_code, target, verdict) VALUES (?, ?, ?)", verdicts)
        for name, number in (("measures", ""), ("figures", ", id = (SELECT max(id) FROM figures) + rowid")):
            db.execute(f"CREATE TEMP TABLE copy AS SELECT * FROM {name} WHERE region_code = '150000'")  # noqa: S608
            for code in leagues:
                db.execute(f"UPDATE copy SET region_code = ?{number}", (code,))  # noqa: S608
                db.execute(f"INSERT INTO {name} SELECT * FROM copy")  # noqa: S608
            db.execute("DROP TABLE copy")
    return [*leagues, *banners], Store(path)
