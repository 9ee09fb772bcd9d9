"""What is current is told by content, not by time; what is not says why."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from endline.pipeline.manifest import FIGURES, MORE, Manifest
from endline.pipeline.task import Made, Task

from .tasks import task

SOURCES = {"params/method.yaml": "1", "code": "2"}
EVIDENCE = b'{"metadata": {"endline": {"parts": {"own/mmr/total": "a", "upper/mmr/total": "b"}}}}'


@pytest.fixture
def done(tmp_path: Path) -> Task:
    """A task whose report is there."""
    one = task(tmp_path)
    manifest = Manifest(tmp_path)
    assert manifest.why(one, SOURCES) == "new"
    manifest.record(one, Made(one.code, {".ipynb": EVIDENCE, ".pdf": b"pdf"}, 3), SOURCES, {"all": 1})
    manifest.save()
    return one


def test_made_from_the_same_content_is_current(tmp_path: Path, done: Task) -> None:
    again = Manifest(tmp_path)
    assert again.why(done, SOURCES) == ""
    assert again.entries["150100"]["pages"] == 3
    assert again.entries["150100"]["counts"] == {"all": 1}


@pytest.mark.parametrize(
    ("sources", "why"),
    [
        ({**SOURCES, "code": "3"}, "changed: code"),
        ({**SOURCES, "params/outlines/x.yaml": "1"}, "changed: params/outlines/x.yaml"),
        ({"code": "2"}, "changed: params/method.yaml"),
        (dict.fromkeys("abcde", "new"), "changed: a, b, c and 4 more"),
    ],
)
def test_what_all_reports_are_made_from_is_named_when_it_changed(
    tmp_path: Path, done: Task, sources: dict[str, str], why: str
) -> None:
    assert Manifest(tmp_path).why(done, sources) == why


def test_other_figures_are_named_by_what_changed(tmp_path: Path, done: Task) -> None:
    manifest = Manifest(tmp_path)
    parts = {"own/mmr/total": "x", "upper/mmr/total": "b", "issues": "new", "notes": "n"}
    other = replace(done, key="other", parts=parts)
    assert manifest.why(other, SOURCES) == FIGURES
    assert manifest.changed_parts(other) == "own mmr/total, notes, issues"


def test_a_changed_or_missing_file_is_made_again(tmp_path: Path, done: Task) -> None:
    pdf = tmp_path / "150100-呼和浩特市.pdf"
    pdf.write_bytes(b"pda")
    assert Manifest(tmp_path).why(done, SOURCES) == "file: 150100-呼和浩特市.pdf"
    pdf.unlink()
    assert Manifest(tmp_path).why(done, SOURCES) == "file: 150100-呼和浩特市.pdf"


def test_a_file_that_was_only_touched_is_current(tmp_path: Path, done: Task) -> None:
    os.utime(tmp_path / "150100-呼和浩特市.pdf", (1, 1))
    assert Manifest(tmp_path).why(done, SOURCES) == ""


def test_a_further_format_is_made(tmp_path: Path, done: Task) -> None:
    assert Manifest(tmp_path).why(replace(done, formats=("pdf", "csv")), SOURCES) == MORE


def test_a_further_format_is_made_of_the_notebook_as_it_ran_and_the_others_stay(tmp_path: Path, done: Task) -> None:
    manifest = Manifest(tmp_path)
    more = manifest.further(replace(done, formats=("pdf", "csv")))
    assert (more.formats, more.executed) == (("csv",), EVIDENCE)
    manifest.record(more, Made(done.code, {".csv": b"csv"}), SOURCES, {"all": 1})
    manifest.save()
    again = Manifest(tmp_path)
    assert again.why(replace(done, formats=("pdf", "csv")), SOURCES) == ""
    assert again.entries["150100"]["pages"] == 3
    assert {p.suffix for p in tmp_path.glob("150100-*")} == {".ipynb", ".pdf", ".csv"}


def test_fewer_formats_are_current_and_leave_the_others(tmp_path: Path, done: Task) -> None:
    assert Manifest(tmp_path).why(replace(done, formats=()), SOURCES) == ""


def test_a_format_of_older_figures_does_not_stay(tmp_path: Path, done: Task) -> None:
    """Made anew in one format, the report of the others would be another one."""
    manifest = Manifest(tmp_path)
    new = replace(done, key="new", formats=("csv",))
    manifest.record(new, Made(done.code, {".ipynb": EVIDENCE, ".csv": b"csv"}), SOURCES, {})
    assert {p.suffix for p in tmp_path.glob("150100-*")} == {".ipynb", ".csv"}


def test_a_further_format_that_fails_is_tried_again_with_the_whole_report(tmp_path: Path, done: Task) -> None:
    manifest = Manifest(tmp_path)
    more = manifest.further(replace(done, formats=("pdf", "csv")))
    manifest.record(more, Made(done.code, message="no"), SOURCES, {})
    assert manifest.why(done, SOURCES) == "failed last time"
    assert (tmp_path / "150100-呼和浩特市.pdf").is_file()


def test_a_torn_manifest_knows_nothing(tmp_path: Path, done: Task) -> None:
    (tmp_path / "run.json").write_text('{"reports": {', encoding="utf-8")
    assert Manifest(tmp_path).why(done, SOURCES) == "new"


def test_a_failure_is_made_again_and_leaves_the_last_good_report(tmp_path: Path, done: Task) -> None:
    manifest = Manifest(tmp_path)
    manifest.record(done, Made(done.code, {".failed.ipynb": b"{}"}, message="no"), SOURCES, {})
    manifest.save()
    assert Manifest(tmp_path).why(done, SOURCES) == "failed last time"
    assert (tmp_path / "150100-呼和浩特市.pdf").is_file()
    assert (tmp_path / "150100-呼和浩特市.failed.ipynb").is_file()
    manifest.record(done, Made(done.code, {".ipynb": b"{}", ".pdf": b"pdf"}), SOURCES, {})
    assert not (tmp_path / "150100-呼和浩特市.failed.ipynb").exists()


def test_a_renamed_region_does_not_leave_its_old_report(tmp_path: Path, done: Task) -> None:
    manifest = Manifest(tmp_path)
    manifest.record(replace(done, name="新名"), Made(done.code, {".ipynb": b"{}", ".pdf": b"p"}), SOURCES, {})
    manifest.save()
    assert sorted(p.name for p in tmp_path.glob("[!.]*")) == ["150100-新名.ipynb", "150100-新名.pdf", "run.json"]


def test_what_another_run_made_is_taken_over(tmp_path: Path, done: Task) -> None:
    """The runs of a cluster's groups each have a folder of their own."""
    other = tmp_path / "group" / "r"
    other.mkdir(parents=True)
    second = task(tmp_path, "150200", "包头市")
    manifest = Manifest(other)
    manifest.record(second, Made("150200", {".ipynb": b"{}", ".pdf": b"second"}), {**SOURCES, "more": "1"}, {})
    manifest.save()
    here = Manifest(tmp_path)
    here.collect(other)
    assert (tmp_path / "150200-包头市.pdf").read_bytes() == b"second"
    again = Manifest(tmp_path)
    assert again.why(second, {**SOURCES, "more": "1"}) == ""
    assert again.why(done, SOURCES) == ""
    assert list(other.glob("[!.]*")) == []
