"""The file around a document: parts, what belongs to what, and a zip without a clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from endline.export.word.figures import Figure
from endline.export.word.text import escaped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEMPLATES = Path(__file__).parent / "templates"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FIXED = ("styles", "settings", "fontTable")  # parts that are the same in every report

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can say
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that a user names


class Relations:
    """What a part refers to, each under an id."""

    def __init__(self) -> None:
        self._targets: list[tuple[str, str]] = []

    def add(self, kind: str, target: str) -> str:
        """Return the id of a target; `kind` is the last word of its relationship, or all of it."""
        self._targets.append((kind if "://" in kind else f"{OFFICE}/relationships/{kind}", target))
        return f"rId{len(self._targets)}"

    @property
    def xml(self) -> str:
        """The part that says so."""
        rows = (
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(self._targets, 1)
        )
        return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


@lru_cache
def template(name: str, language: str) -> str:
    """Return a part that is the same in all reports of a language."""
    return (TEMPLATES / f"{name}.xml").read_text(encoding="utf-8").replace("$language", language)


@lru_cache
def faces() -> dict[str, str]:
    """Return the names of the faces that the styles ask for, by their part in a colophon."""
    styles = template("styles", "")
    marks = {"title": 'w:styleId="Title"', "first": 'w:styleId="Heading1"', "second": 'w:styleId="Heading2"'}
    found = {
        part: re.search(rf'{mark}.*?w:eastAsia="([^"]+)"', styles, re.DOTALL)
        for part, mark in {**marks, "body": "<w:docDefaults>"}.items()
    }
    return {part: match[1] for part, match in found.items() if match}


def custom_properties(figures: Iterable[Figure]) -> str:
    """Return the part that holds each figure as a document property."""
    rows = (
        f'<property fmtid="{_USER_DEFINED}" pid="{number}" name="{escaped(figure.name)}">'
        f"<vt:lpwstr>{escaped(figure.text)}</vt:lpwstr></property>"
        for number, figure in enumerate(figures, 2)
    )
    spaces = f'xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes"'
    return f"{HEAD}<Properties {spaces}>{''.join(rows)}</Properties>"


def core_properties(title: str, author: str, keywords: str, language: str, issued: str) -> str:
    """Return the part that says what the document is; its dates are the day of issue."""
    moment = f'xsi:type="dcterms:W3CDTF">{issued}T00:00:00Z'
    spaces = (
        f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return (
        f"{HEAD}<cp:coreProperties {spaces}><dcterms:created {moment}</dcterms:created>"
        f"<dc:creator>{escaped(author)}</dc:creator><cp:keywords>{escaped(keywords)}</cp:keywords>"
        f"<dc:language>{language}</dc:language><dcterms:modified {moment}</dcterms:modified>"
        f"<dc:title>{escaped(title)}</dc:title></cp:coreProperties>"
    )


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the file: its list of content types, and `parts` by their names in it; the same parts, the same bytes."""
    kinds = {
        "word/document.xml": f"{WORD}.document.main",
        **{f"word/{name}.xml": f"{WORD}.{name}" for name in FIXED},
        **{name: f"{WORD}.{name[5:11]}" for name in parts if name.startswith(("word/header", "word/footer"))},
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties",
        "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties",
    }
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "svg": "image/svg+xml",
    }
    rows = [f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in defaults.items()]
    rows += [f'<Override PartName="/{name}" ContentType="{kind}+xml"/>' for name, kind in kinds.items()]
    types = f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(rows)}</Types>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in {"[Content_Types].xml": types, **parts}.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every system
            archive.writestr(entry, content if isinstance(content, bytes) else content.encode())
    return stream.getvalue()
