"""What persons wrote of the regions of a round: verdicts on qualitative targets, notes on missed ones."""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from endline.errors import ParameterError, did_you_mean
from endline.model import Judgement, Notes, Target
from endline.params.files import EVIDENCE, NOTES, is_parameter
from endline.params.readers import read_judgements, read_notes
from endline.regions import Regions


class Written:
    """The files beside a round, in `folder`: evidence.yaml for all regions, notes/<code>.yaml for one."""

    def __init__(self, folder: Path, targets: Iterable[Target], register: Regions) -> None:
        self._folder, self._register = folder, register
        self._targets = {target.key: target for target in targets}

    @cached_property
    def judgements(self) -> Mapping[str, Mapping[str, Judgement]]:
        """The verdicts of persons on qualitative targets, by region code and target key."""
        path = self._folder / EVIDENCE
        if not path.is_file():
            return {}
        found = read_judgements(path)
        for code, verdicts in found.items():
            self._register.get_known(code, str(path))
            self._check_keys(verdicts, f"{path}: {code}", "qualitative")
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
        self._check_keys(found.targets, f"{path}: targets")
        return found

    def text(self, code: str) -> str:
        """Return all that was written of a region as JSON, the same for the same content; "" for nothing."""
        judged = {key: _plain(judgement) for key, judgement in self.judgements.get(code, {}).items()}
        parts = {"judgements": judged, "notes": _plain(self.notes(code))}
        return json.dumps(parts, ensure_ascii=False, sort_keys=True) if any(parts.values()) else ""

    def _check_keys(self, found: Iterable[str], where: str, kind: str = "") -> None:
        known = [key for key, target in self._targets.items() if kind in ("", target.kind)]
        for key in found:
            if key not in known:
                noun = " ".join(filter(None, ("unknown", kind, "target")))
                raise ParameterError(f"{where}: {noun} {key!r}{did_you_mean(key, known)}")


def _plain(record: BaseModel) -> dict[str, object]:
    return record.model_dump(mode="json", exclude_defaults=True)
