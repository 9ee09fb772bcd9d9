"""The limits that stand beside figures are the exact ones of each."""

from builders import observation, observations
from endline.params import Params
from endline.stats import binomial_interval, poisson_interval
from endline.store.limits import limits


def test_each_row_has_the_limits_of_its_own_kind_and_unit(params: Params) -> None:
    table = observations(
        [
            observation(12.0, indicator_id="mmr", numerator=6, denominator=50_000),
            observation(8.0, indicator_id="imr", numerator=40, denominator=5_000),
            observation(98.0, indicator_id="hosp_delivery_rate", numerator=4_900, denominator=5_000),
            observation(0.0, indicator_id="mmr", year=2019, numerator=0, denominator=50_000),
        ]
    )
    found = table.join(limits(table, params.indicators, 0.95))
    for one in found.itertuples():
        indicator = params.indicators[one.indicator_id]
        interval = binomial_interval if indicator.is_proportion else poisson_interval
        wanted = interval([one.numerator], [one.denominator], indicator.per, 0.95)
        assert (one.low, one.high) == tuple(float(end[0]) for end in wanted)
    assert found.loc[found["year"] == 2019, "low"].tolist() == [0]
    assert len({params.indicators[name].per for name in found["indicator_id"]}) == 3


def test_without_counts_there_are_no_limits(params: Params) -> None:
    table = observations([observation(12.0, indicator_id="mmr")])
    found = limits(table, params.indicators, 0.95)
    assert found.index.equals(table.index)
    assert found.isna().all(axis=None)
    assert limits(table[:0], params.indicators, 0.95).empty


def test_rows_keep_the_limits_that_are_theirs_whatever_their_order(params: Params) -> None:
    rows = [observation(float(n), indicator_id="mmr", year=2010 + n, numerator=n, denominator=10_000) for n in range(9)]
    table = observations(rows)
    there, back = (limits(one, params.indicators, 0.95) for one in (table, table[::-1]))
    assert there.equals(back.loc[table.index])
    assert there["low"].is_monotonic_increasing
