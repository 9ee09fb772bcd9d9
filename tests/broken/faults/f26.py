"""F26: what a workbook holds beside its cells is left alone, and logged."""

from ..workbooks.made import XLSM_TYPE, F, Page, table, xlsx
from .fixtures import GOOD, HEAD, LEAGUE, Sent, changed

MACRO = xlsx(Page(table(HEAD, *GOOD)), content_type=XLSM_TYPE, extra={"xl/vbaProject.bin": b"\x00"})

FIXTURES = (
    Sent("a macro", {LEAGUE.replace("xlsx", "xlsm"): MACRO}, "log"),
    Sent("a link to another workbook", {LEAGUE: changed(C2=F("[1]Sheet1!A1+1", 900))}, "log", "C2", "表1"),
)
