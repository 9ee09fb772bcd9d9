"""`endline new …`: parse, call one function, say what was written and what comes next."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from endline.project import Project
from endline.shown import out

if TYPE_CHECKING:
    from endline.params import Params

new = typer.Typer(help="Write a first file to edit, for data of your own.", no_args_is_help=True, rich_markup_mode=None)
Named = Annotated[str, typer.Option("--dataset", metavar="NAME", help="The folder under data/raw/; may be new.")]


def _say(line: str) -> None:
    out.print(Text(line), soft_wrap=True)


def _say_written(params: "Params", paths: Iterable[Path]) -> None:
    from endline.new.first import unfilled

    for path in paths:
        keys = ", ".join(unfilled(params, path))
        _say(f"{path.relative_to(params.project.root)}: written" + (f"; to fill in: {keys}" if keys else ""))


@new.command("round")
def round_(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round's id: small letters, digits, hyphens.")],
    dataset: Named,
    from_: Annotated[str, typer.Option("--from", metavar="ROUND", help="A round that it is like.")] = "",
    outline: Annotated[list[str] | None, typer.Option(help="An outline that it evaluates, instead.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Code, CODE/* or CODE/**; whose reports to make.")] = None,
    title: Annotated[str, typer.Option(help="The round's title.")] = "",
    issued: Annotated[str, typer.Option(metavar="DATE", help="The date on the covers, as 2021-06-01.")] = "",
) -> None:
    """Write a round's file, and what says of its dataset what it is."""
    from endline.new.dataset import has_figures
    from endline.new.round import Wish, new_round
    from endline.params import Params

    project = Project.find()
    params = Params.of(project)
    wish = Wish(dataset, from_, tuple(outline or ()), tuple(region or ()), title, issued)
    written = new_round(params, round_id, wish)
    _say_written(params, written)
    first = ""
    if not has_figures(Params.of(project), dataset):
        folder = project.raw(dataset).relative_to(project.root)
        first = f"figures in {folder}/ (endline template {round_id}: blank workbooks), then "
    _say(f"next: {first}endline run {round_id}")


@new.command("region")
def region_(
    code: Annotated[str, typer.Argument(help="The region's code (GB/T 2260, six digits; nine or twelve below it).")],
    name: Annotated[str, typer.Argument(help="Its name.")],
    dataset: Named,
    level: Annotated[str, typer.Option(help="province, league or banner; without it, as the code says.")] = "",
    parent: Annotated[str, typer.Option(help="The code of the region it lies in; without it, as the code says.")] = "",
    type_: Annotated[str, typer.Option("--type", help="What it is in words; for a code of your own, say so.")] = "",
    valid_from: Annotated[str, typer.Option(help="The year, or the month, from which it exists.")] = "",
) -> None:
    """Add a region to a dataset's own register; params/regions.csv stays as it is."""
    from endline.new.region import new_region
    from endline.params import Params

    project = Project.find()
    found = {"level": level, "parent": parent, "type": type_, "valid_from": valid_from}
    path = new_region(Params.of(project), code, name, dataset, **found)
    _say(f"{path.relative_to(project.root)}: {code} {name} added")
    _say(f"next: endline new round ROUND --dataset {dataset} --region {code}")


@new.command("plan")
def plan_(
    plan_id: Annotated[str, typer.Argument(metavar="PLAN", help="The plan's id: small letters, digits, hyphens.")],
    title: Annotated[str, typer.Option(help="The document's full title.")] = "",
    years: Annotated[str, typer.Option(metavar="FIRST-LAST", help="Its term, as 2021-2025.")] = "",
) -> None:
    """Write a plan's file, with an example of all that it may hold, switched off."""
    from endline.new.plan import new_plan
    from endline.params import Params

    params = Params.of(Project.find())
    _say_written(params, new_plan(params, plan_id, title, years))
    _say(f"next: its targets, then endline new round ROUND --dataset NAME --outline {plan_id} --region CODE")
