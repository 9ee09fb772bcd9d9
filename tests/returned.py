"""Leagues' returns as workbooks: small ones, of one banner each."""

from pathlib import Path
from typing import Any

import openpyxl

LEAGUES = {"150300-乌海市": "150302", "152900-阿拉善盟": "152921", "152500-锡林郭勒盟": "152501"}


def send(
    folder: Path, name: str, births: Any = 5000, deaths: Any = 1, year: int = 2020, more: str = "", **head: str
) -> Path:
    """Write a league's return of one banner into a dataset's folder.

    `head` stands above the table, `more` in the file's name.
    """
    book = openpyxl.Workbook()
    for key, value in head.items():
        book.active.append([f"{key}：{value}"])
    book.active.append(["代码", "活产数 / 合计", "孕产妇死亡 / 死亡人数"])
    book.active.append([LEAGUES[name], births, deaths])
    path = folder / str(year) / f"{name}{more}.xlsx"
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return path
