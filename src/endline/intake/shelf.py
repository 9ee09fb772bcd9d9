"""Readings of workbooks, kept between runs: a file that has not changed is not read again."""

import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from endline.database import new_database
from endline.files import sha256, tree_digest
from endline.intake.readings import Reading, from_json, to_json

PACKAGE = Path(__file__).parents[1]
_READS = ("workbooks", "layouts", "intake")  # the packages that decide what is read


class Shelf:
    """The readings of a dataset's files in one SQLite file, by a key that changes with whatever decides a reading.

    Several processes may use it at once: the file is replaced as a whole, and whoever comes last leaves what the
    dataset's files gave then. A shelf that is absent, torn or cannot be written costs time only.
    """

    def __init__(self, path: Path, decided_by: Iterable[Path]) -> None:
        self._path = path
        self._decided = code_digest() + "".join(sha256(p.read_bytes()) for p in decided_by if p.is_file())
        self._used: list[str] = []
        self._new: dict[str, bytes] = {}

    def key(self, file: str, data: bytes, corrections: str) -> str:
        """Return the key of a file's reading: its path, its content, its corrections, and what reads it."""
        return sha256("\0".join([self._decided, file, sha256(data), corrections]).encode())

    def find(self, key: str) -> Reading | None:
        """Return the reading of a key, None where there is none."""
        self._used.append(key)
        with suppress(sqlite3.Error, zlib.error, ValueError, KeyError, TypeError), closing(self._open()) as db:
            row = db.execute("SELECT reading FROM readings WHERE key = ?", (key,)).fetchone()
            return from_json(zlib.decompress(row[0]).decode()) if row else None
        return None

    def add(self, key: str, reading: Reading) -> None:
        """Keep a reading under its key."""
        self._new[key] = zlib.compress(to_json(reading).encode(), level=1)

    def save(self) -> None:
        """Write what was used, if anything was added or is no longer used."""
        with suppress(OSError, sqlite3.Error):
            known = self._keys()
            if not self._new and known == set(self._used):
                return
            with new_database(self._path) as db:
                db.execute("CREATE TABLE readings (key TEXT PRIMARY KEY, reading BLOB)")
                db.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", self._new.items())
                if left := known & set(self._used) - set(self._new):
                    db.execute("ATTACH ? AS old", (f"{self._path.resolve().as_uri()}?mode=ro",))
                    rows = "INSERT OR REPLACE INTO readings SELECT key, reading FROM old.readings WHERE key = ?"
                    db.executemany(rows, [(key,) for key in sorted(left)])

    def _keys(self) -> set[str]:
        with suppress(sqlite3.Error), closing(self._open()) as db:
            return {key for (key,) in db.execute("SELECT key FROM readings")}
        return set()

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", uri=True)


@cache
def code_digest() -> str:
    """Return the digest of the code that reads workbooks, with the words that it knows."""
    inner = (path for name in _READS for path in (PACKAGE / name).rglob("*") if path.suffix in (".py", ".yaml"))
    return tree_digest(PACKAGE, [*PACKAGE.glob("*.py"), *inner])
