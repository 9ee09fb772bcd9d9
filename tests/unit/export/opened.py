"""A report's Word file, opened: its parts, its paragraphs, its fields."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from nbformat import NotebookNode

from endline.export import DocxExporter
from endline.export.blocks import read_document
from endline.export.word.write import write_docx

from .samples import notebook

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(*cells: NotebookNode, first: NotebookNode | None = None) -> bytes:
    """Return the Word file of a notebook with these cells."""
    return write_docx(read_document(notebook(*cells, first=first)))


def exported(book: NotebookNode) -> bytes:
    """Return what nbconvert makes of a notebook."""
    data, resources = DocxExporter().from_notebook_node(book)
    assert resources["output_extension"] == ".docx"
    return bytes(data)


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes, part: str = "word/document.xml") -> ElementTree.Element:
    """Return a part as a tree."""
    return ElementTree.fromstring(parts(data)[part])  # noqa: S314 - our own file


def word(data: bytes) -> Any:
    """Return a file as python-docx opens it; skip the test where that is not installed."""
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    return docx.Document(io.BytesIO(data))


def text(element: ElementTree.Element) -> str:
    """Return the text that an element shows."""
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Return style and text of each paragraph of the body that is no cell and not in the table of contents."""
    body = tree(data)[0]
    return [(style(p), text(p)) for p in body.findall(f"{W}p")]


def style(paragraph: ElementTree.Element) -> str:
    """Return the id of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def properties(data: bytes) -> dict[str, str]:
    """Return the custom properties by name."""
    return {str(one.get("name")): one[0].text or "" for one in tree(data, "docProps/custom.xml")}


def fields(data: bytes) -> list[tuple[str, str]]:
    """Return code and result of each field whose result is a text of its own."""
    xml = parts(data)["word/document.xml"].decode()
    found = re.findall(
        r"<w:instrText[^>]*>([^<]*)</w:instrText>.*?\"separate\"/></w:r>(.*?)<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:fldChar",
        xml,
    )
    return [(code.strip(), re.sub("<[^>]*>", "", result)) for code, result in found]


def rewritten(data: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """Return a file with texts of a part replaced, as an editor would write it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(data).items():
            changed = content
            for old, new in changes if name == part else ():
                assert old.encode() in changed, f"{old!r} is not in {part}"
                changed = changed.replace(old.encode(), new.encode())
            archive.writestr(name, changed)
    return stream.getvalue()
