"""F17: what is hidden is read, and asked."""

from .fixtures import LEAGUE, Sent, changed

COLUMN = {"before": '<cols><col min="3" max="3" hidden="1"/></cols>'}
FILTER = {"after": '<autoFilter ref="A1:D4"/>'}

FIXTURES = (
    Sent("a row", {LEAGUE: changed(page={"rows": {3: 'hidden="1"'}})}, "ask", "3:3", "表1"),
    Sent("a column", {LEAGUE: changed(page=COLUMN)}, "ask", "C:C", "表1", "F17a"),
    Sent("a filter", {LEAGUE: changed(page=FILTER)}, "ask", "", "表1", "F17b"),
)
