"""F41: figures that were copied, or written to the target: asked about."""

from .fixtures import Sent, series, values

SAME = series([95.21, 94.87, 96.02, 95.5, 95.5, 95.5, 96.33, 95.9], indicator_id="hosp_delivery_rate", unit="%")
DEMANDED = {"msm_rate": 85.0, "c3sm_rate": 80.0, "c7hm_rate": 80.0, "women_screen_rate": 80.0, "ebf_rate": 50.0}
AIMS = [(">=", name, value) for name, value in DEMANDED.items()]
ON_TARGET = values(*({"indicator_id": name, "unit": "%", "value": str(value)} for name, value in DEMANDED.items()))

FIXTURES = (
    Sent("a rate that stays to the digit", {"values.csv": SAME}, "ask", "E5 E6 E7"),
    Sent("most figures are their targets", {"values.csv": ON_TARGET}, "ask", "E3 E4 E6 E2 E5", aims=AIMS),
)
