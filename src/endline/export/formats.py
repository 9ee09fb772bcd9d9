"""The formats of a report: each is written from the same document, under a suffix of its own."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from endline.export.blocks import Document

# The writer of each format, imported when it is needed: a function of a document that returns the file's bytes.
WRITERS = {
    "pdf": "endline.export.pdf:write_pdf",
    "docx": "endline.export.word.write:write_docx",
    "xlsx": "endline.export.excel:write_xlsx",
    "csv": "endline.export.long_csv:write_csv",
}
FORMATS = tuple(WRITERS)


def write(name: str, document: "Document") -> bytes:
    """Return a document in the format of this name."""
    module, function = WRITERS[name].split(":")
    writer: Callable[[Document], bytes] = getattr(import_module(module), function)
    return writer(document)
