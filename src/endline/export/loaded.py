"""Fonts in memory, as Typst has them fastest: read once for all processes that are forked later."""

import json
import shutil
import struct
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont

# Typst reads a font's file when it first measures with it, and the copy outlives the file. HTML has one page and
# no threads; a PDF's would be missing in every process forked afterwards.
MEASURED = b'#context for family in json("families.json") { let _ = measure(text(font: family)[0]) }'
HEAD = 2**16  # bytes of the outlines that say where all else is: to read all would leave holes in the memory
# Features of vertical text, and such as are there only for those who ask for them: nobody does.
UNUSED = frozenset(b"aalt dlig fwid halt hist hwid palt pwid ruby vert vhal vkrn vpal vrt2".split())


def loaded(paths: Iterable[Path]) -> typst.Fonts:
    """Return the fonts of these files, with CFF outlines, held in memory.

    The PDFs made with them are the same to the byte as with the files themselves.
    """
    with TemporaryDirectory(prefix="endline-") as folder:
        for path in paths:
            copied = Path(shutil.copyfile(path, Path(folder, path.name)))
            number_in_a_row(copied)
            empty_unused_lookups(copied)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        files = {"main": MEASURED, "families.json": json.dumps(fonts.families()).encode()}
        typst.compile(files, root=folder, font_paths=fonts, ignore_system_fonts=True, format="html")  # type: ignore[call-overload]  # its stubs know no dict
    return fonts


def number_in_a_row(path: Path) -> None:
    """Give the glyphs of a font file their positions as numbers (CIDs), which name nothing but themselves.

    A font that is part of a larger one has some thousand ranges of numbers, and Typst goes through all of them for
    every letter of a chart. The glyphs, and which characters they show, stay as they are.

    Source: The Compact Font Format Specification, Adobe Technical Note 5176, sections 13 and 18.
    """
    with path.open("r+b") as file:
        font, outlines = TTFont(file, lazy=True), CFFFontSet()
        assert font.reader is not None
        start: int = font.reader.tables["CFF "].offset
        one_range = struct.pack(">BHH", 2, 1, font["maxp"].numGlyphs - 2)  # format 2: from 1, and so many more
        file.seek(start)
        outlines.decompile(BytesIO(file.read(HEAD)), font)
        told = outlines.topDictIndex[0].rawDict
        if "ROS" in told:  # else its glyphs have names instead
            file.seek(start + told["charset"])
            file.write(one_range)


def empty_unused_lookups(path: Path) -> None:
    """Empty the lookups of a font file that only features of vertical text need, or such as are to be asked for.

    Typst reads all lookups of a face for every text of a chart.

    Source: OpenType specification, version 1.9.1, "OpenType layout common table formats".
    """
    with path.open("r+b") as file:
        reader = TTFont(file, lazy=True).reader
        assert reader is not None
        for tag in ("GPOS", "GSUB"):
            if tag in reader.tables:
                start, table = reader.tables[tag].offset, reader[tag]
                for place in _unused_lookups(table):
                    file.seek(start + place + 4)  # after its type and flags: the number of its subtables
                    file.write(b"\0\0")


def _unused_lookups(table: bytes) -> Iterator[int]:
    """Yield the places of the lookups of a GPOS or GSUB table that no feature in use names, but another one does."""
    features, lookups = struct.unpack_from(">HH", table, 6)
    used, others = set[int](), set[int]()
    for n in range(_number(table, features)):
        tag, offset = struct.unpack_from(">4sH", table, features + 2 + 6 * n)
        place = features + offset + 2
        named = struct.unpack_from(f">{_number(table, place)}H", table, place + 2)
        (others if tag in UNUSED else used).update(named)
    for n in sorted(others - used):
        yield lookups + _number(table, lookups + 2 + 2 * n)


def _number(table: bytes, place: int) -> int:
    (number,) = struct.unpack_from(">H", table, place)
    return int(number)
