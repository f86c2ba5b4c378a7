"""The map of what changed between two years; units that gained or lost recognition bear a mark."""

from typing import Any

import altair as alt
import pandas as pd

from reports.charts.classes import CHANGE_MARKS, classify_changes
from reports.charts.maps.base import ON_PAGE, ON_PROJECTOR, Marks, draw_units, list_tooltip
from scoring.words import NO_DATA, format_number
from shapes.layers.coarse import list_centres
from shapes.layers.layers import Layer


def draw_change_map(
    layer: Layer, compared: pd.DataFrame, years: tuple[int, int], height: int = 480, large: bool = False
) -> dict[str, Any]:
    """Draw a map of what changed, as `maps.base.draw_units`.

    Parameters
    ----------
    compared : DataFrame
        Rows of `Comparison.units`; units outside them are not drawn.
    years : tuple of int
        The earlier and the later, for the tooltip.
    large : bool
        A legend for the projector.
    """
    classes = classify_changes(compared)
    tooltip = {
        "name": "Đơn vị",
        "district": "Địa bàn",
        "before": f"Tổng điểm {years[0]}",
        "now": f"Tổng điểm {years[1]}",
        "change": "Tăng, giảm",
    }
    values = pd.DataFrame(
        {
            "name": compared["name"],
            "district": compared["district"],
            "before": compared["total_before"].map(format_number),
            "now": compared["total"].map(format_number),
            "change": [
                NO_DATA if pd.isna(change) else format_number(int(change), signed=True) for change in compared["change"]
            ],
        }
    )
    marked = values.assign(label=classes.labels, mark=compared["kind"].map(CHANGE_MARKS)).dropna(subset="mark")
    marked = marked.join(list_centres(layer), how="inner")
    rows = [
        {"code": code, "x": row.pop("x"), "y": row.pop("y"), "properties": row}
        for code, row in zip(marked.index, marked.to_dict("records"), strict=True)
    ]
    chart = (
        alt.Chart()
        .mark_text(fontSize=16 if large else 10, color="white")
        .encode(longitude="x:Q", latitude="y:Q", text="properties.mark:N", tooltip=list_tooltip(tooltip))
    )
    legend = ON_PROJECTOR if large else ON_PAGE
    return draw_units(layer, values, classes, tooltip, height, legend, Marks(chart, rows))
