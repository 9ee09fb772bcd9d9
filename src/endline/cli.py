"""The command line: parse, call one function, turn what came of it into lines and an exit code."""

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from endline import shown
from endline.errors import DataError, EndlineError, ParameterError, did_you_mean
from endline.export.formats import FORMATS
from endline.new.commands import new
from endline.project import Project
from endline.shown import err, out

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
JOBS = CORES + 1  # each report waits for its kernel now and then
INTERRUPTED = 130  # what typer returns after Ctrl-C

app = typer.Typer(
    help="End-of-term evaluation reports: published or simulated figures in, regional PDFs out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
export = typer.Typer(help="Write a workflow for a cluster site.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(export, name="export")
app.add_typer(new, name="new")


@app.command()
def run(
    rounds: Annotated[list[str] | None, typer.Argument(help="Round ids; without any, all default rounds.")] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="Code, CODE/*, CODE/** or '**' (all of the dataset).")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Reports made side by side.")] = JOBS,
    format_: Annotated[str, typer.Option("--format", help="Formats, comma between.")] = ",".join(FORMATS),
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed last time.")] = False,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that a report may take.")] = 300,
    memory: Annotated[float, typer.Option(min=1, help="GiB that each process of a report may use.")] = 2,
    kernels: Annotated[str, typer.Option(help="warm (forked from a server) or plain (started anew).")] = "warm",
    engine: Annotated[str, typer.Option(help="local, or dask (a cluster).")] = "local",
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler; without it, a cluster here.")] = "",
    shared: Annotated[bool, typer.Option("--shared", help="The workers see this folder: send paths only.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what is to be made and why; make nothing.")] = False,
    output: Annotated[str, typer.Option(help="The folder of reports, from the project's root.")] = "reports",
    collect: Annotated[list[Path] | None, typer.Option(help="Take over what runs with --output made there.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the rounds and end.")] = False,
) -> None:
    """Make the reports of rounds: observe, evaluate, execute the notebooks, export."""
    from endline.params import Params
    from endline.pipeline import Bounds, Place, Request, exit_code, run_rounds

    project = Project.find()
    params = Params.of(project)
    if list_:
        shown.list_rounds(params)
        return
    for round_id in rounds or ():
        if round_id not in params.round_ids:
            known = ", ".join(params.round_ids)
            raise ParameterError(
                f"unknown round {round_id!r}{did_you_mean(round_id, params.round_ids)}; known: {known}"
            )
    chosen = list(rounds or params.default_round_ids)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a job scheduler's way to say Ctrl-C
    with shown.Bar() as bar:
        place = Place(engine, jobs, Bounds(timeout, memory), scheduler, shared)
        formats, into = tuple(format_.split(",")), replace(project, told=output)
        request = Request(tuple(region or ()), formats, failed, kernels, place, dry_run, tuple(collect or ()))
        outcomes = run_rounds(into, chosen, request, bar)
    for outcome in outcomes if not dry_run else ():
        shown.show_outcome(into, outcome)
    shown.show_failures(outcomes)
    raise typer.Exit(exit_code(outcomes))


@app.command()
def check(paths: Annotated[list[Path], typer.Argument(help="Dataset folders, such as data/raw/published.")]) -> None:
    """List what must be explained or corrected in datasets, on the screen, as a workbook and as JSON."""
    from endline.intake import observe
    from endline.intake.issues import REFUSED
    from endline.intake.lists import write_lists
    from endline.params import Params

    project = Project.find()
    params = Params.of(project)
    refused, readable = False, 0
    for path in paths:
        folder = path.resolve()
        if folder.parent != project.raw("").resolve() or not folder.is_dir():
            raise ParameterError(f"{path}: expected a dataset's folder under data/raw/")
        try:
            observed = observe(params, folder.name)
        except EndlineError as error:
            err.print(Text(f"{path}: {error}"))
            continue
        readable += 1
        wording, stem = params.wording("zh"), project.processed(f"check-{folder.name}")
        lists = write_lists(observed.issues, params.regions(folder.name), wording, stem)
        shown.show_issues(path, observed, wording["issue_level"], [one.relative_to(project.root) for one in lists])
        refused |= bool((observed.issues["level"] == REFUSED).any())
    raise typer.Exit(2 if not readable else 1 if refused else 0)


@app.command("check-docx")
def check_docx_(
    file: Annotated[Path, typer.Argument(help="A report's Word file.")],
    against: Annotated[
        Path | None, typer.Option(help="The executed notebook; without it, the one of the same name.")
    ] = None,
) -> None:
    """List the figures of a Word file that were changed by hand, or are stale."""
    from endline.check_docx import check_docx, notebook_of
    from endline.params import Params

    project = Project.find()
    notebook = against or notebook_of(file, project)
    differences = check_docx(file, notebook)
    shown.show_differences(file, notebook, differences, Params.of(project).wording("zh")["check_docx"])
    raise typer.Exit(1 if differences else 0)


@app.command()
def stats(
    method: Annotated[str, typer.Argument(help="The method; see --list.")] = "",
    list_: Annotated[bool, typer.Option("--list", help="List the methods and end.")] = False,
    batch: Annotated[bool, typer.Option(help="Read a list of {id, method, inputs}, write {id, result}.")] = False,
    data: Annotated[Path | None, typer.Option(help="The folder of the tables that inputs name as csv.")] = None,
) -> None:
    """Compute a statistic: JSON in on standard input, JSON out; a refusal is an answer: {"refused": reason}."""
    from endline.stats import METHODS, InputError, UnknownMethodError, run_batch, run_method

    if list_:
        print("\n".join(METHODS))
        return
    try:
        asked = json.loads(sys.stdin.read())
        result = run_batch(asked, data) if batch else run_method(method, asked, data)
    except json.JSONDecodeError as error:
        raise ParameterError(f"standard input is not JSON: {error}") from None
    except UnknownMethodError as error:
        raise ParameterError(str(error)) from None
    except InputError as error:
        print(json.dumps({"refused": "invalid_input", "detail": str(error)}, ensure_ascii=False))
        raise ParameterError(str(error)) from None
    print(json.dumps(result, ensure_ascii=False, allow_nan=False))


@app.command()
def template(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round.")],
    region: Annotated[list[str] | None, typer.Option(help="Code; without any, the round's regions.")] = None,
    year: Annotated[list[int] | None, typer.Option(help="Year of a return; without any, the final one.")] = None,
    output: Annotated[Path | None, typer.Option(help="The folder to write into.")] = None,
) -> None:
    """Write the blank workbooks of a round, one a region, and the list of the figures still to be supplied."""
    from endline.intake import observe
    from endline.intake.observations import observations_table
    from endline.params import Params
    from endline.template import write_templates

    project = Project.find()
    params = Params.of(project)
    try:
        known = observe(params, params.round(round_id).dataset).observations
    except DataError:  # nothing has come yet: all figures are still to be supplied
        known = observations_table(())
    folder = output or project.processed(f"templates-{round_id}")
    paths = write_templates(params, round_id, folder, codes=region or (), years=year or (), observations=known)
    out.print(Text(f"{folder}: {len(paths)} workbooks written"), soft_wrap=True)


@export.command("snakemake")
def export_workflow(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round.")],
    output: Annotated[Path, typer.Option(help="The file to write.")] = Path("Snakefile"),
    group: Annotated[int, typer.Option(min=1, help="Regions that one job makes.")] = 20,
) -> None:
    """Write a Snakemake workflow that makes a round's reports in grouped jobs."""
    from endline.params import Params
    from endline.pipeline.snakemake import export_snakemake

    project = Project.find()
    jobs = export_snakemake(project, Params.of(project), round_id, output, group)
    out.print(Text(f"{output}: written, {jobs} jobs of up to {group} regions"))


@app.command()
def simulate(
    counties: Annotated[
        int | None, typer.Option(min=1, help="So many fictitious counties, in a dataset apart.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Another seed than that of params/simulation.yaml.")] = None,
) -> None:
    """Write the simulated datasets: seeded, the same bytes every time, marked as simulated."""
    from endline.simulate import datasets
    from endline.simulate import simulate as write

    project = Project.find()
    for name in [None] if counties else datasets(project.root):
        folder = write(project.root, counties=counties, dataset=name, seed=seed)
        out.print(Text(f"{folder.relative_to(project.root)}: written"))


def main() -> None:
    """Run the command line; what the operator did wrong is one line and an exit code."""
    try:
        code = app(standalone_mode=False)
    except EndlineError as error:
        err.print(Text(f"endline: {error}"))
        sys.exit(error.exit_code)
    except Exception as error:
        # click's own usage errors, which typer vendors: a wrong command is one line as well
        if not hasattr(error, "format_message"):
            raise
        err.print(Text(f"endline: {error.format_message()}"))
        code = 2
    if code == INTERRUPTED:
        err.print("endline: interrupted; what is complete stays, and `endline run` goes on from there")
    sys.exit(code)


if __name__ == "__main__":
    main()
