"""Fonts in memory, as Typst has them fastest: read once for all processes that are forked later."""

import json
import shutil
import struct
from collections.abc import Iterable
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


def loaded(paths: Iterable[Path]) -> typst.Fonts:
    """Return the fonts of these files, with CFF outlines, held in memory.

    The PDFs made with them are the same to the byte as with the files themselves.
    """
    with TemporaryDirectory(prefix="endline-") as folder:
        for path in paths:
            number_in_a_row(Path(shutil.copyfile(path, Path(folder, path.name))))
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
