"""A file that cannot be read costs what is in it; the other files are used."""

from pathlib import Path

import pytest

from runs import as_tables, endline, new_project


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda data: data.replace(b"\n", b",1\n", 3).replace(b",1\n", b"\n", 1), "line 2"),
        (lambda data: data + "\u6c49".encode("gb18030"), "not UTF-8"),
        (lambda data: b"", "empty file"),
    ],
    ids=["a line with a cell too many", "another encoding", "empty"],
)
def test_the_file_is_named_and_the_others_are_used(damage: object, found: str, tmp_path: Path) -> None:
    project = new_project(tmp_path)
    as_tables(project)
    assert endline(project, "simulate").code == 0
    path = project / "data/raw/simulated/2015/form41.csv"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    ran = endline(project, "check", "data/raw/simulated")
    assert ran.code == 1
    line = next(line for line in ran.out.splitlines() if line.startswith("W10"))
    assert "data/raw/simulated/2015/form41.csv" in line
    assert found in line
    assert " 0 observations" not in ran.out
