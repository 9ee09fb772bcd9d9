"""F13: a code that may have lost digits is refused."""

from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("in powers of ten", {LEAGUE: changed(A2="1.503E5")}, "refused", "A2", "表1"),
    Sent("with a part of a number", {LEAGUE: changed(A3=15030.2)}, "refused", "A3", "表1"),
)
