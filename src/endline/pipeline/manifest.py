"""What is in a round's folder of reports and what it was made from: `run.json`."""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from endline.files import atomic_write, sha256
from endline.pipeline.task import Made, Task

Entry = dict[str, Any]


class Manifest:
    """The entries of `run.json`, one a report: name, state, key, files with digests, pages, message."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "run.json"
        self.entries: dict[str, Entry] = {}
        # no manifest, or a torn one: nothing is known, everything is made anew
        with contextlib.suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            self.entries = json.loads(self.path.read_text(encoding="utf-8"))["reports"]

    def is_current(self, task: Task) -> bool:
        """Tell whether the task's files are there, unchanged, and made from the same content."""
        entry = self.entries.get(task.code)
        if not entry or entry["state"] != "made" or entry["key"] != task.key:
            return False
        suffixes = {".ipynb", *(f".{f}" for f in task.formats)}
        if {task.target.name + suffix for suffix in suffixes} - set(entry["files"]):
            return False
        return all(self._is_whole(name, digest) for name, digest in entry["files"].items())

    def record(self, task: Task, made: Made, counts: Mapping[str, Any]) -> None:
        """Note what came of a task; a failure keeps the last good files out of the entry, not out of the folder."""
        old = self.entries.get(task.code, {}).get("files", {})
        for name in set(old) - set(made.files):
            if not made.failed:
                (self.folder / name).unlink(missing_ok=True)  # renamed: the old name would pass for a current report
        self.entries[task.code] = {
            "name": task.name,
            "state": "failed" if made.failed else "made",
            "key": task.key,
            "files": dict(made.files),
            "pages": made.pages,
            "counts": dict(counts),
            "cell": made.cell,
            "message": made.message,
            "ours": made.ours,
        }

    def save(self) -> None:
        """Write `run.json`, entries in code order."""
        content = {"reports": dict(sorted(self.entries.items()))}
        atomic_write(self.path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())

    def _is_whole(self, name: str, digest: str) -> bool:
        path = self.folder / name
        return path.is_file() and sha256(path.read_bytes()) == digest
