"""What each parameter file says by itself, validated; whether files agree with one another is asked in `params`."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from endline.errors import ParameterError
from endline.kept import kept
from endline.model import Dataset, Form, Indicator, Judgement, Method, Names, Notes, Outline, Round
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
    """Return an outline; each of its targets and tasks has an id of its own, each row of its table one entry."""
    content = read_yaml(path)
    due = {"due_year": content.get("last_year")}
    lists = {
        part: tuple({**more, **entry(e, path, f"{part}.{n}"), "outline": path.stem} for n, e in enumerate(given, 1))
        for part, more in (("targets", due), ("tasks", {}))
        if isinstance(given := content.get(part, ()), tuple)
    }
    outline = validated(Outline, {**content, **lists}, path)
    _check_id(outline.id, path)
    seen: set[str] = set()
    for part in ("targets", "tasks"):
        for one in getattr(outline, part):
            if one.id in seen:
                raise ParameterError(f"{path}: {part}.{one.id}: the id stands twice; give each target and task its own")
            seen.add(one.id)
    twice = [row for row, number in Counter(outline.rows).items() if number > 1]
    if twice:
        raise ParameterError(f"{path}: rows: {', '.join(twice)}: found in two entries, expected in one")
    return outline


@kept
def read_names(path: Path) -> Mapping[str, str]:
    """Return texts in another language, by the text as it was received."""
    return validated(Names, {"names": read_yaml(path)}, path).names


@kept
def read_round(path: Path) -> Round:
    """Return a round."""
    found = validated(Round, read_yaml(path), path)
    _check_id(found.id, path)
    return found


@kept
def read_judgements(path: Path) -> Mapping[str, Mapping[str, Judgement]]:
    """Return what persons say of qualitative targets and tasks, by region code and key."""
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
