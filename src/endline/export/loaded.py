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
            drop_unused_features(copied)
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


def drop_unused_features(path: Path) -> None:
    """Take features of vertical text, or such as are to be asked for, out of a font file's lists; empty their lookups.

    Typst goes through the features of a language, and reads all lookups of a face, for every text of a chart.

    Source: OpenType specification, version 1.9.1, "OpenType layout common table formats".
    """
    with path.open("r+b") as file:
        reader = TTFont(file, lazy=True).reader
        assert reader is not None
        for tag in ("GPOS", "GSUB"):
            if tag in reader.tables:
                edited = _without_unused(reader[tag])  # before the place is sought: to read moves it
                file.seek(reader.tables[tag].offset)
                file.write(edited)


def _without_unused(table: bytes) -> bytes:
    """Return a GPOS or GSUB table, in its own length, whose languages have no unused feature."""
    edited = bytearray(table)
    features, lookups = _number(table, 6), _number(table, 8)
    listed = _records(table, features, features)
    unused = {n for n, (tag, _) in enumerate(listed) if tag in UNUSED}
    needed = {lookup for n, (_, place) in enumerate(listed) if n not in unused for lookup in _numbers(table, place + 2)}
    for lookup in {lookup for n in unused for lookup in _numbers(table, listed[n][1] + 2)} - needed:
        place = lookups + _number(table, lookups + 2 + 2 * lookup)
        struct.pack_into(">H", edited, place + 4, 0)  # after its type and flags: the number of its subtables
    for place in _languages(table):  # after an order and a required feature
        kept = [n for n in _numbers(table, place + 4) if n not in unused]
        struct.pack_into(f">{1 + len(kept)}H", edited, place + 4, len(kept), *kept)
    return bytes(edited)


def _languages(table: bytes) -> Iterator[int]:
    """Yield the places of what lists the features of a language, in any script of a GPOS or GSUB table."""
    scripts = _number(table, 4)
    for _, script in _records(table, scripts, scripts):
        if default := _number(table, script):
            yield script + default
        yield from (place for _, place in _records(table, script + 2, script))


def _records(table: bytes, start: int, origin: int) -> list[tuple[bytes, int]]:
    """Return the records of a list, each with its tag and the place that it names, counted from `origin`."""
    records = struct.iter_unpack(">4sH", table[start + 2 : start + 2 + 6 * _number(table, start)])
    return [(tag, origin + offset) for tag, offset in records]


def _numbers(table: bytes, start: int) -> tuple[int, ...]:
    """Return numbers that stand after how many they are."""
    return struct.unpack_from(f">{_number(table, start)}H", table, start + 2)


def _number(table: bytes, place: int) -> int:
    (number,) = struct.unpack_from(">H", table, place)
    return int(number)
