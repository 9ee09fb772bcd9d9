"""Read and validate what was promised and decided: everything under `params/`."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from endline.errors import ParameterError, did_you_mean
from endline.kept import once
from endline.model import Dataset, Form, Indicator, Judgement, Method, Notes, Outline, Round
from endline.params import files, readers
from endline.params.files import Signature
from endline.params.tiles import Place, check_tiles, grid, read_tiles
from endline.params.written import Written
from endline.project import Project
from endline.regions import Regions, read_regions
from endline.yaml_files import read_yaml

_current: dict[Project, tuple[Signature, "Params"]] = {}


class Params:
    """Everything under `params/`, each file read and validated when it is first asked for."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder = project.params

    @classmethod
    def of(cls, project: Project) -> "Params":
        """Return the parameters of a project: the same object for as long as no file changes."""
        now = files.signature(project)
        if project not in _current or _current[project][0] != now:
            _current[project] = now, cls(project)
        return _current[project][1]

    def read_all(self) -> None:
        """Read what every round needs, so that a process forked from this one need not; faults are left to who asks."""
        with suppress(ParameterError):
            _ = self.method
            self.tiles(())
        for round_id in self.round_ids:
            with suppress(ParameterError):
                round_ = self.round(round_id)
                self.judgements(round_)
                for outline_id in round_.next_outlines:  # its own are read for what persons say of them
                    self.outline(outline_id)
                for language in round_.languages:
                    self.wording(language)

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators by id."""
        path = self.folder / "indicators.yaml"
        found = readers.read_indicators(path)
        items = {f"{form.id}.{column.id}" for form in self.forms.values() for column in form.columns}
        for indicator in found.values():
            named = [i for c in indicator.counts.values() for i in (c.numerator, c.denominator)]
            named += [*indicator.subunits.model_dump().values()] if indicator.subunits else []
            for item in named:
                if item not in items:
                    raise ParameterError(f"{path}: {indicator.id}: unknown item {item!r}{did_you_mean(item, items)}")
            if indicator.difference and indicator.difference.indicator not in found:
                _unknown_indicator(path, indicator.id, indicator.difference.indicator, found)
        return found

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The forms that counties fill in, by id."""
        return readers.read_forms(self.folder / "forms.yaml")

    @cached_property
    def method(self) -> Method:
        """The thresholds of the method."""
        path = self.folder / "method.yaml"
        found = readers.read_method(path)
        for name in found.gap_indicators.value:
            if name not in self.indicators:
                _unknown_indicator(path, "gap_indicators", name, self.indicators)
        return found

    @once
    def wording(self, language: str) -> Mapping[str, Any]:
        """Return the sentences of a language."""
        self._check_language(language)
        return read_yaml(self.folder / "wording" / f"{language}.yaml")

    def _check_language(self, language: str, where: str = "language") -> None:
        known = _names(self.folder / "wording")
        if language not in known:
            raise ParameterError(
                f"{where}: unknown language {language!r}{did_you_mean(language, known)}; known: {known}"
            )

    @once
    def outline(self, outline_id: str, where: str = "outlines") -> Outline:
        """Return an outline, each of its targets checked against the indicators."""
        known = _names(self.folder / "outlines")
        if outline_id not in known:
            raise ParameterError(f"{where}: unknown outline {outline_id!r}{did_you_mean(outline_id, known)}")
        path = self.folder / "outlines" / f"{outline_id}.yaml"
        outline = readers.read_outline(path)
        for target in outline.targets:
            where = f"targets.{target.id}"
            for measure in target.measures:
                if measure.indicator not in self.indicators:
                    _unknown_indicator(path, where, measure.indicator, self.indicators)
                unit = self.indicators[measure.indicator].unit
                if measure.unit != unit:
                    raise ParameterError(
                        f"{path}: {where}.unit: {measure.indicator} is held in {unit!r}, found {measure.unit!r}"
                    )
        for n, statement in enumerate(outline.statements, start=1):
            for name in filter(None, (statement.indicator, *statement.compares)):
                if name not in self.indicators:
                    _unknown_indicator(path, f"statements.{n}", name, self.indicators)
        return outline

    @once
    def outline_names(self, outline_id: str, language: str) -> Mapping[str, str]:
        """Return an outline's texts in another language, by the text as its file has it; empty where none are given."""
        path = self.folder / "outlines" / language / f"{outline_id}.yaml"
        if not path.is_file():
            return {}
        found, known = readers.read_names(path), self.outline(outline_id).texts
        for text in found:
            if text not in known:
                raise ParameterError(f"{path}: {text!r}: no text of the outline{did_you_mean(text, known)}")
        return found

    @once
    def dataset(self, dataset_id: str, where: str = "dataset") -> Dataset:
        """Return what `data/raw/<dataset>/SOURCE.yaml` says of a dataset."""
        known = [path.parent.name for path in self.project.raw("").glob("*/SOURCE.yaml")]
        if dataset_id not in known:
            raise ParameterError(
                f"{where}: unknown dataset {dataset_id!r}{did_you_mean(dataset_id, known)}; "
                f"a dataset is a folder data/raw/{dataset_id}/ with a SOURCE.yaml"
            )
        return readers.read_dataset(self.project.raw(dataset_id) / "SOURCE.yaml")

    @once
    def regions(self, dataset_id: str = "") -> Regions:
        """Return the register of regions, with the dataset's own register (fictitious regions) where it has one."""
        rows = read_regions(self.folder / "regions.csv")
        own = self.project.raw(dataset_id) / "regions.csv"
        if dataset_id and own.is_file():
            rows += read_regions(own)
        register = Regions(rows)
        for region in register.values():
            if region.parent and region.parent not in register:
                register.get_known(region.parent, f"{self.folder / 'regions.csv'}: parent of {region.code}")
            for code in region.successors:
                register.get_known(code, f"{self.folder / 'regions.csv'}: successor of {region.code}")
        register.changes()  # raises what is wrong with a date
        return register

    @once
    def tiles(self, codes: tuple[str, ...]) -> Mapping[str, Place]:
        """Return row and column of each region on a map of tiles; `codes` lie directly below one region."""
        path = self.folder / "tiles.csv"
        places = read_tiles(path) if path.is_file() else {}
        check_tiles(places, self.regions(), path)
        return grid(places, codes)

    @property
    def round_ids(self) -> list[str]:
        """The ids of all rounds."""
        return _names(self.folder / "rounds")

    @property
    def default_round_ids(self) -> list[str]:
        """The rounds with `default: true`, and those that cannot be read (so that their error is shown)."""
        return [round_id for round_id in self.round_ids if self._is_default(round_id)]

    def _is_default(self, round_id: str) -> bool:
        try:
            return self.round(round_id).default
        except ParameterError:
            return True

    @once
    def round(self, round_id: str) -> Round:
        """Return a round, its outlines, dataset and regions checked."""
        known = self.round_ids
        if round_id not in known:
            raise ParameterError(f"unknown round {round_id!r}{did_you_mean(round_id, known)}; see params/rounds/")
        path = self.folder / "rounds" / f"{round_id}.yaml"
        found = readers.read_round(path)
        for outline_id in found.outlines:
            outline = self.outline(outline_id, f"{path}: outlines")
            if not outline.entries:
                where = self.folder / "outlines" / f"{outline_id}.yaml"
                raise ParameterError(f"{where}: expected targets, tasks or statements, found none; write the first")
        for language in found.languages:
            self._check_language(language, f"{path}: languages")
            for outline_id in (*found.outlines, *found.next_outlines):
                self.outline_names(outline_id, language)
        self.dataset(found.dataset, f"{path}: dataset")
        register = self.regions(found.dataset)
        for pattern in found.regions:
            register.match(pattern, (), f"{path}: regions")
        return found

    @once
    def judgements(self, round_: Round) -> Mapping[tuple[str, str], Judgement]:
        """Return what persons say of qualitative targets and tasks, by region code and key."""
        judged = self._written(round_).judgements
        return {(code, key): verdict for code, verdicts in judged.items() for key, verdict in verdicts.items()}

    def notes(self, round_: Round, code: str) -> Notes:
        """Return what a region wrote for its report of a round; reads that region's file only."""
        return self._written(round_).notes(code)

    def region_text(self, round_: Round, code: str) -> str:
        """Return all that was written of one region in a round, as JSON that is always the same; "" for nothing."""
        return self._written(round_).text(code)

    @once
    def _written(self, round_: Round) -> Written:
        outlines = [self.outline(outline_id) for outline_id in round_.outlines]
        return Written(self.folder / "rounds" / round_.id, outlines, self.regions(round_.dataset))

    def shared_files(self, round_: Round) -> dict[str, Path]:
        """Return, by path under the project's root, the files that every report of a round is made from."""
        return files.shared_files(self.project, round_.id, round_.dataset)


def _names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.yaml"))


def _unknown_indicator(path: Path, where: str, name: str, known: Mapping[str, Indicator]) -> NoReturn:
    aliases = {alias: i.id for i in known.values() for alias in (*i.aliases, i.name)}
    hint = f" (did you mean {aliases[name]!r}?)" if name in aliases else did_you_mean(name, known)
    raise ParameterError(f"{path}: {where}: unknown indicator {name!r}{hint}; see params/indicators.yaml")
