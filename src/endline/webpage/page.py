"""The page as HTML: every name and title in it is data, and nothing of it comes from elsewhere."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from endline.evaluation.tally import NAMED
from endline.model import Level, Outline, Round, Target, Verdict
from endline.params import Params
from endline.store import Store
from endline.webpage.listed import LETTERS, read_files, read_regions
from endline.wording import Wording

TEMPLATES = Path(__file__).parent / "templates"
MATRIX_AT_MOST = 300  # regions: of more, only those with regions below them stand in the matrix


def render(
    params: Params, store: Store, round_: Round, files: Mapping[str, Sequence[str]], folder: Path, mark: str
) -> bytes:
    """Return the page of a round; `files` are those of each region's report and, by the round's id, of the summary.

    `mark` names what the page was made from. Regions stand in the order of their codes, never ranked.
    """
    say = Wording(params.wording("zh"))
    dataset, register = params.dataset(round_.dataset), params.regions(round_.dataset)
    outlines = [params.outline(outline) for outline in round_.outlines]
    targets = [target for outline in outlines for target in outline.targets]
    regions = [register[code] for code in sorted(files.keys() & register.keys())]
    names = {region.code: region.name for region in register.values()}
    named = NAMED[round_.kind]
    words = {verdict: say.get(f"verdict.{verdict}") for verdict in (*named.values(), Verdict.NOT_APPLICABLE)}
    listed = list(read_regions(store, named, regions, names, [target.key for target in targets], files, folder))
    parents = {region.parent for region in regions}
    in_matrix = listed
    if len(listed) > MATRIX_AT_MOST:
        in_matrix = [one for one in listed if one.region.code in parents][:MATRIX_AT_MOST]
    style, script = (Markup((TEMPLATES / name).read_text(encoding="utf-8")) for name in ("page.css", "page.js"))  # noqa: S704 - our own files
    facts: dict[str, Any] = {
        "say": say,
        "round": round_,
        "dataset": dataset,
        "mark": mark,
        "simulated": say.get("simulated_mark") if dataset.simulated else "",
        "edition": say.get(f"edition.{round_.edition}"),
        "issued": say.say(
            "cover.issued_value", year=round_.issued.year, month=round_.issued.month, day=round_.issued.day
        ),
        "outlines": outlines,
        "heads": _heads(say, outlines),
        "regions": listed,
        "matrix": in_matrix,
        "summary": read_files(folder, files.get(round_.id, ())),
        "levels": [level for level in get_args(Level) if any(region.level == level for region in regions)],
        "uppers": [(code, names[code]) for code in sorted(parents & names.keys())],
        "verdicts": [(LETTERS[verdict], str(verdict), word) for verdict, word in words.items()],
        "counted": [(LETTERS[verdict], words[verdict]) for verdict in named.values()],
        "words": {LETTERS[verdict]: word for verdict, word in words.items()},
        "formats": say.get("site.formats"),
        "style": style,
        "script": script,
        "policy": _policy(style, script),
    }
    return "".join(_template().generate(facts)).encode()


def _heads(say: Wording, outlines: Sequence[Outline]) -> list[tuple[Outline, list[tuple[str, str, Target]]]]:
    """Return of each outline its targets, each with its short name and its clause."""
    return [
        (outline, [(f"{outline.short[:1]}{target.id}", say.clause(target), target) for target in outline.targets])
        for outline in outlines
    ]


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("index.html")


def _policy(style: str, script: str) -> str:
    """Return what a browser may load for the page: its own style and script, told by their digests; nothing else."""
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
