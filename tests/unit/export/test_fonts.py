"""The faces of the two profiles: the wheel's by default, those of official documents on request or a clear refusal."""

import io
import os
from pathlib import Path

import pypdf
import pytest

from endline.export import PdfExporter
from endline.export.errors import ExportError
from endline.export.fonts import FOLDERS, FREE, OFFICIAL, TEX, faces, fonts
from endline.story import heading, prose

from .samples import cover, notebook, said

FANDOL = [
    Path(folder) for folder in (*os.environ.get(FOLDERS, "").split(os.pathsep), TEX) if str(folder) not in ("", ".")
]
has_fandol = any(next(folder.rglob("FandolFang*.otf"), None) for folder in FANDOL if folder.is_dir())
needs_fandol = pytest.mark.skipif(
    not has_fandol, reason=f"no Fandol fonts: install them, or name their folder in {FOLDERS}"
)


def test_the_free_profile_needs_nothing_of_the_machine() -> None:
    found = faces(FREE)
    assert {face.family for face in found.values()} == {"Noto Sans SC", "Noto Serif SC"}
    assert found["body"].family == "Noto Serif SC"


def test_without_official_fonts_the_report_is_refused_with_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    class Empty:
        def fonts(self) -> list[object]:
            return []

    faces.cache_clear()
    monkeypatch.setattr("endline.export.fonts.fonts", lambda profile: Empty())
    try:
        with pytest.raises(ExportError) as caught:
            faces(OFFICIAL)
    finally:
        faces.cache_clear()
    for name in ("FangSong_GB2312", "KaiTi_GB2312", "方正小标宋简体", "SimHei", "FandolFang R", FOLDERS, "fonts: free"):
        assert name in str(caught.value)


@needs_fandol
def test_the_official_profile_takes_each_role_from_its_own_face_and_says_so() -> None:
    found = faces(OFFICIAL)
    assert len(set(found.values())) == 4
    assert "Noto Serif SC" in fonts(OFFICIAL).families(), "signs that a face has not come from the free ones"


@needs_fandol
def test_a_report_in_official_faces_names_and_embeds_them() -> None:
    parts = [heading(1, "一、总体情况"), heading(2, "（一）达标情况"), prose("本次评估共三十二项目标。")]
    cells = notebook(said(*parts), first=cover(fonts=OFFICIAL, colophon="用字：{title}、{first}、{second}、{body}"))
    pdf, _ = PdfExporter().from_notebook_node(cells)
    read = pypdf.PdfReader(io.BytesIO(pdf))
    embedded = " ".join(str(f.get_object()["/BaseFont"]) for p in read.pages for f in p["/Resources"]["/Font"].values())
    told = "".join("".join(page.extract_text().split()) for page in read.pages)
    for face in faces(OFFICIAL).values():
        assert face.family.split()[0] in embedded
        assert face.family.replace(" ", "") in told
