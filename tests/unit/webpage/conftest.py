"""The page of a small round, rendered once."""

from pathlib import Path

import pytest

from endline.webpage import render
from stores import INNER_MONGOLIA, NATION, ROUND, made, read_params, small

from .pages import reports

CODES = [INNER_MONGOLIA, NATION, "150500"]


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a page, the English one beside it; its round's title would mean something in HTML."""
    where = small(tmp_path_factory.mktemp("site"))
    path = where.params / "rounds" / "published-2020.yaml"
    text = path.read_text(encoding="utf-8")
    evil = """title: '<img src=x onerror="alert(1)"> & "两纲"'"""
    path.write_text(text.replace("title: 两纲终期评估（公开数据）", evil), encoding="utf-8")
    folder = tmp_path_factory.mktemp("reports")
    listed, store = reports(where, CODES, folder, ("zh", "en")), made(where)
    for language, name in (("zh", "index.html"), ("en", "index.en.html")):
        (folder / name).write_bytes(render(read_params(where), store, ROUND, listed, language))
    return folder / "index.html"
