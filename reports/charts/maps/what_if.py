"""The map of what a scenario changes against the law; units that change status bear a sign."""

from typing import Any

import altair as alt
import pandas as pd
import shapely

from reports.charts.classes import WHAT_IF_MARKS, classify_what_if
from reports.charts.maps.base import ON_PAGE, LegendStyle, Marks, draw_units
from scoring.words import STATUS_WORDS, format_number
from shapes.layers.layers import Layer

_SIGN_SHARE = 0.55  # of the unit's size
_SIGN_SIZES = (6, 22)  # pixels, at least and at most


def draw_what_if_map(
    layer: Layer, compared: pd.DataFrame, total_heading: str, height: int, legend: LegendStyle = ON_PAGE
) -> dict[str, Any]:
    """Draw a map of what a scenario changes, as `maps.base.draw_units`.

    Parameters
    ----------
    compared : DataFrame
        Of `reports.facts.what_if.compare_with_law`.
    total_heading : str
        Name of the total in the tooltip; says where it is provisional.
    """
    values = pd.DataFrame(
        {
            "name": compared["name"],
            "district": compared["district"],
            "status": compared["status"].map(STATUS_WORDS),
            "total": compared["total"].map(format_number),
        }
    )
    tooltip = {
        "name": "Đơn vị",
        "district": "Địa bàn",
        "label": "So với luật",
        "status": "Kết quả theo phương án",
        "total": total_heading,
    }
    chart = (
        alt.Chart()
        .mark_text(fontWeight="bold", color="white", aria=False)
        .encode(longitude="x:Q", latitude="y:Q", text="sign:N", size=alt.Size("size:Q", scale=None))
    )
    marks = Marks(chart, _list_signs(layer, compared, height))
    return draw_units(layer, values, classify_what_if(compared), tooltip, height, legend, marks)


def _list_signs(layer: Layer, compared: pd.DataFrame, height: int) -> list[dict[str, Any]]:
    """A sign on each unit that changes, as large as fits the unit."""
    changing = compared[compared["kind"].isin(WHAT_IF_MARKS) & compared.index.isin(layer.units.index)]
    if changing.empty:
        return []
    drawn = layer.units.geometry[layer.units.index.isin(compared.index)]
    _, bottom, _, top = drawn.total_bounds
    shapes = layer.units.geometry[changing.index]
    sizes = shapely.area(shapes.to_numpy()) ** 0.5 / (top - bottom) * height * _SIGN_SHARE
    smallest, largest = _SIGN_SIZES
    return [
        {"x": point.x, "y": point.y, "sign": WHAT_IF_MARKS[kind], "size": min(max(size, smallest), largest)}
        for point, kind, size in zip(shapes.representative_point(), changing["kind"], sizes, strict=True)
    ]
