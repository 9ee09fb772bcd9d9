"""Temporary folders whose paths are short enough for the sockets in them."""

import os
import sys
import tempfile
from pathlib import Path

_LONGEST = 85  # bytes: the operating system allows about 100 for the path of a socket
RANDOM = 8  # the signs that tempfile puts into a name
PREFIX = "endline-"


def short_folder(room: int = 0) -> Path:
    """Return a new temporary folder; sockets may lie in it, or so many bytes of folders further down."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
    if sys.platform == "win32" or len(os.fsencode(folder)) + room <= _LONGEST:  # Windows has no such sockets
        return folder
    folder.rmdir()
    return Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp")).resolve()  # the only place known to be short
