"""What each parameter file says by itself, validated; whether files agree with one another is asked in `params`."""

from collections.abc import Mapping
from pathlib import Path

from endline.errors import ParameterError
from endline.kept import kept
from endline.model import Dataset, Form, Indicator, Judgement, Method, Notes, Outline, Round
from endline.yaml_files import entry, read_yaml, validated


@kept
def read_indicators(path: Path) -> Mapping[str, Indicator]:
    """Return the indicators by id."""
    return {
        key: validated(Indicator, {"id": key, **entry(value, path, key)}, path, key)
        for key, value in read_yaml(path).items()
    }


@kept
def read_forms(path: Path) -> Mapping[str, Form]:
    """Return the forms by id."""
    forms = [
        validated(Form, entry(form, path, f"forms.{n}"), path, f"forms.{n}")
        for n, form in enumerate(read_yaml(path).get("forms", ()), 1)
    ]
    return {form.id: form for form in forms}


@kept
def read_method(path: Path) -> Method:
    """Return the thresholds of the method."""
    return validated(Method, read_yaml(path), path)


@kept
def read_dataset(path: Path) -> Dataset:
    """Return what a SOURCE.yaml says of the dataset beside it."""
    return validated(Dataset, {"id": path.parent.name, **read_yaml(path)}, path)


@kept
def read_outline(path: Path) -> Outline:
    """Return an outline; each of its targets has an id of its own."""
    content = read_yaml(path)
    entries = content.get("targets", ())
    named = [{**entry(t, path, f"targets.{n}"), "outline": path.stem} for n, t in enumerate(entries, 1)]
    outline = validated(Outline, {**content, "targets": tuple(named)}, path)
    _check_id(outline.id, path)
    seen: set[str] = set()
    for target in outline.targets:
        if target.id in seen:
            raise ParameterError(f"{path}: targets.{target.id}: the id stands twice; give each target its own")
        seen.add(target.id)
    return outline


@kept
def read_round(path: Path) -> Round:
    """Return a round."""
    found = validated(Round, read_yaml(path), path)
    _check_id(found.id, path)
    return found


@kept
def read_judgements(path: Path) -> Mapping[str, Mapping[str, Judgement]]:
    """Return the verdicts of persons by region code and target key."""
    return {
        code: {
            key: validated(Judgement, verdict, path, f"{code}.{key}")
            for key, verdict in entry(entries, path, code).items()
        }
        for code, entries in read_yaml(path).items()
    }


@kept
def read_notes(path: Path) -> Notes:
    """Return what a region wrote for its report of a round."""
    return validated(Notes, read_yaml(path), path)


def _check_id(found: str, path: Path) -> None:
    if found != path.stem:
        raise ParameterError(f"{path}: id: expected {path.stem!r} (the file's name), found {found!r}")
