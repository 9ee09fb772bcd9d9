"""The command line: parse, call one function, turn what came of it into lines and an exit code."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from endline import __version__
from endline.errors import EndlineError, ParameterError, did_you_mean
from endline.project import Project

app = typer.Typer(
    help="End-of-term evaluation reports: published or simulated figures in, regional PDFs out.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip
out = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
err = Console(stderr=True, soft_wrap=True, highlight=False)


@app.command()
def run(
    rounds: Annotated[list[str] | None, typer.Argument(help="Round ids; all default rounds when none is given.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Code, CODE/*, CODE/** or '**' (the whole dataset).")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Reports made side by side.")] = CORES,
    format_: Annotated[str, typer.Option("--format", help="Formats, comma between.")] = "pdf",
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed last time.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the rounds and end.")] = False,
) -> None:  # fmt: skip
    """Make the reports of rounds: observe, evaluate, execute the notebooks, export."""
    from endline.params import Params
    from endline.pipeline import run as pipeline

    project = Project.find()
    params = Params(project)
    if list_:
        _list_rounds(params)
        return
    for round_id in rounds or ():
        if round_id not in params.round_ids:
            known = ", ".join(params.round_ids)
            raise ParameterError(f"unknown round {round_id!r}{did_you_mean(round_id, params.round_ids)}; known: {known}")
    chosen = list(rounds or _default_rounds(params))
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                  TextColumn("{task.fields[names]}"), console=err, transient=True) as bar:  # fmt: skip
        names: dict[str, str] = {}
        bars = {}

        def planned(round_id: str, count: int) -> None:
            bars["now"] = bar.add_task(round_id, total=count, names="")

        def shown() -> None:
            bar.update(bars["now"], names=Text("、".join(names.values())))

        def started(task: pipeline.Task) -> None:
            names[task.code] = task.name
            shown()

        def ended(task: pipeline.Task, made: pipeline.Made) -> None:
            names.pop(task.code, None)
            bar.advance(bars["now"])
            shown()

        progress = pipeline.Progress(planned, started, ended)
        outcomes = pipeline.run_rounds(project, chosen, region or (), jobs, format_.split(","), progress, failed)
    for outcome in outcomes:
        _show(project, outcome)
    _show_failures(outcomes)
    raise typer.Exit(pipeline.exit_code(outcomes))


@app.command()
def check(paths: Annotated[list[Path], typer.Argument(help="Dataset folders, such as data/raw/published.")]) -> None:
    """List what must be explained or corrected in datasets, before anything is judged."""
    from endline.intake import observe
    from endline.intake.issues import REFUSED
    from endline.params import Params

    project = Project.find()
    params = Params(project)
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
        for issue in observed.issues.itertuples():
            place = " ".join(filter(None, [issue.file, issue.sheet, issue.cell, issue.region_code]))
            found = f"{issue.rule} [{issue.level}] {place}: {issue.name}: {issue.found} | {issue.expected} | {issue.action}"
            out.print(Text(found))
        refused |= bool((observed.issues["level"] == REFUSED).any())
        out.print(Text(f"{path}: {len(observed.observations)} observations, {len(observed.issues)} issues"))
    raise typer.Exit(2 if not readable else 1 if refused else 0)


@app.command()
def stats(
    method: Annotated[str, typer.Argument(help="The method; see --list.")] = "",
    list_: Annotated[bool, typer.Option("--list", help="List the methods and end.")] = False,
) -> None:
    """Compute one statistic: JSON in on standard input, JSON out."""
    from endline.stats import METHODS, InputError, UnknownMethodError, run_method

    if list_:
        print("\n".join(METHODS))
        return
    try:
        inputs = json.loads(sys.stdin.read())
        result = run_method(method, inputs)
    except json.JSONDecodeError as error:
        raise ParameterError(f"standard input is not JSON: {error}") from None
    except (InputError, UnknownMethodError) as error:
        raise ParameterError(str(error)) from None
    print(json.dumps(result, ensure_ascii=False, allow_nan=False))


@app.command()
def simulate(
    counties: Annotated[int | None, typer.Option(min=1, help="This many fictitious counties, in a dataset apart.")] = None,
    seed: Annotated[int | None, typer.Option(help="Another seed than the one in params/simulation.yaml.")] = None,
) -> None:
    """Write the simulated dataset: seeded, the same bytes every time, marked as simulated."""
    from endline.simulate import simulate as write

    project = Project.find()
    folder = write(project.root, counties=counties, seed=seed)
    out.print(Text(f"{folder.relative_to(project.root)}: written"))


def main() -> None:
    """Run the command line; what the operator did wrong is one line and an exit code."""
    try:
        app(standalone_mode=False)
    except EndlineError as error:
        err.print(Text(f"endline: {error}"))
        sys.exit(error.exit_code)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        err.print("endline: interrupted; what is complete stays, `endline run` goes on from there")
        sys.exit(130)


def _default_rounds(params: "Params") -> list[str]:  # noqa: F821
    """Return the rounds with `default: true`; a broken round file is tried too, so that its error is shown."""
    chosen = []
    for round_id in params.round_ids:
        try:
            wanted = params.round(round_id).default
        except EndlineError:
            wanted = True
        if wanted:
            chosen.append(round_id)
    return chosen


def _list_rounds(params: "Params") -> None:  # noqa: F821
    for round_id in params.round_ids:
        round_ = params.round(round_id)
        default = "default" if round_.default else ""
        out.print(Text(f"{round_id}\t{round_.title}\t{round_.dataset}\t{', '.join(round_.regions)}\t{default}"))


def _show(project: Project, outcome: "Outcome") -> None:  # noqa: F821
    from endline.params import Params
    from endline.wording import Wording

    if outcome.error:
        return
    say = Wording(Params(project).wording("zh"))
    table = Table(title=Text(f"{outcome.round_id}  {outcome.title}"), title_justify="left", box=None, pad_edge=False)
    table.add_column("PDF", overflow="fold")
    columns = ("met", "not_met", "no_data", "pending", "all", "attainment", "assessability")
    for name in (say.get("cli.pages"), *(say.get(f"table.{name}") for name in columns)):
        table.add_column(str(name), justify="right", no_wrap=True)
    folder = project.reports(outcome.round_id).relative_to(project.root)
    for entry in outcome.entries.values():
        if entry["state"] != "made":
            continue
        pdf = next((name for name in entry["files"] if name.endswith(".pdf")), "")
        counts = entry["counts"]
        cells = ["—" if counts[c] is None else f"{counts[c]:.1f}" if c in columns[-2:] else str(counts[c])
                 for c in columns] if counts else [""] * len(columns)  # fmt: skip
        table.add_row(Text(f"{folder}/{pdf}"), str(entry["pages"]), *cells)
    out.print(table)
    made = sum(entry["state"] == "made" for entry in outcome.entries.values())
    if outcome.built:
        line = f"{outcome.round_id}: {len(outcome.built)} built, {made - len(outcome.built)} up to date"
    elif outcome.failures:
        line = f"{outcome.round_id}: nothing built"
    else:
        line = f"{outcome.round_id}: nothing to do, all {made} reports are up to date"
    issues = f"; {outcome.issues} issues in the data (endline check)" if outcome.issues else ""
    out.print(Text(line + issues + "\n"))


def _show_failures(outcomes: "list[Outcome]") -> None:  # noqa: F821
    rows = [(o.round_id, "", "", o.error) for o in outcomes if o.error]
    rows += [(o.round_id, f"{code} {entry['name']}", entry["cell"], entry["message"])
             for o in outcomes for code, entry in o.failures.items()]  # fmt: skip
    if not rows:
        return
    err.print("Failures:")
    for round_id, region, cell, message in rows:
        err.print(Text("  " + "  ".join(filter(None, [round_id, region, cell, message]))))


if __name__ == "__main__":
    main()
