"""The simulated dataset as files, complete or not at all."""

import itertools
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import yaml

from endline.errors import ParameterError
from endline.files import atomic_write
from endline.layouts.words import read_words
from endline.model import Form
from endline.params.readers import read_forms
from endline.simulate.banners import REGION_COLUMNS, Banners, Region, banners_of, invent_regions, read_regions
from endline.simulate.books import Books
from endline.simulate.chance import stream
from endline.simulate.items import Items, make_items
from endline.simulate.packed import csv_bytes
from endline.simulate.sending import Sending
from endline.simulate.settings import Settings, read_settings
from endline.yaml_files import entry, read_yaml

DEFAULT = "simulated"
RATES = "F37"  # the rule that says what rates are printed beside counts
VALUE_COLUMNS = (
    *("region_code", "stratum", "indicator_id", "year", "value", "unit"),
    *("bound", "status", "source_id", "definition", "note"),
)


def simulate(root: Path, *, counties: int | None = None, dataset: str | None = None, seed: int | None = None) -> Path:
    """Write a simulated dataset to `root/data/raw/` and return its folder, which it replaces as a whole.

    A dataset that params/simulation.yaml sends as workbooks is written so, any other as plain tables of the forms.
    `counties` makes a fictitious country of that many counties instead of the simulated region. The same parameters
    and seed give the same bytes. Raises ParameterError for wrong parameters, or when the folder of that name holds
    something else than a simulated dataset.
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
    name = dataset or (DEFAULT if counties is None else f"{DEFAULT}-{counties}")
    settings = settings.of_term(name)
    folder = _folder(root, name)
    banners = banners_of(settings, regions)
    items = make_items(settings, banners, {form.id: _counts(form) for form in forms.values()})
    sending = settings.workbooks.datasets.get(name)
    if sending:
        names = {row["code"]: row["name"] for row in regions}
        words, rates = read_words(root / "params" / "forms.yaml"), read_rates(root / "params" / "checks.yaml")
        files = Books(settings, sending, banners, names).files(forms, items, words, rates)
    else:
        files = form_files(settings, banners, forms, items)
    files["values.csv"] = csv_bytes(VALUE_COLUMNS, value_rows(settings))
    files["SOURCE.yaml"] = source_text(settings, sending, banners, regions)
    if counties is not None:
        files["regions.csv"] = csv_bytes(REGION_COLUMNS, (list(row.values()) for row in regions))
    replace_folder(folder, files)
    return folder


def datasets(root: Path) -> list[str]:
    """Return the names of the datasets that `endline simulate` writes."""
    settings = read_settings(root / "params" / "simulation.yaml")
    return [*(settings.workbooks.datasets or [DEFAULT]), *settings.terms]


def read_rates(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Return by form what the rates are that stand beside counts, as `events / denominator`."""
    return dict(entry(entry(read_yaml(path).get(RATES), path, RATES).get("recomputes"), path, RATES))


def _counts(form: Form) -> tuple[str, ...]:
    return tuple(column.id for column in form.columns if column.kind == "count")


def form_files(settings: Settings, banners: Banners, forms: Mapping[str, Form], items: Items) -> dict[str, bytes]:
    """Return `<year>/<form>.csv`: one row a banner that handed in the form that year."""
    files = {}
    for form in forms.values():
        handed_in = banners.reporting(settings, form.id)
        counts = np.stack([items[name] for name in _counts(form)], axis=-1)
        for column, year in enumerate(banners.years):
            rows = np.flatnonzero(handed_in[:, column])
            body = ([banners.codes[row], *counts[row, column].tolist()] for row in rows)
            files[f"{year}/{form.id}.csv"] = csv_bytes(("region_code", *_counts(form)), body)
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


def source_text(settings: Settings, sending: Sending | None, banners: Banners, regions: Sequence[Region]) -> bytes:
    """Return SOURCE.yaml: what the dataset is, and how it was made."""
    inside = [league for league in banners.leagues if not (sending and sending.leagues) or league in sending.leagues]
    facts = {
        "region": next(row["name"] for row in regions if row["code"] == settings.region),
        "banners": len(inside),
        "first": settings.first_year,
        "last": settings.last_year,
    }
    said = settings.source.model_dump() | ({"title": sending.title} if sending and sending.title else {})
    text = {key: value.format(**facts) for key, value in said.items()}
    told = {"title": text["title"], "publisher": text["publisher"], "simulated": True, "top": settings.region}
    told |= {"method": text["method"], "seed": settings.seed, "licence": text["licence"]}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110).encode()


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold exactly `files`: written beside it, then renamed into place.

    Of two that do so at the same time, the later one stays.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
        new = Path(scratch, "new")
        for name, data in files.items():
            atomic_write(new / name, data)
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
