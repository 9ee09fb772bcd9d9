"""F14: a date is no year."""

from .fixtures import OWN, YEARS, Sent, changed

DATE = {"formats": {"A2": "yyyy-mm-dd"}}

FIXTURES = (
    Sent("2013 shown as 1905-07-05", {OWN: changed(rows=YEARS, page=DATE, A2=2013)}, "refused", "A2", "表1"),
    Sent("a number that may be a date", {OWN: changed(rows=YEARS, A3=41640)}, "refused", "A3", "表1"),
)
