"""Charts of the profiles: places by criterion, totals over the years, the totals of a district's units.

Series and results are told apart by shape or place, never by colour alone. `large` is for the projector.
"""

import textwrap
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import altair as alt
import pandas as pd

from data.text.labels import DEMO_LABEL
from reports.charts.colours import STATUS_COLOURS, ZERO_COLOUR
from reports.charts.maps.status import VIETNAMESE_NUMBERS
from scoring.words import NO_DATA, STATUS_WORDS, format_number

UNIT_SELECTION = "pick_unit"

# Seen on light and dark: the unit, the units like it, the district, the province.
_SERIES_COLOURS = ("#d55e00", "#2b83ba", "#1b9e77", "#8a8a8a")
_SERIES_SHAPES = ("diamond", "circle", "square", "triangle-up")
_STATUS_SHAPES = {"met": "circle", "not_met": "cross", "incomplete": "triangle-down"}
_MINIMUM_COLOUR = "#e69f00"
_NOTE_COLOUR = "#808080"
_MARGIN = 90  # Streamlit fits axes and legend into the height
_ROW_CHARACTERS = 28
_COLUMN_CHARACTERS = 14
_POINTS_A_BIN = 10
_LINES = "split(datum.label, '|')"


def draw_places(compared: pd.DataFrame, series: Mapping[str, str], large: bool = False) -> alt.LayerChart:
    """A row a criterion, a mark a series: the share of the criterion's points.

    Parameters
    ----------
    compared : DataFrame
        Of `reports.facts.likeness.compare_unit` or `compare_district`.
    series : mapping
        Columns of `compared` to show with their names, one to four; the first is what the chart is about.
    """
    names = list(series.values())
    rows = [
        _wrap(f"{number}. {name}", _ROW_CHARACTERS)
        for number, name in zip(compared["number"], compared["name"], strict=True)
    ]
    marks = pd.DataFrame(
        [
            {
                "row": row,
                "series": name,
                "share": float(share),
                "points": f"{format_number(share * most, 1)} / {format_number(most)}",
            }
            for column, name in series.items()
            for row, share, most in zip(rows, compared[column], compared["max_points"], strict=True)
            if share is not None
        ],
        columns=["row", "series", "share", "points"],
    )
    first = next(iter(series))
    unknown = pd.DataFrame(
        {"row": [row for row, share in zip(rows, compared[first], strict=True) if share is None]}, dtype="str"
    ).assign(note=NO_DATA, share=0.0)
    y = alt.Y(
        "row:N",
        title=None,
        scale=alt.Scale(domain=rows, padding=0),
        axis=alt.Axis(
            labelExpr=_LINES,
            labelLimit=400,
            labelOffset=-11 if large else -7,  # half a line up: most names take two lines
            labelOverlap=False,
            grid=True,
            tickBand="extent",
            ticks=False,
        ),
    )
    legend = alt.Legend(title=None, orient="bottom", columns=1, labelLimit=400)
    share = alt.X(
        "share:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", title="Phần điểm đạt được", tickCount=5)
    )
    points = (
        alt.Chart(_inline(marks, "marks"))
        .mark_point(filled=True, size=240 if large else 85, opacity=1)
        .encode(
            y=y,
            x=share,
            yOffset=_lanes("series:N", names),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=names, range=list(_SERIES_COLOURS[: len(names)])),
                legend=legend,
            ),
            shape=alt.Shape(
                "series:N",
                scale=alt.Scale(domain=names, range=list(_SERIES_SHAPES[: len(names)])),
                legend=legend,
            ),
            tooltip=[
                alt.Tooltip("series:N", title="Ai"),
                alt.Tooltip("row:N", title="Tiêu chí"),
                alt.Tooltip("points:N", title="Điểm"),
            ],
        )
    )
    notes = (
        alt.Chart(_inline(unknown, "unknown"))
        .mark_text(align="left", dx=8, color=_NOTE_COLOUR, fontSize=16 if large else 11, baseline="bottom")
        .encode(y=y, x=share, text="note:N")
    )
    step = 78 if large else 50  # three lines of a criterion's name, four marks
    return _finish(alt.layer(points, notes).properties(height=step * max(1, len(rows)) + _MARGIN), large)


def draw_years(years: pd.DataFrame, total_heading: str, most: int, large: bool = False) -> alt.LayerChart:
    """A bar a year: the total, the minimum as a line across it, and what decided in words below.

    Parameters
    ----------
    years : DataFrame
        Of `reports.facts.likeness.list_unit_years`.
    most : int
        Points of the standard.
    """
    bars = pd.DataFrame(
        {
            "column": [
                _describe_year(year, row) for year, row in zip(years.index, years.to_dict("records"), strict=True)
            ],
            "year": [str(year) for year in years.index],
            "total": years["total"].to_numpy(),
            "minimum": years["minimum"].to_numpy(),
            "status": years["status"].map(STATUS_WORDS).to_numpy(),
            "zeros": years["zeros"].to_numpy(),
            "line": "Điểm tối thiểu",
            "cross": "Có tiêu chí 0 điểm",
        }
    )
    lines = max((column.count("|") for column in bars["column"]), default=0)
    x = alt.X(
        "column:N",
        title=None,
        sort=None,
        scale=alt.Scale(domain=bars["column"].tolist(), paddingInner=0.4, paddingOuter=0.2),
        axis=alt.Axis(labelExpr=_LINES, labelAngle=0, labelOverlap=False, labelLimit=400, ticks=False),
    )
    y = alt.Y(
        "total:Q", scale=alt.Scale(domain=[0, most]), axis=alt.Axis(title=total_heading, format=",d", tickCount=5)
    )
    base = alt.Chart(_inline(bars, "years"))
    totals = base.mark_bar().encode(
        x=x,
        y=y,
        color=_by_status("color", STATUS_WORDS, STATUS_COLOURS),
        opacity=alt.condition(alt.datum.status == STATUS_WORDS["incomplete"], alt.value(0.45), alt.value(1)),
        tooltip=[
            alt.Tooltip("year:N", title="Năm"),
            alt.Tooltip("status:N", title="Kết quả"),
            alt.Tooltip("total:Q", title=total_heading, format=",d"),
            alt.Tooltip("minimum:Q", title="Điểm tối thiểu", format=",d"),
            alt.Tooltip("zeros:N", title="Tiêu chí 0 điểm"),
        ],
    )
    legend = alt.Legend(title=None, orient="bottom", labelLimit=400)
    minimum = base.mark_tick(thickness=4, opacity=1).encode(
        x=x,
        y="minimum:Q",
        color=alt.Color("line:N", scale=alt.Scale(domain=["Điểm tối thiểu"], range=[_MINIMUM_COLOUR]), legend=legend),
    )
    crosses = (
        base.transform_filter(alt.datum.zeros != "")
        .mark_point(size=260 if large else 130, filled=True, angle=45, opacity=1, yOffset=-12, color=ZERO_COLOUR)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("cross:N", scale=alt.Scale(domain=["Có tiêu chí 0 điểm"], range=["cross"]), legend=legend),
        )
    )
    layers = alt.layer(totals, minimum, crosses).resolve_scale(color="independent", shape="independent")
    return _finish(layers.properties(height=(380 if large else 220) + _MARGIN + (24 if large else 14) * lines), large)


def draw_strip(
    frame: pd.DataFrame, total_heading: str, most: int, median: Fraction | None, large: bool = False
) -> alt.LayerChart:
    """A mark a unit at its total, a row a result; equal or close totals stand above each other.

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
    units = pd.DataFrame(
        {
            "code": frame.index,
            "name": frame["name"].to_numpy(),
            "status": frame["status"].map(rows).to_numpy(),
            "total": frame["total"].to_numpy(),
        }
    )
    units["level"] = units.groupby(["status", units["total"] // _POINTS_A_BIN]).cumcount().astype(str)
    low = max(0, int(min([most - 400, *(units["total"] - 50)])) // 100 * 100)
    x = alt.X(
        "total:Q",
        scale=alt.Scale(domain=[low, most], nice=False),
        axis=alt.Axis(title=total_heading, format=",d", tickCount=6),
    )
    y = alt.Y(
        "status:N",
        title=None,
        scale=alt.Scale(domain=list(rows.values()), padding=0),
        axis=alt.Axis(grid=True, tickBand="extent", ticks=False, labelLimit=400),
    )
    marks = (
        alt.Chart(_inline(units, "units"))
        .mark_point(filled=True, size=200 if large else 90, opacity=0.9)
        .encode(
            x=x,
            y=y,
            yOffset=_lanes(
                "level:N", [str(level) for level in reversed(range(max([4, *units["level"].astype(int)]) + 1))]
            ),
            color=_by_status("color", rows, STATUS_COLOURS),
            shape=_by_status("shape", rows, _STATUS_SHAPES),
            tooltip=[
                alt.Tooltip("name:N", title="Đơn vị"),
                alt.Tooltip("total:Q", title=total_heading, format=",d"),
                alt.Tooltip("status:N", title="Kết quả"),
            ],
        )
        .add_params(alt.selection_point(name=UNIT_SELECTION, fields=["code"]))
    )
    lines = {f"Tối thiểu {format_number(int(one))}": float(one) for one in sorted(frame["minimum"].unique())}
    colours = [_MINIMUM_COLOUR] * len(lines)
    if median is not None:
        lines[f"Đơn vị giữa của tỉnh: {format_number(median, 1)}"] = float(median)
        colours.append(_NOTE_COLOUR)
    layers = [marks]
    if lines:
        layers.insert(0, _draw_lines(lines, colours, x, large))
    chart = alt.layer(*layers).resolve_scale(color="independent", strokeDash="independent")
    return _finish(chart.properties(height=(330 if large else 200) + _MARGIN), large)


def _draw_lines(lines: Mapping[str, float], colours: list[str], x: alt.X, large: bool) -> alt.Chart:
    names = list(lines)
    return (
        alt.Chart(_inline(pd.DataFrame({"line": names, "total": list(lines.values())}), "lines"))
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


def _by_status(channel: str, rows: Mapping[str, str], values: Mapping[str, str]) -> alt.Color | alt.Shape:
    scale = alt.Scale(domain=list(rows.values()), range=[values[status] for status in rows])
    kind = {"color": alt.Color, "shape": alt.Shape}[channel]
    return kind("status:N", scale=scale, legend=None)


def _lanes(field: str, names: list[str]) -> alt.YOffset:
    """Lanes in a row, the first on top. Marks stand at the start of their lane, so an empty one goes first.

    Names, not numbers: versions of Vega-Lite disagree on which way numbers run.
    """
    return alt.YOffset(field, scale=alt.Scale(domain=["", *names]))


def _describe_year(year: int, row: Mapping[str, Any]) -> str:
    """The lines below a bar: the year, the total, the result, the criteria at zero, what to beware of."""
    said = [str(year), f"{format_number(row['total'])} điểm", STATUS_WORDS[row["status"]]]
    if row["zeros"]:
        said.append(f"0 điểm: TC {row['zeros']}")
    said += ["địa giới đã đổi"] * row["rearranged"] + [DEMO_LABEL] * row["demo"]
    return "|".join(_wrap(one, _COLUMN_CHARACTERS) for one in said)


def _inline(frame: pd.DataFrame, name: str) -> alt.InlineData:
    """Values that stay in their layer: Altair gathers unnamed ones at the top, where a picture's frame loses them."""
    return alt.InlineData(values=frame.to_dict("records"), name=name)


def _wrap(text: str, characters: int) -> str:
    return "|".join(textwrap.wrap(text, characters))


def _finish(chart: alt.LayerChart, large: bool) -> alt.LayerChart:
    size = 20 if large else 12
    return (
        chart.resolve_legend(color="independent", shape="independent")
        .configure(locale=VIETNAMESE_NUMBERS)
        .configure_axis(labelFontSize=size, titleFontSize=size)
        .configure_legend(labelFontSize=size, symbolSize=240 if large else 90)
    )
