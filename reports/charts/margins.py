"""Bars of how far the units are from the minimum of their class."""

from typing import Any

import altair as alt
import pandas as pd

from reports.charts.theme import STATUS_COLOURS, ZERO_COLOUR, finish_chart, type_size
from reports.facts.margins import MARGIN_WORDS, count_in_bins, summarise_margins
from scoring.words import format_number

_COLOURS = {"met": STATUS_COLOURS["met"], "short": STATUS_COLOURS["not_met"], "zero": ZERO_COLOUR}


def draw_margin_bars(
    frame: pd.DataFrame,
    bin_width: int,
    groups: tuple[str, ...] = ("met", "short"),
    height: int = 260,
    ink: str | None = None,
) -> dict[str, Any]:
    """Units of some groups by total less minimum, with a rule at the minimum: a chart for the page.

    Parameters
    ----------
    frame : DataFrame
        Rows of `Assessment.frame`; the axis spans all of its complete units, so that charts of other groups stand
        below each other.
    bin_width : int
        Points of a bar.
    groups : tuple of str
        Of `met`, `short`, `zero`.
    ink : str
        Colour of the numbers.
    """
    return finish_chart(_draw_bars(frame, bin_width, groups, height, large=False), ink)


def draw_margins(
    frame: pd.DataFrame, bin_width: int = 25, width: int = 900, height: int = 480, large: bool = False
) -> dict[str, Any]:
    """Those that points decide above those that a criterion at zero knocks out, for a picture or a slide.

    `frame`: rows of `Assessment.frame`.
    """
    titles = {("met", "short"): "Đạt, và không đạt vì thiếu tổng điểm", ("zero",): MARGIN_WORDS["zero"]}
    shares = (0.62, 0.38)
    parts = []
    for (groups, title), share in zip(titles.items(), shares, strict=True):
        heading = alt.TitleParams(title, anchor="start", fontSize=type_size(large) + 2)
        part = _draw_bars(frame, bin_width, groups, int(height * share), large)
        parts.append(part.properties(width=width, title=heading))
    return finish_chart(alt.vconcat(*parts).resolve_scale(color="independent"))


def _draw_bars(
    frame: pd.DataFrame, bin_width: int, groups: tuple[str, ...], height: int, large: bool
) -> alt.LayerChart:
    bins = count_in_bins(summarise_margins(frame, 0).units, bin_width)
    listed = _list_bars(bins[bins["group"].isin(groups)])
    size = type_size(large)
    axis = {"labelFontSize": size, "titleFontSize": size}
    along = alt.Scale(domain=[min([-bin_width, *bins["low"]]), max([bin_width, *bins["high"]])], nice=False)
    most = max([1, *(listed if len(listed) else bins)["units"]])
    up = alt.Y(
        "units:Q",
        title="Số đơn vị",
        axis=alt.Axis(tickMinStep=1, tickCount=4, minExtent=30, format="d", **axis),
        scale=alt.Scale(domain=[0, most * 1.15], nice=False),
    )
    source = alt.Chart(alt.InlineData(values=listed.to_dict("records")))
    bars = source.mark_bar(binSpacing=2).encode(
        x=alt.X(
            "low:Q",
            bin="binned",
            scale=along,
            title="Điểm so với mức tối thiểu của loại đơn vị",
            axis=alt.Axis(
                labelExpr="datum.value > 0 ? '+' + datum.value : '' + datum.value", grid=False, tickCount=8, **axis
            ),
        ),
        x2="high:Q",
        y=up,
        color=_colour_groups(groups, size),
        tooltip=[
            alt.Tooltip("range:N", title="Điểm so với mức tối thiểu"),
            alt.Tooltip("word:N", title="Kết quả"),
            alt.Tooltip("units:Q", title="Số đơn vị"),
            alt.Tooltip("names:N", title="Gồm"),
        ],
    )
    counts = source.mark_text(dy=-size * 0.6, fontSize=size).encode(
        x=alt.X("middle:Q", scale=along), y=up, text="units:Q"
    )
    at_zero = alt.Chart(alt.InlineData(values=[{"at": 0}]))
    rule = at_zero.mark_rule(strokeWidth=2, strokeDash=[5, 4], color="#7f7f7f").encode(x=alt.X("at:Q", scale=along))
    return alt.layer(bars, counts, rule).properties(height=height)


def _list_bars(bins: pd.DataFrame) -> pd.DataFrame:
    return bins.assign(
        word=bins["group"].map(MARGIN_WORDS),
        middle=(bins["low"] + bins["high"]) / 2,
        range=[_describe_range(low, high) for low, high in zip(bins["low"], bins["high"], strict=True)],
    )


def _colour_groups(groups: tuple[str, ...], size: int) -> alt.Color:
    """Colours of the groups, with a legend where there are several."""
    legend = alt.Legend(title=None, orient="top", labelFontSize=size, labelLimit=420, symbolType="square")
    return alt.Color(
        "word:N",
        scale=alt.Scale(domain=[MARGIN_WORDS[group] for group in groups], range=[_COLOURS[group] for group in groups]),
        legend=legend if len(groups) > 1 else None,
    )


def _describe_range(low: int, high: int) -> str:
    """“thiếu từ 1 đến 25 điểm”, “vượt từ 0 đến 24 điểm”."""
    if low < 0:
        return f"thiếu từ {format_number(1 - high)} đến {format_number(-low)} điểm"
    return f"vượt từ {format_number(low)} đến {format_number(high - 1)} điểm"
