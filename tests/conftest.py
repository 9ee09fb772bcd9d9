"""What all tests share: the checkout's parameters, read once."""

from pathlib import Path

import pytest

from builders import RawDataset, raw_dataset, shipped_params
from endline.params import Params


@pytest.fixture(scope="session")
def params() -> Params:
    """The checkout's own parameters."""
    return shipped_params()


@pytest.fixture
def raw(tmp_path: Path) -> RawDataset:
    """An empty dataset in a copy of the project."""
    return raw_dataset(tmp_path)
