"""A picture of boundaries before they are installed: how each unit was matched, where units overlap or leave gaps."""

from collections.abc import Iterable
from typing import Any

import altair as alt
import geopandas as gpd
import pandas as pd

from reports.charts.maps.status import VIETNAMESE_NUMBERS
from shapes.boundaries.report import InstallReport, area_in_words
from shapes.layers.layers import Layer, orient

HOW_WORDS = {"code": "Khớp theo mã", "name": "Khớp theo tên", "confirmed": "Đã xác nhận"}
_HOW_COLOURS = {"code": "#7fb3d5", "name": "#76c7b0", "confirmed": "#f0d878"}
_ASKED, _OVERLAP, _GAP = "Phải xác nhận", "Chồng lên nhau", "Khoảng trống"
_DOUBT_COLOURS = {_ASKED: "#e6ab02", _OVERLAP: "#d55e00", _GAP: "#7b3294"}
_MOST_DOUBTS = 150  # of each kind, the largest


def draw_boundaries(
    layer: Layer, how: pd.Series, asked: gpd.GeoSeries, report: InstallReport, height: int
) -> dict[str, Any]:
    """A map of the shapes of a province coloured by how they were matched, with overlaps and gaps on top.

    Parameters
    ----------
    layer : Layer
        Of `InstallPlan.preview`.
    how : Series
        Index unit code: `code`, `name` or `confirmed`.
    asked : GeoSeries
        Index label; shapes that must be confirmed first.
    report : InstallReport
        Names of the units, overlaps and gaps.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    shown = how.reindex(layer.units.index)
    words = [word for key, word in HOW_WORDS.items() if (shown == key).any()]
    doubts = _doubts(layer, asked, report)
    kinds = [word for word in (_ASKED, _OVERLAP, _GAP) if any(one["properties"]["label"] == word for one in doubts)]
    colours = {HOW_WORDS[key]: colour for key, colour in _HOW_COLOURS.items()} | _DOUBT_COLOURS
    domain = [*words, *kinds]
    colour = alt.Color(
        "properties.label:N",
        scale=alt.Scale(domain=domain, range=[colours[word] for word in domain]),
        legend=alt.Legend(title=None, orient="bottom", columns=3, symbolType="square"),
    )
    units = (
        alt.Chart(alt.NamedData("units"))
        .mark_geoshape(stroke="white", strokeWidth=0.6)
        .encode(
            color=colour,
            tooltip=[
                alt.Tooltip("properties.name:N", title="Đơn vị"),
                alt.Tooltip("properties.code:N", title="Mã"),
                alt.Tooltip("properties.label:N", title="Cách khớp"),
            ],
        )
    )
    marks = (
        alt.Chart(alt.NamedData("doubts"))
        .mark_geoshape(strokeWidth=1.5)
        .encode(
            color=colour,
            stroke=alt.Stroke(
                "properties.label:N",
                scale=alt.Scale(domain=domain, range=[colours[word] for word in domain]),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("properties.label:N", title="Cần xem"),
                alt.Tooltip("properties.name:N", title="Đơn vị"),
                alt.Tooltip("properties.area:N", title="Diện tích (km²)"),
            ],
        )
    )
    chart = (
        alt.layer(units, marks)
        .project(**layer.projection)
        .properties(height=height)
        .configure_view(stroke=None)
        .configure(locale=VIETNAMESE_NUMBERS)
    )
    values = pd.DataFrame({"name": shown.index.map(report.names), "label": shown.map(HOW_WORDS)}, index=shown.index)
    drawn = {"units": layer.geojson(values)["features"], "doubts": doubts}
    spec = chart.to_dict()
    for one in spec["layer"]:
        one["data"] = {"values": drawn[one["data"]["name"]], "format": {"type": "json"}}
    return spec


def _doubts(layer: Layer, asked: gpd.GeoSeries, report: InstallReport) -> list[dict[str, Any]]:
    codes = set(layer.units.index)
    overlaps = [one for one in report.overlaps if {one.first, one.second} & codes][:_MOST_DOUBTS]
    gaps = [one for one in report.gaps if codes & set(one.beside)][:_MOST_DOUBTS]
    inner = asked.representative_point()
    lost = [one for one in gaps if not inner.within(one.shape).any()]
    rows = [
        *((_ASKED, label, "", shape) for label, shape in asked.items()),
        *((_OVERLAP, _names((one.first, one.second), report), area_in_words(one.area), one.shape) for one in overlaps),
        *((_GAP, _names(one.beside, report), area_in_words(one.area), one.shape) for one in lost),
    ]
    if not rows:
        return []
    shapes = orient(gpd.GeoDataFrame(geometry=[shape for *_, shape in rows], crs=4326)).geometry
    return [
        {
            "type": "Feature",
            "properties": {"label": word, "name": name, "area": area},
            "geometry": shape.__geo_interface__,
        }
        for (word, name, area, _), shape in zip(rows, shapes, strict=True)
    ]


def _names(codes: Iterable[str], report: InstallReport) -> str:
    return ", ".join(report.names[code] for code in codes)
