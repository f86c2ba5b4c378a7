"""The totals of a district's units in a strip; results are told apart by shape and row, never by colour alone."""

from collections.abc import Mapping
from fractions import Fraction

import altair as alt
import pandas as pd

from reports.charts.theme import (
    MINIMUM_COLOUR,
    NOTE_COLOUR,
    PROFILE_MARGIN,
    STATUS_COLOURS,
    finish_profile,
    list_lanes,
    name_data,
    scale_by_status,
)
from scoring.words import STATUS_WORDS, format_number

UNIT_SELECTION = "pick_unit"
_STATUS_SHAPES = {"met": "circle", "not_met": "cross", "incomplete": "triangle-down"}
_POINTS_A_BIN = 10
_LANES_AT_LEAST = 4


def draw_total_strip(
    frame: pd.DataFrame, total_heading: str, most: int, median: Fraction | None, large: bool = False
) -> alt.LayerChart:
    """Draw a mark a unit at its total, a row a result; equal or close totals stand above each other.

    Parameters
    ----------
    frame : DataFrame
        Rows of `Assessment.frame`; a click gives the unit's `code` in the selection `UNIT_SELECTION`.
    most : int
        Points of the standard.
    median : Fraction, optional
        Median total of the province's complete units, drawn as a line.
    """
    counted = frame["status"].value_counts()
    rows = {status: f"{word} ({format_number(int(counted.get(status, 0)))})" for status, word in STATUS_WORDS.items()}
    low = max(0, int(min([most - 400, *(frame["total"] - 50)])) // 100 * 100)
    x = alt.X(
        "total:Q",
        scale=alt.Scale(domain=[low, most], nice=False),
        axis=alt.Axis(title=total_heading, format=",d", tickCount=6),
    )
    layers = [_draw_marks(frame, rows, x, total_heading, large)]
    lines = {f"Tối thiểu {format_number(int(least))}": float(least) for least in sorted(frame["minimum"].unique())}
    colours = [MINIMUM_COLOUR] * len(lines)
    if median is not None:
        lines[f"Đơn vị giữa của tỉnh: {format_number(median, 1)}"] = float(median)
        colours.append(NOTE_COLOUR)
    if lines:
        layers.insert(0, _draw_lines(lines, colours, x, large))
    chart = alt.layer(*layers).resolve_scale(color="independent", strokeDash="independent")
    return finish_profile(chart.properties(height=(330 if large else 200) + PROFILE_MARGIN), large)


def _draw_marks(frame: pd.DataFrame, rows: Mapping[str, str], x: alt.X, total_heading: str, large: bool) -> alt.Chart:
    units = pd.DataFrame(
        {
            "code": frame.index,
            "name": frame["name"].to_numpy(),
            "status": frame["status"].map(rows).to_numpy(),
            "total": frame["total"].to_numpy(),
        }
    )
    levels = units.groupby(["status", units["total"] // _POINTS_A_BIN]).cumcount()
    units["level"] = levels.astype(str)
    lanes = [str(level) for level in reversed(range(max([_LANES_AT_LEAST, *levels]) + 1))]
    y = alt.Y(
        "status:N",
        title=None,
        scale=alt.Scale(domain=list(rows.values()), padding=0),
        axis=alt.Axis(grid=True, tickBand="extent", ticks=False, labelLimit=400),
    )
    return (
        alt.Chart(name_data(units, "units"))
        .mark_point(filled=True, size=200 if large else 90, opacity=0.9)
        .encode(
            x=x,
            y=y,
            yOffset=list_lanes("level:N", lanes),
            color=alt.Color("status:N", scale=scale_by_status(rows, STATUS_COLOURS), legend=None),
            shape=alt.Shape("status:N", scale=scale_by_status(rows, _STATUS_SHAPES), legend=None),
            tooltip=[
                alt.Tooltip("name:N", title="Đơn vị"),
                alt.Tooltip("total:Q", title=total_heading, format=",d"),
                alt.Tooltip("status:N", title="Kết quả"),
            ],
        )
        .add_params(alt.selection_point(name=UNIT_SELECTION, fields=["code"]))
    )


def _draw_lines(lines: Mapping[str, float], colours: list[str], x: alt.X, large: bool) -> alt.Chart:
    names = list(lines)
    return (
        alt.Chart(name_data(pd.DataFrame({"line": names, "total": list(lines.values())}), "lines"))
        .mark_rule(strokeWidth=3 if large else 2)
        .encode(
            x=x,
            strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=names), legend=None),
            color=alt.Color(
                "line:N",
                scale=alt.Scale(domain=names, range=colours),
                legend=alt.Legend(title=None, orient="bottom", columns=1, labelLimit=400),
            ),
        )
    )
