"""Read and validate what was promised and decided: everything under `params/`."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from endline.errors import ParameterError, did_you_mean
from endline.model import Dataset, Form, Indicator, Judgement, Method, Outline, Round
from endline.project import Project
from endline.regions import Regions, read_regions
from endline.yaml_files import entry, read_yaml, validated


class Params:
    """Everything under `params/`, each file read and validated when it is first asked for."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder = project.params

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators by id."""
        path = self.folder / "indicators.yaml"
        found = {
            key: validated(Indicator, {"id": key, **entry(value, path, key)}, path, key)
            for key, value in read_yaml(path).items()
        }
        items = {f"{form.id}.{column.id}" for form in self.forms.values() for column in form.columns}
        for indicator in found.values():
            named = [i for c in indicator.counts.values() for i in (c.numerator, c.denominator)]
            named += [*indicator.subunits.model_dump().values()] if indicator.subunits else []
            for item in named:
                if item not in items:
                    raise ParameterError(f"{path}: {indicator.id}: unknown item {item!r}{did_you_mean(item, items)}")
            if indicator.difference and indicator.difference.indicator not in found:
                self._unknown_indicator(path, indicator.id, indicator.difference.indicator, found)
        return found

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The forms that counties fill in, by id."""
        path = self.folder / "forms.yaml"
        entries = read_yaml(path).get("forms", ())
        forms = [
            validated(Form, entry(form, path, f"forms.{n}"), path, f"forms.{n}") for n, form in enumerate(entries, 1)
        ]
        return {form.id: form for form in forms}

    @cached_property
    def method(self) -> Method:
        """The thresholds of the method."""
        path = self.folder / "method.yaml"
        return validated(Method, read_yaml(path), path)

    def wording(self, language: str) -> dict[str, Any]:
        """Return the sentences of a language."""
        path = self.folder / "wording" / f"{language}.yaml"
        if not path.is_file():
            known = sorted(p.stem for p in path.parent.glob("*.yaml"))
            raise ParameterError(f"unknown language {language!r}{did_you_mean(language, known)}; known: {known}")
        return read_yaml(path)

    def outline(self, outline_id: str, where: str = "outlines") -> Outline:
        """Return an outline, each of its targets checked against the indicators."""
        folder = self.folder / "outlines"
        path = folder / f"{outline_id}.yaml"
        if not path.is_file():
            known = [p.stem for p in folder.glob("*.yaml")]
            raise ParameterError(f"{where}: unknown outline {outline_id!r}{did_you_mean(outline_id, known)}")
        content = read_yaml(path)
        entries = content.get("targets", ())
        named = [{**entry(t, path, f"targets.{n}"), "outline": outline_id} for n, t in enumerate(entries, 1)]
        outline = validated(Outline, {**content, "targets": tuple(named)}, path)
        if outline.id != outline_id:
            raise ParameterError(f"{path}: id: expected {outline_id!r} (the file's name), found {outline.id!r}")
        seen: set[str] = set()
        for target in outline.targets:
            where = f"targets.{target.id}"
            if target.id in seen:
                raise ParameterError(f"{path}: {where}: the id stands twice; give each target its own")
            seen.add(target.id)
            for measure in target.measures:
                if measure.indicator not in self.indicators:
                    self._unknown_indicator(path, where, measure.indicator, self.indicators)
                unit = self.indicators[measure.indicator].unit
                if measure.unit != unit:
                    raise ParameterError(
                        f"{path}: {where}.unit: {measure.indicator} is held in {unit!r}, found {measure.unit!r}"
                    )
        return outline

    def dataset(self, dataset_id: str, where: str = "dataset") -> Dataset:
        """Return what `data/raw/<dataset>/SOURCE.yaml` says of a dataset."""
        path = self.project.raw(dataset_id) / "SOURCE.yaml"
        if not path.is_file():
            known = [p.parent.name for p in self.project.raw("").glob("*/SOURCE.yaml")]
            raise ParameterError(
                f"{where}: unknown dataset {dataset_id!r}{did_you_mean(dataset_id, known)}; "
                f"a dataset is a folder data/raw/{dataset_id}/ with a SOURCE.yaml"
            )
        return validated(Dataset, {"id": dataset_id, **read_yaml(path)}, path)

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
        return register

    @property
    def round_ids(self) -> list[str]:
        """The ids of all rounds."""
        return sorted(path.stem for path in (self.folder / "rounds").glob("*.yaml"))

    @property
    def default_round_ids(self) -> list[str]:
        """The rounds with `default: true`, and those that cannot be read (so that their error is shown)."""
        return [round_id for round_id in self.round_ids if self._is_default(round_id)]

    def _is_default(self, round_id: str) -> bool:
        try:
            return self.round(round_id).default
        except ParameterError:
            return True

    def round(self, round_id: str) -> Round:
        """Return a round, its outlines, dataset and regions checked."""
        path = self.folder / "rounds" / f"{round_id}.yaml"
        if not path.is_file():
            raise ParameterError(
                f"unknown round {round_id!r}{did_you_mean(round_id, self.round_ids)}; see params/rounds/"
            )
        found = validated(Round, read_yaml(path), path)
        if found.id != round_id:
            raise ParameterError(f"{path}: id: expected {round_id!r} (the file's name), found {found.id!r}")
        for outline_id in found.outlines:
            self.outline(outline_id, f"{path}: outlines")
        self.dataset(found.dataset, f"{path}: dataset")
        register = self.regions(found.dataset)
        for pattern in found.regions:
            register.match(pattern, (), f"{path}: regions")
        return found

    def judgements(self, round_: Round) -> dict[tuple[str, str], Judgement]:
        """Return the verdicts of persons on qualitative targets, by region code and target key."""
        path = self.folder / "rounds" / round_.id / "evidence.yaml"
        if not path.is_file():
            return {}
        keys = {t.key for o in round_.outlines for t in self.outline(o).targets if t.kind == "qualitative"}
        register = self.regions(round_.dataset)
        found = {}
        for code, entries in read_yaml(path).items():
            register.get_known(code, str(path))
            for key, verdict in entry(entries, path, code).items():
                if key not in keys:
                    raise ParameterError(f"{path}: {code}: unknown qualitative target {key!r}{did_you_mean(key, keys)}")
                found[code, key] = validated(Judgement, verdict, path, f"{code}.{key}")
        return found

    def _unknown_indicator(self, path: Path, where: str, name: str, known: Mapping[str, Indicator]) -> None:
        aliases = {alias: i.id for i in known.values() for alias in (*i.aliases, i.name)}
        hint = f" (did you mean {aliases[name]!r}?)" if name in aliases else did_you_mean(name, known)
        raise ParameterError(f"{path}: {where}: unknown indicator {name!r}{hint}; see params/indicators.yaml")
