"""One run at a time; what a killed one left behind goes with the next."""

import json
from pathlib import Path

import pytest

from endline.errors import ParameterError
from endline.pipeline.workshop import workshop


def test_a_second_run_is_refused_while_the_first_one_works(tmp_path: Path) -> None:
    refused = pytest.raises(ParameterError, match="another run is making reports here")
    with workshop(tmp_path), refused, workshop(tmp_path):
        pass
    with workshop(tmp_path) as scratch:
        assert scratch.is_dir()


def test_the_scratch_folder_is_gone_afterwards_also_when_the_run_breaks(tmp_path: Path) -> None:
    seen = []

    def break_off() -> None:
        with workshop(tmp_path) as scratch:
            (scratch / "half").write_text("done")
            seen.append(scratch)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert not seen[0].exists()
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    reports, left = tmp_path / "reports", tmp_path / "endline-left"
    for folder in (reports / "round", left):
        folder.mkdir(parents=True)
    (left / "socket").touch()
    (reports / ".scratch").write_text(json.dumps(str(left)))
    (reports / "round" / ".150100.pdf.abc.part").touch()
    (reports / "round" / "150100.pdf").touch()
    with workshop(reports):
        assert not left.exists()
        assert [path.name for path in (reports / "round").iterdir()] == ["150100.pdf"]


def test_a_folder_that_is_not_ours_is_never_removed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / ".scratch").write_text(json.dumps(str(other)))
    with workshop(tmp_path):
        assert other.is_dir()
