"""One report, in a process of its own: execute the notebook, check it, export it, put it in place."""

import io
import os
import tempfile
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from endline.errors import EndlineError
from endline.export.errors import ExportError
from endline.files import atomic_write, sha256
from endline.pipeline.notebooks import check_parameters, cleaned, marks

CELL_SECONDS = 300


@dataclass(frozen=True)
class Task:
    """What one process needs: which notebook with which parameters, whose figures, and where the files go."""

    code: str  # the region's code; the round's id for its summary
    name: str
    notebook: Path
    parameters: Mapping[str, str]
    digest: str
    root: Path
    target: Path  # the files' path without suffix
    formats: tuple[str, ...]
    key: str


@dataclass(frozen=True)
class Made:
    """What came of a task: its files with their digests, its pages; or why there are none."""

    code: str
    files: Mapping[str, str] = field(default_factory=dict)
    pages: int = 0
    cell: str = ""
    message: str = ""
    ours: bool = False  # a fault of the program, not of the data

    @property
    def failed(self) -> bool:
        """Tell whether the report was not made."""
        return bool(self.message)


def make_report(task: Task) -> Made:
    """Return what came of a task; every file appears under its final name only when all are complete."""
    try:
        return _make(task)
    except (EndlineError, ExportError) as error:
        return Made(task.code, message=str(error))
    except Exception as error:
        detail = "".join(traceback.format_exception(error)[-2:]).strip().replace("\n", " ")
        return Made(task.code, message=f"{type(error).__name__}: {error} [{detail[-300:]}]", ours=True)


def _make(task: Task) -> Made:
    check_parameters(task.notebook, task.parameters)
    failed = task.target.with_name(task.target.name + ".failed.ipynb")
    notebook, fault = _execute(task)
    evidence = nbformat.writes(cleaned(notebook)).encode()
    if fault:
        atomic_write(failed, evidence)
        return fault
    wrong = [m for m in marks(notebook) if (m.get("region"), m.get("digest")) != (task.code, task.digest)]
    if wrong or not list(marks(notebook)):
        found = f"{wrong[0].get('region')} {wrong[0].get('digest', '')[:12]}" if wrong else "no block"
        raise RuntimeError(f"a block does not carry the figures of {task.code} {task.digest[:12]}: found {found}")
    files = {".ipynb": evidence}
    pages = 0
    if "pdf" in task.formats:
        from pypdf import PdfReader

        from endline.export import PdfExporter

        files[".pdf"], _ = PdfExporter().from_notebook_node(notebook)  # type: ignore[no-untyped-call]
        pages = len(PdfReader(io.BytesIO(files[".pdf"])).pages)
    for suffix, data in files.items():
        atomic_write(task.target.with_name(task.target.name + suffix), data)
    failed.unlink(missing_ok=True)
    return Made(task.code, {task.target.name + suffix: sha256(data) for suffix, data in files.items()}, pages)


def _execute(task: Task) -> tuple[nbformat.NotebookNode, Made | None]:
    """Return the executed notebook and, where a cell failed, what came of the task."""
    from papermill import PapermillExecutionError, execute_notebook

    os.environ.update(ENDLINE_ROOT=str(task.root), OMP_NUM_THREADS="1", PYTHONHASHSEED="0")
    with tempfile.TemporaryDirectory(prefix="endline-") as folder:
        output = Path(folder) / "executed.ipynb"
        try:
            execute_notebook(
                str(task.notebook),
                str(output),
                parameters=dict(task.parameters),
                cwd=str(task.root),
                progress_bar=False,
                log_output=False,
                kernel_name="python3",
                execution_timeout=CELL_SECONDS,
                kernel_manager_class="endline.kernels.PrivateKernelManager",
            )
        except PapermillExecutionError as error:
            notebook = nbformat.read(output, as_version=4)
            cell = next(
                (c["id"] for c in notebook.cells for o in c.get("outputs", ()) if o.output_type == "error"),
                "",
            )
            expected = error.ename in ("EndlineError", "ParameterError", "DataError", "RegionError", "ExportError")
            return notebook, Made(
                task.code,
                cell=f"{task.notebook.name}#{cell}",
                message=f"{error.ename}: {error.evalue}",
                ours=not expected,
            )
        return nbformat.read(output, as_version=4), None
