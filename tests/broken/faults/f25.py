"""F25: a document type is refused where it stands."""

from ..workbooks.made import MAIN, xlsx
from .fixtures import LEAGUE, Sent

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def declared(doctype: str) -> bytes:
    """Return a workbook whose sheet begins with a document type."""
    cell = '<c t="str"><v>&b;</v></c>'
    sheet = f'{doctype}<worksheet xmlns="{MAIN}"><sheetData><row>{cell}</row></sheetData></worksheet>'
    return xlsx({"A1": 1}, extra={"xl/worksheets/sheet1.xml": sheet})


FIXTURES = (
    Sent("entities within entities", {LEAGUE: declared(LAUGHS)}, "refused", "", "表1"),
    Sent("a file of the machine", {LEAGUE: declared(OUTSIDE)}, "refused", "", "表1"),
)
