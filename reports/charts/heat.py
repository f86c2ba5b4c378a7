"""Unit by criterion: a coloured table for the page, the same as a chart for pictures and slides."""

from typing import Any

import altair as alt
import pandas as pd
from pandas.io.formats.style import Styler

from reports.charts.classes import POINT_CLASSES, place_in_classes
from reports.charts.legend import draw_points_legend
from reports.charts.theme import MISSING_MARK, ZERO_MARK, finish_chart, type_size
from scoring.standard import Standard

_COLOURS = list(POINT_CLASSES.values())
_INKS = ["#ffffff", "#1a1a1a", "#1a1a1a", "#ffffff", "#1a1a1a"]  # that read on the colours
_CSS = [f"background-color: {colour}; color: {ink}" for colour, ink in zip(_COLOURS, _INKS, strict=True)]
_ROW_SHARE = 1.7  # height of a row, of its type's


def colour_heat(table: pd.DataFrame, frame: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """CSS of each cell of `tables.heat_table`: its colour by share of the criterion's points, ink that reads on it."""
    colours = pd.DataFrame("", index=table.index, columns=table.columns)
    for criterion in standard.criteria:
        colours[f"TC{criterion.number}"] = [_CSS[at] for at in place_in_classes(frame, standard, criterion.id)]
    return colours


def style_heat(table: pd.DataFrame, colours: pd.DataFrame) -> Styler:
    """A `tables.heat_table` in the colours of `colour_heat`; 0 and missing have a mark of their own too."""
    columns = [column for column in table.columns if (colours[column] != "").any()]
    return table.style.apply(lambda _: colours, axis=None).format(_mark_points, subset=columns, na_rep=MISSING_MARK)


def draw_heat(frame: pd.DataFrame, standard: Standard, width: int = 900, large: bool = False) -> dict[str, Any]:
    """Draw the heat table as a chart: units down, criteria across, points in the cells.

    Parameters
    ----------
    frame : DataFrame
        Rows of `Assessment.frame` in the order to show.
    large : bool
        Type for the projector: for a district's units rather than for a whole province.
    """
    size = type_size(large)
    source = alt.Chart(alt.InlineData(values=_list_cells(frame, standard)))
    # Positions, not names, are the axis: two units of one name stay two rows.
    down = alt.Y(
        "row:O",
        title=None,
        scale=alt.Scale(domain=list(range(len(frame)))),
        axis=alt.Axis(
            labelExpr=f"{_name_rows(frame)}[datum.value]", labelFontSize=size, labelLimit=420, domain=False, ticks=False
        ),
    )
    across = alt.X(
        "criterion:O",
        title="Tiêu chí",
        scale=alt.Scale(domain=[criterion.number for criterion in standard.criteria]),
        axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=size, titleFontSize=size, domain=False, ticks=False),
    )
    cells = source.mark_rect(stroke="white", strokeWidth=1).encode(
        x=across, y=down, color=alt.Color("colour:N", scale=None)
    )
    texts = source.mark_text(fontSize=size - 1).encode(
        x=across, y=down, text="text:N", color=alt.Color("ink:N", scale=None)
    )
    height = int(size * _ROW_SHARE) * max(1, len(frame))
    table = alt.layer(cells, texts).properties(width=width, height=height)
    return finish_chart(alt.vconcat(draw_points_legend(width=width, large=large), table))


def _list_cells(frame: pd.DataFrame, standard: Standard) -> list[dict[str, Any]]:
    cells = []
    for criterion in standard.criteria:
        positions = place_in_classes(frame, standard, criterion.id)
        for row, (points, position) in enumerate(zip(frame[criterion.id], positions, strict=True)):
            cells.append(
                {
                    "row": row,
                    "criterion": criterion.number,
                    "colour": _COLOURS[position],
                    "ink": _INKS[position],
                    "text": MISSING_MARK if pd.isna(points) else _mark_points(points),
                }
            )
    return cells


def _name_rows(frame: pd.DataFrame) -> list[str]:
    """Names of the units, with their district where there are several."""
    if frame["district"].nunique() <= 1:
        return frame["name"].tolist()
    return [f"{name}, {district}" for name, district in zip(frame["name"], frame["district"], strict=True)]


def _mark_points(points: object) -> str:
    return f"{ZERO_MARK} 0" if points == 0 else str(points)
