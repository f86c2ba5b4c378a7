"""A map of boundaries before they are installed: how each unit was matched, where units overlap or leave gaps."""

from collections.abc import Iterable
from typing import Any

import altair as alt
import geopandas as gpd
import pandas as pd

from reports.charts.maps.base import list_tooltip
from reports.charts.theme import finish_chart
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
    """Draw the shapes of a province coloured by how they were matched, with overlaps and gaps on top.

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
    matched = how.reindex(layer.units.index)
    doubts = _list_doubts(layer, asked, report)
    present = {doubt["properties"]["label"] for doubt in doubts}
    scale = _scale_colours(matched, present)
    colour = alt.Color(
        "properties.label:N",
        scale=scale,
        legend=alt.Legend(title=None, orient="bottom", columns=3, symbolType="square"),
    )
    units = (
        alt.Chart(alt.NamedData("units"))
        .mark_geoshape(stroke="white", strokeWidth=0.6)
        .encode(color=colour, tooltip=list_tooltip({"name": "Đơn vị", "code": "Mã", "label": "Cách khớp"}))
    )
    marks = (
        alt.Chart(alt.NamedData("doubts"))
        .mark_geoshape(strokeWidth=1.5)
        .encode(
            color=colour,
            stroke=alt.Stroke("properties.label:N", scale=scale, legend=None),
            tooltip=list_tooltip({"label": "Cần xem", "name": "Đơn vị", "area": "Diện tích (km²)"}),
        )
    )
    spec = finish_chart(alt.layer(units, marks).project(**layer.projection).properties(height=height))
    values = pd.DataFrame(
        {"name": matched.index.map(report.names), "label": matched.map(HOW_WORDS)}, index=matched.index
    )
    drawn = {"units": layer.geojson(values)["features"], "doubts": doubts}
    for part in spec["layer"]:
        part["data"] = {"values": drawn[part["data"]["name"]], "format": {"type": "json"}}
    return spec


def _scale_colours(matched: pd.Series, doubts: set[str]) -> alt.Scale:
    """Colours of the ways to match and of the doubts that there are."""
    used = {HOW_WORDS[how]: colour for how, colour in _HOW_COLOURS.items() if (matched == how).any()}
    used |= {doubt: colour for doubt, colour in _DOUBT_COLOURS.items() if doubt in doubts}
    return alt.Scale(domain=list(used), range=list(used.values()))


def _list_doubts(layer: Layer, asked: gpd.GeoSeries, report: InstallReport) -> list[dict[str, Any]]:
    """Shapes to confirm, overlaps, and gaps that no shape to confirm lies in, as GeoJSON features."""
    codes = set(layer.units.index)
    overlaps = [overlap for overlap in report.overlaps if {overlap.first, overlap.second} & codes][:_MOST_DOUBTS]
    gaps = [gap for gap in report.gaps if codes & set(gap.beside)][:_MOST_DOUBTS]
    inner = asked.representative_point()
    lost = [gap for gap in gaps if not inner.within(gap.shape).any()]
    rows = [
        *((_ASKED, label, "", shape) for label, shape in asked.items()),
        *(
            (_OVERLAP, _join_names((overlap.first, overlap.second), report), area_in_words(overlap.area), overlap.shape)
            for overlap in overlaps
        ),
        *((_GAP, _join_names(gap.beside, report), area_in_words(gap.area), gap.shape) for gap in lost),
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


def _join_names(codes: Iterable[str], report: InstallReport) -> str:
    return ", ".join(report.names[code] for code in codes)
