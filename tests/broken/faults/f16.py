"""F16: of cells merged below the header only the first has a figure."""

from .fixtures import LEAGUE, Sent, changed


def merged(cells: str) -> dict[str, str]:
    """Return what merges cells."""
    return {"after": f'<mergeCells><mergeCell ref="{cells}"/></mergeCells>'}


FIXTURES = (
    Sent("two rows", {LEAGUE: changed(page=merged("C2:C3"))}, "missing", "C2:C3", "表1"),
    Sent("two columns", {LEAGUE: changed(page=merged("C4:D4"))}, "missing", "C4:D4", "表1"),
)
