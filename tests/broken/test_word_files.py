"""A Word file that comes from outside: refused in one line, in little time and memory."""

import io
import zipfile
from pathlib import Path

import pytest

from endline.check_docx import check_docx
from endline.errors import DataError
from endline.export.blocks import read_document
from endline.export.word.write import write_docx
from endline.story import prose
from unit.export.opened import parts, rewritten
from unit.export.samples import notebook, said

DOCUMENT = "word/document.xml"
GOOD = write_docx(read_document(notebook(said(prose("死亡率为15.32/10万。")))))


def without(name: str) -> bytes:
    return zipped({key: value for key, value in parts(GOOD).items() if key != name})


def zipped(contents: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


ENTITY = '?>\n<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<w:document '
LAUGHS = '?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<w:document '


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "F22f"),
        (b"%PDF-1.7", "F22f"),
        (GOOD[:-40], "F22f"),
        (without("_rels/.rels"), "F22"),
        (without(DOCUMENT), "F22"),
        (rewritten(GOOD, DOCUMENT, ("</w:body>", "")), "F22"),
        (rewritten(GOOD, DOCUMENT, ("?>\n<w:document ", ENTITY)), "F25"),
        (rewritten(GOOD, DOCUMENT, ("?>\n<w:document ", LAUGHS)), "F25"),
        (rewritten(GOOD, "docProps/custom.xml", ("?>\n<Properties ", "?>\n<!DOCTYPE x><Properties ")), "F25"),
        (zipped({"_rels/.rels": b"x" * 250_000_000}), "F23"),
        (zipped({f"{n}": b"" for n in range(1001)}), "F23b"),
        (zipped({"../x": b""}), "F23c"),
    ],
)
def test_refused(data: bytes, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(
        DataError, match=rf"a\.docx: not a Word file that can be read \({rule}\b.*save it again as \.docx"
    ):
        check_docx(path, None)


def test_larger_than_any_report(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with path.open("wb") as stream:
        stream.truncate(20_000_001)
    with pytest.raises(DataError, match="larger than 20000000 bytes"):
        check_docx(path, None)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="a folder"):
        check_docx(tmp_path, None)


def test_fields_that_never_end_and_begin_again(tmp_path: Path) -> None:
    """Unbalanced fields and rows are read as far as they go."""
    path = tmp_path / "a.docx"
    path.write_bytes(rewritten(GOOD, DOCUMENT, ('w:fldCharType="end"', 'w:fldCharType="begin"')))
    assert [difference.kind for difference in check_docx(path, None)] == ["removed"]
