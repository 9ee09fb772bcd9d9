"""F28: personal data refuse the file; its cell is told, never what stands in it."""

from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("an identity number", {LEAGUE: changed(E2="150102199001011234")}, "refused", "E2", "表1"),
    Sent("a column of names", {LEAGUE: changed(E1="产妇姓名", E2="某某")}, "refused", "E1", "表1", "F28b"),
    Sent("a mobile number", {LEAGUE: changed(E3=13812345678)}, "refused", "E3", "表1", "F28a"),
)
