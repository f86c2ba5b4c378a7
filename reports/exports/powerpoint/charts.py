"""Native charts of a slide: PowerPoint can edit them and their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from reports.exports.powerpoint.fit import clean_text, measure_text, shorten_text
from reports.exports.powerpoint.parts import describe

ChartKind = Literal["bars", "shares", "columns"]

_LABEL_SHARE = 0.5  # of a chart's width, at most, for the names beside its bars
_CHART_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "shares": XL_CHART_TYPE.BAR_STACKED_100,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
}


@dataclass(frozen=True)
class Series:
    """Values of a chart with their colour, and the colour of the numbers upon them."""

    name: str
    values: Sequence[float | None]
    colour: str
    ink: str = "#1a1a1a"


def fill_chart(
    placeholder: Any,
    categories: Sequence[str],
    series: Sequence[Series],
    alt: str,
    number_format: str = "#,##0",
    kind: ChartKind = "bars",
) -> None:
    """A native chart with its own worksheet.

    `bars`: horizontal, from 0; `shares`: horizontal, stacked to the whole; `columns`: side by side.
    """
    width, height = placeholder.width.inches, placeholder.height.inches
    size = 18 if kind == "columns" else max(12, min(18, int(height * 72 / (len(categories) + 1.5) / 1.5)))
    names = [_plain_cell(shorten_text(clean_text(category), width * _LABEL_SHARE, size)) for category in categories]
    data = CategoryChartData(number_format=number_format)
    data.categories = names
    for entry in series:
        data.add_series(_plain_cell(entry.name), entry.values)
    frame = placeholder.insert_chart(_CHART_KINDS[kind], data)
    describe(frame, alt)
    chart = frame.chart
    chart.has_title = False
    chart.font.size = Pt(size)
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    _style_axes(chart, kind)
    _style_series(chart, series, kind, number_format, size)
    if kind != "columns":
        widest = max(measure_text(name, size) for name in names) + 0.2
        _place_plot(chart, left=min(widest / width, _LABEL_SHARE + 0.02), bottom=0.12 if chart.has_legend else 0.02)


def _style_axes(chart: Any, kind: str) -> None:
    names, values = chart.category_axis, chart.value_axis
    values.visible = False
    values.has_major_gridlines = False
    values.minimum_scale = 0
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = RGBColor(0x80, 0x80, 0x80)
    if kind != "columns":
        names.reverse_order = True  # the first category stands at the top


def _style_series(chart: Any, series: Sequence[Series], kind: str, number_format: str, size: int) -> None:
    plot = chart.plots[0]
    plot.gap_width = 60 if kind == "columns" else 35
    for drawn, entry in zip(plot.series, series, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = RGBColor.from_string(entry.colour.lstrip("#").upper())
        labels = drawn.data_labels
        labels.show_value = True
        labels.number_format = f"{number_format};;" if kind == "shares" else number_format
        labels.number_format_is_linked = False
        labels.font.size = Pt(size)
        if kind == "shares":
            labels.position = XL_LABEL_POSITION.CENTER
            labels.font.color.rgb = RGBColor.from_string(entry.ink.lstrip("#").upper())
        else:
            labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _place_plot(chart: Any, left: float, bottom: float) -> None:
    """Keep room for the names beside the bars: left to itself PowerPoint breaks or drops them."""
    area = chart._chartSpace.chart.plotArea
    for old in area.xpath("c:layout"):
        area.remove(old)
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/><c:x val="{left:.4f}"/><c:y val="0.01"/><c:w val="{0.93 - left:.4f}"/>'
            f'<c:h val="{0.99 - bottom:.4f}"/></c:manualLayout></c:layout>'
        ),
    )


def _plain_cell(text: str) -> str:
    """A name for the chart's worksheet, where a leading = would become a live formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "{")) else text
