"""Every fault of a return or of its figures has two fixtures, each found with its level at its place."""

from importlib import import_module
from pathlib import Path

import pytest

from .fixtures import LEAGUE, OWN, YEARS, Fixture, book, changed, dataset

# F01–F28, F30–F34, F36–F42: workbooks and numbers; F62, F64, F65: what of them reaches paths, outputs and names
NUMBERS = [*range(1, 29), *range(30, 35), *range(36, 43), 62, 64, 65]
FAULTS = [f"F{number:02}" for number in NUMBERS]


def fixtures_of(fault: str) -> tuple[Fixture, ...]:
    module = import_module(f".{fault.lower()}", __package__)
    assert module.__doc__
    assert module.__doc__.startswith(f"{fault}: ")
    return tuple(module.FIXTURES)


EVERY = [
    pytest.param(fault, fixture, id=f"{fault}-{fixture.name}") for fault in FAULTS for fixture in fixtures_of(fault)
]


@pytest.mark.parametrize("fault", FAULTS)
def test_each_has_two_fixtures(fault: str) -> None:
    assert len({fixture.name for fixture in fixtures_of(fault)}) == len(fixtures_of(fault)) >= 2


def test_no_module_of_fixtures_is_left_out() -> None:
    there = {path.stem.upper() for path in Path(__file__).parent.glob("f[0-9]*.py")}
    assert there == set(FAULTS)


@pytest.mark.parametrize(("fault", "fixture"), EVERY)
def test_it_is_found_with_its_level_at_its_place(fault: str, fixture: Fixture, tmp_path: Path) -> None:
    fixture.check(fault, tmp_path)


@pytest.mark.parametrize(("name", "content", "figures"), [(LEAGUE, changed(), 6), (OWN, book(YEARS), 4)])
def test_nothing_is_found_in_the_returns_before_a_fault_is_put_into_them(
    name: str, content: bytes, figures: int, tmp_path: Path
) -> None:
    observed = dataset(tmp_path, {name: content}).observe()
    assert set(observed.issues["rule"]) == {"F18e"}, "they hold two items of their form"
    assert len(observed.items) == figures
