"""The shipped rounds, run once for all tests of whole reports."""

from pathlib import Path

import pytest

from runs import Ran, endline, new_project


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The published round, as `make reports` runs it."""
    project = new_project(tmp_path_factory.mktemp("published"))
    return project, endline(project, "run", "published-2020")


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The simulated round: the region, two leagues and a banner, two at a time."""
    project = new_project(tmp_path_factory.mktemp("simulated"))
    regions = [x for code in ("150000", "150500", "152900", "150603") for x in ("--region", code)]
    return project, endline(project, "run", "simulated-2020", "--jobs", "2", *regions)
