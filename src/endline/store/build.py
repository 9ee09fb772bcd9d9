"""Observe and evaluate a dataset for a round, and write what follows into the round's store."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

import pandas as pd

from endline import __version__
from endline.checks.quality import quality
from endline.checks.summed import summed, with_above
from endline.database import new_database
from endline.evaluation import evaluate, tallies
from endline.evaluation.gaps.town_country import COUNTRY, TOWN
from endline.evaluation.tally import Tally
from endline.files import sha256
from endline.intake import Items, Observed, observe
from endline.intake.issues import read_rules
from endline.model import Indicator, Round, Target
from endline.params import Params
from endline.regions import Regions
from endline.store.extract import GAPS, OWN
from endline.store.inputs import Inputs
from endline.store.limits import limits
from endline.store.parts import Parts, digest_of

ROWS_AT_ONCE = 20_000
SHARED = [  # the columns in which many observations agree, kept once
    "dataset",
    "stratum",
    "indicator_id",
    "unit",
    "bound",
    "status",
    "missing_reason",
    "stream",
    "definition",
    "vintage",
    "source_id",
    "file",
    "sheet",
    "file_sha256",
    "note",
]
# An item is a cell of a county's row: it is looked up in the row as received, not written out once more.
ITEMS = """
CREATE TABLE sheets (sheet INTEGER PRIMARY KEY, name TEXT, year INTEGER, file TEXT, file_sha256 TEXT, items TEXT);
CREATE TABLE rows (region_code TEXT, sheet INTEGER, line INTEGER, refused BOOLEAN, cells TEXT);
CREATE VIEW items AS
SELECT region_code, year, item,
  CASE WHEN NOT refused AND length(text) <= 10 AND text NOT GLOB '*[^0-9]*' AND CAST(text AS INTEGER) <= 1000000000
    THEN CAST(text AS REAL) END AS value,
  text AS value_text, file, name AS sheet,
  CASE WHEN n < 26 THEN char(65 + n) ELSE char(64 + n / 26, 65 + n % 26) END || line AS cell, file_sha256
FROM (SELECT rows.*, sheets.*, key AS n, value AS item, json_extract(cells, '$[' || key || ']') AS text
  FROM rows JOIN sheets USING (sheet), json_each(items) WHERE value <> '')
WHERE text <> ''
"""


def build(params: Params, round_id: str, path: Path) -> None:
    """Write the store of a round at `path`: its observations, evaluations, issues, items, slices and more."""
    round_ = params.round(round_id)
    inputs = Inputs(params.project, round_.dataset, round_id)
    meta = {"signature": inputs.signature(), "inputs": inputs.digest(), "version": __version__}
    regions = params.regions(round_.dataset)
    targets = [target for outline in round_.outlines for target in params.outline(outline).targets]
    observed = observe(params, round_.dataset, targets)
    observations, issues, revisions = observed.observations, observed.issues, observed.revisions
    checked = _checked(params, observed, regions, round_)
    revisions = revisions[revisions["year"].isin(round_.years)]
    refused = _concerned(observed.refused[observed.refused["year"].isin([0, *round_.years])], regions)
    if not observations["year"].isin(round_.years).all():
        observations = observations[observations["year"].isin(round_.years)]
    with new_database(path) as db:
        _write_items(db, observed.items)
        del observed
        evaluated = evaluate(
            observations,
            targets,
            list(regions),
            regions,
            params.indicators,
            params.method,
            round_,
            params.judgements(round_),
        )
        evaluations = evaluated.evaluations
        fractions = [str(f) if f is not None and f == f else "" for f in evaluated.measures["fraction"]]
        measures = evaluated.measures.assign(fraction=fractions).drop(columns="series")
        series = pd.MultiIndex.from_frame(observations[["indicator_id", "stratum"]])
        printed = observations[series.isin(printed_series(targets, params.indicators))]
        gaps = {name: getattr(evaluated.gaps, name) for name in GAPS}
        more = {**gaps, "revisions": revisions, "refused": refused, **checked}
        parts = Parts(printed, evaluations, measures, issues, more)
        shown = limits(printed, params.indicators, params.method.confidence.value)
        _write_observations(db, observations.join(shown))
        for name, table in {"evaluations": evaluations, "measures": measures, "issues": issues, **more}.items():
            _write(db, name, table)
        _write(db, "slices", _slices(regions, parts, evaluations, set(observations["region_code"].unique())))
        for name in ("figures", "rows", *OWN, "slices"):
            db.execute(f"CREATE INDEX {name}_region ON {name} (region_code)")
        db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
        meta |= {"issues": str(len(issues)), "checked": _digest(issues, checked["corrections"])}
        db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())


def _checked(params: Params, observed: Observed, regions: Regions, round_: Round) -> dict[str, pd.DataFrame]:
    """Return what the checks measured and what was put right, for each region with all below it."""
    rules = read_rules(params.folder / "checks.yaml")
    facts = (observed.items, observed.observations, observed.issues, params.forms, params.indicators, regions, rules)
    table = summed(quality(*facts), observed.issues, params.forms, regions, round_.years)
    return {"quality": table, "corrections": with_above(observed.corrections, regions)}


def _digest(*tables: pd.DataFrame) -> str:
    return sha256("\n".join(table.to_csv(index=False) for table in tables).encode())


def _concerned(refused: pd.DataFrame, regions: Regions) -> pd.DataFrame:
    """Return the returns that could not be used, a row for each region whose figures they hold: `of` is whose."""
    known = refused[refused["region_code"].isin(list(regions))].rename(columns={"region_code": "of"})
    below = [[code, *(region.code for region in regions.below(code))] for code in known["of"]]
    return known.assign(region_code=below).explode("region_code", ignore_index=True).astype({"region_code": "str"})


def printed_series(targets: Iterable[Target], indicators: Mapping[str, Indicator]) -> list[tuple[str, str]]:
    """Return the series (indicator, stratum) that reports print: the targets', and town and country of these."""
    series = {(measure.indicator, target.stratum) for target in targets for measure in target.measures}
    rules = [rule for indicator, _ in series if (rule := indicators[indicator].difference)]
    strata = {(rule.indicator, stratum) for rule in rules for stratum in (rule.minuend, rule.subtrahend)}
    sides = {(indicator, stratum) for indicator, _ in series for stratum in (COUNTRY, TOWN)}
    return sorted(series | strata | sides)


def _slices(regions: Regions, parts: Parts, evaluations: pd.DataFrame, observed: Set[str]) -> pd.DataFrame:
    """Return one row a region: its upper region, whether it has observations, its counts, what its report prints."""
    counts = tallies(evaluations)
    rows = []
    for region in regions.values():
        own = parts.of(region.code, region.parent)
        short = {name: digest.hex()[:8] for name, digest in own.items()}
        rows.append(
            (
                region.code,
                region.parent,
                region.code in observed,
                digest_of(own),
                json.dumps(counts.get(region.code, Tally(0, 0, 0, 0)).as_dict()),
                json.dumps(short),
            )
        )
    return pd.DataFrame(rows, columns=["region_code", "upper", "observed", "digest", "counts", "parts"])


def _write_observations(db: sqlite3.Connection, observations: pd.DataFrame) -> None:
    kinds = observations[SHARED].drop_duplicates()
    number = observations.groupby(SHARED, observed=True, sort=False).ngroup()
    _write(db, "kinds", kinds.assign(kind=range(len(kinds))), key="kind")
    own = [name for name in observations.columns if name not in SHARED]
    _write(db, "figures", observations[own].assign(kind=number, id=range(len(observations))), key="id")
    columns = ", ".join(observations.columns)
    view = f"SELECT {columns} FROM figures JOIN kinds USING (kind)"  # noqa: S608 - our own column names
    db.execute(f"CREATE VIEW observations AS {view}")


def _write_items(db: sqlite3.Connection, items: Items) -> None:
    for statement in ITEMS.split(";"):
        db.execute(statement)
    for n, sheet in enumerate(items.sheets):
        names = json.dumps([sheet.items.get(index, "") for index in range(max(sheet.items, default=0) + 1)])
        facts = (n, sheet.name, sheet.year, sheet.file, sheet.sha256, names)
        db.execute("INSERT INTO sheets VALUES (?, ?, ?, ?, ?, ?)", facts)
        rows = ((code, n, line, refused, cells) for code, line, refused, cells in sheet.rows)
        db.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", rows)


def _write(db: sqlite3.Connection, name: str, table: pd.DataFrame, key: str = "") -> None:
    kinds = {"f": "REAL", "i": "INTEGER", "u": "INTEGER", "b": "BOOLEAN"}
    columns = [f"{c} {kinds.get(table[c].dtype.kind, 'TEXT')}{' PRIMARY KEY' * (c == key)}" for c in table.columns]
    db.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", _rows(table))  # noqa: S608


def _rows(table: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a table as plain values; what is not a number becomes NULL in the store."""
    for start in range(0, len(table), ROWS_AT_ONCE):
        block = table.iloc[start : start + ROWS_AT_ONCE]
        yield from zip(*(block[name].tolist() for name in table.columns), strict=True)
