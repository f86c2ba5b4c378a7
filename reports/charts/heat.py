"""Unit by criterion: a coloured table for the page, the same as a chart for pictures and slides."""

from typing import Any

import altair as alt
import pandas as pd
from pandas.io.formats.style import Styler

from data.text.collation import vietnamese_key
from reports.charts.classes import classify_criterion
from reports.charts.maps.small import POINT_CLASSES, ZERO_MARK, draw_points_legend
from reports.charts.theme import finish_chart, type_size
from reports.facts.assessment import Assessment
from scoring.standard import Standard
from scoring.words import STATUS_WORDS

MISSING_MARK = "–"
_INK = dict(zip(POINT_CLASSES, ("#ffffff", "#1a1a1a", "#1a1a1a", "#ffffff", "#1a1a1a"), strict=True))


def sort_units(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """The units of `frame` in order: `name`, `district` (administrative), `total` or `zeros` (most first), or a
    criterion's id (fewest points first, without figures last).
    """
    if by == "district":
        return frame
    if by == "name":
        order = sorted(range(len(frame)), key=lambda row: vietnamese_key(str(frame["name"].iloc[row])))
        return frame.iloc[order]
    if by == "zeros":
        counts = frame["zeros"].str.split().str.len()
        return frame.loc[counts.sort_values(ascending=False, kind="stable").index]
    return frame.sort_values(by, ascending=by != "total", kind="stable", na_position="last")


def heat_table(assessment: Assessment, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `Assessment.frame` as a table to read: identity, result, number of zeros, a column a criterion.

    Criterion columns are named by the criterion's number (“TC3”) and hold points, Int64, NA where figures are missing.
    """
    identity = {
        "Đơn vị": frame["name"],
        assessment.total_heading: frame["total"],
        "Số tiêu chí 0 điểm": frame["zeros"].str.split().str.len(),
    }
    points = {f"TC{one.number}": frame[one.id] for one in assessment.standard.criteria}
    rest = {"Kết quả": frame["status"].map(STATUS_WORDS), assessment.district_heading: frame["district"]}
    return pd.DataFrame(identity | points | rest, index=frame.index)


def colour_heat(table: pd.DataFrame, frame: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """CSS of each cell of a `heat_table`: its colour by share of the criterion's points, and ink that reads on it."""
    css = [f"background-color: {colour}; color: {_INK[name]}" for name, colour in POINT_CLASSES.items()]
    colours = pd.DataFrame("", index=table.index, columns=table.columns)
    for one in standard.criteria:
        classes = classify_criterion(frame, standard, one.id)
        colours[f"TC{one.number}"] = classes.labels.map(dict(zip(classes.colours, css, strict=True)))
    return colours


def style_heat(table: pd.DataFrame, colours: pd.DataFrame) -> Styler:
    """A `heat_table` in the colours of `colour_heat`; 0 and missing have a mark of their own too."""
    columns = [column for column in table.columns if (colours[column] != "").any()]
    return table.style.apply(lambda _: colours, axis=None).format(_show_points, subset=columns, na_rep=MISSING_MARK)


def draw_heat(
    frame: pd.DataFrame, standard: Standard, width: int = 900, row_height: int | None = None, large: bool = False
) -> dict[str, Any]:
    """The heat table as a chart: units down, criteria across, points in the cells.

    Parameters
    ----------
    frame : DataFrame
        Rows of `Assessment.frame` in the order to show.
    row_height : int
        Pixels of a row; by the size of type where not given.
    large : bool
        Type for the projector: for a district's units rather than for a whole province.
    """
    size = type_size(large)
    names = [f"{name}, {district}" for name, district in zip(frame["name"], frame["district"], strict=True)]
    place = dict(zip(frame.index, range(len(frame)), strict=True))
    rows = []
    for one in standard.criteria:
        classes = classify_criterion(frame, standard, one.id)
        class_of = dict(zip(classes.colours, POINT_CLASSES, strict=True))
        for code, points in frame[one.id].items():
            name = class_of[classes.labels[code]]
            text = MISSING_MARK if pd.isna(points) else _show_points(points)
            rows.append(
                {
                    "row": place[code],
                    "criterion": one.number,
                    "colour": POINT_CLASSES[name],
                    "ink": _INK[name],
                    "text": text,
                }
            )
    step = row_height or int(size * 1.7)
    several = frame["district"].nunique() > 1
    shown = names if several else frame["name"].tolist()
    source = alt.Chart(alt.InlineData(values=rows))
    # Places, not names, are the axis: two units of one name stay two rows.
    down = alt.Y(
        "row:O",
        title=None,
        scale=alt.Scale(domain=list(range(len(frame)))),
        axis=alt.Axis(labelExpr=f"{shown}[datum.value]", labelFontSize=size, labelLimit=420, domain=False, ticks=False),
    )
    across = alt.X(
        "criterion:O",
        title="Tiêu chí",
        scale=alt.Scale(domain=[one.number for one in standard.criteria]),
        axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=size, titleFontSize=size, domain=False, ticks=False),
    )
    cells = source.mark_rect(stroke="white", strokeWidth=1).encode(
        x=across, y=down, color=alt.Color("colour:N", scale=None)
    )
    texts = source.mark_text(fontSize=size - 1).encode(
        x=across, y=down, text="text:N", color=alt.Color("ink:N", scale=None)
    )
    table = alt.layer(cells, texts).properties(width=width, height=max(step * len(frame), step))
    return finish_chart(alt.vconcat(draw_points_legend(width=width, large=large), table))


def _show_points(points: object) -> str:
    return f"{ZERO_MARK} 0" if points == 0 else str(points)
