"""YAML files without the traps, validated: an error names the file, the key and the nearest known word."""

import re
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from endline import model
from endline.errors import ParameterError, did_you_mean
from endline.kept import kept

M = TypeVar("M", bound=BaseModel)


class Fixed(dict[Any, Any]):
    """A mapping as it stands in a file: one reading serves all who ask, so nobody can change it."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping was read from a file and cannot be changed; make another: {**mapping, key: …}")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse


class _Exact(yaml.SafeLoader):
    """YAML without the traps: duplicate keys refused, sequences as tuples, no `no`, `010` or `1:30` surprises."""


class _Fast(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # libyaml may be absent
    """The same, ten times as fast; looser than `_Exact` in what `_RARE` finds, vaguer in what it says of an error."""


_RARE = re.compile(r"[\t\ufeff!]|[|>][-+0-9]*#|(?:[-?\[{]\s*){50}")
_DEEPEST = 100  # brackets within brackets; some thousands crash libyaml


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Fixed:
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, tuple) or not isinstance(key, Hashable):
            raise ParameterError(f"line {node.start_mark.line + 1}: a key must be a word or a number, found {key!r}")
        if key in found:
            raise ParameterError(f"line {key_node.start_mark.line + 1}: key {key!r} stands twice; keep one")
        found[key] = loader.construct_object(value_node, deep=True)
    return Fixed(found)


def _sequence(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> tuple[Any, ...]:
    return tuple(loader.construct_object(item, deep=True) for item in node.value)


def _scalar(kind: str) -> Callable[[yaml.SafeLoader, yaml.Node], Any]:
    construct = yaml.SafeLoader.yaml_constructors[f"tag:yaml.org,2002:{kind}"]

    def constructed(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
        try:
            return construct(loader, node)
        except (ValueError, LookupError, AttributeError):  # 2021-02-30, !!bool maybe
            raise ParameterError(f"line {node.start_mark.line + 1}: {node.value!r} is no {kind}") from None

    return constructed


for _loader in (_Exact, _Fast):
    _loader.add_constructor("tag:yaml.org,2002:map", _mapping)
    _loader.add_constructor("tag:yaml.org,2002:seq", _sequence)
    _loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in rules if not tag.endswith((":bool", ":int", ":float"))]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    for _kind in ("bool", "int", "float", "timestamp"):
        _loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _scalar(_kind))
    for _kind, _pattern, _first in (
        ("bool", r"^(true|false)$", "tf"),
        ("int", r"^-?(0|[1-9][0-9]*)$", "-0123456789"),
        ("float", r"^-?(0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
    ):
        _loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(_pattern), list(_first))


@kept
def read_yaml(path: Path) -> Mapping[str, Any]:
    """Return the mapping in a YAML file; ParameterError with the file and line when it is no clean mapping."""
    try:
        content = _parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ParameterError(f"{path}: no such file") from None
    except ParameterError as error:
        raise ParameterError(f"{path}: {error}") from None
    except UnicodeDecodeError as error:
        raise ParameterError(f"{path}: not readable as UTF-8: {error}") from None
    except yaml.YAMLError as error:
        raise ParameterError(f"{path}: {_told(error)}") from None
    except RecursionError:
        raise ParameterError(f"{path}: not readable as YAML: nested too deep") from None
    if not isinstance(content, dict):
        raise ParameterError(f"{path}: expected `key: value` lines, found {type(content).__name__}")
    return content


def _parsed(text: str) -> Any:
    if not _RARE.search(text) and _depth(text) < _DEEPEST:
        try:
            return yaml.load(text, Loader=_Fast)  # noqa: S506 - a SafeLoader
        except yaml.YAMLError:
            pass  # the other says better what is wrong, and may find nothing wrong
    return yaml.load(text, Loader=_Exact)  # noqa: S506 - a SafeLoader


def _depth(text: str) -> int:
    """Return how deep brackets stand within brackets."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _told(error: yaml.YAMLError) -> str:
    """Return an error of YAML on one line, the line's number first where it is known."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return f"not readable as YAML: {' '.join(str(error).split())}"
    said = ", ".join(filter(None, (getattr(error, "context", ""), getattr(error, "problem", ""))))
    return f"line {mark.line + 1}: not readable as YAML: {said}"


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
