"""The page of a small round, rendered once."""

from pathlib import Path

import pytest

from stores import INNER_MONGOLIA, NATION, made, small

from .pages import rendered

CODES = [INNER_MONGOLIA, NATION, "150500"]


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a page whose round has a title that means something in HTML."""
    where = small(tmp_path_factory.mktemp("site"))
    path = where.params / "rounds" / "published-2020.yaml"
    text = path.read_text(encoding="utf-8")
    evil = """title: '<img src=x onerror="alert(1)"> & "两纲"'"""
    path.write_text(text.replace("title: 两纲终期评估（公开数据）", evil), encoding="utf-8")
    folder = tmp_path_factory.mktemp("reports")
    (folder / "index.html").write_bytes(rendered(where, made(where), CODES, folder))
    return folder / "index.html"
