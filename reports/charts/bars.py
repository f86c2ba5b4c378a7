"""Bars: the results of each district, what knocks units out, which criteria rose and fell."""

from typing import Any

import altair as alt
import pandas as pd

from reports.charts.classes import CHANGE_COLOURS
from reports.charts.theme import (
    CHOSEN_COLOUR,
    INK,
    LABEL_LINES,
    STATUS_COLOURS,
    STATUS_INK,
    VIETNAMESE_NUMBERS,
    ZERO_COLOUR,
    break_lines,
    finish_chart,
    type_size,
)
from reports.facts.criteria import criterion_name
from scoring.words import STATUS_WORDS, format_number

BAR_SELECTION = "pick_district"
_RISEN, _FALLEN = "Số đơn vị tăng điểm", "Số đơn vị giảm điểm"
_NAME_CHARACTERS = 46  # of a criterion, in a line
_CHANGED_CHARACTERS = 40


def draw_district_bars(
    districts: pd.DataFrame, target_percent: int, heading: str, large: bool = False
) -> alt.LayerChart:
    """Draw the share of units by status in each district, the number of units in each part, a rule at the target.

    Parameters
    ----------
    districts : DataFrame
        Of `reports.facts.counts.summarise_districts`, in the order to show. A click gives the district's name in the
        selection `BAR_SELECTION`.
    heading : str
        Of the districts, in the tooltip.
    """
    size = type_size(large)
    names = districts["district"].tolist()
    target = (
        alt.Chart(pd.DataFrame({"target": [target_percent / 100]}))
        .mark_rule(strokeDash=[5, 4], strokeWidth=2, color=CHOSEN_COLOUR)
        .encode(x="target:Q")
    )
    numbers = (
        alt.Chart(_list_parts(districts))
        .mark_text(fontSize=size, color=alt.ExprRef("datum.ink"))
        .encode(
            y=alt.Y("district:N", sort=names),
            x=alt.X("middle:Q", scale=alt.Scale(domain=[0, 1])),
            text="count:Q",
        )
    )
    step = 46 if large else 30
    return (
        alt.layer(_draw_shares(districts, heading, large), numbers, target)
        .properties(height=max(120, step * len(districts) + 60))
        .configure(locale=VIETNAMESE_NUMBERS)
    )


def draw_knocked_out(knocked_out: pd.DataFrame, large: bool = False, ink: str = INK) -> alt.LayerChart:
    """Draw how many units each criterion knocks out by zero points.

    `knocked_out`: of `reports.facts.counts.count_knocked_out`; `ink`: the colour of the numbers.
    """
    size = 22 if large else 13
    table = knocked_out.reset_index()
    table["label"] = [
        break_lines(criterion_name(number, name), _NAME_CHARACTERS)
        for number, name in zip(table["number"], table["name"], strict=True)
    ]
    table["text"] = [
        f"{format_number(int(units))} đơn vị"
        + (f" ({format_number(int(only))} chỉ vướng tiêu chí này)" if only else "")
        for units, only in zip(table["units"], table["only"], strict=True)
    ]
    most = int(table["units"].max()) if len(table) else 1
    base = alt.Chart(table).encode(
        y=alt.Y(
            "label:N",
            sort=table["label"].tolist(),
            title=None,
            axis=alt.Axis(labelFontSize=size, labelLimit=640, labelExpr=LABEL_LINES),
        ),
        x=alt.X("units:Q", axis=None, scale=alt.Scale(domain=[0, most * 2.6])),
    )
    bars = base.mark_bar(color=ZERO_COLOUR).encode(
        tooltip=[alt.Tooltip("name:N", title="Tiêu chí"), alt.Tooltip("text:N", title="Bị 0 điểm")]
    )
    numbers = base.mark_text(align="left", dx=8, fontSize=size, color=ink).encode(text="text:N")
    return (
        alt.layer(bars, numbers)
        .properties(height=max(120, (66 if large else 40) * len(table)))
        .configure(locale=VIETNAMESE_NUMBERS)
        .configure_view(stroke=None)
    )


def draw_criterion_changes(
    changes: pd.DataFrame, width: int | None = None, large: bool = False, ink: str | None = None
) -> dict[str, Any]:
    """Draw the units that rose (to the right) and fell (to the left) on each criterion.

    `changes`: of `reports.facts.comparison.compare_criteria`. `width`: of a picture; without it the chart takes the
    width that the page has. `ink`: colour of the numbers.
    """
    size = type_size(large)
    most = max([1, *changes["risen"], *changes["fallen"]]) * 1.25  # room for the numbers beside the bars
    source = alt.Chart(alt.InlineData(values=_list_changes(changes)))
    down = alt.Y(
        "criterion:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelExpr=LABEL_LINES, labelLimit=420, labelFontSize=size, ticks=False, labelOverlap=False),
    )
    along = alt.X("signed:Q", scale=alt.Scale(domain=[-most, most], nice=False), axis=None)
    bars = source.mark_bar().encode(
        y=down,
        x=along,
        color=alt.Color(
            "word:N",
            scale=alt.Scale(domain=[_FALLEN, _RISEN], range=[CHANGE_COLOURS["fallen"], CHANGE_COLOURS["risen"]]),
            legend=alt.Legend(title=None, orient="top", labelFontSize=size, labelLimit=420, symbolType="square"),
        ),
        tooltip=[alt.Tooltip("word:N", title="Thay đổi"), alt.Tooltip("units:Q", title="Số đơn vị")],
    )
    texts = [
        source.transform_filter(f"datum.signed {sign} 0")
        .mark_text(align=align, dx=shift, fontSize=size)
        .encode(y=down, x=along, text="text:N")
        for sign, align, shift in ((">", "left", 4), ("<", "right", -4))
    ]
    chart = alt.layer(bars, *texts).properties(height=alt.Step(size * 3))
    return finish_chart(chart if width is None else chart.properties(width=width), ink)


def _draw_shares(districts: pd.DataFrame, heading: str, large: bool) -> alt.Chart:
    """The bars of `draw_district_bars`."""
    size = type_size(large)
    words = [STATUS_WORDS[status] for status in STATUS_COLOURS]
    long = districts.rename(columns=STATUS_WORDS).melt(
        id_vars=["district", "units"], value_vars=words, var_name="status", value_name="count"
    )
    long["order"] = long["status"].map({word: position for position, word in enumerate(words)})
    return (
        alt.Chart(long)
        .mark_bar()
        .encode(
            y=alt.Y(
                "district:N",
                sort=districts["district"].tolist(),
                title=None,
                axis=alt.Axis(labelLimit=320 if large else 180, labelFontSize=size),
            ),
            x=alt.X(
                "count:Q",
                stack="normalize",
                axis=alt.Axis(format="%", title="Tỷ lệ đơn vị", labelFontSize=size, titleFontSize=size, tickCount=5),
            ),
            color=alt.Color(
                "status:N",
                scale=alt.Scale(domain=words, range=list(STATUS_COLOURS.values())),
                legend=alt.Legend(
                    title=None,
                    orient="bottom",
                    columns=3 if large else 2,
                    labelFontSize=size,
                    symbolSize=200 if large else 100,
                ),
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("district:N", title=heading),
                alt.Tooltip("status:N", title="Kết quả"),
                alt.Tooltip("count:Q", title="Số đơn vị"),
                alt.Tooltip("units:Q", title="Tổng số đơn vị"),
            ],
        )
        .add_params(alt.selection_point(name=BAR_SELECTION, fields=["district"]))
    )


def _list_parts(districts: pd.DataFrame) -> pd.DataFrame:
    """Where the number of units stands in each part of a bar of `draw_district_bars`."""
    rows = []
    for _, row in districts.iterrows():
        before = 0
        for status, ink in STATUS_INK.items():
            count = int(row[status])
            if count:
                middle = (before + count / 2) / int(row["units"])
                rows.append((row["district"], STATUS_WORDS[status], count, middle, ink))
            before += count
    return pd.DataFrame(rows, columns=["district", "status", "count", "middle", "ink"])


def _list_changes(changes: pd.DataFrame) -> list[dict[str, Any]]:
    """The bars of `draw_criterion_changes`."""
    rows = []
    for number, name, *counts in changes[["number", "name", "risen", "fallen"]].itertuples(index=False):
        label = break_lines(criterion_name(number, name), _CHANGED_CHARACTERS)
        for word, sign, count in zip((_RISEN, _FALLEN), (1, -1), map(int, counts), strict=True):
            text = format_number(count) if count else ""
            rows.append({"criterion": label, "word": word, "units": count, "signed": sign * count, "text": text})
    return rows
