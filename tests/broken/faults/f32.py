"""F32: a numerator above its denominator, a coverage above 100 %."""

from .fixtures import Sent, form, values

HEAD = "region_code live_births maternal_deaths birth_weight_below_2500"

FIXTURES = (
    Sent("more light children than births", {"2020/form41.csv": form(HEAD, "150302 100 1 101")}, "refused", "D2/B2"),
    Sent(
        "a coverage of 120 %",
        {"values.csv": values({"indicator_id": "hosp_delivery_rate", "unit": "%", "value": "120"})},
        "refused",
        "E2",
    ),
)
