"""Figures of a Word file that were changed by hand, or are stale."""

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from endline.check_docx import check_docx, notebook_of
from endline.errors import DataError, ParameterError
from endline.export.word.read import read_word
from endline.project import Project
from endline.story import heading, prose, table
from runs import endline, new_project
from unit.export.opened import exported, rewritten
from unit.export.samples import notebook, said

DOCUMENT = "word/document.xml"


def book(rate: str = "15.32", more: str = "") -> NotebookNode:
    return notebook(
        said(
            heading(1, "一、概述"),
            prose(f"先有一句。死亡率为{rate}/10万（2例）。{more}"),
            table(["年份", "率"], [["2019年", "30.2"], ["2020年", "13.9"]], "lr", [3, 2], "表1"),
            cell="overall",
        )
    )


@pytest.fixture
def data() -> bytes:
    return exported(book())


def told(folder: Path, data: bytes, now: NotebookNode | None = None) -> list[tuple[str, ...]]:
    """Return kind, name, old and new of each difference."""
    (folder / "a.docx").write_bytes(data)
    path = None
    if now:
        path = folder / "a.ipynb"
        nbformat.write(now, path)
    return [(d.kind, d.figure.name, d.old, d.new) for d in check_docx(folder / "a.docx", path)]


def field(name: str, shown: str) -> str:
    """Return the last part of a field, as the exporter writes it."""
    start = f'DOCPROPERTY {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>'
    return f'{start}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def test_a_file_as_it_was_made_has_no_differences(tmp_path: Path, data: bytes) -> None:
    assert told(tmp_path, data, book()) == []


def test_what_is_read_is_what_was_written(data: bytes) -> None:
    word = read_word(data)
    assert [(f.name, f.text, f.heading, f.sentence) for f in word.shown] == [
        ("E.overall.1.1.1", "15.32", "一、概述", "死亡率为15.32/10万（2例）。"),
        ("E.overall.1.1.2", "2", "一、概述", "死亡率为15.32/10万（2例）。"),
        ("E.overall.1.2.1.1.1", "2019", "一、概述", "年份 | 2019年"),
        ("E.overall.1.2.1.2.1", "30.2", "一、概述", "2019年 | 率 | 30.2"),
        ("E.overall.1.2.2.1.1", "2020", "一、概述", "年份 | 2020年"),
        ("E.overall.1.2.2.2.1", "13.9", "一、概述", "2020年 | 率 | 13.9"),
    ]
    assert word.properties == {f.name: f.text for f in word.shown}


def test_a_figure_changed_by_hand_is_listed_with_its_sentence(tmp_path: Path, data: bytes) -> None:
    name = "E.overall.1.1.1"
    changed = rewritten(data, DOCUMENT, (field(name, "15.32"), field(name, "12.0")))
    assert told(tmp_path, changed, book()) == [("changed", name, "15.32", "12.0")]
    (difference,) = check_docx(tmp_path / "a.docx", None)
    assert difference.figure.sentence == "死亡率为12.0/10万（2例）。"


def test_a_figure_typed_over_in_two_runs_is_read_as_one(tmp_path: Path, data: bytes) -> None:
    name = "E.overall.1.1.1"
    split = field(name, "15").replace("15</w:t></w:r>", "15</w:t></w:r><w:r><w:t>.</w:t><w:t>32</w:t></w:r>")
    assert told(tmp_path, rewritten(data, DOCUMENT, (field(name, "15.32"), split))) == []


def test_a_field_that_became_text_is_removed(tmp_path: Path, data: bytes) -> None:
    flat = rewritten(data, DOCUMENT, (" DOCPROPERTY E.overall.1.1.1 ", " QUOTE x "))
    assert told(tmp_path, flat, book()) == [("removed", "E.overall.1.1.1", "15.32", "")]
    assert check_docx(tmp_path / "a.docx", tmp_path / "a.ipynb")[0].figure.heading == "一、概述"


def test_a_field_deleted_with_changes_tracked_is_removed(tmp_path: Path, data: bytes) -> None:
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
    name = "E.overall.1.1.2"
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    own = start + field(name, "2") + end
    assert told(tmp_path, rewritten(data, DOCUMENT, (own, f'<w:del w:id="1" w:author="x">{own}</w:del>'))) == [
        ("removed", name, "2", "")
    ]


def test_a_figure_and_its_property_changed_together_are_stale(tmp_path: Path, data: bytes) -> None:
    name = "E.overall.1.1.1"
    changed = rewritten(data, DOCUMENT, (field(name, "15.32"), field(name, "12.0")))
    changed = rewritten(changed, "docProps/custom.xml", (">15.32<", ">12.0<"))
    assert told(tmp_path, changed) == []
    assert told(tmp_path, changed, book()) == [("stale", name, "12.0", "15.32")]


def test_what_the_report_says_otherwise_now_is_stale(tmp_path: Path, data: bytes) -> None:
    assert told(tmp_path, data, book(rate="14.1", more="另有3例。")) == [
        ("stale", "E.overall.1.1.1", "15.32", "14.1"),
        ("stale", "E.overall.1.1.3", "", "3"),
    ]
    assert told(tmp_path, exported(book(more="另有3例。")), book()) == [("stale", "E.overall.1.1.3", "3", "")]


def test_fields_are_read_as_other_programs_write_them(tmp_path: Path, data: bytes) -> None:
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    name = "E.overall.1.1.1"
    simple = f'<w:fldSimple w:instr=" docproperty &quot;{name}&quot; \\* MERGEFORMAT ">'
    simple += "<w:r><w:t>15.32</w:t></w:r></w:fldSimple>"
    assert told(tmp_path, rewritten(data, DOCUMENT, (start + field(name, "15.32") + end, simple))) == []


def test_headings_are_known_by_the_names_of_their_styles(data: bytes) -> None:
    renamed = rewritten(data, DOCUMENT, ('w:val="Heading1"', 'w:val="1"'))
    renamed = rewritten(renamed, "word/styles.xml", ('w:styleId="Heading1"', 'w:styleId="1"'))
    assert {figure.heading for figure in read_word(renamed).shown} == {"一、概述"}


def test_properties_of_other_programs_are_none_of_ours(tmp_path: Path, data: bytes) -> None:
    other = (
        '<property fmtid="{x}" pid="99" name="KSOProductBuildVer"><vt:lpwstr>2052</vt:lpwstr></property></Properties>'
    )
    assert told(tmp_path, rewritten(data, "docProps/custom.xml", ("</Properties>", other))) == []


def test_the_notebook_is_the_one_beside_it_or_of_its_name(tmp_path: Path) -> None:
    for name in ("params", "data", "reports/one", "reports/two", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    project = Project(tmp_path)
    sent = tmp_path / "elsewhere/150100-市.docx"
    assert notebook_of(sent, project) is None
    one, two = (tmp_path / f"reports/{name}/150100-市.ipynb" for name in ("one", "two"))
    one.touch()
    assert notebook_of(sent, project) == one
    two.touch()
    with pytest.raises(ParameterError, match=r"--against one of: reports/one/.*, reports/two/"):
        notebook_of(sent, project)
    beside = sent.with_suffix(".ipynb")
    beside.touch()
    assert notebook_of(sent, project) == beside


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{", "not an executed report"), (None, "no such notebook"), (b"\xff", "not an executed report")],
)
def test_a_notebook_that_is_none_is_refused(tmp_path: Path, data: bytes, content: bytes | None, message: str) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    if content is not None:
        (tmp_path / "a.ipynb").write_bytes(content)
    with pytest.raises(ParameterError, match=message):
        check_docx(tmp_path / "a.docx", tmp_path / "a.ipynb")


def test_the_command_lists_and_its_exit_code_says_whether_there_are_any(tmp_path: Path, data: bytes) -> None:
    project = new_project(tmp_path)
    (project / "a.docx").write_bytes(data)
    alone = endline(project, "check-docx", "a.docx")
    assert (alone.code, "no notebook of this name" in alone.out) == (0, True), alone.err
    nbformat.write(book(rate="14.1"), project / "a.ipynb")
    ran = endline(project, "check-docx", "a.docx")
    assert ran.code == 1
    first, last = ran.out.strip().splitlines()
    assert first == "[数据已更新] 一、概述 › 死亡率为15.32/10万（2例）。: 15.32 → 14.1 (E.overall.1.1.1)"
    assert "0 changed, 0 removed, 1 stale" in last
    assert endline(project, "check-docx", "none.docx").code == 2


def test_a_word_file_of_somebody_else_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rewritten(data, "docProps/custom.xml", ('name="E.', 'name="F.')))
    with pytest.raises(DataError, match="no figure of a report is in it"):
        check_docx(path, None)
