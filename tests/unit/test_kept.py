"""What is kept: a file's content until the file changes, an object's answers while it lives; never an error."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from endline.kept import kept, once


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_text("one", encoding="utf-8")
    return path


def counting(calls: list[str]) -> Callable[[Path], str]:
    @kept
    def read(path: Path) -> str:
        calls.append(path.name)
        text = path.read_text(encoding="utf-8")
        if not text:
            raise ValueError("empty")
        return text

    return read


def test_an_unchanged_file_is_read_once_however_it_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    read = counting(calls)
    monkeypatch.chdir(path.parent)
    assert [read(path), read(path), read(Path("file"))] == ["one"] * 3
    assert calls == ["file"]


def test_a_relative_name_means_another_file_in_another_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = counting([])
    monkeypatch.chdir(path.parent)
    assert read(Path("file")) == "one"
    (path.parent / "inner").mkdir()
    (path.parent / "inner" / "file").write_text("two", encoding="utf-8")
    os.utime(path.parent / "inner" / "file", ns=(0, path.stat().st_mtime_ns))
    monkeypatch.chdir("inner")
    assert read(Path("file")) == "two"


@pytest.mark.parametrize("text", ["another length", "two"])
def test_a_changed_file_is_read_again(path: Path, text: str) -> None:
    read = counting([])
    before = path.stat().st_mtime_ns
    assert read(path) == "one"
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(0, before if len(text) != 3 else before + 1))  # size or time tells
    assert read(path) == text


def test_an_error_is_raised_each_time_and_what_was_read_before_is_not_given_instead(path: Path) -> None:
    calls: list[str] = []
    read = counting(calls)
    assert read(path) == "one"
    path.write_text("", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ValueError, match="empty"):
            read(path)
    assert len(calls) == 3
    path.unlink()
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            read(path)


class Oracle:
    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    @once
    def add(self, a: int, b: int = 0) -> int:
        """Add."""
        self.asked.append((a, b))
        if a < 0:
            raise ValueError("negative")
        return a + b

    @once
    def subtract(self, a: int, b: int = 0) -> int:
        return a - b


def test_an_object_is_asked_each_question_once() -> None:
    oracle, other = Oracle(), Oracle()
    assert [oracle.add(1, 2), oracle.add(1, 2), oracle.add(1)] == [3, 3, 1]
    assert [oracle.add(1, b=3), oracle.add(1, b=3)] == [4, 4]
    assert oracle.asked == [(1, 2), (1, 0), (1, 3)]
    assert oracle.subtract(1, 2) == -1, "the same numbers, another question"
    assert other.add(1, 2) == 3
    assert other.asked == [(1, 2)]
    assert Oracle.add.__doc__ == "Add."


def test_an_object_raises_an_error_each_time() -> None:
    oracle = Oracle()
    for _ in range(2):
        with pytest.raises(ValueError, match="negative"):
            oracle.add(-1)
    assert len(oracle.asked) == 2
