"""What is current is told by content, not by time."""

from dataclasses import replace
from pathlib import Path

import pytest

from endline.files import sha256
from endline.pipeline.manifest import Manifest
from endline.pipeline.task import Made, Task


@pytest.fixture
def task(tmp_path: Path) -> Task:
    target = tmp_path / "150100-呼和浩特市"
    return Task("150100", "呼和浩特市", tmp_path / "n.ipynb", {}, "d", tmp_path, target, ("pdf",), "key")


def make(manifest: Manifest, task: Task) -> None:
    files = {}
    for suffix in (".ipynb", ".pdf"):
        path = task.target.with_name(task.target.name + suffix)
        path.write_bytes(suffix.encode())
        files[path.name] = sha256(suffix.encode())
    manifest.record(task, Made(task.code, files, 3), {"all": 1})
    manifest.save()


def test_made_from_the_same_content_is_current(tmp_path: Path, task: Task) -> None:
    make(Manifest(tmp_path), task)
    again = Manifest(tmp_path)
    assert again.is_current(task)
    assert again.entries["150100"]["pages"] == 3


def test_another_key_a_missing_or_a_changed_file_is_not_current(tmp_path: Path, task: Task) -> None:
    make(Manifest(tmp_path), task)
    assert not Manifest(tmp_path).is_current(replace(task, key="other"))
    pdf = task.target.with_name(task.target.name + ".pdf")
    pdf.write_bytes(b"torn")
    assert not Manifest(tmp_path).is_current(task)
    pdf.unlink()
    assert not Manifest(tmp_path).is_current(task)


def test_a_torn_manifest_knows_nothing(tmp_path: Path, task: Task) -> None:
    make(Manifest(tmp_path), task)
    (tmp_path / "run.json").write_text('{"reports": {', encoding="utf-8")
    assert not Manifest(tmp_path).is_current(task)


def test_a_failure_is_not_current_and_leaves_the_last_good_report(tmp_path: Path, task: Task) -> None:
    make(Manifest(tmp_path), task)
    manifest = Manifest(tmp_path)
    manifest.record(task, Made(task.code, message="no"), {})
    manifest.save()
    assert not Manifest(tmp_path).is_current(task)
    assert task.target.with_name(task.target.name + ".pdf").is_file()


def test_a_renamed_region_does_not_leave_its_old_report(tmp_path: Path, task: Task) -> None:
    make(Manifest(tmp_path), task)
    renamed = replace(task, name="新名", target=tmp_path / "150100-新名")
    make(Manifest(tmp_path), renamed)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["150100-新名.ipynb", "150100-新名.pdf", "run.json"]
