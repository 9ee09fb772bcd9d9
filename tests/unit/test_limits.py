"""The limits that stand beside a region's figures are the exact ones of each."""

import math

import pytest

from builders import observation, observations
from endline.limits import with_limits
from endline.params import Params
from endline.rows import rows_of
from endline.stats import binomial_interval, poisson_interval


def test_each_row_has_the_limits_of_its_own_kind_and_unit(params: Params) -> None:
    rows = rows_of(
        observations(
            [
                observation(12.0, indicator_id="mmr", numerator=6, denominator=50_000),
                observation(8.0, indicator_id="imr", numerator=40, denominator=5_000),
                observation(98.0, indicator_id="hosp_delivery_rate", numerator=4_900, denominator=5_000),
                observation(0.0, indicator_id="mmr", year=2019, numerator=0, denominator=50_000),
            ]
        )
    )
    found = {(o.indicator_id, o.year): (o.low, o.high) for o in with_limits(rows, params.indicators, 0.95)}
    for (name, year), limits in found.items():
        own = next(o for o in rows if (o.indicator_id, o.year) == (name, year))
        indicator = params.indicators[name]
        interval = binomial_interval if indicator.is_proportion else poisson_interval
        one = interval([own.numerator], [own.denominator], indicator.per, 0.95)
        assert limits == pytest.approx([float(end[0]) for end in one])
    assert found["mmr", 2019][0] == 0
    assert len({params.indicators[name].per for name, _ in found}) == 3


def test_without_counts_there_are_no_limits_and_nothing_else_changes(params: Params) -> None:
    rows = rows_of(observations([observation(12.0, indicator_id="mmr")]))
    (found,) = with_limits(rows, params.indicators, 0.95)
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    assert (found.value, found.indicator_id, found._fields[: len(rows[0])]) == (12.0, "mmr", rows[0]._fields)
    assert with_limits([], params.indicators, 0.95) == []
