"""A project of few regions and the store of its round, soon made."""

import subprocess
import sys
from pathlib import Path

from builders import project, shipped_params
from endline.params import Params
from endline.project import Project
from endline.store import Store

ROUND = "published-2020"
NATION, INNER_MONGOLIA, BEIJING, COUNTY = "100000", "150000", "110000", "150102"
FEW = (NATION, INNER_MONGOLIA, BEIJING, "150100", COUNTY, "150400", "150500", "650000")


def small(root: Path) -> Project:
    """Return a copy of the project with few regions."""
    copied = project(root)
    register = copied.params / "regions.csv"
    head, *lines = register.read_text(encoding="utf-8").splitlines(keepends=True)
    register.write_text(head + "".join(line for line in lines if line.startswith(FEW)), encoding="utf-8")
    return copied


def read_params(where: Project) -> Params:
    """Return the parameters of a copied project; what is the checkout's own is read once for all."""
    params, shipped = Params(where), shipped_params()
    vars(params).update(indicators=shipped.indicators, forms=shipped.forms)
    return params


def made(where: Project, apart: bool = False) -> Store:
    """Return the store of the round, up to date."""
    return Store.ensure(where, read_params(where), ROUND, apart)


def values(where: Project) -> Path:
    """Return the file of the published figures."""
    return where.raw("published") / "values.csv"


def modules_after(code: str) -> set[str]:
    """Return the modules that a new process holds after some code."""
    listing = f"{code}\nimport sys\nprint(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout.split()
    )
