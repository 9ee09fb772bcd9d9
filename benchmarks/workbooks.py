"""How long it takes to read every region's workbooks of eleven years: python benchmarks/workbooks.py."""

import csv
import sys
import tempfile
from pathlib import Path
from typing import Any

from measure import BIN, ROOT, measure
from places import new_place

LIMIT = 60.0  # seconds
READ = """
from endline.intake import observe
from endline.params import Params
from endline.project import Project
found = observe(Params(Project.find()), "simulated")
print(len(found.observations), "observations,", len(found.issues), "findings")
"""


def everybody(said: Any) -> None:
    """Let each banner send its figures of all years itself, beside its league's returns."""
    with (ROOT / "params" / "regions.csv").open(encoding="utf-8", newline="") as stream:
        regions = list(csv.DictReader(stream))
    leagues = {row["code"] for row in regions if row["parent"] == said["region"]}
    years = list(range(said["first_year"], said["last_year"] + 1))
    banners = [row["code"] for row in regions if row["parent"] in leagues]
    own = [{"region": code, "years": years, "reason": "to measure"} for code in banners]
    said["workbooks"]["datasets"] = {"simulated": {"own": own, "reason": "to measure"}}


def main() -> None:
    """Write the workbooks, read them in a process of its own, and print what both took."""
    with tempfile.TemporaryDirectory() as folder:
        place = new_place(Path(folder) / "place", changed=everybody)
        written = measure(BIN / "endline", "simulate", cwd=place)
        files = [path for path in (place / "data/raw/simulated").glob("[0-9]*/*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        read = measure(sys.executable, "-c", READ, cwd=place)
    if written.code or read.code:
        sys.exit(written.out + read.out)
    print(f"written: {written.wall:.1f} s (CPU {written.cpu:.1f} s), {len(files)} files, {size:.1f} MB")
    print(f"read:    {read.wall:.1f} s (CPU {read.cpu:.1f} s, at most {LIMIT:.0f} s); {read.out.strip()}")
    sys.exit(read.cpu > LIMIT)  # one process: what the clock shows on an idle machine


if __name__ == "__main__":
    main()
