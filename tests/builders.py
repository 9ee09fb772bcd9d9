"""Small builders, so that each test states only what differs."""

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from endline.evaluation import Evaluated, evaluate
from endline.intake import Observed, observe
from endline.intake.observations import KEYS, TYPES
from endline.model import Indicator, Judgement, Method, Region, Round, Target
from endline.params import Params
from endline.project import Project
from endline.regions import Regions

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

# drawn tables


def cases(drawing: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a parametrisation drawn as a table: a head, then one case a line, `|` between cells.

    A cell is a number where it looks like one, True or False for yes and no, None for —, else its text.
    """
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    params = [pytest.param(*map(_cell, line), id=" ".join(filter(None, line))) for line in lines]
    return pytest.mark.parametrize(head, params)


def _cell(text: str) -> Any:
    words = {"—": None, "yes": True, "no": False}
    if text in words:
        return words[text]
    if re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?[0-9]+\.[0-9]+", text) else text


# a small world to test in


def _indicator(name: str, unit: str, better: str, **more: Any) -> Indicator:
    facts = {"id": name, "name": name, "name_en": name, "domain": "d", "unit": unit, "better": better}
    return Indicator.model_validate({"decimals": 2, "definition": "seen", **facts, **more})


INDICATORS = {
    i.id: i
    for i in (
        _indicator("deaths", "1/100000", "lower"),
        _indicator("infant", "1/1000", "lower"),
        _indicator("coverage", "%", "higher"),
        _indicator("anaemia", "%", "lower"),
        _indicator("years", "years", "higher"),
    )
}
REGIONS = Regions(
    Region.model_validate(dict(zip(("code", "name", "level", "parent", "valid_from", "valid_to"), row, strict=True)))
    for row in (
        ("100000", "Nation", "nation", "", "", ""),
        ("110000", "Bare province", "province", "100000", "", ""),  # its counties are not in the register
        ("150000", "Province", "province", "100000", "", ""),
        ("150100", "League", "league", "150000", "", ""),
        ("150102", "A", "banner", "150100", "", ""),
        ("150103", "B", "banner", "150100", "", ""),
        ("150104", "Young", "banner", "150100", "2016-07", ""),
        ("150105", "Gone", "banner", "150100", "", "2014"),
        ("150200", "Other league", "league", "150000", "", ""),
        ("150202", "D", "banner", "150200", "", ""),
    )
)
METHOD = Method.model_validate(
    {
        name: {"value": value, "reason": "test"}
        for name, value in {
            "minimum_trend_points": 5,
            "alpha": 0.05,
            "confidence": 0.95,
            "hide_rate_below_events": 3,
            "unstable_below_events": 20,
            "nearly_met_tolerance": None,
            "minimum_trend_events": 20,
            "minimum_joinpoint_points": 7,
            "minimum_joinpoint_events": 10,
            "joinpoint_permutations": 999,
            "pooled_years": 3,
            "power": 0.8,
            "minimum_level_regions": 5,
            "gap_indicators": ("deaths", "infant", "coverage"),
            "attainment_steps": (70.0, 80.0, 90.0),
        }.items()
    }
)


def method(**values: Any) -> Method:
    """Return the method with some thresholds changed."""
    return Method.model_validate(
        {**METHOD.model_dump(), **{name: {"value": value, "reason": "test"} for name, value in values.items()}}
    )


def observation(value: float | str | None = 10.0, **overrides: Any) -> dict[str, Any]:
    """Return one row of the observations table; a value may be a bound (`">=99"`) or None (missing)."""
    row: dict[str, Any] = {
        "dataset": "test",
        "region_code": "150000",
        "stratum": "total",
        "indicator_id": "deaths",
        "year": 2020,
        "value": value,
        "status": "published",
        "bound": "",
        "source_id": "s",
    }
    if isinstance(value, str):
        row |= {"bound": value[:2], "value": float(value[2:])}
    if value is None:
        row |= {"status": "missing"}
    return row | overrides


def series(history: str, **overrides: Any) -> list[dict[str, Any]]:
    """Return a series written as `2010=12 2015>=9 2020=5.4`: a value, or a bound, a year."""
    points = re.findall(r"(\d{4})(>=|<=|=)(\S+)", history)
    assert len(points) == len(history.split()), history
    return [
        observation(float(value) if sign == "=" else sign + value, year=int(year), **overrides)
        for year, sign, value in points
    ]


def counted(events: int, denominator: int, per: int = 100_000, **overrides: Any) -> dict[str, Any]:
    """Return an observation made of counts."""
    value = events * per / denominator
    return observation(
        value, numerator=float(events), denominator=float(denominator), **{"status": "reported", **overrides}
    )


def target(operator: str = "<=", value: float | str | None = 20.0, **overrides: Any) -> Target:
    """Return a target of one measure: relative where the value is a fraction, directional by its operator."""
    known = INDICATORS | overrides.pop("indicators", {})
    name = overrides.pop("indicator", "deaths")
    measure: dict[str, Any] = {"indicator": name, "unit": known[name].unit, "operator": operator}
    facts: dict[str, Any] = {
        "id": "t",
        "outline": "o",
        "clause": "1",
        "domain": "d",
        "label": "label",
        "kind": "absolute",
        "wording": "verified",
    }
    if operator in ("increase", "decrease"):
        facts |= {"kind": "directional", "baseline_year": 2010}
    elif isinstance(value, str):
        facts |= {"kind": "relative", "baseline_year": 2010}
        measure["fraction"] = value
    else:
        measure["value"] = value
    facts |= overrides
    facts.setdefault("measures", (measure,))
    if facts["kind"] == "qualitative":
        facts["measures"] = ()
    return Target.model_validate(facts)


def joined(*targets: Target, **overrides: Any) -> Target:
    """Return one target with the measures of several."""
    measures = tuple(m for t in targets for m in t.measures)
    return targets[0].model_copy(update={"measures": measures, **overrides})


def a_round(**overrides: Any) -> Round:
    """Return a final round of 2010 to 2020."""
    facts = {
        "id": "r",
        "title": "round",
        "kind": "final",
        "outlines": ("o",),
        "dataset": "test",
        "regions": ("150000",),
        "baseline_year": 2010,
        "final_year": 2020,
        "issued": "2021-07-20",
        "edition": "acceptance",
    }
    return Round.model_validate(facts | overrides, strict=False)


def observations(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows as an observations table: typed, in key order, absent texts empty."""
    made = list(rows)
    blank = {"str": "", "float64": None}
    columns = {
        name: pd.Series([row.get(name, blank.get(kind)) for row in made], dtype=kind) for name, kind in TYPES.items()
    }
    return pd.DataFrame(columns).sort_values(KEYS, ignore_index=True)


def evaluated(
    rows: Iterable[Mapping[str, Any]], targets: Sequence[Target], codes: Sequence[str] = ("150000",), **how: Any
) -> Evaluated:
    """Return the evaluations of some regions; `how`: round, method, regions, indicators, judgements."""
    return evaluate(
        observations(rows),
        targets,
        list(codes),
        how.get("regions", REGIONS),
        INDICATORS | how.get("indicators", {}),
        how.get("method", METHOD),
        how.get("round", a_round()),
        how.get("judgements"),
    )


def evaluate_one(
    rows: Iterable[Mapping[str, Any]] | str, aim: Target | None = None, code: str = "150000", **how: Any
) -> SimpleNamespace:
    """Return the single evaluation of a region against a target, with its measure's columns; `flags` as a set.

    `rows` may be a series of `deaths` (or of the target's indicator) as `series` writes it.
    """
    aim = aim or target()
    if isinstance(rows, str):
        facts = {"indicator_id": aim.measures[0].indicator} if aim.measures else {}
        rows = series(rows, region_code=code, stratum=aim.stratum, **facts)
    result = evaluated(rows, [aim], [code], **how)
    (evaluation,) = result.evaluations.to_dict("records")
    measures = result.measures.to_dict("records")
    first = measures[0] if measures else {}
    flags = set(filter(None, evaluation["flags"].split(";")))
    return SimpleNamespace(**{**first, **evaluation, "flags": flags, "measures": measures})


def judgement(status: str = "met", **overrides: Any) -> Judgement:
    """Return a person's verdict on a qualitative target."""
    facts = {"status": status, "evidence": "report 12", "unit": "office", "date": "2021-05-01"}
    return Judgement.model_validate(facts | overrides, strict=False)


# projects on disk


def project(tmp_path: Path) -> Project:
    """Return a copy of the checkout's params/ and data/raw/published, so that a test can damage one file."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    shutil.copytree(ROOT / "data" / "raw" / "published", tmp_path / "data" / "raw" / "published")
    return Project(tmp_path)


def edit(path: Path, old: str, new: str) -> None:
    """Replace the one occurrence of `old` in a file."""
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1, f"{content.count(old)} × {old!r} in {path}"
    path.write_text(content.replace(old, new), encoding="utf-8")


VALUE_COLUMNS = [
    "region_code",
    "stratum",
    "indicator_id",
    "year",
    "value",
    "unit",
    "bound",
    "status",
    "source_id",
    "definition",
    "note",
]


@dataclass
class RawDataset:
    """A dataset of its own in a copied project, written file by file."""

    project: Project
    id: str = "tiny"

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.project.raw(self.id)

    def source(self, **facts: object) -> None:
        """Write SOURCE.yaml."""
        lines = {"title": "tiny", "publisher": "test", "simulated": "false", **facts}
        self.folder.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{key}: {value}\n" for key, value in lines.items())
        (self.folder / "SOURCE.yaml").write_text(text, encoding="utf-8")

    def values(self, *rows: Mapping[str, Any]) -> None:
        """Write values.csv; each row states only what differs from a good one."""
        good = {
            "region_code": "150000",
            "stratum": "total",
            "indicator_id": "mmr",
            "year": "2020",
            "value": "14.92",
            "unit": "1/100000",
            "bound": "",
            "status": "published",
            "source_id": "s",
            "definition": "",
            "note": "",
        }
        self._write("values.csv", VALUE_COLUMNS, [[{**good, **row}[c] for c in VALUE_COLUMNS] for row in rows])

    def form(self, year: int, form: str, header: str, *lines: str) -> None:
        """Write a form: head and lines as `region_code live_births …`, `·` for an empty cell."""
        cells = [["" if cell == "·" else cell for cell in line.split()] for line in lines]
        self._write(f"{year}/{form}.csv", header.split(), cells)

    def observe(self) -> Observed:
        """Return what the dataset says of a few indicators (the checkout's, read once)."""
        params, shipped = Params(self.project), shipped_params()
        few = {name: shipped.indicators[name] for name in FEW}
        vars(params).update(indicators=few, forms=shipped.forms)
        return observe(params, self.id)

    def _write(self, name: str, header: list[str], rows: list[list[str]]) -> None:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(stream.getvalue(), encoding="utf-8")


FEW = ("mmr", "mmr_urban_rural_gap", "lbw_rate", "hosp_delivery_rate", "vaccine_coverage")


@cache
def shipped_params() -> Params:
    """Return the checkout's own parameters."""
    return Params(Project(ROOT))


def raw_dataset(tmp_path: Path, top: str = "150000") -> RawDataset:
    """Return an empty dataset in a copy of the project."""
    made = RawDataset(project(tmp_path))
    made.source(top=f'"{top}"')
    return made


def rows_of(table: pd.DataFrame, **wanted: Any) -> list[SimpleNamespace]:
    """Return the rows of a table whose columns have the wanted values."""
    for name, value in wanted.items():
        table = table[table[name] == value]
    return [SimpleNamespace(**row) for row in table.to_dict("records")]


def row_of(table: pd.DataFrame, **wanted: Any) -> SimpleNamespace:
    """Return the one row of a table whose columns have the wanted values."""
    (row,) = rows_of(table, **wanted)
    return row
