"""What is in a round's folder of reports and what it was made from: `run.json`."""

import contextlib
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from endline.files import atomic_write, sha256
from endline.kept import stamp
from endline.pipeline.notebooks import OF_ROUND
from endline.pipeline.task import Made, Task

Entry = dict[str, Any]
FIGURES = "figures"  # the reason that can be told in more detail
MORE = "format"  # the reason for which the notebook need not run again
SAVE_EVERY = 50  # reports: a run that is killed loses no more than these
_NAMED = 3  # so many of the parts that changed are named
_SEEN = ".seen.json"  # size and time of change of the files as they were written
_ORDER = (  # of the parts, as they are named
    "own",
    "upper",
    "notes",
    "evaluation",
    "gaps",
    "gap_members",
    "member_series",
    "town_country",
    "subregions",
    "regions",
    "revisions",
    "refused",
    "issues",
    "quality",
    "corrections",
)


class Manifest:
    """The entries of `run.json`, one a report: name, state, what it was made from, files, pages, message.

    `sources` holds what all reports of a notebook were made from, by its digest: files' digests, libraries' versions.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "run.json"
        self.entries: dict[str, Entry] = {}
        self._sources: dict[str, dict[str, str]] = {}
        self._seen: dict[str, list[int]] = {}
        self._unsaved = 0
        # no manifest, or a torn one: nothing is known, everything is made anew
        with contextlib.suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            content = json.loads(self.path.read_text(encoding="utf-8"))
            self.entries, self._sources = content["reports"], content["sources"]
        with contextlib.suppress(OSError, ValueError):
            self._seen = json.loads((self.folder / _SEEN).read_bytes())

    def why(self, task: Task, sources: Mapping[str, str]) -> str:
        """Return why a report must be made, "" if it is there, whole, and made from the same content."""
        entry = self.entries.get(task.report)
        if not entry:
            return "new"
        if entry["state"] != "made":
            return "failed last time"
        if entry["sources"] != _digest(sources):
            old = self._sources.get(entry["sources"], {})
            names = [name for name in {**old, **sources} if old.get(name) != sources.get(name)]
            return f"changed: {_named(sorted(names))}"
        if entry["key"] != task.key:
            return FIGURES
        if f"{stem(task)}.ipynb" not in entry["files"]:
            return "name"
        changed = sorted(name for name, digest in entry["files"].items() if not self._is_whole(name, digest))
        if changed:
            return f"file: {_named(changed)}"
        return MORE if self._missing(task) else ""

    def further(self, task: Task) -> Task:
        """Return the task that makes the formats which a report lacks, of its notebook as that ran."""
        executed = (self.folder / f"{stem(task)}.ipynb").read_bytes()
        return replace(task, formats=self._missing(task), executed=executed)

    def _missing(self, task: Task) -> tuple[str, ...]:
        files = self.entries[task.report]["files"]
        return tuple(name for name in task.formats if f"{stem(task)}.{name}" not in files)

    def changed_parts(self, task: Task) -> str:
        """Name what changed among the figures since the report that is there was made."""
        try:
            notebook = json.loads((self.folder / f"{stem(task)}.ipynb").read_bytes())
            old = notebook["metadata"]["endline"]["parts"]
        except (OSError, ValueError, KeyError):
            return FIGURES
        names = {name for name, _ in old.items() ^ task.parts.items()}
        ordered = sorted(names, key=lambda name: (_ORDER.index(name.split("/")[0]), name))
        return _named([name.replace("/", " ", 1) for name in ordered]) or FIGURES

    def record(self, task: Task, made: Made, sources: Mapping[str, str], counts: Mapping[str, Any]) -> None:
        """Put the files of a task in place and note what came of it; a failure leaves the last good files."""
        digest = _digest(sources)
        self._sources[digest] = dict(sources)
        files = {f"{stem(task)}{suffix}": self._put(task, suffix, data) for suffix, data in made.contents.items()}
        before, pages = self.entries.get(task.report, {}), made.pages
        if task.executed and not made.failed:  # more of the same report
            files, pages = {**before["files"], **files}, pages or before["pages"]
        elif not made.failed:
            old = set(before.get("files", {})) | {f"{stem(task)}.failed.ipynb"}
            for name in old - set(files):
                (self.folder / name).unlink(missing_ok=True)  # an old name would pass for a current report
        self.entries[task.report] = {
            "name": task.name,
            "state": "failed" if made.failed else "made",
            "key": task.key,
            "sources": digest,
            "files": files,
            "pages": pages,
            "counts": {sys.intern(name): count for name, count in counts.items()},  # the names of all regions are one
            "cell": made.cell,
            "message": made.message,
            "ours": made.ours,
        }
        self._unsaved += 1
        if self._unsaved >= SAVE_EVERY:
            self.save()

    def collect(self, folder: Path) -> None:
        """Take over the reports that another run has put into `folder`: its files move here, with their entries."""
        self.folder.mkdir(parents=True, exist_ok=True)
        other = Manifest(folder)
        for code, entry in other.entries.items():
            for name in entry["files"]:
                shutil.move(folder / name, self.folder / name)
            self._sources[entry["sources"]] = other._sources[entry["sources"]]
            self.entries[code] = entry
            self._unsaved += 1
        self._seen |= other._seen
        self.save()
        other.path.unlink(missing_ok=True)

    def save(self) -> None:
        """Write `run.json`, entries in code order, if there is anything new."""
        if not self._unsaved:
            return
        self._unsaved = 0
        used = {entry["sources"] for entry in self.entries.values()}
        sources = {digest: self._sources[digest] for digest in sorted(used & set(self._sources))}
        atomic_write(self.path, self._lines(sources))
        atomic_write(self.folder / _SEEN, json.dumps(self._seen).encode())

    def _lines(self, sources: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield `run.json`, a line a report: as one text, three thousand would weigh as much as the rest of the run."""
        yield f'{{"sources": {_json(sources)},\n"reports": {{'.encode()
        comma = ""
        for code, entry in sorted(self.entries.items()):
            yield f"{comma}\n {json.dumps(code)}: {_json(entry)}".encode()
            comma = ","
        yield b"\n}}\n"

    def _put(self, task: Task, suffix: str, data: bytes) -> str:
        path = self.folder / f"{stem(task)}{suffix}"
        atomic_write(path, data)
        self._seen[path.name] = list(stamp(path))
        return sha256(data)

    def _is_whole(self, name: str, digest: str) -> bool:
        """Tell whether a file holds what it held; where size and time are those that were seen, so are the bytes."""
        path = self.folder / name
        with contextlib.suppress(OSError):
            if self._seen.get(name) == list(stamp(path)):
                return True
            if sha256(path.read_bytes()) == digest:
                self._seen[name] = list(stamp(path))
                self._unsaved += 1
                return True
        return False


def stem(task: Task) -> str:
    """Return the name of a task's files without suffix."""
    return (OF_ROUND.get(task.notebook) or f"{task.code}-{task.name}") + task.edition


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _digest(sources: Mapping[str, str]) -> str:
    return sha256(json.dumps(sources, sort_keys=True).encode())[:16]


def _named(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
