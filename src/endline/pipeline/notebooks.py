"""The notebooks as templates: parameters checked before anything runs, executed copies cleaned afterwards."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from endline.errors import ParameterError, did_you_mean

if TYPE_CHECKING:
    from nbformat import NotebookNode

FORMAT = 4  # the version of the notebook format

REGION_REPORT, ROUND_SUMMARY, DATA_QUALITY = "region-report.ipynb", "round-summary.ipynb", "data-quality.ipynb"
PARAMETERS = {
    REGION_REPORT: ("round_id", "region_code", "language"),
    ROUND_SUMMARY: ("round_id", "language"),
    DATA_QUALITY: ("round_id", "language"),
}
WITHOUT = {DATA_QUALITY: ("csv",)}  # formats that a notebook cannot give: it shows no figures as data
OF_ROUND = {ROUND_SUMMARY: "summary", DATA_QUALITY: "data-quality"}  # of a round as a whole, and what they write


def check_notebook(path: Path) -> None:
    """Refuse a notebook whose one `parameters` cell does not set exactly the parameters of its kind."""
    wanted = PARAMETERS[path.name]
    cells = [cell for cell in _cells(path) if "parameters" in cell["metadata"].get("tags", ())]
    if len(cells) != 1:
        raise ParameterError(
            f"{path}: expected one code cell tagged 'parameters', found {len(cells)}: without it every region would "
            f"silently become the notebook's own default; tag the cell that sets {', '.join(wanted)}"
        )
    found = _assigned("".join(cells[0]["source"]), path)
    for name in found:
        if name not in wanted:
            raise ParameterError(f"{path}: parameters cell: unknown parameter {name!r}{did_you_mean(name, wanted)}")
    if missing := [name for name in wanted if name not in found]:
        raise ParameterError(
            f"{path}: parameters cell: missing parameter {missing[0]!r}; it must set {', '.join(wanted)}"
        )


def check_parameters(notebook: str, parameters: Mapping[str, Any]) -> None:
    """Refuse parameters that are not exactly the named strings of the notebook's kind."""
    wanted = PARAMETERS[notebook]
    for name, value in parameters.items():
        if name not in wanted:
            raise ParameterError(f"{notebook}: unknown parameter {name!r}{did_you_mean(name, wanted)}")
        if type(value) is not str:
            raise ParameterError(f"{notebook}: parameter {name}: expected text, found {value!r}")
    if missing := [name for name in wanted if name not in parameters]:
        raise ParameterError(f"{notebook}: missing parameter {missing[0]!r}")


def cleaned(notebook: NotebookNode, parts: Mapping[str, str] | None = None) -> NotebookNode:
    """Return an executed notebook without clock times and random ids: the same run gives the same bytes.

    `parts` are the digests of what it prints, by name: the next run tells from them what has changed.
    """
    papermill = notebook.metadata.pop("papermill", {})
    notebook.metadata["papermill"] = {"parameters": papermill.get("parameters", {})}
    if parts:
        notebook.metadata["endline"] = {"parts": dict(parts)}
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
    return notebook


def marks(notebook: NotebookNode) -> Iterable[Mapping[str, Any]]:
    """Yield the `endline` marks of all outputs."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if "endline" in output.get("metadata", {}):
                yield output["metadata"]["endline"]


def _cells(path: Path) -> list[Mapping[str, Any]]:
    """Return a notebook's cells as its file has them: to read them as nbformat does takes longer than a run may."""
    try:
        notebook = json.loads(path.read_bytes())
        cells: list[Mapping[str, Any]] = notebook["cells"]
        if notebook["nbformat"] != FORMAT or not all({"metadata", "source"} <= cell.keys() for cell in cells):
            raise ValueError(f"expected nbformat {FORMAT}, every cell with metadata and source")
    except FileNotFoundError:
        raise ParameterError(f"{path}: no such notebook") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ParameterError(f"{path}: not a notebook: {type(error).__name__}: {error}") from None
    return cells


def _assigned(source: str, path: Path) -> list[str]:
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise ParameterError(f"{path}: parameters cell: not Python: {error.msg}") from None
    names = []
    for statement in body:
        if not (
            isinstance(statement, ast.Assign)
            and len(statement.targets) == 1
            and isinstance(statement.targets[0], ast.Name)
            and isinstance(statement.value, ast.Constant)
        ):
            raise ParameterError(f'{path}: parameters cell: expected only lines like name = "text"')
        names.append(statement.targets[0].id)
    return names
