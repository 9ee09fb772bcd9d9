"""The progress bar: on a terminal it moves, elsewhere only what will be read later is written."""

import io
import threading

import pytest
from rich.console import Console

from endline import shown


def written(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> tuple[str, int]:
    """Run two reports past a bar; return what it wrote and the threads that it kept meanwhile."""
    console = Console(file=io.StringIO(), force_terminal=terminal, width=100, soft_wrap=True)
    monkeypatch.setattr(shown, "err", console)
    before = threading.active_count()
    with shown.Bar() as bar:
        bar.planned("r", {"150102": "new", "150103": "figures"}, 3)
        bar.started("150102", "新城区")
        bar._progress.refresh()
        threads = threading.active_count() - before
        bar.ended("150102")
    return console.file.getvalue(), threads  # type: ignore[attr-defined]


def test_a_terminal_sees_the_reports_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    text, threads = written(monkeypatch, terminal=True)
    assert "r: 2 of 3 reports to make" in text
    assert "新城区" in text
    assert "0/2" in text
    assert threads == 1


def test_a_file_gets_the_reasons_and_no_bar_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    text, threads = written(monkeypatch, terminal=False)
    assert text.splitlines() == ["r: 2 of 3 reports to make", "  1 × new", "  1 × figures"]
    assert threads == 0
