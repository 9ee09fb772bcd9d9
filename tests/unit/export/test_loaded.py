"""Fonts in memory: other numbers for the same glyphs, the same pages, and nothing that a fork would lack."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import typst
from fontTools.ttLib import TTFont

from endline.export.fonts import FREE, font_files, fonts
from endline.export.loaded import UNUSED, drop_unused_features, number_in_a_row

PAGE = """
#set document(title: [页])
#set text(lang: "zh", font: "Noto Serif SC", fallback: false)
孕产妇死亡率为10.93/10万（788/72104），比2010年下降。#text(font: "Noto Sans SC")[一、总体情况]
#image("chart.svg", alt: "图")
"""
CHART = """<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">
<text x="2" y="9" style="font: 8px 'Noto Sans SC'">基期 13.30‰</text></svg>"""
LISTS_THREADS = """
import os
from endline.export.fonts import FREE, fonts
before = os.listdir("/proc/self/task")
fonts(FREE)
print(len(os.listdir("/proc/self/task")) - len(before), end="")
"""


def printed(own: typst.Fonts) -> bytes:
    with TemporaryDirectory() as folder:
        pdf = typst.compile(  # type: ignore[call-overload]  # its stubs know no dict
            {"main": PAGE.encode(), "chart.svg": CHART.encode()},
            root=folder,
            font_paths=own,
            ignore_system_fonts=True,
            pdf_standards=["a-3a", "ua-1"],
            timestamp=datetime(2021, 1, 1, tzinfo=UTC),
        )
    assert isinstance(pdf, bytes)
    return pdf


def features_by_language(table: Any) -> dict[tuple[str, str], list[str]]:
    """Return the features of each script and language of a GPOS or GSUB table, in their order."""
    tags = [record.FeatureTag for record in table.FeatureList.FeatureRecord]
    found = {}
    for record in table.ScriptList.ScriptRecord:
        languages = {each.LangSysTag: each.LangSys for each in record.Script.LangSysRecord}
        for name, language in {"": record.Script.DefaultLangSys, **languages}.items():
            if language:
                found[record.ScriptTag, name] = [tags[n] for n in language.FeatureIndex]
    return found


def test_a_page_is_the_same_as_with_the_files_themselves() -> None:
    folders = sorted({str(path.parent) for path in font_files()})
    plain = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    assert printed(fonts(FREE)) == printed(plain)


@pytest.mark.parametrize("path", font_files(), ids=lambda path: path.stem)
def test_the_glyphs_are_numbered_in_a_row_and_else_what_they_were(path: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copyfile(path, tmp_path / path.name))
    number_in_a_row(copied)
    with TTFont(path) as old, TTFont(copied) as new:
        count = old["maxp"].numGlyphs
        assert new.getGlyphOrder() == [".notdef", *(f"cid{number:05}" for number in range(1, count))]
        assert new.getGlyphOrder() != old.getGlyphOrder()
        shown = [{char: font.getGlyphID(name) for char, name in font.getBestCmap().items()} for font in (old, new)]
        assert shown[0] == shown[1]
        drawn = [font["CFF "].cff.topDictIndex[0].CharStrings.charStringsIndex for font in (old, new)]
        place = shown[0][ord("妇")]
        assert drawn[0][place].bytecode == drawn[1][place].bytecode


@pytest.mark.parametrize("tag", ["GPOS", "GSUB"])
@pytest.mark.parametrize("path", font_files(), ids=lambda path: path.stem)
def test_what_horizontal_text_needs_is_kept_and_else_nothing(path: Path, tag: str, tmp_path: Path) -> None:
    copied = Path(shutil.copyfile(path, tmp_path / path.name))
    drop_unused_features(copied)
    with TTFont(path) as old, TTFont(copied) as new:
        sizes = [[lookup.SubTableCount for lookup in font[tag].table.LookupList.Lookup] for font in (old, new)]
        named = {True: set[int](), False: set[int]()}
        for record in old[tag].table.FeatureList.FeatureRecord:
            named[record.FeatureTag.encode() in UNUSED] |= set(record.Feature.LookupListIndex)
        assert named[True] - named[False]
        assert sizes[1] == [0 if n in named[True] - named[False] else size for n, size in enumerate(sizes[0])]
        kept = {"GPOS": {"kern", "mark"}, "GSUB": {"ccmp", "liga", "locl"}}[tag]
        assert kept == {r.FeatureTag for r in old[tag].table.FeatureList.FeatureRecord} - {t.decode() for t in UNUSED}
        listed = [features_by_language(font[tag].table) for font in (old, new)]
        assert listed[1] == {where: [name for name in names if name in kept] for where, names in listed[0].items()}
        assert listed[0] != listed[1]
        assert all(set(names) == kept for where, names in listed[1].items() if where == ("latn", "ZHS "))


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_to_load_them_starts_no_thread() -> None:
    done = subprocess.run([sys.executable, "-c", LISTS_THREADS], capture_output=True, text=True, check=True)
    assert done.stdout == "0"
