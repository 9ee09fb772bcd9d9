"""Verdicts of many regions at a glance: a cell a region and target, with a symbol as well as a colour."""

from collections.abc import Mapping, Sequence

import matplotlib as mpl
from matplotlib.patches import Rectangle

from endline.figures.style import BLUE, LIGHT, ORANGE, STYLE, as_svg, new_figure
from endline.model import Verdict

FILL = {
    Verdict.MET: BLUE,
    Verdict.NOT_MET: ORANGE,
    Verdict.NO_DATA: LIGHT,
    Verdict.PENDING: "white",
    Verdict.NOT_APPLICABLE: "white",
}
ROW_MM = 5.2


def verdict_heatmap(
    rows: Sequence[str],
    columns: Sequence[str],
    verdicts: Sequence[Sequence[str]],
    names: Mapping[str, str],
    symbols: Mapping[str, str],
    corner: str = "",
) -> str:
    """Return the SVG of a matrix [rows, columns] of verdicts, with a legend of the verdicts' names."""
    with mpl.rc_context(STYLE):
        height = ROW_MM * len(rows) + 26
        figure = new_figure(height)
        left, top, bottom = 0.17, 15 / height, 11 / height
        axes = figure.add_axes((left, bottom, 0.99 - left, 1 - top - bottom))
        for y, row in enumerate(verdicts):
            for x, verdict in enumerate(row):
                axes.add_patch(Rectangle((x, y), 1, 1, facecolor=FILL[Verdict(verdict)], edgecolor="white"))
                axes.text(
                    x + 0.5,
                    y + 0.52,
                    symbols[verdict],
                    ha="center",
                    va="center",
                    fontsize=7,
                    color="white" if verdict in (Verdict.MET, Verdict.NOT_MET) else "#555555",
                )
        axes.set_xlim(0, len(columns))
        axes.set_ylim(len(rows), 0)
        axes.xaxis.tick_top()
        axes.set_xticks([n + 0.5 for n in range(len(columns))], columns, fontsize=6.5, rotation=90)
        axes.set_yticks([n + 0.5 for n in range(len(rows))], rows, fontsize=7.5)
        axes.tick_params(length=0, pad=2)
        for spine in axes.spines.values():
            spine.set_visible(False)
        place = left
        for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.PENDING):
            patch = Rectangle(
                (place, 2.5 / height),
                0.022,
                4 / height,
                transform=figure.transFigure,
                facecolor=FILL[verdict],
                edgecolor="#888888",
                linewidth=0.4,
            )
            figure.add_artist(patch)
            white = verdict in (Verdict.MET, Verdict.NOT_MET)
            figure.text(
                place + 0.011,
                4.5 / height,
                symbols[verdict],
                fontsize=7,
                ha="center",
                va="center",
                color="white" if white else "#555555",
            )
            figure.text(place + 0.028, 4.5 / height, names[verdict], fontsize=8, va="center")
            place += 0.12
        if corner:
            figure.text(0.99, 4.5 / height, corner, fontsize=9, color=ORANGE, ha="right", va="center")
        return as_svg(figure)
