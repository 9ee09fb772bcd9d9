"""The page as HTML: every name and title in it is data, and nothing of it comes from elsewhere."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from endline.evaluation.tally import NAMED
from endline.model import MAIN_LANGUAGE, Level, Outline, Target, Verdict, suffix_of
from endline.narrative import Teller
from endline.params import Params
from endline.store import Store
from endline.translated import in_language
from endline.webpage.charts import WIDTH, main_targets, read_charts
from endline.webpage.listed import LETTERS, RATES, File, read_files, read_regions
from endline.wording import Wording

TEMPLATES = Path(__file__).parent / "templates"
SHOWN_AT_MOST = 300  # regions: of more, only those with regions below them have charts and stand in the matrix


@dataclass(frozen=True)
class Reports:
    """The reports that are there: names of files in `folder` by language and region, the summary's by the round's id.

    `mark` names what they were made by.
    """

    folder: Path
    files: Mapping[str, Mapping[str, Sequence[str]]]
    mark: str

    def of(self, code: str, language: str) -> dict[str, list[File]]:
        """Return what a page lists of a region: the files in its language, on the main page the others' as well."""
        languages = [language, *(other for other in self.files if language == MAIN_LANGUAGE != other)]
        found = {one: read_files(self.folder, self.files[one].get(code, ())) for one in languages}
        return {one: files for one, files in found.items() if files}


def render(received: Params, store: Store, round_id: str, reports: Reports, language: str = MAIN_LANGUAGE) -> bytes:
    """Return the page of a round in a language: the regions with reports in it, in the order of their codes."""
    params = in_language(received, language)
    words = {one: Wording(received.wording(one)) for one in (language, *reports.files)}
    say, round_ = words[language], params.round(round_id)
    dataset, register = params.dataset(round_.dataset), params.regions(round_.dataset)
    outlines = [params.outline(outline) for outline in round_.outlines]
    targets = [target for outline in outlines for target in outline.targets]
    regions = [register[code] for code in sorted(reports.files[language].keys() & register.keys())]
    names = {region.code: region.name for region in register.values()}
    named = NAMED[round_.kind]
    verdicts = {verdict: say.get(f"verdict.{verdict}") for verdict in (*named.values(), Verdict.NOT_APPLICABLE)}
    parents = {region.parent for region in regions}
    shown = regions
    if len(regions) > SHOWN_AT_MOST:
        shown = [region for region in regions if region.code in parents][:SHOWN_AT_MOST]
    in_matrix = {region.code for region in shown}
    main = main_targets(params.method.gap_indicators.value, targets)
    facts_of = (register, params.indicators, params.method, say)
    charts = read_charts(store, [Teller(round_, region, *facts_of) for region in shown], main)
    files = {region.code: reports.of(region.code, language) for region in regions}
    listed = list(read_regions(store, named, regions, names, [target.key for target in targets], files, charts))
    style, script = (Markup((TEMPLATES / name).read_text(encoding="utf-8")) for name in ("page.css", "page.js"))  # noqa: S704 - our own files
    facts: dict[str, Any] = {
        "say": say,
        "language": language,
        "others": {one: other for one, other in words.items() if one != language},
        "address": {one: f"index{suffix_of(one)}.html" for one in words},
        "round": round_,
        "dataset": dataset,
        "mark": reports.mark,
        "simulated": say.get("simulated_mark") if dataset.simulated else "",
        "edition": say.get(f"edition.{round_.edition}"),
        "issued": say.say(
            "cover.issued_value", year=round_.issued.year, month=round_.issued.month, day=round_.issued.day
        ),
        "outlines": outlines,
        "heads": _heads(say, outlines),
        "regions": listed,
        "matrix": [one for one in listed if one.region.code in in_matrix],
        "charted": [say.series_name(params.indicators[t.measures[n].indicator], t.stratum) for t, n in main],
        "width": WIDTH,
        "hide": params.method.hide_rate_below_events.value,
        "summary": reports.of(round_id, language),
        "levels": [level for level in get_args(Level) if any(region.level == level for region in regions)],
        "uppers": [(code, names[code]) for code in sorted(parents & names.keys())],
        "verdicts": [(LETTERS[verdict], str(verdict), word) for verdict, word in verdicts.items()],
        "rates": RATES if round_.has_rates else (),
        "counted": [(LETTERS[verdict], verdicts[verdict]) for verdict in named.values()],
        "words": {LETTERS[verdict]: word for verdict, word in verdicts.items()},
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
