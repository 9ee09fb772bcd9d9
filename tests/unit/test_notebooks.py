"""The notebooks are thin, stripped and parameterised; nothing runs with one that is not."""

import ast
from pathlib import Path

import nbformat
import pytest

from endline.errors import ParameterError
from endline.pipeline.notebooks import PARAMETERS, check_notebook, check_parameters

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
ALL = sorted(NOTEBOOKS.glob("*.ipynb"))


def changed(path: Path, folder: Path, cell_id: str, source: str | None = None, tags: list[str] | None = None) -> Path:
    notebook = nbformat.read(path, as_version=4)
    cell = next(c for c in notebook.cells if c["id"] == cell_id)
    cell.source = cell.source if source is None else source
    if tags is not None:
        cell.metadata["tags"] = tags
    copy = folder / path.name
    nbformat.write(notebook, copy)
    return copy


def test_the_notebooks_are_there() -> None:
    assert {path.name for path in ALL} == set(PARAMETERS)


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_committed_without_outputs_and_fit_to_run(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not c.outputs and c.execution_count is None for c in notebook.cells if c.cell_type == "code")
    check_notebook(path)


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_thin_one_parameters_cell_one_import_then_one_call_a_cell(path: Path) -> None:
    code = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert code[0].metadata["tags"] == ["parameters"]
    bodies = [ast.parse(cell.source).body for cell in code[2:]]
    assert all(len(body) == 1 and isinstance(body[0], ast.Expr) for body in bodies)
    assert all(isinstance(body[0].value, ast.Call) and not body[0].value.args for body in bodies)


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_a_parameters_cell_that_lost_its_tag_stops_the_run(path: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"found 0.*tag the cell"):
        check_notebook(changed(path, tmp_path, "parameters", tags=[]))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('round_id = "a"\nlanguage = "zh"', "missing parameter 'region_code'"),
        (
            'round_id = "a"\nregion_cod = "b"\nlanguage = "zh"',
            "unknown parameter 'region_cod'.*did you mean 'region_code'",
        ),
        ('round_id = "a"\nregion_code = open("x")\nlanguage = "zh"', "only lines like"),
        ("round_id = ", "not Python"),
    ],
)
def test_the_parameters_cell_sets_exactly_the_parameters(source: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=message):
        check_notebook(changed(NOTEBOOKS / "region-report.ipynb", tmp_path, "parameters", source))


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"round_id": "a", "region_code": "b"}, "missing parameter 'language'"),
        ({"round_id": "a", "region_code": 150100, "language": "zh"}, "region_code: expected text, found 150100"),
        ({"round_id": "a", "region_code": "b", "language": "zh", "region\nimport os": "x"}, "unknown parameter"),
    ],
)
def test_only_the_named_strings_are_handed_to_papermill(parameters: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        check_parameters("region-report.ipynb", parameters)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "JSONDecodeError"),
        ("[]", "not a notebook"),
        ('{"nbformat": 3, "worksheets": []}', "KeyError: 'cells'"),
        ('{"nbformat": 3, "cells": []}', "expected nbformat 4"),
        ('{"nbformat": 4, "cells": [{"source": ""}]}', "every cell with metadata and source"),
    ],
)
def test_a_file_that_is_no_notebook_stops_the_run(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "region-report.ipynb"
    with pytest.raises(ParameterError, match="no such notebook"):
        check_notebook(path)
    path.write_text(text)
    with pytest.raises(ParameterError, match=message):
        check_notebook(path)
