"""Read `values.csv`: figures that arrive as values, one a row, each with its source."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from endline.checks.periods import PERIODS, mixed
from endline.intake.issues import Issues
from endline.intake.observations import Row
from endline.intake.tables import YEAR, Table, number, read_table
from endline.intake.vintages import latest_of
from endline.layouts.words import VINTAGES
from endline.model import Dataset, Indicator, Stratum
from endline.params import Params
from endline.regions import Regions

COLUMNS = [
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
PERIOD, STREAM, VINTAGE = "year_type", "stream", "vintage"  # columns that may be there
STATED = "stated_stream"  # by the row itself, not by its indicator
STRATA = get_args(Stratum)
STATUSES = ("published", "derived", "reported", "simulated", "missing")
BOUNDS = ("", "<=", ">=")
ANNUAL = "annual"  # the stream of the forms
STREAMS = (ANNUAL, "surveillance", "survey", "census")


def read_values(folder: Path, params: Params, regions: Regions, dataset: Dataset, issues: Issues) -> list[Row]:
    """Return one row an observation of `folder/values.csv`; what cannot be used is an issue and has no value."""
    path = folder / "values.csv"
    if not path.is_file():
        return []
    table = issues.readable(path, params.project.root)
    if table is None:
        return []
    if missing := [name for name in COLUMNS if name not in table.header]:
        issues.add("W06", file=table.file, cell="1", found=", ".join(table.header), expected=", ".join(missing))
        return []
    known = _Known(dataset, params.indicators, regions, _source_ids(folder, params.project.root))
    rows = []
    for n, cells in enumerate(table.rows):
        row = _read_row(table, n, dict(zip(table.header, cells, strict=True)), known, issues)
        if row is not None:
            rows.append(row | {"dataset": dataset.id})
    return rows


def settle_values(rows: Iterable[Row], issues: Issues) -> tuple[list[Row], list[Row]]:
    """Return the rows with each figure once, none of them in a mixed series, and the former values that were revised.

    Of several vintages the latest stands; of two figures that differ otherwise neither is used, and no series that
    mixes periods or streams.
    """
    latest, revised = latest_of(rows)
    kept = without_repeats(latest, issues)
    _refuse_mixed(kept, "F15", PERIOD, issues)
    _refuse_mixed(kept, "F15a", STATED, issues)
    return kept, revised


def without_repeats(rows: Iterable[Row], issues: Issues) -> list[Row]:
    """Return the rows with each figure once; of two that differ neither is used."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = (row["region_code"], row["stratum"], row["indicator_id"], str(row["year"]))
        first = kept.setdefault(key, row)
        if first is not row and (first["value_text"], first["bound"]) != (row["value_text"], row["bound"]):
            there = "" if first["file"] == row["file"] else f"{row['file']} {row.get('sheet', '')} "
            issues.add(
                "F19",
                file=first["file"],
                sheet=first.get("sheet", ""),
                cell=f"{first['cell']} {there}{row['cell']}",
                region=row["region_code"],
                found=f"{first['value_text']} / {row['value_text']}",
            )
            first |= refused()
    return list(kept.values())


def refuse_streams(rows: Iterable[Row], counted: Collection[tuple[str, str, str]], issues: Issues) -> None:
    """Refuse values of another stream than the annual report in series that the report's counts give (F15a)."""
    for row in rows:
        stream = row.get(STATED, "")
        if stream not in ("", ANNUAL) and (row["region_code"], row["stratum"], row["indicator_id"]) in counted:
            where = {"file": row["file"], "cell": row["cell"], "region": row["region_code"]}
            issues.add("F15a", **where, found=f"{stream} / {ANNUAL}")
            row |= refused()


def _refuse_mixed(rows: list[Row], rule: str, name: str, issues: Issues) -> None:
    """Refuse the series of which the rows say that they are of different periods, or from different streams."""
    series = [(row["region_code"], row["stratum"], row["indicator_id"]) for row in rows]
    found = mixed(zip(series, (row.get(name, "") for row in rows), strict=True))
    for key, periods in found.items():
        own = [row for row, of in zip(rows, series, strict=True) if of == key]
        cells = " ".join(row["cell"] for row in own)
        issues.add(rule, file=own[0]["file"], cell=cells, region=key[0], found=" / ".join(periods))
        for row in own:
            row |= refused()


@dataclass(frozen=True)
class _Known:
    """What a row may name."""

    dataset: Dataset
    indicators: Mapping[str, Indicator]
    regions: Regions
    sources: set[str]


def _read_row(table: Table, n: int, raw: dict[str, str], known: _Known, issues: Issues) -> Row | None:
    def refuse(rule: str, column: str, expected: str = "") -> None:
        issues.add(
            rule,
            file=table.file,
            cell=table.cell(n, column),
            found=raw[column],
            expected=expected,
            region=raw["region_code"] if raw["region_code"] in known.regions else "",
        )

    if raw["region_code"] not in known.regions:
        refuse("F40", "region_code")
        return None
    if raw["indicator_id"] not in known.indicators:
        refuse("W01", "indicator_id")
        return None
    if raw["stratum"] not in STRATA:
        refuse("W08", "stratum")
        return None
    if not YEAR.fullmatch(raw["year"]):
        refuse("W07", "year")
        return None
    indicator = known.indicators[raw["indicator_id"]]
    value = number(raw["value"])
    faults = [
        ("F12", "value", value is None and raw["status"] != "missing", ""),
        ("F10", "value", value is not None and value < 0 and indicator.difference is None, ""),
        ("F32", "value", value is not None and value > 100 and indicator.is_proportion, ""),
        ("W02", "unit", raw["unit"] != indicator.unit, indicator.unit),
        ("W03", "bound", raw["bound"] not in BOUNDS, ""),
        ("W03", "status", raw["status"] not in STATUSES, ""),
        ("W09", "status", not _belongs(raw, known.dataset), ""),
        ("W05", "source_id", bool(known.sources) and not set(raw["source_id"].split("+")) <= known.sources, ""),
        ("W28", PERIOD, raw.get(PERIOD, "") not in ("", *PERIODS), ""),
        ("W40", VINTAGE, raw.get(VINTAGE, "") not in ("", *VINTAGES), ""),
        ("W41", STREAM, raw.get(STREAM, "") not in ("", *STREAMS), ""),
        ("F40", "year", not known.regions[raw["region_code"]].exists_in(int(raw["year"])), ""),
    ]
    found = [fault for fault in faults if fault[2]]
    barred = any(table.cell(n, column) in table.refused for column in raw) if table.refused else False
    for rule, column, _, expected in found:
        refuse(rule, column, expected)
    row: Row = {
        name: raw[name]
        for name in (
            "region_code",
            "stratum",
            "indicator_id",
            "unit",
            "source_id",
            "definition",
            "note",
            "bound",
            "status",
        )
    }
    row |= {
        "year": int(raw["year"]),
        "value": value,
        "value_text": raw["value"],
        "stream": raw.get(STREAM) or indicator.stream,
        STATED: raw.get(STREAM, ""),
        VINTAGE: raw.get(VINTAGE) or known.dataset.vintage,
        "file": table.file,
        "cell": table.cell(n, "value"),
        PERIOD: raw.get(PERIOD, ""),
        "file_sha256": table.sha256,
    }
    return row | refused() if found or barred else row


def _belongs(raw: dict[str, str], dataset: Dataset) -> bool:
    """Tell whether a row's status fits: simulated figures among their like only, no value where none is said to be."""
    if raw["status"] == "missing":
        return not raw["value"]
    return (raw["status"] == "simulated") == dataset.simulated


def refused() -> Row:
    """Return what a row says of its value when this must not be used."""
    return {"value": None, "status": "missing", "missing_reason": "refused", "bound": ""}


def _source_ids(folder: Path, root: Path) -> set[str]:
    path = folder / "sources.csv"
    if not path.is_file():
        return set()
    table = read_table(path, root)
    return {cells[table.header.index("source_id")] for cells in table.rows}
