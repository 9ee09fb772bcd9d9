"""F04: a cell with an error has no figure."""

from ..workbooks.made import F
from .fixtures import LEAGUE, Sent, changed

FIXTURES = (
    Sent("a division by zero", {LEAGUE: changed(C2="#DIV/0!")}, "missing", "C2", "表1"),
    Sent("a formula whose cells are gone", {LEAGUE: changed(D3=F("#REF!+1", "#REF!"))}, "missing", "D3", "表1"),
)
