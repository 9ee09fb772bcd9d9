"""A document as Typst source: pandoc writes the body, our template gives it the official layout."""

from __future__ import annotations

import json
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import List

from endline.export.blocks import Document, read_document
from endline.export.errors import ExportError

TEMPLATES = Path(__file__).parent / "templates"


class TypstExporter(Exporter):
    """Export an executed notebook as Typst source; template, cover data and charts go beside it."""

    file_extension = ".typ"
    output_mimetype = "text/x-typst"
    export_from_notebook = "endline report (Typst)"
    default_preprocessors: List[Any] = List([])  # what the cells show reaches the page through no other hands

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        """Return the file's content and the resources; `resources["outputs"]` holds files that go beside it.

        Raises ExportError for a notebook that cannot become a report.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return self.write(read_document(nb), resources), resources

    def write(self, document: Document, resources: dict[str, Any]) -> str | bytes:
        """Return the main file's text, and put the other files into the resources."""
        folder = resources["output_files_dir"] or f"{resources['metadata']['name']}_files"
        source, parts = write_typst(document, folder)
        resources["outputs"] = {f"{folder}/{name}": data for name, data in parts.items()}
        return source


def write_typst(document: Document, folder: str) -> tuple[str, dict[str, bytes]]:
    """Return the main file's text, and by their names the files that it expects in `folder`.

    Data reach Typst in a JSON file, as string literals or through pandoc, never pasted into markup.
    """
    parts: dict[str, bytes] = {}
    rows = []
    for block in document.blocks:
        row = block.model_dump(by_alias=True, exclude={"svg"})
        if block.svg:
            row["file"] = f"chart-{len(parts) + 1:02}.svg"
            parts[row["file"]] = block.svg.encode()
        rows.append(row)
    parts["meta.json"] = document.cover.model_dump_json(indent=1).encode()
    parts["report.typ"] = (TEMPLATES / "report.typ").read_bytes()
    template, meta = (_quoted(f"{folder}/{name}") for name in ("report.typ", "meta.json"))
    return f"#import {template}: *\n#show: report.with(json({meta}))\n\n{_body(rows)}", parts


def _quoted(path: str) -> str:
    """Return a path as a Typst string literal."""
    return '"' + path.replace("\\", "/").replace('"', '\\"') + '"'


def _body(rows: list[dict[str, Any]]) -> str:
    """Return the blocks as Typst markup, all by one call of pandoc."""
    result = subprocess.run(
        [_pandoc(), "--sandbox", "--from", str(TEMPLATES / "blocks.lua"), "--to", "typst", "--wrap", "none"],
        input=json.dumps(rows),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if result.returncode:
        lines = result.stderr.splitlines()
        told = [line.removeprefix("endline: ") for line in lines if line.startswith("endline: ")]
        raise ExportError(told[0] if told else f"pandoc failed ({result.returncode}): {' '.join(lines[:2])}")
    return result.stdout


@lru_cache(maxsize=1)
def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())
