"""Folders for sockets: where they are asked for, unless a socket's path would be too long there."""

import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from endline.kernels.folders import short_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no IPC sockets")


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder with a short path, in which temporary files are made."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        monkeypatch.setattr(tempfile, "tempdir", name)
        yield Path(name).resolve()


@pytest.mark.parametrize("length", [1, 30, 60, 100, 200])
@pytest.mark.parametrize("room", [0, 26])
def test_a_socket_can_be_bound_in_it_or_so_far_below_it(place: Path, length: int, room: int) -> None:
    long = place / ("x" * length)
    long.mkdir()
    tempfile.tempdir = str(long)
    folder = short_folder(room)
    try:
        assert (folder.parent == long) == (len(str(long)) + len("/endline-12345678") + room <= 85)
        below = folder / ("y" * (room - 1)) if room else folder
        below.mkdir(exist_ok=True)
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(str(below / "k-1"))
            bound.listen()
        assert sorted(path.name for path in place.iterdir()) == [long.name]
    finally:
        (below / "k-1").unlink(missing_ok=True)
        if below != folder:
            below.rmdir()
        folder.rmdir()
