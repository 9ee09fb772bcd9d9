"""Figures of a report's Word file that were changed by hand, or are no longer what the report says."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from endline.errors import DataError, ParameterError
from endline.export.errors import ExportError
from endline.export.word.figures import Figure
from endline.export.word.read import WordFile, read_word
from endline.project import Project
from endline.workbooks.bounds import LARGEST_FILE
from endline.workbooks.refused import FileRefused

Kind = Literal["changed", "removed", "stale"]


class Difference(NamedTuple):
    """A figure that is not what it was: changed or removed by hand, or stale; "" where there is no text to name."""

    kind: Kind
    figure: Figure
    old: str
    new: str


def check_docx(path: Path, notebook: Path | None) -> list[Difference]:
    """Return what was changed in a Word file, and what its notebook says otherwise now.

    Raises DataError for a file that cannot be read or holds no figures of ours, ParameterError for such a notebook.
    """
    if path.is_dir():
        raise DataError(f"{path}: a folder: name one Word file")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DataError(f"{path}: larger than {LARGEST_FILE} bytes: no report's Word file is; check the right one")
        word = read_word(path.read_bytes())
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from None
    except FileRefused as refused:
        raise DataError(f"{path}: not a Word file that can be read ({refused}): save it again as .docx") from None
    if not word.properties:
        raise DataError(f"{path}: no figure of a report is in it: check a Word file that `endline run` has made")
    now = figures_now(notebook) if notebook else {}
    return [*changes(word, now), *(stale(word, now) if notebook else ())]


def changes(word: WordFile, now: Mapping[str, Figure]) -> Iterator[Difference]:
    """Yield the figures of a file that are not what its properties hold, and those that are fields no more."""
    for figure in word.shown:
        held = word.properties.get(figure.name, "")
        if figure.text.strip() != held.strip():
            yield Difference("changed", figure, held, figure.text)
    shown = {figure.name for figure in word.shown}
    for name, text in word.properties.items():
        if name not in shown:
            yield Difference("removed", now.get(name) or Figure(name, text, "", ""), text, "")


def stale(word: WordFile, now: Mapping[str, Figure]) -> Iterator[Difference]:
    """Yield the figures that the file holds and the report no longer prints, or prints otherwise; and those it adds."""
    places = {figure.name: figure for figure in word.shown}
    for name, text in word.properties.items():
        new = now[name].text if name in now else ""
        if new != text:
            figure = places.get(name) or now.get(name) or Figure(name, text, "", "")
            yield Difference("stale", figure, text, new)
    for name, figure in now.items():
        if name not in word.properties:
            yield Difference("stale", figure, "", figure.text)


def figures_now(notebook: Path) -> dict[str, Figure]:
    """Return the figures that an executed notebook prints, by name; ParameterError where it is none."""
    import nbformat

    from endline.export.blocks import read_document
    from endline.export.word.write import figures_of

    try:
        document = read_document(nbformat.read(notebook, as_version=4))
    except FileNotFoundError:
        raise ParameterError(f"{notebook}: no such notebook") from None
    except (ExportError, nbformat.reader.NotJSONError, nbformat.ValidationError, OSError, UnicodeError) as error:
        raise ParameterError(f"{notebook}: not an executed report: {str(error).splitlines()[0]}") from None
    return {figure.name: figure for figure in figures_of(document)}


def notebook_of(path: Path, project: Project) -> Path | None:
    """Return the executed notebook of a Word file: the one beside it, else that of the same name among the reports.

    Raises ParameterError where several rounds have one.
    """
    beside = path.with_suffix(".ipynb")
    if beside.is_file():
        return beside
    found = sorted(folder / beside.name for folder in project.reports("").glob("*") if (folder / beside.name).is_file())
    if len(found) > 1:
        names = ", ".join(str(one.relative_to(project.root)) for one in found)
        raise ParameterError(f"{path}: several rounds have a report of this name; say --against one of: {names}")
    return found[0] if found else None
