"""A region that the register does not hold, in the register of a dataset."""

import csv
import io
from pathlib import Path
from typing import get_args

from endline.errors import ParameterError
from endline.files import atomic_write
from endline.model import Level, Region
from endline.new.dataset import REGISTER, SOURCE, check_dataset
from endline.new.first import check_files, check_line
from endline.params import Params
from endline.regions import NAMES_A_FILE
from endline.yaml_files import validated

LEVELS = get_args(Level)  # from the top down
HEADER = tuple(Region.model_fields)


def new_region(
    params: Params, code: str, name: str, dataset: str, *, level: str = "", parent: str = "", **more: str
) -> Path:
    """Add a region to `data/raw/<dataset>/regions.csv` and return its path; the lines that are there stay.

    Without `level` and `parent` they follow from a code of six digits, as GB/T 2260 builds them; `more`: type,
    valid_from. ParameterError where the code or the name is taken, the form is wrong, or the parent unknown.
    """
    check_dataset(params, dataset)
    register, path = params.regions(dataset), params.project.raw(dataset) / REGISTER
    _check_real(params, dataset)
    if code in register:
        where = "params/regions.csv" if code in params.regions() else path.relative_to(params.project.root)
        raise ParameterError(f"{code}: is there already, as {register[code].name} in {where}; use it as it is")
    if not NAMES_A_FILE.fullmatch(name):
        raise ParameterError(
            f"NAME {name!r}: expected 1 to 40 Chinese characters, letters or digits (a file is named after it)"
        )
    for key, said in more.items():
        if said:
            check_line(said, f"--{key.replace('_', '-')}")
    fields = {"code": code, "name": name, "level": level, "parent": parent, **more}
    region = validated(Region, {**fields, **_built(params, code, level, parent)}, Path("new region"))
    _check_place(params, dataset, region)
    data = _with(path, region)
    check_files(params.project, {path: data}, lambda written: written.regions(dataset))
    atomic_write(path, data)
    return path


def _check_real(params: Params, dataset: str) -> None:
    if (params.project.raw(dataset) / SOURCE).is_file() and params.dataset(dataset).simulated:
        raise ParameterError(
            f"--dataset {dataset!r}: simulated figures, which `endline simulate` writes anew; choose another dataset"
        )


def _built(params: Params, code: str, level: str, parent: str) -> dict[str, str]:
    """Return the level and the parent that are said, or else those that GB/T 2260 builds a code of six digits from."""
    nation = next((region.code for region in params.regions().values() if region.level == LEVELS[0]), "")
    built = ("banner", f"{code[:4]}00")
    if code.endswith("0000"):
        built = ("province", nation)
    elif code.endswith("00"):
        built = ("league", f"{code[:2]}0000")
    elif len(code) != len(nation):
        built = ("banner", "")
    return {"level": level or built[0], "parent": parent or built[1]}


def _check_place(params: Params, dataset: str, region: Region) -> None:
    """Raise ParameterError where nobody is the parent, it does not stand above, or it has a region of that name."""
    register = params.regions(dataset)
    if region.parent not in register:
        raise ParameterError(
            f"{region.code}: parent {region.parent or 'not said'}: expected a code of the register: name the region "
            f"that it lies in with --parent, or add that one first (endline new region CODE NAME --dataset {dataset})"
        )
    upper = register[region.parent]
    if LEVELS.index(upper.level) >= LEVELS.index(region.level):
        raise ParameterError(
            f"{region.code}: parent {upper.code} ({upper.name}) is a {upper.level}, and a {region.level} lies in none: "
            "correct --level or --parent"
        )
    for other in register.children(upper.code):
        if region.name in (other.name, *other.other_names):
            raise ParameterError(f"{region.code}: {upper.name} has a {region.name} already: {other.code}; use that one")


def _with(path: Path, region: Region) -> bytes:
    """Return a register's file with one more line, in its own columns; the national ones for a new file."""
    text = path.read_bytes().decode() if path.is_file() else ",".join(HEADER) + "\n"
    end = "\r\n" if "\r\n" in text else "\n"
    columns = next(csv.reader(io.StringIO(text)))
    row = {key: value for key, value in region.model_dump().items() if value}
    if lacking := [key for key in row if key not in columns]:
        raise ParameterError(f"{path}: no column {', '.join(lacking)}: add it to the first line")
    out = io.StringIO()
    csv.DictWriter(out, columns, lineterminator=end).writerow(row)
    return "".join([text, "" if text.endswith("\n") else end, out.getvalue()]).encode()
