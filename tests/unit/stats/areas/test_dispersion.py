"""How far areas lie apart: many groups in one pass, against the measures of one group and scipy's chi-square."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from endline.stats import (
    InputError,
    dispersion_many,
    funnel_limits,
    funnel_proportions,
    funnel_rates,
    funnel_significance,
    inequality,
)

Counts = st.lists(st.tuples(st.integers(0, 50), st.integers(51, 5000)), min_size=2, max_size=12)


@given(Counts)
def test_the_disparity_is_that_of_the_group_alone(areas: list[tuple[int, int]]) -> None:
    events, size = np.array(areas, dtype=float).T
    found = dispersion_many(events, size, np.zeros(len(areas)), 1)
    if events.sum() == 0:
        assert found.refused.item() == "no_events"
        assert np.isnan(found.disparity_percent.item())
    else:
        alone = inequality(events / size, size, favourable=False)
        assert found.disparity_percent.item() == pytest.approx(alone.disparity_percent)


@given(Counts.filter(lambda areas: sum(x for x, _ in areas) > 0))
def test_chi_square_of_proportions_is_that_of_the_table(areas: list[tuple[int, int]]) -> None:
    events, size = np.array(areas, dtype=float).T
    found = dispersion_many(events, size, np.zeros(len(areas)), 1, proportion=True)
    table = chi2_contingency([events, size - events], correction=False)
    assert found.chi2.item() == pytest.approx(table.statistic)
    least = max(0.0, 1 - table.dof / table.statistic) if table.statistic else 0.0
    assert found.excess_percent.item() == pytest.approx(100 * least, abs=1e-6)


def test_rates_have_the_variance_of_poisson() -> None:
    found = dispersion_many([10, 30], [1000, 1000], [0, 0], 1)
    assert found.chi2.item() == pytest.approx((10**2 + 10**2) / 20)
    assert found.expected.item() == 20


def test_groups_are_measured_apart_and_an_area_without_counts_is_left_out() -> None:
    both = dispersion_many([1, 9, None, 5, 5, 3], [100, 100, 100, 50, 150, 0], [1, 1, 1, 0, 0, 0], 3)
    assert both.areas.tolist() == [2, 2, 0]
    assert both.chi2[1] == dispersion_many([1, 9], [100, 100], [0, 0], 1).chi2.item()
    assert both.refused.tolist() == ["", "", "no_data"]


def test_of_a_proportion_the_fewer_of_events_and_others_are_expected() -> None:
    assert dispersion_many([97, 99], [100, 100], [0, 0], 1, proportion=True).expected.item() == pytest.approx(2)


@pytest.mark.parametrize(
    ("events", "size", "proportion", "reason"),
    [
        ([1], [100], False, "too_few_points"),
        ([0, 0], [100, 100], False, "no_events"),
        ([100, 50], [100, 50], True, "all_events"),
    ],
)
def test_what_has_no_dispersion_is_refused(events: list[int], size: list[int], proportion: bool, reason: str) -> None:
    found = dispersion_many(events, size, [0] * len(events), 1, proportion)
    assert found.refused.item() == reason
    assert np.isnan([found.chi2.item(), found.excess_percent.item(), found.disparity_percent.item()]).all()


def test_areas_that_are_all_equal_have_no_excess() -> None:
    assert dispersion_many([10, 10], [100, 100], [0, 0], 1).excess_percent.item() == 0


@pytest.mark.parametrize(("events", "group", "proportion"), [([3, 1], [0, 0], True), ([1, 1], [0, 2], False)])
def test_a_part_above_its_whole_and_an_unknown_group_are_errors(
    events: list[int], group: list[int], proportion: bool
) -> None:
    with pytest.raises(InputError):
        dispersion_many(events, [2, 2], group, 1, proportion)


# funnels around many baselines


@given(Counts.filter(lambda areas: sum(x for x, _ in areas) > 0))
def test_many_funnels_agree_with_one(areas: list[tuple[int, int]]) -> None:
    events, size = np.array(areas, dtype=float).T
    common = events.sum() / size.sum()
    rates = funnel_significance(events, size, np.full(len(areas), common))
    assert rates.tolist() == funnel_rates(events, size).significance.tolist()
    shares = funnel_significance(events, size, np.full(len(areas), common), proportion=True)
    assert shares.tolist() == funnel_proportions(events, size).significance.tolist()


def test_there_is_no_funnel_around_nothing_or_all() -> None:
    found = funnel_significance([0, 5, 5, None], [10, 5, 5, 5], [0, 1, np.nan, 0.5], [False, True, False, False])
    assert found.tolist() == ["", "", "", ""]


@pytest.mark.parametrize("proportion", [False, True])
def test_curves_pass_through_the_limits_of_areas(proportion: bool) -> None:
    of = funnel_proportions if proportion else funnel_rates
    one = of([10, 40], [100, 400], per=1000)
    curves = funnel_limits([100, 400], one.baseline, 1000, proportion)
    for curve, limit in zip(curves, (one.low95, one.high95, one.low998, one.high998), strict=True):
        assert curve == pytest.approx(limit)
