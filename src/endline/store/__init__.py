"""What follows from a dataset and a round, kept so that one report reads only its own slice."""

import json
import math
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from endline.files import sha256
from endline.params import Params
from endline.project import Project
from endline.rows import made_rows
from endline.store.extract import OF_CODES, OWN, PRINTED, named, slices_of, write_extract
from endline.store.inputs import PACKAGE, Inputs

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ENSURED", "NOBODY", "PACKAGE", "Slice", "Store", "ensure_dataset", "quality_digest", "summary_digest"]

ENSURED = "ENDLINE_ENSURED"  # the variable that names the round whose tables a run has ensured for its kernels
NOBODY = ""  # the code of what concerns no region: a file that names none
_REGIONS_AT_ONCE = 100
_NUMBERS = {"REAL": "float64", "INTEGER": "int64", "BOOLEAN": "bool"}
_KEYS = "region_code, indicator_id, stratum, year"
_TOTALS = """SELECT region_code, indicator_id, year, value, value_text, bound, numerator FROM observations
  WHERE stratum = 'total' AND value IS NOT NULL AND year BETWEEN :first AND :last
  AND region_code IN (SELECT value FROM json_each(:codes))
  AND indicator_id IN (SELECT value FROM json_each(:indicators)) ORDER BY year"""


@dataclass(frozen=True)
class Slice:
    """One region's part of a round: by table its rows, as named tuples, and their digest.

    The tables are `observations`, with the region's series of its upper region as well, and those of `OWN`; `refused`
    has the returns that hold its figures and could not be used, `of` is whose. A number or text that is not there is
    NaN.
    """

    rows: Mapping[str, Sequence[Any]]
    digest: str


class Store:
    """The tables of a round in one SQLite file, indexed by region."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def ensure(cls, project: Project, params: Params, round_id: str, apart: bool = False) -> "Store":
        """Return the round's store, observing and evaluating first when it is missing or stale.

        `apart`: in a process of its own. A sealed store, which came without the data it follows from, stands as it is;
        so does that of a run for the run's own kernels, which then look at none of the files it follows from.
        """
        store = cls(project.processed(round_id) / "round.sqlite")
        if store.meta("sealed") or (os.environ.get(ENSURED) == round_id and store.path.is_file()):
            return store
        dataset = params.round(round_id).dataset
        if not _is_absent(params, dataset) and store._is_current(Inputs(project, dataset, round_id)):
            return store
        if apart:
            from endline.store.apart import build_apart

            build_apart(project.root, round_id, store.path.parent)
        else:
            from endline.store.build import build

            ensure_dataset(params, dataset)
            build(params, round_id, store.path)
        return store

    def meta(self, key: str) -> str:
        """Return a fact about the store: signature, inputs, version, issues, sealed; "" where there is none."""
        try:
            with self._open() as db:
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
        return self._of_slice("digest", code)

    def parts(self, code: str) -> dict[str, str]:
        """Return how the digest of each part of a region's report begins, by the part's name."""
        return dict(json.loads(self._of_slice("parts", code)))

    def counts(self, code: str) -> dict[str, Any]:
        """Return the counts of a region's verdicts, with both rates."""
        return dict(json.loads(self._of_slice("counts", code)))

    def digests(self, codes: Sequence[str]) -> dict[str, str]:
        """Return `digest` of some regions by their codes, in the order asked for, by one query."""
        return self._of_slices("digest", codes)

    def counts_of(self, codes: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return `counts` of some regions by their codes, in the order asked for, by one query."""
        return {code: json.loads(counts) for code, counts in self._of_slices("counts", codes).items()}

    def slice(self, code: str) -> Slice:
        """Return what one region's report prints, at a cost that does not grow with the round."""
        with self._open() as db:
            (own,) = slices_of(db, [code])
            rows = {name: _rows(db, name, "region_code = :code ORDER BY rowid", own) for name in OWN}
            rows["observations"] = _rows(db, "observations", f"{PRINTED} ORDER BY {_KEYS}", own)
        return Slice(rows, own["digest"])

    def refused(self) -> dict[str, list[dict[str, Any]]]:
        """Return the findings that cost a file or a sheet of a return, by the region whose return it is."""
        found: dict[str, list[dict[str, Any]]] = {}
        with self._open() as db:
            rows = db.execute("SELECT * FROM refused WHERE region_code = of ORDER BY rowid")
            names = [name for name, *_ in rows.description]
            for row in rows:
                one = dict(zip(names, row, strict=True))
                found.setdefault(one["region_code"], []).append(one)
        return found

    def totals(self, codes: Sequence[str], indicators: Sequence[str], years: range) -> list[tuple[Any, ...]]:
        """Return region, indicator, year, value, its text, bound and events of the whole population, by year."""
        keys = {
            "first": years[0],
            "last": years[-1],
            "codes": json.dumps(codes),
            "indicators": json.dumps(indicators),
        }
        with self._open() as db:
            return db.execute(_TOTALS, keys).fetchall()

    def evaluations(self, codes: Sequence[str]) -> "pd.DataFrame":
        """Return the evaluations of some regions, in the order of the store."""
        return self._of("evaluations", codes)

    def measures(self, codes: Sequence[str], columns: Sequence[str] = ()) -> "pd.DataFrame":
        """Return the measures of some regions, in the order of the store; all columns unless some are named."""
        return self._of("measures", codes, columns)

    def checked(self, name: str, codes: Sequence[str]) -> "pd.DataFrame":
        """Return the issues, quality or corrections of some regions, and those that name no region."""
        return self._of(name, [*codes, NOBODY])

    def extract(self, path: Path, codes: Sequence[str], with_observations: bool) -> None:
        """Write a sealed store of some regions at `path`: what their slices hold, or all of it but the observations."""
        write_extract(self.path, path, codes, with_observations)

    def _of(self, name: str, codes: Sequence[str], columns: Sequence[str] = ()) -> "pd.DataFrame":
        import pandas as pd

        with self._open() as db:
            known = [own["code"] for own in slices_of(db, codes)] + [NOBODY] * (NOBODY in codes)
            blocks = [known[n : n + _REGIONS_AT_ONCE] for n in range(0, len(known), _REGIONS_AT_ONCE)] or [[]]
            tables = [_table(db, name, f"{OF_CODES} ORDER BY rowid", named(block), columns) for block in blocks]
        return pd.concat(tables, ignore_index=True)

    def _of_slice(self, column: str, code: str) -> str:
        with self._open() as db:
            return str(db.execute(f"SELECT {column} FROM slices WHERE region_code = ?", (code,)).fetchone()[0])  # noqa: S608

    def _of_slices(self, column: str, codes: Sequence[str]) -> dict[str, str]:
        with self._open() as db:
            found = dict(db.execute(f"SELECT region_code, {column} FROM slices WHERE {OF_CODES}", named(codes)))  # noqa: S608
        return {code: found[code] for code in codes}

    def _is_current(self, inputs: Inputs) -> bool:
        """Tell whether the tables follow from the inputs as they are; where these were only touched, note how."""
        signature = inputs.signature()
        if self.meta("signature") == signature:
            return True
        known = self.meta("inputs")
        if not known or known != inputs.digest():
            return False
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(self.path)) as db, db:
            db.execute("UPDATE meta SET value = ? WHERE key = 'signature'", (signature,))
        return True

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        uri = self.path.resolve().as_uri() + "?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            yield db


def ensure_dataset(params: Params, dataset_id: str) -> None:
    """Write a simulated dataset that is absent; leave every other as it is."""
    if _is_absent(params, dataset_id):
        from endline.simulate import simulate

        simulate(params.project.root, dataset=dataset_id)


def summary_digest(store: Store, codes: Sequence[str]) -> str:
    """Return the digest of the figures behind a summary of some regions."""
    return sha256("\n".join(f"{code} {digest}" for code, digest in store.digests(codes).items()).encode())


def quality_digest(store: Store, codes: Sequence[str]) -> str:
    """Return the digest of what was checked: what the regions' reports print, and every issue and correction."""
    return sha256(f"{summary_digest(store, codes)} {store.meta('checked')}".encode())


def _is_absent(params: Params, dataset_id: str) -> bool:
    folder = params.project.raw(dataset_id)
    return params.dataset(dataset_id).simulated and not any(folder.glob("[0-9]*/*"))


def _table(
    db: sqlite3.Connection, name: str, where: str, values: Mapping[str, str], columns: Sequence[str] = ()
) -> "pd.DataFrame":
    import numpy as np
    import pandas as pd

    data = {}
    for column, (declared, found) in _columns(db, name, where, values, columns).items():
        kind = _NUMBERS.get(declared)
        data[column] = np.array(found, kind) if kind else pd.array(np.array(found, object), dtype="str")
    return pd.DataFrame(data, copy=False)


def _rows(db: sqlite3.Connection, name: str, where: str, values: Mapping[str, str]) -> list[Any]:
    columns = _columns(db, name, where, values)
    return made_rows(tuple(columns), (_cells(declared, found) for declared, found in columns.values()))


def _cells(declared: str, found: Sequence[Any]) -> Iterable[Any]:
    """Return the cells of a column as a table of pandas would hold them."""
    if declared == "BOOLEAN":
        return map(bool, found)
    return [math.nan if cell is None else cell for cell in found] if None in found else found


def _columns(
    db: sqlite3.Connection, name: str, where: str, values: Mapping[str, str], columns: Sequence[str] = ()
) -> dict[str, tuple[str, Sequence[Any]]]:
    """Return the declared type and the cells of each column, of some rows of a table."""
    declared = {column: kind for _, column, kind, *_ in db.execute(f"PRAGMA table_info({name})")}
    names = columns or list(declared)
    rows = db.execute(f"SELECT {', '.join(names)} FROM {name} WHERE {where}", values).fetchall()  # noqa: S608
    cells = zip(*rows, strict=True) if rows else [()] * len(names)
    return {column: (declared[column], found) for column, found in zip(names, cells, strict=True)}
