"""A target that every sub-unit must meet: one failing decides; the region's own mean never does."""

from typing import Any

import pytest

from builders import RawDataset, a_round, cases, evaluate_one, observation, row_of, target
from endline.evaluation import evaluate
from endline.params import Params

PLACES = {"league": "150100", "A": "150102", "B": "150103", "Young": "150104", "Gone": "150105", "D": "150202"}
EVERY_COUNTY = target("<=", 1, kind="every_subunit", subunit="banner")


def reports(**values: float | str | None) -> list[dict[str, Any]]:
    return [observation(v, region_code=PLACES[place]) for place, v in values.items() if v is not None]


def shares(result: Any) -> str:
    return f"{result.subunits_reported:.0f}/{result.subunits_total:.0f}"


@cases(
    """
    A   | B   | Young | verdict | reported
    0.2 | 0.9 | 1.0   | met     | 3/3
    0.2 | 0.9 | 1.001 | not_met | 3/3
    0.2 | 1.1 | —     | not_met | 2/3
    9.9 | —   | —     | not_met | 1/3
    0.2 | 0.9 | —     | no_data | 2/3
    0.0 | —   | —     | no_data | 1/3
    —   | —   | —     | no_data | 0/3
    """
)
def test_a_league_of_three_counties(
    A: float | None,  # noqa: N803
    B: float | None,  # noqa: N803
    Young: float | None,  # noqa: N803
    verdict: str,
    reported: str,
) -> None:
    result = evaluate_one(reports(A=A, B=B, Young=Young), EVERY_COUNTY, "150100")
    assert (result.verdict, shares(result)) == (verdict, reported)
    assert result.reason == ("subunits_incomplete" if verdict == "no_data" else "")


@cases(
    """
    league | A   | B   | Young | verdict
    0.1    | 0.1 | 0.1 | 5     | not_met
    9.9    | 0.1 | 0.1 | 0.1   | met
    0.1    | 0.1 | 0.1 | —     | no_data
    9.9    | 0.1 | 0.1 | —     | no_data
    """
)
def test_the_regions_own_mean_never_decides(
    league: float,
    A: float,  # noqa: N803
    B: float,  # noqa: N803
    Young: float | None,  # noqa: N803
    verdict: str,
) -> None:
    assert evaluate_one(reports(league=league, A=A, B=B, Young=Young), EVERY_COUNTY, "150100").verdict == verdict


def test_the_failing_and_the_worst_sub_unit_are_named() -> None:
    result = evaluate_one(reports(A=1.2, B=3.4, Young=0.5), EVERY_COUNTY, "150100")
    assert set(result.subunits_failing.split(";")) == {"150102", "150103"}
    assert (result.worst_code, result.worst_value, result.subunits_meeting) == ("150103", 3.4, 1)


def test_of_a_floor_the_lowest_sub_unit_is_the_worst() -> None:
    floor = target(">=", 95, kind="every_subunit", subunit="banner", indicator="coverage")
    rows = [observation(v, region_code=c, indicator_id="coverage") for c, v in (("150102", 99), ("150103", 96))]
    assert evaluate_one(rows, floor, "150100").worst_code == "150103"


@cases(
    """
    value | verdict
    0.9   | met
    1.0   | met
    1.1   | not_met
    —     | no_data
    """
)
def test_a_county_judges_itself(value: float | None, verdict: str) -> None:
    assert evaluate_one(reports(A=value, B=9.9), EVERY_COUNTY, "150102").verdict == verdict


def test_the_counties_of_all_leagues_count_for_the_province() -> None:
    rows = reports(A=0.1, B=0.1, Young=0.1)
    assert shares(evaluate_one(rows, EVERY_COUNTY, "150000")) == "3/4"
    assert evaluate_one([*rows, *reports(D=0.1)], EVERY_COUNTY, "150000").verdict == "met"
    assert evaluate_one([*rows, *reports(D=1.1)], EVERY_COUNTY, "150000").verdict == "not_met"


@cases(
    """
    final_year | total
    2014       | 3
    2015       | 2
    2016       | 3
    2020       | 3
    """
)
def test_only_counties_that_exist_in_the_final_year_are_valid(final_year: int, total: int) -> None:
    result = evaluate_one([], EVERY_COUNTY, "150100", round=a_round(final_year=final_year))
    assert result.subunits_total == total


def test_counties_without_a_denominator_prove_nothing() -> None:
    rows = [observation(None, region_code=c, missing_reason="zero_denominator") for c in ("150102", "150103", "150104")]
    assert evaluate_one(rows, EVERY_COUNTY, "150100").verdict == "no_data"


def test_other_years_say_nothing_of_the_sub_units() -> None:
    rows = [*reports(A=0.1, B=0.1), observation(9.9, region_code=PLACES["Young"], year=2019)]
    assert evaluate_one(rows, EVERY_COUNTY, "150100").verdict == "no_data"


class TestWhereTheRegisterDoesNotHoldAllCounties:
    """The nation: the counties of one of its two provinces are unknown."""

    def test_it_cannot_be_met(self) -> None:
        result = evaluate_one(reports(A=0.1, B=0.1, Young=0.1, D=0.1), EVERY_COUNTY, "100000")
        assert (result.verdict, result.subunits_reported) == ("no_data", 4)
        assert result.subunits_total != result.subunits_total, "how many there are is unknown"

    def test_one_failing_county_still_decides(self) -> None:
        assert evaluate_one(reports(A=1.1), EVERY_COUNTY, "100000").verdict == "not_met"

    @pytest.mark.parametrize("code", ["110000", "150000", "150100"])
    @pytest.mark.parametrize("value", [0.1, 9.9])
    def test_a_provinces_or_a_leagues_mean_is_no_county(self, code: str, value: float) -> None:
        result = evaluate_one([observation(value, region_code=code)], EVERY_COUNTY, "100000")
        assert (result.verdict, result.subunits_reported, result.worst_code) == ("no_data", 0, "")


@cases(
    """
    A    | B     | verdict
    0.1  | <=1   | met
    0.1  | <=2   | no_data
    0.1  | >=1.1 | not_met
    """
)
def test_a_sub_units_bound_decides_where_it_can(A: float, B: str, verdict: str) -> None:  # noqa: N803
    assert evaluate_one(reports(A=A, B=B, Young=0.1), EVERY_COUNTY, "150100").verdict == verdict


class TestTownships:
    """Townships are not regions: a county reports how many of its townships meet."""

    AIM = target(">=", 95, kind="every_subunit", subunit="township", indicator="coverage")

    @cases(
        """
        total | reported | meeting | verdict
        12    | 12       | 12      | met
        12    | 12       | 11      | not_met
        12    | 3        | 2       | not_met
        12    | 11       | 11      | no_data
        12    | 0        | 0       | no_data
        —     | —        | —       | no_data
        12    | —        | —       | no_data
        0     | 0        | 0       | no_data
        12    | 12       | 13      | no_data
        12    | 13       | 13      | no_data
        """
    )
    def test_they_count_as_their_county_reports(
        self, total: int | None, reported: int | None, meeting: int | None, verdict: str
    ) -> None:
        counts = {"subunits_total": total, "subunits_reported": reported, "subunits_meeting": meeting}
        row = observation(99.0, region_code="150102", indicator_id="coverage", units_reported=1, units_total=1)
        assert evaluate_one([row | counts], self.AIM, "150102").verdict == verdict

    def test_a_countys_own_coverage_does_not_decide(self) -> None:
        counts = {"subunits_total": 2, "subunits_reported": 2, "subunits_meeting": 1}
        row = observation(99.9, region_code="150102", indicator_id="coverage", units_reported=1, units_total=1)
        assert evaluate_one([row | counts], self.AIM, "150102").verdict == "not_met"

    @cases(
        """
        units_reported | units_total | verdict
        3              | 3           | met
        2              | 3           | no_data
        3              | —           | no_data
        """
    )
    def test_above_a_county_all_counties_must_have_reported(
        self, units_reported: int, units_total: int | None, verdict: str
    ) -> None:
        counts = {"subunits_total": 9, "subunits_reported": 9, "subunits_meeting": 9}
        row = observation(99.0, indicator_id="coverage", units_reported=units_reported, units_total=units_total)
        assert evaluate_one([row | counts], self.AIM, "150000").verdict == verdict

    @cases(
        """
        A       | D   | verdict | reported
        5 5     | 4 4 | no_data | 9
        5 4     | 4 4 | not_met | 9
        5 4     | —   | not_met | 5
        —       | —   | no_data | —
        """
    )
    def test_the_nation_without_a_sum_of_its_own_misses_by_one_failing_township(
        self,
        A: str | None,  # noqa: N803
        D: str | None,  # noqa: N803
        verdict: str,
        reported: int | None,
    ) -> None:
        """As with counties: what is known decides, and how many there are in the nation is not known."""
        rows = []
        for code, counts in ((PLACES["A"], A), (PLACES["D"], D)):
            if counts:
                total, meeting = map(int, counts.split())
                own = {"subunits_total": total, "subunits_reported": total, "subunits_meeting": meeting}
                rows.append(observation(99.0, region_code=code, indicator_id="coverage", **own))
        found = evaluate_one(rows, self.AIM, "100000")
        assert (found.verdict, found.reason) == (verdict, "" if verdict == "not_met" else "subunits_incomplete")
        assert found.subunits_total != found.subunits_total
        assert found.subunits_reported == reported or reported is None

    @cases(
        """
        second    | verdict
        4 4 4     | met
        4 4 3     | not_met
        4 3 3     | no_data
        · · ·     | no_data
        · 4 4     | no_data
        4 4 ·     | no_data
        4 · ·     | no_data
        """
    )
    def test_a_league_sums_the_townships_of_its_counties(
        self, raw: RawDataset, params: Params, second: str, verdict: str
    ) -> None:
        """Wuhai has three counties; the second one's townships are as drawn."""
        raw.form(
            2020,
            "extra",
            "region_code vaccine_due vaccine_given townships townships_reported townships_meeting",
            "150302 100 99 5 5 5",
            f"150303 100 99 {second}",
            "150304 100 99 6 6 6",
        )
        aims = [t for t in params.outline("children-2011-2020").targets if t.subunit == "township"]
        found = evaluate(
            raw.observe().observations,
            aims,
            ["150300"],
            params.regions(),
            params.indicators,
            params.method,
            a_round(),
        )
        assert row_of(found.evaluations).verdict == verdict
