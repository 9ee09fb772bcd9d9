"""The reports of a round as tasks, each with what it is made from."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from endline.files import sha256
from endline.kernels import FORKED, PRIVATE
from endline.model import MAIN_LANGUAGE, Round
from endline.params import Params
from endline.params.files import EVIDENCE, NOTES
from endline.pipeline.notebooks import DATA_QUALITY, OF_ROUND, PARAMETERS, REGION_REPORT, ROUND_SUMMARY, WITHOUT
from endline.pipeline.program import program
from endline.pipeline.task import Task
from endline.project import Project
from endline.store import NOBODY, Store, quality_digest, summary_digest

KERNELS = {"warm": FORKED, "plain": PRIVATE}


class Plan:
    """The tasks of a round over `codes`: planning costs a query a round, a task reads its parts when it is due."""

    def __init__(
        self,
        project: Project,
        params: Params,
        round_: Round,
        store: Store,
        codes: list[str],
        formats: tuple[str, ...],
        kernels: str,
    ) -> None:
        self.project, self.params, self.round, self.store = project, params, round_, store
        self.codes, self._formats, self._kernels = codes, formats, KERNELS[kernels]
        self._register = params.regions(round_.dataset)
        self._digests = store.digests(codes)
        self._shared = params.shared_files(round_)
        files = {name: sha256(path.read_bytes())[:16] for name, path in self._shared.items()}
        self._sources = {
            name: {**files, f"notebooks/{name}": sha256((project.notebooks / name).read_bytes())[:16], **program()}
            for name in PARAMETERS
        }
        # by what stands for a code; of a single region there is nothing to put side by side
        self.of_round = {round_.id: ROUND_SUMMARY, OF_ROUND[DATA_QUALITY]: DATA_QUALITY} if len(codes) > 1 else {}

    @cached_property
    def _round_digests(self) -> dict[str, str]:
        digests = {ROUND_SUMMARY: summary_digest, DATA_QUALITY: quality_digest}
        return {notebook: digest(self.store, self.codes) for notebook, digest in digests.items()}

    def sources(self, task: Task) -> Mapping[str, str]:
        """Return what a task's report is made from beside the region's own: digests and versions by name."""
        return self._sources[task.notebook]

    def counts(self, code: str) -> Mapping[str, Any]:
        """Return the counts of a region's verdicts; a round as a whole has none."""
        return self.store.counts(code) if code in self._digests else {}

    def tasks(self, *, of_round: bool) -> Iterator[Task]:
        """Yield the tasks without their parts, language by language, in the order of the codes, the round's last."""
        for language in self.round.languages:
            for code in self.codes:
                yield self._region(code, language, {})
            for code in self.of_round if of_round else ():
                yield self._whole(code, language, {})

    def task(self, report: str) -> Task:
        """Return the task of a report (`Task.report`), with the digests of all that it prints."""
        code, language = self.parted(report)
        if code in self.of_round:
            return self._whole(code, language, {f"regions/{c}": self._digests[c][:8] for c in self.codes})
        text = self.params.region_text(self.round, code)
        notes = {"notes": sha256(text.encode())[:8]} if text else {}
        return self._region(code, language, {**self.store.parts(code), **notes})

    def parted(self, report: str) -> tuple[str, str]:
        """Return the code and the language of a report."""
        code, _, language = report.rpartition(".")
        return (code, language) if code and language in self.round.languages else (report, MAIN_LANGUAGE)

    def files(self, task: Task) -> dict[str, bytes]:
        """Return all that a machine needs which sees nothing of this project, by path under its root."""
        place, root = self.params.folder / "rounds" / self.round.id, self.project.root
        own = [path for path in (place / EVIDENCE, place / NOTES / f"{task.code}.yaml") if path.is_file()]
        paths = [*self._shared.values(), *own, self.project.notebooks / task.notebook]
        files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
        with TemporaryDirectory(prefix="endline-") as folder:
            extract = Path(folder, self.store.path.name)
            codes = self._needed(task)
            self.store.extract(extract, codes, with_observations=task.notebook == REGION_REPORT)
            files[self.store.path.relative_to(root).as_posix()] = extract.read_bytes()
        return files

    def _needed(self, task: Task) -> list[str]:
        """Return the codes of the regions whose rows a notebook reads."""
        if task.notebook == REGION_REPORT:
            return [task.code]
        if task.notebook == ROUND_SUMMARY:
            return self.codes
        below = {region.code for code in self.codes for region in self._register.below(code)}
        return [*sorted({*self.codes, *below}), NOBODY]

    def _region(self, code: str, language: str, parts: Mapping[str, str]) -> Task:
        digest = self._digests[code]
        own = sha256(f"{digest}\n{self.params.region_text(self.round, code)}".encode())[:16]
        parameters = {"round_id": self.round.id, "region_code": code, "language": language}
        return self._task(code, self._register[code].name, REGION_REPORT, parameters, digest, own, parts)

    def _whole(self, code: str, language: str, parts: Mapping[str, str]) -> Task:
        notebook = self.of_round[code]
        digest = self._round_digests[notebook]
        parameters = {"round_id": self.round.id, "language": language}
        return self._task(code, self.round.title, notebook, parameters, digest, digest[:16], parts)

    def _task(
        self,
        code: str,
        name: str,
        notebook: str,
        parameters: Mapping[str, str],
        digest: str,
        key: str,
        parts: Mapping[str, str],
    ) -> Task:
        formats = tuple(name for name in self._formats if name not in WITHOUT.get(notebook, ()))
        return Task(code, name, notebook, parameters, digest, key, self.project.root, formats, parts, self._kernels)
