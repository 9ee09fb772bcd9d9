"""First files: made of those in `params/new/`, asked for faults where nobody reads them, then put in their place."""

import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from endline.errors import ParameterError
from endline.files import atomic_write
from endline.model import MAIN_LANGUAGE
from endline.params import Params
from endline.params.files import FIRST, NOTES, described
from endline.project import Project

LONGEST = 60
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ENDLESS = 10**6  # no line is broken: one key, one line


def check_id(text: str, what: str) -> None:
    """Raise ParameterError where `text` is no id: it names files and folders, and stands in commands."""
    if not _ID.fullmatch(text) or len(text) > LONGEST:
        raise ParameterError(
            f"{what} {text!r}: expected lower-case letters and digits, single hyphens between, "
            f"{LONGEST} at most, such as my-county-2020"
        )


def check_line(text: str, what: str) -> None:
    """Raise ParameterError where `text` is not one line of words."""
    if not text.strip() or not text.isprintable():
        raise ParameterError(f"{what} {text!r}: expected one line of words")


def first_file(params: Params, name: str, values: Mapping[str, object]) -> bytes:
    """Return a file of `params/new/` with other values, its comments kept; ParameterError where it lacks a key."""
    path = params.folder / FIRST / f"{name}.yaml"
    if not path.is_file():
        raise ParameterError(f"{path}: no such file; copy it from the project as it was delivered")
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        in_brackets = None if isinstance(value, list) else False
        line = yaml.safe_dump({key: value}, allow_unicode=True, default_flow_style=in_brackets, width=_ENDLESS)
        text, found = re.subn(rf"^{key}:.*\n", lambda _, line=line: line, text, flags=re.MULTILINE)  # type: ignore[misc]
        if found != 1:
            raise ParameterError(f"{path}: expected one line `{key}: …`, found {found}")
    return text.encode()


def unfilled(params: Params, path: Path) -> list[str]:
    """Return the keys of a written file whose line carries the mark of what only a person can say."""
    mark = params.wording(MAIN_LANGUAGE)["pending_fill"]
    return re.findall(rf"^(\w+):.*{re.escape(mark)}", path.read_text(encoding="utf-8"), re.MULTILINE)


def check_files(project: Project, files: Mapping[Path, bytes], ask: Callable[[Params], object]) -> None:
    """Raise what `ask` finds wrong in a copy of the project's parameters that holds `files`."""
    with TemporaryDirectory(prefix="endline-") as folder:
        copy = Project(Path(folder).resolve())
        shutil.copytree(project.params, copy.params, ignore=shutil.ignore_patterns(NOTES, ".*"))
        same = {path: path.read_bytes() for raw in project.raw("").glob("*/") for path in described(raw)}
        for path, data in {**same, **files}.items():
            atomic_write(copy.root / path.relative_to(project.root), data)
        try:
            ask(Params(copy))
        except ParameterError as error:
            raise ParameterError(str(error).replace(f"{copy.root}{os.sep}", "")) from None


def write_files(project: Project, files: Mapping[Path, bytes], ask: Callable[[Params], object]) -> list[Path]:
    """Write new files once `ask` finds no fault with them, and return their paths; none is ever replaced."""
    for path in files:
        if path.exists():
            raise ParameterError(
                f"{path.relative_to(project.root)}: is there already and stays as it is; edit it, or choose another id"
            )
    check_files(project, files, ask)
    for path, data in files.items():
        atomic_write(path, data)
    return list(files)
