"""The floor: the code that the notebook calls, called as plain Python in one warm process, plus the PDF.

Prints CPU seconds a report. Arguments: the round, then the regions; the first one only warms up.
"""

import json
import os
import resource
import sys
from functools import reduce

import nbformat

from endline.export.blocks import read_document
from endline.export.fonts import FREE, fonts
from endline.export.pdf import write_pdf
from endline.report import Report
from endline.store import ENSURED


def calls(path: str) -> list[tuple[str, str]]:
    """Return what the notebook's cells call after loading: cell id and source."""
    notebook = nbformat.read(path, as_version=4)
    return [(c["id"], c["source"]) for c in notebook.cells if c["source"].startswith("report.")]


def told(round_id: str, code: str, cells: list[tuple[str, str]]) -> nbformat.NotebookNode:
    """Return the report as the notebook that shows it, without a kernel."""
    report = Report.load(round_id, code)
    notebook = nbformat.v4.new_notebook()
    for name, source in cells:
        story = reduce(getattr, source.strip().removesuffix("()").split(".")[1:], report)()
        cell = nbformat.v4.new_code_cell(source, id=name, execution_count=1)
        for block in story:
            marks = {"endline": {**block.marks, "region": story.region, "digest": story.digest}}
            cell.outputs.append(  # as it is: nbformat's own way checks each output, and with its cell once more
                nbformat.from_dict({"output_type": "display_data", "data": block.media, "metadata": marks})
            )
        notebook.cells.append(cell)
    return notebook


def cpu() -> float:
    """Return the CPU seconds of this process and its children."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main(round_id: str, *codes: str) -> None:
    """Make every report once and print the mean cost of all but the first."""
    os.environ |= {"RAYON_NUM_THREADS": "1", ENSURED: round_id}  # as in a run, which looks at the round's tables once
    cells = calls("notebooks/region-report.ipynb")
    fonts(FREE)
    marks = []
    for code in codes:
        notebook = told(round_id, code, cells)
        nbformat.writes(notebook)
        write_pdf(read_document(notebook))
        marks.append(cpu())
    print(json.dumps({"cpu": (marks[-1] - marks[0]) / (len(marks) - 1), "reports": len(marks) - 1}))


if __name__ == "__main__":
    main(*sys.argv[1:])
