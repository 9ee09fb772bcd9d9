"""What all tests share: the checkout's parameters, read once."""

from pathlib import Path

import pytest

from builders import ROOT, RawDataset, raw_dataset
from endline.params import Params
from endline.project import Project


@pytest.fixture(scope="session")
def params() -> Params:
    """The checkout's own parameters."""
    return Params(Project(ROOT))


@pytest.fixture
def raw(tmp_path: Path) -> RawDataset:
    """An empty dataset in a copy of the project."""
    return raw_dataset(tmp_path)
