"""The map of a year: units by result, by total or by the points of a criterion."""

from typing import Any

import pandas as pd

from reports.charts.classes import MapClasses
from reports.charts.maps.base import ON_PAGE, ON_PROJECTOR, LegendStyle, draw_units
from scoring.words import STATUS_WORDS, format_number
from shapes.layers.layers import Layer


def draw_map(
    layer: Layer,
    frame: pd.DataFrame,
    classes: MapClasses,
    total_heading: str,
    height: int,
    large: bool = False,
    legend: LegendStyle | None = None,
) -> dict[str, Any]:
    """Draw a map of units coloured by class, as `maps.base.draw_units`.

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
    legend : LegendStyle, optional
        Another legend than that of the page or the projector.
    """
    values = pd.DataFrame(
        {
            "name": frame["name"],
            "district": frame["district"],
            "status": frame["status"].map(STATUS_WORDS),
            "total": frame["total"].map(format_number),
        }
    )
    tooltip = {"name": "Đơn vị", "district": "Địa bàn", "status": "Kết quả", "total": total_heading}
    return draw_units(layer, values, classes, tooltip, height, legend or (ON_PROJECTOR if large else ON_PAGE))
