"""Make one report: execute the notebook, check it, export it. Runs in a process of its own."""

import os
import tempfile
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import DeadKernelError
from papermill import PapermillExecutionError, execute_notebook

from endline.errors import EndlineError
from endline.export.errors import ExportError
from endline.export.formats import write
from endline.files import append_line
from endline.pipeline.executing import ENGINE
from endline.pipeline.notebooks import check_parameters, cleaned, marks
from endline.pipeline.task import CELLS, Made, Task, last_cell
from endline.store import ENSURED

_EXPECTED = ("EndlineError", "ParameterError", "DataError", "RegionError", "ExportError", "MemoryError")


def make_report(task: Task, scratch: Path) -> Made:
    """Return what came of a task; `scratch` is the one folder that it writes to."""
    try:
        return _make(task, scratch)
    except (EndlineError, ExportError) as error:
        return Made(task.code, message=str(error))
    except MemoryError:
        return Made(task.code, message="MemoryError: the report needs more memory than --memory allows")
    except Exception as error:
        detail = "".join(traceback.format_exception(error)[-2:]).strip().replace("\n", " ")
        return Made(task.code, message=f"{type(error).__name__}: {error} [{detail[-300:]}]", ours=True)


def _make(task: Task, scratch: Path) -> Made:
    check_parameters(task.notebook, task.parameters)
    output = scratch / "executed.ipynb"
    before = task.executed.decode()
    notebook = nbformat.reads(before, as_version=4) if before else _executed(task, scratch, output)
    if isinstance(notebook, Made):
        return notebook
    wrong = [m for m in marks(notebook) if (m.get("region"), m.get("digest")) != (task.code, task.digest)]
    if wrong or not list(marks(notebook)):
        found = f"{wrong[0].get('region')} {wrong[0].get('digest', '')[:12]}" if wrong else "no block"
        raise RuntimeError(f"a block does not carry the figures of {task.code} {task.digest[:12]}: found {found}")
    contents = {}
    if not before:
        contents[".ipynb"] = output.read_bytes().replace(b"\r\n", b"\n")  # as Windows ends its lines
    from endline.export.blocks import read_document

    document = read_document(notebook)
    contents |= {f".{name}": write(name, document) for name in task.formats}
    pages = 0
    if ".pdf" in contents:
        from endline.export.pdf import page_count

        pages = page_count(contents[".pdf"])
    return Made(task.code, contents, pages)


def _executed(task: Task, scratch: Path, output: Path) -> nbformat.NotebookNode | Made:
    """Write the executed notebook and return it; where a cell failed, return what came of the task."""
    os.environ |= {
        "ENDLINE_ROOT": str(task.root),
        ENSURED: task.parameters["round_id"],
        "TMPDIR": str(scratch),
        "JUPYTER_DEFAULT_PROVISIONER_NAME": task.kernels,
        "IPYTHONDIR": str(scratch.parent / "ipython"),  # one a run, without anybody's own settings
    }
    tempfile.tempdir = None  # read TMPDIR again
    cells = scratch / CELLS

    def note(cell: Mapping[str, Any], cell_index: int) -> None:
        append_line(cells, f"{task.notebook}#{cell['id']}")

    try:
        notebook: nbformat.NotebookNode = execute_notebook(
            str(task.root / "notebooks" / task.notebook),
            str(output),
            parameters=dict(task.parameters),
            cwd=str(task.root),
            progress_bar=False,
            log_output=False,
            kernel_name="python3",
            engine_name=ENGINE,
            parts=task.parts,
            request_save_on_cell_execute=False,  # twice a cell, the whole notebook: nobody reads it before its end
            on_cell_start=note,
            extra_arguments=["--HistoryManager.enabled=False"],  # a list of its input, which nobody asks for
            record_timing=False,  # clock times, which no report keeps
            shutdown_kernel="immediate",
        )
    except PapermillExecutionError as error:
        notebook = nbformat.read(output, as_version=4)
        return Made(
            task.code,
            {".failed.ipynb": nbformat.writes(cleaned(notebook)).encode()},
            cell=last_cell(scratch),
            message=f"{error.ename}: {error.evalue}",
            ours=error.ename not in _EXPECTED,
        )
    except DeadKernelError:
        return Made(task.code, cell=last_cell(scratch), message="the kernel was killed, or broke down")
    return notebook
