"""SQLite files that appear under their final name only when they are complete."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from endline.files import PART


@contextmanager
def new_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield an empty database that takes the place of `path` when all went well, and is gone otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=unfinished(os.getpid()), suffix=PART)
    os.close(handle)
    try:
        with closing(sqlite3.connect(name, uri=True)) as db:
            db.execute("PRAGMA journal_mode = OFF")  # nothing to go back to
            yield db
            db.commit()
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def unfinished(process: int) -> str:
    """Return how the name of a file begins that a process has not finished."""
    return f".round.{process}."
