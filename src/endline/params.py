"""Read and validate what was promised and decided: everything under `params/`."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from endline import model
from endline.errors import ParameterError, did_you_mean
from endline.model import Dataset, Form, Indicator, Judgement, Method, Outline, Region, Round
from endline.project import Project

M = TypeVar("M", bound=BaseModel)


class _Loader(yaml.SafeLoader):
    """YAML without the traps: duplicate keys refused, sequences as tuples, no `no`, `010` or `1:30` surprises."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise ParameterError(f"line {node.start_mark.line + 1}: key {key!r} stands twice; keep one")
    return {key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)}


def _sequence(loader: _Loader, node: yaml.SequenceNode) -> tuple[Any, ...]:
    return tuple(loader.construct_object(item, deep=True) for item in node.value)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _sequence)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if not tag.endswith((":bool", ":int", ":float"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _tag, _pattern, _first in (
    ("bool", r"^(true|false)$", "tf"),
    ("int", r"^-?(0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping in a YAML file; ParameterError with the file and line when it is no clean mapping."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except FileNotFoundError:
        raise ParameterError(f"{path}: no such file") from None
    except ParameterError as error:
        raise ParameterError(f"{path}: {error}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ParameterError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict):
        raise ParameterError(f"{path}: expected `key: value` lines, found {type(content).__name__}")
    return content


_FIELDS = {name for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, BaseModel)
           for name in kind.model_fields}  # fmt: skip


def validated(kind: type[M], content: Mapping[str, Any], path: Path, where: str = "") -> M:
    """Return `content` as a `kind`; ParameterError naming file and key (all of them, with near words) when it is not."""
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        lines = []
        for fault in error.errors():
            key = ".".join([where, *map(str, fault["loc"])] if where else map(str, fault["loc"]))
            if fault["type"] == "extra_forbidden":
                lines.append(f"unknown key {key!r}{did_you_mean(str(fault['loc'][-1]), _FIELDS)}")
            else:
                found = "" if fault["type"] == "missing" else f", found {fault['input']!r}"[:120]
                hint = did_you_mean(fault["input"], re.findall(r"'([^']+)'", fault["msg"])) if found else ""
                lines.append(f"{key}: {fault['msg']}{found}{hint}")
        raise ParameterError(f"{path}: {'; '.join(lines)}") from None


class Regions(Mapping[str, Region]):
    """The register of regions, in code order, and how they lie within one another."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = {region.code: region for region in regions}
        self._children: dict[str, list[str]] = {}
        for region in self._regions.values():
            self._children.setdefault(region.parent, []).append(region.code)

    def __getitem__(self, code: str) -> Region:
        return self._regions[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._regions)

    def __len__(self) -> int:
        return len(self._regions)

    def get_known(self, code: str, where: str) -> Region:
        """Return the region of `code`; ParameterError naming `where` when the register has none."""
        if code not in self:
            raise ParameterError(f"{where}: unknown region {code!r}{did_you_mean(code, self)}; see params/regions.csv")
        return self[code]

    def children(self, code: str) -> list[Region]:
        """Return the regions directly below `code`."""
        return [self[child] for child in self._children.get(code, ())]

    def below(self, code: str) -> list[Region]:
        """Return all regions below `code`, in code order."""
        found = []
        for child in self.children(code):
            found += [child, *self.below(child.code)]
        return sorted(found, key=lambda region: region.code)

    def path(self, code: str) -> list[str]:
        """Return the codes from the top of the register down to `code`."""
        region = self[code]
        return [*(self.path(region.parent) if region.parent in self else []), code]

    def counties(self, code: str, year: int) -> list[Region] | None:
        """Return the banners under `code` that exist in `year`; None where the register does not hold them all."""
        region = self[code]
        if region.level == "banner":
            return [region]
        found: list[Region] = []
        for child in self.children(code):
            below = self.counties(child.code, year)
            if below is None:
                return None
            found += [county for county in below if county.exists_in(year)]
        return found or None

    def match(self, pattern: str, extent: Iterable[str], where: str) -> list[str]:
        """Return the codes that `pattern` names: a code, `CODE/*` (children), `CODE/**` (all below), `**` (`extent`)."""
        head, _, tail = pattern.partition("/")
        if pattern == "**":
            return sorted(extent)
        region = self.get_known(head, where)
        if not tail:
            return [region.code]
        if tail not in ("*", "**"):
            raise ParameterError(f"{where}: {pattern!r} is no region pattern; write CODE, CODE/*, CODE/** or **")
        return [r.code for r in (self.children(head) if tail == "*" else self.below(head))]


def read_regions(path: Path) -> list[Region]:
    """Return the rows of a register of regions; ParameterError with file and line when one is not valid."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    regions = [validated(Region, row, path, f"line {n}") for n, row in enumerate(rows, start=2)]
    codes = [region.code for region in regions]
    for n, region in enumerate(regions, start=2):
        if codes.count(region.code) > 1:
            raise ParameterError(f"{path}: line {n}: code {region.code} stands twice; keep one")
    return regions


class Params:
    """Everything under `params/`, each file read and validated when it is first asked for."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder = project.params

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators by id."""
        path = self.folder / "indicators.yaml"
        found = {key: validated(Indicator, {"id": key, **_entry(value, path, key)}, path, key)
                 for key, value in read_yaml(path).items()}  # fmt: skip
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
        forms = [validated(Form, _entry(entry, path, f"forms.{n}"), path, f"forms.{n}") for n, entry in enumerate(entries, 1)]
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
        named = [{**_entry(t, path, f"targets.{n}"), "outline": outline_id} for n, t in enumerate(entries, 1)]
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

    def round(self, round_id: str) -> Round:
        """Return a round, its outlines, dataset and regions checked."""
        path = self.folder / "rounds" / f"{round_id}.yaml"
        if not path.is_file():
            raise ParameterError(
                f"unknown round {round_id!r}{did_you_mean(round_id, self.round_ids)}; known: {', '.join(self.round_ids)}"
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
            for key, entry in _entry(entries, path, code).items():
                if key not in keys:
                    raise ParameterError(f"{path}: {code}: unknown qualitative target {key!r}{did_you_mean(key, keys)}")
                found[code, key] = validated(Judgement, entry, path, f"{code}.{key}")
        return found

    def _unknown_indicator(self, path: Path, where: str, name: str, known: Mapping[str, Indicator]) -> None:
        aliases = {alias: i.id for i in known.values() for alias in (*i.aliases, i.name)}
        hint = f" (did you mean {aliases[name]!r}?)" if name in aliases else did_you_mean(name, known)
        raise ParameterError(f"{path}: {where}: unknown indicator {name!r}{hint}; see params/indicators.yaml")


def _entry(value: Any, path: Path, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ParameterError(f"{path}: {where}: expected `key: value` lines, found {value!r}"[:300])
    return value
