"""What follows from a dataset and a round, kept so that one report reads only its own slice."""

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from endline import __version__
from endline.evaluation import evaluate
from endline.files import sha256, tree_digest
from endline.intake import observe
from endline.params import Params
from endline.project import Project

TABLES = ("observations", "evaluations", "measures", "issues")
PACKAGE = Path(__file__).parent
_ADDRESS = ["file", "sheet", "cell", "file_sha256"]  # where a figure stands is not what it says
_DECIDES = ("intake", "evaluation", "stats")  # the code that decides what the tables hold


@dataclass(frozen=True)
class Slice:
    """One region's part of a round: its rows (observations also of its upper region), and their digest."""

    observations: pd.DataFrame
    evaluations: pd.DataFrame
    measures: pd.DataFrame
    issues: pd.DataFrame
    digest: str


class Store:
    """The tables of a round in one SQLite file, indexed by region."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def ensure(cls, project: Project, params: Params, round_id: str) -> "Store":
        """Return the round's store, observing and evaluating first when it is missing or stale."""
        store = cls(project.processed(round_id) / "round.sqlite")
        round_ = params.round(round_id)
        ensure_dataset(params, round_.dataset)
        files = _inputs(project, round_.dataset, round_id)
        signature = _signature(files)
        if not store.path.is_file() or store.meta("signature") != signature:
            digest = tree_digest(project.root, files[0]) + tree_digest(PACKAGE, files[1])
            if not store.path.is_file() or store.meta("inputs") != digest:
                store._build(params, round_id, signature, digest)
        return store

    def meta(self, key: str) -> str:
        """Return a fact about the store: signature, inputs, issues."""
        with self._open() as db:
            try:
                row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
            except sqlite3.DatabaseError:  # not a store, or a torn one: as good as absent
                return ""
        return row[0] if row else ""

    def codes(self) -> list[str]:
        """Return the codes of the regions that have observations."""
        with self._open() as db:
            return [code for (code,) in db.execute("SELECT region_code FROM slices WHERE observed ORDER BY 1")]

    def digest(self, code: str) -> str:
        """Return the digest of a region's slice."""
        with self._open() as db:
            return str(db.execute("SELECT digest FROM slices WHERE region_code = ?", (code,)).fetchone()[0])

    def slice(self, code: str) -> Slice:
        """Return one region's rows, at a cost that does not grow with the round."""
        with self._open() as db:
            upper, digest = db.execute("SELECT upper, digest FROM slices WHERE region_code = ?", (code,)).fetchone()
            tables = {name: _rows(db, name, (code, upper) if name == "observations" else (code,)) for name in TABLES}
        return Slice(**tables, digest=digest)

    def evaluations(self, codes: list[str]) -> pd.DataFrame:
        """Return the evaluations of some regions, in the order of the store."""
        return self._of("evaluations", codes)

    def measures(self, codes: list[str]) -> pd.DataFrame:
        """Return the measures of some regions, in the order of the store."""
        return self._of("measures", codes)

    def _of(self, name: str, codes: list[str]) -> pd.DataFrame:
        with self._open() as db:
            table = _rows(db, name)
        return table[table["region_code"].isin(codes)].reset_index(drop=True)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        uri = self.path.resolve().as_uri() + "?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            yield db

    def _build(self, params: Params, round_id: str, signature: str, digest: str) -> None:
        round_ = params.round(round_id)
        regions = params.regions(round_.dataset)
        observed = observe(params, round_.dataset)
        targets = [target for outline in round_.outlines for target in params.outline(outline).targets]
        evaluated = evaluate(
            observed.observations,
            targets,
            list(regions),
            regions,
            params.indicators,
            params.method,
            round_,
            params.judgements(round_),
        )
        observations = observed.observations[observed.observations["year"].isin(round_.years)]
        measures = evaluated.measures.assign(
            fraction=[str(f) if f is not None and f == f else "" for f in evaluated.measures["fraction"]]
        ).drop(columns="series")
        tables = {
            "observations": observations,
            "evaluations": evaluated.evaluations,
            "measures": measures,
            "issues": observed.issues,
        }
        slices = _slices(tables, [(r.code, r.parent) for r in regions.values()])
        meta = {
            "signature": signature,
            "inputs": digest,
            "version": __version__,
            "issues": str(len(observed.issues)),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".round.")
        os.close(handle)
        try:
            with closing(sqlite3.connect(name)) as db:
                for table, rows in {**tables, "items": observed.items, "slices": slices}.items():
                    rows.to_sql(table, db, index=False)
                    db.execute(f"CREATE INDEX {table}_region ON {table} (region_code)")
                pd.DataFrame(meta.items(), columns=["key", "value"]).to_sql("meta", db, index=False)
                db.commit()
            Path(name).chmod(0o644)
            Path(name).replace(self.path)
        finally:
            Path(name).unlink(missing_ok=True)


def ensure_dataset(params: Params, dataset_id: str) -> None:
    """Write a simulated dataset that is absent; leave every other as it is."""
    folder = params.project.raw(dataset_id)
    dataset = params.dataset(dataset_id)
    if dataset.simulated and not any(folder.glob("[0-9]*/*.csv")):
        from endline.simulate import simulate

        simulate(params.project.root, dataset=dataset_id)


def _inputs(project: Project, dataset: str, round_id: str) -> tuple[list[Path], list[Path]]:
    raw = [p for p in project.raw(dataset).rglob("*") if p.is_file()]
    params = [
        p
        for p in project.params.rglob("*.*")
        if p.is_file() and "wording" not in p.parts and (p.parent.name != "rounds" or p.stem == round_id)
    ]
    code = [p for part in _DECIDES for p in (PACKAGE / part).rglob("*.py")]
    return sorted(raw + params), sorted([*code, *PACKAGE.glob("*.py")])


def _signature(files: tuple[list[Path], list[Path]]) -> str:
    stats = [(str(p), (s := p.stat()).st_size, s.st_mtime_ns) for group in files for p in group]
    return sha256(json.dumps(stats).encode())


def _slices(tables: dict[str, pd.DataFrame], places: list[tuple[str, str]]) -> pd.DataFrame:
    """Return one row a region: its upper region, whether it has observations, and the digest of what is printed.

    Of the upper region that is the series which the region has as well.
    """
    printed = {name: table.drop(columns=_ADDRESS, errors="ignore") for name, table in tables.items()}
    printed["issues"] = tables["issues"]
    texts = {name: {str(code): _text(t) for code, t in table.groupby("region_code")} for name, table in printed.items()}
    series: dict[str, dict[tuple[str, ...], str]] = {}
    for (code, *key), rows_of_series in printed["observations"].groupby(["region_code", "indicator_id", "stratum"]):
        series.setdefault(code, {})[tuple(key)] = _text(rows_of_series)
    rows = []
    for code, upper in places:
        parts = [texts[name].get(code, "") for name in TABLES]
        drawn = [key for key in series.get(code, ()) if key in series.get(upper, ())]
        parts += [series[upper][key] for key in drawn]
        rows.append((code, upper, code in series, sha256("\n".join(parts).encode())))
    return pd.DataFrame(rows, columns=["region_code", "upper", "observed", "digest"])


def _text(table: pd.DataFrame) -> str:
    return str(table.to_json(orient="split", index=False, double_precision=15))


def _rows(db: sqlite3.Connection, table: str, codes: tuple[str, ...] = ()) -> pd.DataFrame:
    where = f"WHERE region_code IN ({','.join('?' * len(codes))})" if codes else ""
    rows = pd.read_sql_query(f"SELECT * FROM {table} {where} ORDER BY rowid", db, params=codes)  # noqa: S608
    kinds = {"REAL": "float64", "TEXT": "str", "INTEGER": "int64"}
    declared = {name: kinds[kind] for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})")}
    texts = [name for name, kind in declared.items() if kind == "str"]
    rows[texts] = rows[texts].fillna("")  # a column that is empty throughout comes back without its type
    declared |= dict.fromkeys({"counted", "early_gap", "baseline_met"} & set(declared), "bool")
    return rows.astype(declared)
