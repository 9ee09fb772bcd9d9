"""Markdown that no story made, a researcher's own cell for example: by one call of pandoc to Typst, or to data."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from endline.export.blocks import Block
from endline.export.errors import ExportError
from endline.story import Heading

READERS = Path(__file__).parent / "templates"


def translated(blocks: Sequence[Block]) -> tuple[str, list[list[Heading]]]:
    """Return a Typst file that defines `foreign`, one content a block, and the headings of each block."""
    if not blocks:
        return "#let foreign = ()\n", []
    return _read(blocks, "foreign.lua", "typst")


def parsed(blocks: Sequence[Block]) -> tuple[list[list[dict[str, Any]]], list[list[Heading]]]:
    """Return the elements of each block, as pandoc's own data (`t` its kind, `c` its content), and its headings."""
    if not blocks:
        return [], []
    text, headings = _read(blocks, "word.lua", "json")
    return [division["c"][1] for division in json.loads(text)["blocks"]], headings


def _read(blocks: Sequence[Block], reader: str, to: str) -> tuple[str, list[list[Heading]]]:
    result = subprocess.run(
        [_pandoc(), "--sandbox", "--from", str(READERS / reader), "--to", to, "--wrap", "none"],
        input=json.dumps([{"cell": block.cell, "markdown": block.markdown} for block in blocks]),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = result.stderr.splitlines()
    if result.returncode:
        told = [line.removeprefix("endline: ") for line in lines if line.startswith("endline: ")]
        raise ExportError(told[0] if told else f"pandoc failed ({result.returncode}): {' '.join(lines[:2])}")
    headings: list[list[Heading]] = [[] for _ in blocks]
    for line in lines:
        if line.startswith("heading: "):
            number, level, title = json.loads(line.removeprefix("heading: "))
            headings[number - 1].append(Heading(level, title))
    return result.stdout, headings


@lru_cache(maxsize=1)
def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())
