"""Mutated workbooks, read one after another in a process of its own: `python -m broken.workbooks.fuzzed FIRST LAST`."""

import io
import json
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from pathlib import Path
from typing import Any

from endline.workbooks import FileRefused, as_code, as_count, as_number, as_year, read_workbook, text_of

from .biff import Calculated, OldPage, compound, workbook
from .made import F, Page, Raw, ods, ods_cell, table, xlsx, zipped

HEAD = ["旗县", "代码", "年份", "活产数", "死亡数", "率（‰）"]
ROWS = [HEAD, *([f"旗县{n}", 150100 + n, 2013, 1000 * n, n, F(f"E{n + 1}/D{n + 1}*1000", 1.0)] for n in range(1, 12))]
EXTREME = ["0", "-1", "1e999", "nan", "99999999999999999999", "XFD1048576", "A0", "", "é\u202e", "&#x1F600;", "1048577"]
Parts = dict[str, bytes]


def originals() -> dict[str, bytes]:
    """Return one sound file of each kind, with something of everything in it."""
    shared = [Raw('<c r="{r}"><f t="shared" ref="H2:H4" si="0">D2+E2</f><v>1001</v></c>')]
    page = Page(
        table(*ROWS)
        | {"H2": shared[0], "H3": Raw('<c r="{r}"><f t="shared" si="0"/><v>2002</v></c>'), "H5": "#N/A", "H6": True},
        formats={"C3": "yyyy-mm-dd", "F3": "0.00%"},
        rows={5: 'hidden="1"'},
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
        after='<autoFilter ref="A1:F9"/><mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
        comments={"D2": "批注"},
    )
    rows = "".join(
        "<table:table-row>" + "".join(ods_cell(v.cached if isinstance(v, F) else v) for v in row) + "</table:table-row>"
        for row in ROWS
    )
    last = (
        f'<table:table-row table:number-rows-repeated="1000">{ods_cell(number_columns_repeated="99")}</table:table-row>'
    )
    old = {address: Calculated(1.0) if isinstance(v, F) else v for address, v in table(*ROWS).items()}
    text = "\r\n".join(",".join(str(getattr(v, "cached", v)) for v in row) for row in ROWS)
    return {
        "a.xlsx": xlsx(page, Page({"A1": "二"}, name="底稿", state="veryHidden"), extra={"xl/vbaProject.bin": b"x"}),
        "a.ods": ods(f'<table:table table:name="表">{rows}{last}</table:table>'),
        "a.xls": workbook(OldPage(old, merged=[(0, 0, 0, 1)], hidden_rows=[3], comments={"D2": "批注"}, filtered=True)),
        "a.csv": text.encode("gb18030"),
        "b.csv": text.encode("utf-8-sig"),
        "c.csv": text.replace(",", "\t").encode("utf-16"),
    }


def mutated(name: str, data: bytes, chance: random.Random) -> bytes:
    """Return a file with something changed: its bytes as they are, or those of what is packed in it."""
    within = chance.random() < 0.75
    if name.endswith((".xlsx", ".ods")) and within:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts: Parts = {part: archive.read(part) for part in archive.namelist()}
        for _ in range(chance.randint(1, 3)):
            _change_part(parts, chance)
        return zipped(parts)
    if name.endswith(".xls"):
        return (
            compound({"Workbook": _changed(data, chance)}) if within else _changed(compound({"Workbook": data}), chance)
        )
    return _changed(data, chance)


def _change_part(parts: Parts, chance: random.Random) -> None:
    name = chance.choice(sorted(parts))
    act = chance.random()
    if act < 0.05 and len(parts) > 1:
        del parts[name]
    elif act < 0.2:
        parts[chance.choice(sorted(parts))] = parts[name]
    elif act < 0.4:
        parts[name] = _changed(parts[name], chance)
    else:
        parts[name] = _changed_xml(parts[name].decode("utf-8", "replace"), chance).encode("utf-8", "replace")


def _changed_xml(text: str, chance: random.Random) -> str:
    """Return XML with a value, a tag or an element changed."""
    spots = list(re.finditer(r'(?<=")[^"<>]*(?=")|(?<=>)[^<]+(?=<)|</?[a-z:A-Z-]+', text))
    if not spots:
        return text
    for spot in sorted(chance.sample(spots, min(len(spots), chance.randint(1, 4))), key=lambda s: -s.start()):
        other = chance.choice(spots).group()
        new = other if spot.group().startswith("<") else chance.choice([*EXTREME, other, "x" * 40_000])
        text = text[: spot.start()] + new + text[spot.end() :]
    return text


def _changed(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some flipped, taken out, put in, doubled, or cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 8, 64])):
        at, size = chance.randrange(len(changed) + 1), chance.choice([1, 2, 4, 64, 512])
        match chance.randrange(6):
            case 0:
                changed[at : at + size] = chance.randbytes(min(size, len(changed) - at))
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = chance.randbytes(size)
            case 3:
                changed[at:at] = changed[at : at + size] * chance.choice([1, 3])
            case 4:
                changed[at : at + size] = bytes([chance.choice([0, 255, 34, 10, 44])]) * size
            case 5 if chance.random() < 0.2:
                del changed[at:]
    return bytes(changed)


def outcome(path: Path, root: Path) -> dict[str, Any]:
    """Read a file and every cell of it in every way; tell how that ended, and how long it took."""
    begun = time.perf_counter()
    told: dict[str, Any] = {"refused": [], "cells": 0, "error": ""}
    try:
        book = read_workbook(path, root)
        for sheet in book.sheets:
            told["cells"] += len(sheet.cells)
            for cell in sheet.cells.values():
                for read_as in (as_count, as_number, as_year, as_code):
                    read_as(cell, sheet=sheet.name)
                text_of(cell)
    except FileRefused as refused:
        told["refused"] = [finding.rule for finding in refused.findings]
        told["named"] = refused.file == path.relative_to(root).as_posix()
    except Exception:
        told["error"] = traceback.format_exc()
    return told | {"seconds": time.perf_counter() - begun}


def main(first: int, last: int) -> None:
    """Print what became of each mutated file of a range of seeds, and the most memory that this process took (MiB)."""
    files = originals()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, last):
            chance = random.Random(seed)  # noqa: S311 - the same files every time
            name = sorted(files)[seed % len(files)]
            path = Path(folder) / name
            path.write_bytes(mutated(name, files[name], chance))
            found.append({"seed": seed, "name": name} | outcome(path, Path(folder)))
    print(json.dumps({"memory": _most_memory(), "files": found}))


def _most_memory() -> float:
    """Return this program's own peak; `getrusage` would count in that of the process which started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)[0]) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
