"""What persons wrote of the regions of a round: verdicts on qualitative targets, how far tasks are, notes."""

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from endline.errors import ParameterError, did_you_mean
from endline.model import TARGET_STATUSES, TASK_STATUSES, Judgement, Notes, Outline
from endline.params.files import EVIDENCE, NOTES, is_parameter
from endline.params.readers import read_judgements, read_notes
from endline.regions import Regions


class Written:
    """The files beside a round, in `folder`: evidence.yaml for all regions, notes/<code>.yaml for one."""

    def __init__(self, folder: Path, outlines: Iterable[Outline], register: Regions) -> None:
        self._folder, self._register = folder, register
        self._targets: list[str] = []
        self._judged: dict[str, tuple[str, ...]] = {}  # what a person may say of each qualitative target and task
        for outline in outlines:
            self._targets += [target.key for target in outline.targets]
            self._judged |= {t.key: TARGET_STATUSES for t in outline.targets if t.kind == "qualitative"}
            self._judged |= {task.key: TASK_STATUSES for task in outline.tasks}

    @cached_property
    def judgements(self) -> Mapping[str, Mapping[str, Judgement]]:
        """What persons say of qualitative targets and tasks, by region code and key."""
        path = self._folder / EVIDENCE
        if not path.is_file():
            return {}
        found = read_judgements(path)
        for code, verdicts in found.items():
            self._register.get_known(code, str(path))
            _check_keys(verdicts, self._judged, f"{path}: {code}: unknown qualitative target or task")
            for key, judgement in verdicts.items():
                if judgement.status not in self._judged[key]:
                    fitting = ", ".join(self._judged[key])
                    raise ParameterError(
                        f"{path}: {code}.{key}.status: found {judgement.status!r}, expected one of {fitting}"
                    )
        return found

    @cached_property
    def _noted(self) -> frozenset[str]:
        folder = self._folder / NOTES
        paths = [path for path in folder.iterdir() if is_parameter(path.name)] if folder.is_dir() else []
        for path in sorted(paths):
            if path.suffix != ".yaml":
                raise ParameterError(f"{path}: not read; the notes of a region stand in <code>.yaml")
            self._register.get_known(path.stem, str(path))
        return frozenset(path.stem for path in paths)

    def notes(self, code: str) -> Notes:
        """Return what a region wrote; reads that region's file only."""
        if code not in self._noted:
            return Notes()
        path = self._folder / NOTES / f"{code}.yaml"
        found = read_notes(path)
        _check_keys(found.targets, self._targets, f"{path}: targets: unknown target")
        return found

    def text(self, code: str) -> str:
        """Return all that was written of a region as JSON, the same for the same content; "" for nothing."""
        judged = {key: _plain(judgement) for key, judgement in self.judgements.get(code, {}).items()}
        parts = {"judgements": judged, "notes": _plain(self.notes(code))}
        return json.dumps(parts, ensure_ascii=False, sort_keys=True) if any(parts.values()) else ""


def _check_keys(found: Iterable[str], known: Collection[str], what: str) -> None:
    for key in found:
        if key not in known:
            raise ParameterError(f"{what} {key!r}{did_you_mean(key, known)}")


def _plain(record: BaseModel) -> dict[str, object]:
    return record.model_dump(mode="json", exclude_defaults=True)
