"""YAML files without the traps, validated: an error names the file, the key and the nearest known word."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from endline import model
from endline.errors import ParameterError, did_you_mean

M = TypeVar("M", bound=BaseModel)


class _Loader(yaml.SafeLoader):
    """YAML without the traps: duplicate keys refused, sequences as tuples, no `no`, `010` or `1:30` surprises."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key in keys:
        if isinstance(key, dict | list | tuple):
            raise ParameterError(f"line {node.start_mark.line + 1}: a key must be a word or a number, found {key!r}")
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


_FIELDS = {
    name
    for kind in vars(model).values()
    if isinstance(kind, type) and issubclass(kind, BaseModel)
    for name in kind.model_fields
}


def validated(kind: type[M], content: Mapping[str, Any], path: Path, where: str = "") -> M:
    """Return `content` as a `kind`; ParameterError naming file and every faulty key when it is not one."""
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


def entry(value: Any, path: Path, where: str) -> dict[str, Any]:
    """Return a nested mapping; ParameterError when it is none."""
    if not isinstance(value, dict):
        raise ParameterError(f"{path}: {where}: expected `key: value` lines, found {value!r}"[:300])
    return value
