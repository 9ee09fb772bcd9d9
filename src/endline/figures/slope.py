"""From baseline to final year: a line an area or an indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from endline.figures.series import Mark


@dataclass(frozen=True)
class SlopeRow:
    """A line: its name, both values (NaN where missing), the state it is drawn as, and both values as printed."""

    label: str
    baseline: float
    final: float
    state: str = ""
    baseline_text: str = ""
    final_text: str = ""


def slope_chart(
    rows: Sequence[SlopeRow],
    years: tuple[str, str],
    target: Mark | None,
    axis_label: str,
    words: Mapping[str, str],
    corner: str = "",
) -> str:
    """Return the SVG of a slope chart between two years; `words` names the states that occur, for the legend."""
    raise NotImplementedError
