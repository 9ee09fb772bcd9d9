"""One run at a time, with a scratch folder that is gone afterwards, however the run ended."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from endline.errors import ParameterError
from endline.files import PART, atomic_write
from endline.pipeline.bounds import new_scratch


@contextmanager
def workshop(reports: Path) -> Iterator[Path]:
    """Hold `reports/` for this run and yield a scratch folder; what a killed run left behind is removed first.

    Raises ParameterError when another run holds the folder.
    """
    reports.mkdir(parents=True, exist_ok=True)
    lock, note = FileLock(reports / ".lock"), reports / ".scratch"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ParameterError(f"{reports}: another run is making reports here; wait for its end") from None
    try:
        _remove_remains(reports, note)
        scratch = new_scratch()
        try:
            atomic_write(note, json.dumps(str(scratch)).encode())
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            note.unlink(missing_ok=True)
    finally:
        lock.release()


def _remove_remains(reports: Path, note: Path) -> None:
    if note.is_file():
        left = Path(json.loads(note.read_text()))
        if left.name.startswith("endline-"):
            shutil.rmtree(left, ignore_errors=True)
    for part in reports.glob(f"*/.*{PART}"):
        part.unlink(missing_ok=True)
