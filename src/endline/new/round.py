"""A first file of a round, and of its dataset where that is new."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from endline.errors import ParameterError
from endline.model import MAIN_LANGUAGE, Round
from endline.new.dataset import check_dataset, first_source, own_codes
from endline.new.first import check_id, check_line, first_file, write_files
from endline.params import Params

_SHORTEST = 6  # digits of a code
_OWN = {"id", "title", "dataset", "regions", "default", "issued"}  # what a round never has of the one that it is like


@dataclass(frozen=True)
class Wish:
    """What is said of a new round; what is not said stays as in `params/new/round.yaml`."""

    dataset: str
    like: str = ""  # a round
    outlines: Sequence[str] = ()
    regions: Sequence[str] = ()
    title: str = ""
    issued: str = ""


def new_round(params: Params, round_id: str, wish: Wish) -> list[Path]:
    """Write `params/rounds/<id>.yaml`, and SOURCE.yaml of a dataset that has none; return the paths.

    ParameterError where an id is none, something unknown is named, or a file is there already; nothing is written then.
    """
    check_id(round_id, "ROUND")
    check_dataset(params, wish.dataset)
    like = params.round(wish.like) if wish.like else None
    register = params.regions(wish.dataset)
    patterns = _patterns(params, wish, like)
    for pattern in patterns:
        _check_known(params, wish.dataset, pattern)
    values: dict[str, object] = {"id": round_id, "dataset": wish.dataset, "regions": patterns}
    values |= like.model_dump(mode="json", exclude=_OWN) if like else {}
    values |= _evaluated(params, wish.outlines)
    if wish.title:
        check_line(wish.title, "--title")
        values["title"] = wish.title
    if wish.issued:
        values["issued"] = _date(wish.issued)
    rounds = params.folder / "rounds"
    codes = register.match_all(patterns, (), "--region")
    files = {
        **first_source(params, wish.dataset, register, codes),
        rounds / f"{round_id}.yaml": first_file(params, "round", values),
    }
    return write_files(params.project, files, lambda written: written.round(round_id))


def _patterns(params: Params, wish: Wish, like: Round | None) -> list[str]:
    """Return the regions that are named, or those of the round it is like, or the dataset's own ones."""
    if wish.regions:
        return list(wish.regions)
    if like and like.dataset == wish.dataset:
        return list(like.regions)
    if own := own_codes(params, wish.dataset):
        return own
    raise ParameterError(
        "--region: expected whose reports are to be made, found nothing: a code of params/regions.csv, "
        "or CODE/* (those directly below), CODE/** (all below); may be given several times"
    )


def _check_known(params: Params, dataset: str, pattern: str) -> None:
    code = pattern.partition("/")[0]
    try:
        params.regions(dataset).match(pattern, (), "--region")
    except ParameterError as error:
        adds = f"; `endline new region {code} NAME --dataset {dataset}` adds it"
        raise ParameterError(f"{error}{adds if len(code) >= _SHORTEST and code.isdigit() else ''}") from None


def _date(text: str) -> datetime.date:
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise ParameterError(f"--issued {text!r}: expected a date, as 2021-06-01") from None


def _evaluated(params: Params, outlines: Sequence[str]) -> Mapping[str, object]:
    """Return what a round of `outlines` evaluates: their term, from the year before it; nothing for none."""
    if not outlines:
        return {}
    chosen = [params.outline(outline_id, "--outline") for outline_id in outlines]
    separator = params.wording(MAIN_LANGUAGE)["list_separator"]
    return {
        "outlines": list(outlines),
        "next_outlines": [],
        "baseline_year": min(outline.first_year for outline in chosen) - 1,
        "final_year": max(outline.last_year for outline in chosen),
        "subject": separator.join(outline.title for outline in chosen),
    }
