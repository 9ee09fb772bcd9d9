"""The simulated dataset as files, complete or not at all."""

import csv
import io
import itertools
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import yaml

from endline.errors import ParameterError
from endline.files import atomic_write
from endline.simulate.banners import REGION_COLUMNS, Banners, Region, banners_of, invent_regions, read_regions
from endline.simulate.chance import stream
from endline.simulate.items import Forms, Items, make_items
from endline.simulate.settings import Settings, read_settings

VALUE_COLUMNS = (
    *("region_code", "stratum", "indicator_id", "year", "value", "unit"),
    *("bound", "status", "source_id", "definition", "note"),
)


def simulate(root: Path, *, counties: int | None = None, dataset: str | None = None, seed: int | None = None) -> Path:
    """Write a simulated dataset to `root/data/raw/` and return its folder, which it replaces as a whole.

    `counties` makes a fictitious country of that many counties instead of the simulated region. The same
    parameters and seed give the same bytes. Raises ParameterError for wrong parameters, or when the folder of
    that name holds something else than a simulated dataset.
    """
    settings = read_settings(root / "params" / "simulation.yaml")
    forms = read_forms(root / "params" / "forms.yaml")
    if seed is not None:
        settings = settings.model_copy(update={"seed": seed})
    if counties is None:
        regions = read_regions(root / "params" / "regions.csv")
    else:
        regions = invent_regions(settings.fictitious, counties)
        settings = settings.of_counties(counties)
    folder = _folder(root, dataset or ("simulated" if counties is None else f"simulated-{counties}"))
    banners = banners_of(settings, regions)
    items = make_items(settings, banners, forms)
    files = {
        **form_files(settings, banners, forms, items),
        "values.csv": _csv(VALUE_COLUMNS, value_rows(settings)),
        "SOURCE.yaml": source_text(settings, banners, regions),
    }
    if counties is not None:
        files["regions.csv"] = _csv(REGION_COLUMNS, (list(row.values()) for row in regions))
    replace_folder(folder, files)
    return folder


def read_forms(path: Path) -> Forms:
    """Return the count items of each form, in form order."""
    forms = yaml.safe_load(path.read_text(encoding="utf-8"))["forms"]
    return {form["id"]: tuple(c["id"] for c in form["columns"] if c["kind"] == "count") for form in forms}


def form_files(settings: Settings, banners: Banners, forms: Forms, items: Items) -> dict[str, str]:
    """Return `<year>/<form>.csv`: one row a banner that handed in the form that year."""
    files = {}
    for form, names in forms.items():
        handed_in = banners.reporting(settings, form)
        counts = np.stack([items[name] for name in names], axis=-1)
        for column, year in enumerate(banners.years):
            rows = np.flatnonzero(handed_in[:, column])
            body = ([banners.codes[row], *counts[row, column].tolist()] for row in rows)
            files[f"{year}/{form}.csv"] = _csv(("region_code", *names), body)
    return files


def value_rows(settings: Settings) -> list[list[object]]:
    """Return the rows of values.csv: the region's yearly values that no form counts."""
    rows: list[list[object]] = []
    for outcome in settings.values:
        for year in settings.years:
            level = float(np.interp(year, list(outcome.levels), list(outcome.levels.values())))
            wobble = stream(settings.seed, outcome.indicator_id, year).normal(0, outcome.wobble)
            value = f"{level + wobble * (year not in outcome.levels):.{outcome.decimals}f}"
            named = (settings.region, outcome.stratum, outcome.indicator_id)
            rows.append([*named, year, value, outcome.unit, "", "simulated", "simulated", "", outcome.note])
    return rows


def source_text(settings: Settings, banners: Banners, regions: Sequence[Region]) -> str:
    """Return SOURCE.yaml: what the dataset is, and how it was made."""
    facts = {
        "region": next(row["name"] for row in regions if row["code"] == settings.region),
        "banners": len(banners.codes),
        "first": settings.first_year,
        "last": settings.last_year,
    }
    text = {key: value.format(**facts) for key, value in settings.source.model_dump().items()}
    told = {"title": text["title"], "publisher": text["publisher"], "simulated": True, "top": settings.region}
    told |= {"method": text["method"], "seed": settings.seed, "licence": text["licence"]}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110)


def replace_folder(folder: Path, files: dict[str, str]) -> None:
    """Make `folder` hold exactly `files`: written beside it, then renamed into place.

    Of two that do so at the same time, the later one stays.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
        new = Path(scratch, "new")
        for name, text in files.items():
            atomic_write(new / name, text.encode())
        for attempt in itertools.count():
            with suppress(FileNotFoundError):
                folder.rename(Path(scratch, f"old{attempt}"))
            try:
                new.rename(folder)
                return
            except OSError:
                if not folder.exists():
                    raise


def _folder(root: Path, name: str) -> Path:
    """Return the dataset's folder; refuse a name that is a path, and a folder that holds real data."""
    folder = root / "data" / "raw" / name
    if Path(name).name != name:
        raise ParameterError(f"dataset {name!r}: a plain name is needed, not a path")
    if folder.exists() and not _is_simulated(folder / "SOURCE.yaml"):
        raise ParameterError(f"{folder} holds no simulated dataset and is left alone; choose another name")
    return folder


def _is_simulated(source: Path) -> bool:
    told = yaml.safe_load(source.read_text(encoding="utf-8")) if source.is_file() else None
    return isinstance(told, dict) and told.get("simulated") is True


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
