"""The dataset that a first file is for: one that is there, or a new one by a name that fits."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from endline.errors import ParameterError
from endline.new.first import check_id, first_file
from endline.params import Params
from endline.regions import Regions

SOURCE = "SOURCE.yaml"
REGISTER = "regions.csv"
_SIMULATED = "simulated"  # what the folders of simulated figures begin with


def check_dataset(params: Params, name: str) -> None:
    """Raise ParameterError where `name` is neither a dataset's nor fit for a new one of real figures."""
    raw = params.project.raw("")
    if name in {path.name for path in raw.glob("*/")}:
        return
    check_id(name, "--dataset")
    if name.startswith(_SIMULATED):
        raise ParameterError(f"--dataset {name!r}: such names are kept for `endline simulate`; choose another")


def has_figures(params: Params, dataset: str) -> bool:
    """Tell whether a dataset's folder holds anything that figures may be read from, or is made when it is needed."""
    folder = params.project.raw(dataset)
    return params.dataset(dataset).simulated or any(folder.glob("values.csv")) or any(folder.glob("[0-9]*/*"))


def own_codes(params: Params, dataset: str) -> list[str]:
    """Return the codes of the regions that only the dataset's own register holds."""
    return [code for code in params.regions(dataset) if code not in params.regions()]


def first_source(params: Params, dataset: str, regions: Regions, codes: Iterable[str]) -> Mapping[Path, bytes]:
    """Return the SOURCE.yaml of a dataset that has none: its `top` is the lowest region that holds all of `codes`."""
    path = params.project.raw(dataset) / SOURCE
    if path.is_file():
        return {}
    top = _top(regions, list(codes))
    return {path: first_file(params, "source", {"top": top} if top else {})}


def _top(regions: Regions, codes: list[str]) -> str:
    """Return the lowest region that all of `codes` are or lie in; "" for a county, the nation and nobody."""
    paths = [regions.path(code) for code in codes]
    shared = [code for code in paths[0] if all(code in path for path in paths)] if paths else []
    lowest = shared[-1] if shared else ""
    return lowest if lowest and regions[lowest].level in ("province", "league") else ""
