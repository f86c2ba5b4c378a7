"""Altair charts: the map and the bars by district. No data leaves the machine: everything is in the spec."""

from typing import Any

import altair as alt
import pandas as pd

from reports.charts.classes import MapClasses
from reports.charts.colours import CHOSEN_COLOUR, OUTLINE_COLOUR, STATUS_COLOURS, STATUS_INK
from scoring.words import STATUS_WORDS, format_number
from shapes.layers.layers import Layer

VIETNAMESE_NUMBERS = {"number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}}
MAP_SELECTION = "pick"
BAR_SELECTION = "pick_district"


def draw_map(
    layer: Layer, frame: pd.DataFrame, classes: MapClasses, total_heading: str, height: int, large: bool = False
) -> dict[str, Any]:
    """A map of units coloured by class; clicking a unit gives its code in the selection `MAP_SELECTION`.

    Parameters
    ----------
    layer : Layer
        Boundaries or hexagons of the units, from `shapes.layers.layers.load_layer`.
    frame : DataFrame
        Index unit code; columns `name`, `district`, `status`, `total`: units outside it are not drawn.
    classes : MapClasses
        What the units are coloured by.
    total_heading : str
        Name of the total in the tooltip; says where it is provisional.
    large : bool
        A legend for the projector.

    Returns
    -------
    dict
        A Vega-Lite specification. The shapes are put in after Altair has checked the rest: to check thousands of
        coordinates takes it seconds.
    """
    pick = alt.selection_point(name=MAP_SELECTION, fields=["code"])
    units = (
        alt.Chart(alt.NamedData("units"))
        .mark_geoshape(stroke="white", strokeWidth=0.6)
        .transform_calculate(code="datum.properties.code")
        .encode(
            color=alt.Color(
                "properties.label:N",
                title="Nhóm",
                scale=alt.Scale(domain=list(classes.colours), range=list(classes.colours.values())),
                legend=draw_map_legend(large),
            ),
            tooltip=[
                alt.Tooltip("properties.name:N", title="Đơn vị"),
                alt.Tooltip("properties.district:N", title="Địa bàn"),
                alt.Tooltip("properties.status:N", title="Kết quả"),
                alt.Tooltip("properties.total:N", title=total_heading),
            ],
        )
        .add_params(pick)
    )
    outlines, highlight = draw_outlines()
    chart = (
        alt.layer(units, outlines, highlight)
        .project(**layer.projection)
        .properties(height=height)
        .configure(locale=VIETNAMESE_NUMBERS)
        .configure_view(stroke=None)
    )
    shapes = {
        "units": layer.geojson(_tooltip_values(frame, classes)),
        "districts": layer.district_geojson(frame["district_code"].unique()),
        "chosen": layer.geojson(pd.DataFrame(index=[])),
    }
    spec = chart.to_dict()
    for one in spec["layer"]:
        one["data"] = {"values": shapes[one["data"]["name"]], "format": {"type": "json", "property": "features"}}
    return spec


def draw_map_legend(large: bool) -> alt.Legend:
    """The legend of a map: below it, or in large type beside it for the projector."""
    return alt.Legend(
        title=None,
        orient="right" if large else "bottom",
        columns=1 if large else 2,
        labelLimit=420 if large else 260,
        labelFontSize=22 if large else 12,
        symbolType="square",
        symbolSize=300 if large else 100,
    )


def draw_outlines() -> tuple[alt.Chart, alt.Chart]:
    """The outlines of districts and of the chosen unit, over a map's units; data `districts` and `chosen`.

    They have no fill at all: a transparent one would catch the clicks meant for the units below.
    """
    districts = alt.Chart(alt.NamedData("districts")).mark_geoshape(
        fill=None, stroke=OUTLINE_COLOUR, strokeWidth=1.1, aria=False
    )
    chosen = alt.Chart(alt.NamedData("chosen")).mark_geoshape(
        fill=None, stroke=CHOSEN_COLOUR, strokeWidth=3, aria=False
    )
    return districts, chosen


def highlight_unit(spec: dict[str, Any], layer: Layer, code: str) -> None:
    """Outline a unit on a map of `draw_map`, in place."""
    spec["layer"][-1]["data"]["values"] = layer.geojson(pd.DataFrame(index=[code]))


def draw_district_bars(summary: pd.DataFrame, target_percent: int, heading: str, large: bool = False) -> alt.LayerChart:
    """Share of units by status in each district, with a rule at the target and the number of units in each part.

    `summary`: of `summarise_districts`. A click gives the district's name in the selection `BAR_SELECTION`. `large`:
    type and bars for the projector.
    """
    pick = alt.selection_point(name=BAR_SELECTION, fields=["district"])
    type_size = 20 if large else 12
    words = [STATUS_WORDS[status] for status in STATUS_COLOURS]
    long = summary.rename(columns=STATUS_WORDS).melt(
        id_vars=["district", "units"], value_vars=words, var_name="status", value_name="count"
    )
    long["order"] = long["status"].map({word: place for place, word in enumerate(words)})
    bars = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            y=alt.Y(
                "district:N",
                sort=summary["district"].tolist(),
                title=None,
                axis=alt.Axis(labelLimit=320 if large else 180, labelFontSize=type_size),
            ),
            x=alt.X(
                "count:Q",
                stack="normalize",
                axis=alt.Axis(
                    format="%", title="Tỷ lệ đơn vị", labelFontSize=type_size, titleFontSize=type_size, tickCount=5
                ),
            ),
            color=alt.Color(
                "status:N",
                scale=alt.Scale(domain=words, range=list(STATUS_COLOURS.values())),
                legend=alt.Legend(
                    title=None,
                    orient="bottom",
                    columns=3 if large else 2,
                    labelFontSize=type_size,
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
        .add_params(pick)
    )
    target = (
        alt.Chart(pd.DataFrame({"target": [target_percent / 100]}))
        .mark_rule(strokeDash=[5, 4], strokeWidth=2, color=CHOSEN_COLOUR)
        .encode(x="target:Q")
    )
    numbers = (
        alt.Chart(_part_middles(summary, words))
        .mark_text(fontSize=type_size, color=alt.ExprRef("datum.ink"))
        .encode(
            y=alt.Y("district:N", sort=summary["district"].tolist()),
            x=alt.X("middle:Q", scale=alt.Scale(domain=[0, 1])),
            text="count:Q",
        )
    )
    step = 46 if large else 30
    return (
        alt.layer(bars, numbers, target)
        .properties(height=max(120, step * len(summary) + 60))
        .configure(locale=VIETNAMESE_NUMBERS)
    )


def _part_middles(summary: pd.DataFrame, words: list[str]) -> pd.DataFrame:
    """Where the number of units stands in each part of a bar of `draw_district_bars`."""
    rows = []
    for _, row in summary.iterrows():
        before = 0
        for (status, colour), word in zip(STATUS_INK.items(), words, strict=True):
            count = int(row[status])
            if count:
                middle = (before + count / 2) / int(row["units"])
                rows.append(
                    {"district": row["district"], "status": word, "count": count, "middle": middle, "ink": colour}
                )
            before += count
    return pd.DataFrame(rows, columns=["district", "status", "count", "middle", "ink"])


def _tooltip_values(frame: pd.DataFrame, classes: MapClasses) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": frame["name"],
            "district": frame["district"],
            "status": frame["status"].map(STATUS_WORDS),
            "total": frame["total"].map(format_number),
            "label": classes.labels,
        }
    )
