"""F42: a target that asks for the worse is told with its file and key."""

from .fixtures import Sent, values

AT = {"cell": "targets.t", "file": "params/outlines/o.yaml"}

FIXTURES = (
    Sent("more deaths", {"values.csv": values({})}, "ask", aims=[(">=", "mmr", 14.5)], **AT),
    Sent("less care", {"values.csv": values({})}, "ask", aims=[("<=", "msm_rate", 90.0)], **AT),
    Sent("an increase of deaths", {"values.csv": values({})}, "ask", aims=[("increase", "imr", None)], **AT),
)
