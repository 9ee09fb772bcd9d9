"""The command line: parse, call one function, turn what came of it into lines and an exit code."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from endline import shown
from endline.errors import EndlineError, ParameterError, did_you_mean
from endline.project import Project
from endline.shown import err, out

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
INTERRUPTED = 130  # what typer returns after Ctrl-C

app = typer.Typer(
    help="End-of-term evaluation reports: published or simulated figures in, regional PDFs out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def run(
    rounds: Annotated[list[str] | None, typer.Argument(help="Round ids; without any, all default rounds.")] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="Code, CODE/*, CODE/** or '**' (all of the dataset).")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Reports made side by side.")] = CORES,
    format_: Annotated[str, typer.Option("--format", help="Formats, comma between.")] = "pdf",
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed last time.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the rounds and end.")] = False,
) -> None:
    """Make the reports of rounds: observe, evaluate, execute the notebooks, export."""
    from endline.params import Params
    from endline.pipeline import Request, exit_code, run_rounds

    project = Project.find()
    params = Params(project)
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
    with shown.Bar() as bar:
        request = Request(tuple(region or ()), jobs, tuple(format_.split(",")), failed)
        outcomes = run_rounds(project, chosen, request, bar)
    for outcome in outcomes:
        shown.show_outcome(project, outcome)
    shown.show_failures(outcomes)
    raise typer.Exit(exit_code(outcomes))


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
        shown.show_issues(path, observed, params.wording("zh")["issue_level"])
        refused |= bool((observed.issues["level"] == REFUSED).any())
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
        result = run_method(method, json.loads(sys.stdin.read()))
    except json.JSONDecodeError as error:
        raise ParameterError(f"standard input is not JSON: {error}") from None
    except (InputError, UnknownMethodError) as error:
        raise ParameterError(str(error)) from None
    print(json.dumps(result, ensure_ascii=False, allow_nan=False))


@app.command()
def simulate(
    counties: Annotated[
        int | None, typer.Option(min=1, help="So many fictitious counties, in a dataset apart.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Another seed than that of params/simulation.yaml.")] = None,
) -> None:
    """Write the simulated dataset: seeded, the same bytes every time, marked as simulated."""
    from endline.simulate import simulate as write

    project = Project.find()
    folder = write(project.root, counties=counties, seed=seed)
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
