"""The share of the points of each criterion: a unit beside units like it, a district beside the province.

Series are told apart by shape and lane, never by colour alone.
"""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from reports.charts.theme import (
    LABEL_LINES,
    NOTE_COLOUR,
    PROFILE_MARGIN,
    break_lines,
    finish_profile,
    list_lanes,
    name_data,
)
from reports.facts.criteria import criterion_name
from scoring.words import NO_DATA, format_number

# Seen on light and dark: the unit, the units like it, the district, the province.
_SERIES_COLOURS = ("#d55e00", "#2b83ba", "#1b9e77", "#8a8a8a")
_SERIES_SHAPES = ("diamond", "circle", "square", "triangle-up")
_ROW_CHARACTERS = 28


def draw_shares_by_criterion(compared: pd.DataFrame, series: Mapping[str, str], large: bool = False) -> alt.LayerChart:
    """Draw a row a criterion, a mark a series: the share of the criterion's points.

    Parameters
    ----------
    compared : DataFrame
        Of `likeness.compare_with_like` or `districts.compare_with_province`.
    series : mapping
        Columns of `compared` to show with their names, one to four; the first is what the chart is about.
    """
    names = list(series.values())
    rows = [
        break_lines(criterion_name(number, name), _ROW_CHARACTERS)
        for number, name in zip(compared["number"], compared["name"], strict=True)
    ]
    y = alt.Y(
        "row:N",
        title=None,
        scale=alt.Scale(domain=rows, padding=0),
        axis=alt.Axis(
            labelExpr=LABEL_LINES,
            labelLimit=400,
            labelOffset=-11 if large else -7,  # half a line up: most names take two lines
            labelOverlap=False,
            grid=True,
            tickBand="extent",
            ticks=False,
        ),
    )
    share = alt.X(
        "share:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", title="Phần điểm đạt được", tickCount=5)
    )
    legend = alt.Legend(title=None, orient="bottom", columns=1, labelLimit=400)
    points = (
        alt.Chart(name_data(_list_marks(compared, series, rows), "marks"))
        .mark_point(filled=True, size=240 if large else 85, opacity=1)
        .encode(
            y=y,
            x=share,
            yOffset=list_lanes("series:N", names),
            color=_by_series(alt.Color, names, _SERIES_COLOURS, legend),
            shape=_by_series(alt.Shape, names, _SERIES_SHAPES, legend),
            tooltip=[
                alt.Tooltip("series:N", title="Ai"),
                alt.Tooltip("row:N", title="Tiêu chí"),
                alt.Tooltip("points:N", title="Điểm"),
            ],
        )
    )
    unknown = [row for row, first in zip(rows, compared[next(iter(series))], strict=True) if first is None]
    notes = (
        alt.Chart(name_data(pd.DataFrame({"row": unknown}, dtype="str").assign(note=NO_DATA, share=0.0), "unknown"))
        .mark_text(align="left", dx=8, color=NOTE_COLOUR, fontSize=16 if large else 11, baseline="bottom")
        .encode(y=y, x=share, text="note:N")
    )
    step = 78 if large else 50  # three lines of a criterion's name, four marks
    return finish_profile(alt.layer(points, notes).properties(height=step * max(1, len(rows)) + PROFILE_MARGIN), large)


def _list_marks(compared: pd.DataFrame, series: Mapping[str, str], rows: list[str]) -> pd.DataFrame:
    marks = [
        (row, name, float(share), f"{format_number(share * most, 1)} / {format_number(most)}")
        for column, name in series.items()
        for row, share, most in zip(rows, compared[column], compared["max_points"], strict=True)
        if share is not None
    ]
    return pd.DataFrame(marks, columns=["row", "series", "share", "points"])


def _by_series(
    channel: type[alt.Color] | type[alt.Shape], names: list[str], values: tuple[str, ...], legend: alt.Legend
) -> alt.Color | alt.Shape:
    return channel("series:N", scale=alt.Scale(domain=names, range=list(values[: len(names)])), legend=legend)
