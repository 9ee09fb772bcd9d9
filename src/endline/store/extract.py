"""Which rows of a store belong to a region's slice, and a small store that holds only those of some regions."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from endline.database import new_database

GAPS = ("gaps", "gap_members", "member_series", "town_country", "subregions")
MORE = (*GAPS, "revisions", "refused", "quality", "corrections")
OWN = ("evaluations", "measures", "issues", *MORE)  # the tables of which a slice has the region's own rows
OF_CODES = "region_code IN (SELECT value FROM json_each(:codes))"
# the series that a region has, its own and its upper region's: no other is printed
PRINTED = """region_code IN (:code, :upper) AND 'own/' || indicator_id || '/' || stratum IN
  (SELECT key FROM slices, json_each(parts) WHERE region_code = :code)"""
_SLICES = f"SELECT region_code, upper, digest FROM slices WHERE {OF_CODES} ORDER BY rowid"  # noqa: S608


def named(codes: Sequence[str]) -> dict[str, str]:
    """Return codes as `OF_CODES` takes them."""
    return {"codes": json.dumps(list(codes))}


def slices_of(db: sqlite3.Connection, codes: Sequence[str]) -> list[dict[str, str]]:
    """Return of each region its code, its upper region's and its digest, in the order of the store."""
    return [dict(zip(("code", "upper", "digest"), row, strict=True)) for row in db.execute(_SLICES, named(codes))]


def write_extract(whole: Path, path: Path, codes: Sequence[str], with_observations: bool) -> None:
    """Write a sealed store of some regions at `path`: what their slices hold, or all of it but the observations."""
    with new_database(path) as db:
        db.execute("PRAGMA synchronous = OFF")  # whoever loses an extract makes it anew
        db.execute("ATTACH ? AS whole", (f"{whole.resolve().as_uri()}?mode=ro",))
        for (statement,) in db.execute("SELECT sql FROM whole.sqlite_schema WHERE sql > ''").fetchall():
            db.execute(statement)
        for name in ("slices", *OWN):
            rows = f"SELECT * FROM whole.{name} WHERE {OF_CODES} ORDER BY rowid"  # noqa: S608
            db.execute(f"INSERT INTO {name} {rows}", named(codes))
        if with_observations:
            rows = f"SELECT figures.* FROM whole.figures JOIN whole.kinds USING (kind) WHERE {PRINTED}"  # noqa: S608
            db.executemany(f"INSERT OR IGNORE INTO figures {rows}", slices_of(db, codes))
            db.execute("INSERT INTO kinds SELECT * FROM whole.kinds WHERE kind IN (SELECT kind FROM figures)")
        db.execute("INSERT INTO meta SELECT * FROM whole.meta UNION SELECT 'sealed', '1'")
