"""F23: what would grow too large is refused before it is unpacked."""

from ..workbooks.made import xlsx
from .fixtures import LEAGUE, Sent, changed

BOMB = xlsx({"A1": 1}, extra={"xl/sharedStrings.xml": b"0" * 20_000_000})

FIXTURES = (
    Sent("a part a hundred times its size", {LEAGUE: BOMB}, "refused", rule="F23a"),
    Sent("a part outside the file", {LEAGUE: xlsx({"A1": 1}, extra={"../evil.xml": "x"})}, "refused", rule="F23c"),
    Sent("a text as long as a book", {LEAGUE: changed(C2="字" * 32_768)}, "refused", "C2", "表1", "F23d"),
)
