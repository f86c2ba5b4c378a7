"""The totals of a unit over the years; results are told apart by words, never by colour alone."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from data.text.labels import DEMO_LABEL
from reports.charts.theme import (
    LABEL_LINES,
    LINE_BREAK,
    MINIMUM_COLOUR,
    PROFILE_MARGIN,
    STATUS_COLOURS,
    ZERO_COLOUR,
    break_lines,
    finish_profile,
    name_data,
    scale_by_status,
)
from scoring.words import STATUS_WORDS, format_number

_COLUMN_CHARACTERS = 14
_ZERO, _MINIMUM = "Có tiêu chí 0 điểm", "Điểm tối thiểu"


def draw_years(years: pd.DataFrame, total_heading: str, most: int, large: bool = False) -> alt.LayerChart:
    """Draw a bar a year: the total, the minimum as a line across it, and what decided in words below.

    Parameters
    ----------
    years : DataFrame
        Of `reports.facts.history.list_unit_years`.
    most : int
        Points of the standard.
    """
    bars = _list_bars(years)
    lines = max((column.count(LINE_BREAK) for column in bars["column"]), default=0)
    x = alt.X(
        "column:N",
        title=None,
        sort=None,
        scale=alt.Scale(domain=bars["column"].tolist(), paddingInner=0.4, paddingOuter=0.2),
        axis=alt.Axis(labelExpr=LABEL_LINES, labelAngle=0, labelOverlap=False, labelLimit=400, ticks=False),
    )
    y = alt.Y(
        "total:Q", scale=alt.Scale(domain=[0, most]), axis=alt.Axis(title=total_heading, format=",d", tickCount=5)
    )
    base = alt.Chart(name_data(bars, "years"))
    totals = base.mark_bar().encode(
        x=x,
        y=y,
        color=alt.Color("status:N", scale=scale_by_status(STATUS_WORDS, STATUS_COLOURS), legend=None),
        opacity=alt.condition(alt.datum.status == STATUS_WORDS["incomplete"], alt.value(0.45), alt.value(1)),
        tooltip=[
            alt.Tooltip("year:N", title="Năm"),
            alt.Tooltip("status:N", title="Kết quả"),
            alt.Tooltip("total:Q", title=total_heading, format=",d"),
            alt.Tooltip("minimum:Q", title=_MINIMUM, format=",d"),
            alt.Tooltip("zeros:N", title="Tiêu chí 0 điểm"),
        ],
    )
    legend = alt.Legend(title=None, orient="bottom", labelLimit=400)
    minimum = base.mark_tick(thickness=4, opacity=1).encode(
        x=x,
        y="minimum:Q",
        color=alt.Color("line:N", scale=alt.Scale(domain=[_MINIMUM], range=[MINIMUM_COLOUR]), legend=legend),
    )
    crosses = (
        base.transform_filter(alt.datum.zeros != "")
        .mark_point(size=260 if large else 130, filled=True, angle=45, opacity=1, yOffset=-12, color=ZERO_COLOUR)
        .encode(x=x, y=y, shape=alt.Shape("cross:N", scale=alt.Scale(domain=[_ZERO], range=["cross"]), legend=legend))
    )
    layers = alt.layer(totals, minimum, crosses).resolve_scale(color="independent", shape="independent")
    height = (380 if large else 220) + PROFILE_MARGIN + (24 if large else 14) * lines
    return finish_profile(layers.properties(height=height), large)


def _list_bars(years: pd.DataFrame) -> pd.DataFrame:
    rows = zip(years.index, years.to_dict("records"), strict=True)
    return pd.DataFrame(
        {
            "column": [_describe_year(year, row) for year, row in rows],
            "year": [str(year) for year in years.index],
            "total": years["total"].to_numpy(),
            "minimum": years["minimum"].to_numpy(),
            "status": years["status"].map(STATUS_WORDS).to_numpy(),
            "zeros": years["zeros"].to_numpy(),
            "line": _MINIMUM,
            "cross": _ZERO,
        }
    )


def _describe_year(year: int, row: Mapping[Any, Any]) -> str:
    """The lines below a bar: the year, the total, the result, the criteria at zero, what to beware of."""
    parts = [str(year), f"{format_number(row['total'])} điểm", STATUS_WORDS[row["status"]]]
    if row["zeros"]:
        parts.append(f"0 điểm: TC {row['zeros']}")
    parts += ["địa giới đã đổi"] * row["rearranged"] + [DEMO_LABEL] * row["demo"]
    return LINE_BREAK.join(break_lines(part, _COLUMN_CHARACTERS) for part in parts)
