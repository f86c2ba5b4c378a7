"""The map that all maps of units are: units coloured by class, outlines of districts, marks, the chosen unit on top."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from reports.charts.classes import MapClasses
from reports.charts.theme import CHOSEN_COLOUR, OUTLINE_COLOUR, finish_chart
from shapes.layers.layers import Layer

MAP_SELECTION = "pick"


@dataclass(frozen=True)
class LegendStyle:
    """Where the legend of a map stands, and how large it is; lengths in pixels."""

    orient: str
    columns: int
    label_limit: int
    label_size: int
    symbol_size: int

    def draw(self) -> alt.Legend:
        """The legend in Altair's words."""
        return alt.Legend(
            title=None,
            orient=self.orient,
            columns=self.columns,
            labelLimit=self.label_limit,
            labelFontSize=self.label_size,
            symbolType="square",
            symbolSize=self.symbol_size,
        )


ON_PAGE = LegendStyle("bottom", 2, 260, 12, 100)
ON_PROJECTOR = LegendStyle("right", 1, 420, 22, 300)
ON_SLIDE = LegendStyle("bottom", 1, 600, 38, 1200)


@dataclass(frozen=True)
class Marks:
    """Marks on some units of a map.

    Attributes
    ----------
    chart : Chart
        How a mark is drawn, without data.
    rows : list of dict
        The data, a row a mark.
    """

    chart: alt.Chart
    rows: list[dict[str, Any]]


def draw_units(
    layer: Layer,
    values: pd.DataFrame,
    classes: MapClasses,
    tooltip: Mapping[str, str],
    height: int,
    legend: LegendStyle = ON_PAGE,
    marks: Marks | None = None,
) -> dict[str, Any]:
    """Draw units coloured by class; a click on one gives its code in the selection `MAP_SELECTION`.

    Parameters
    ----------
    values : DataFrame
        Index unit code: units outside it are not drawn. Columns: those of `tooltip`, but `label`.
    tooltip : mapping
        What a unit says of itself: column of `values`, or `label` (its class), and the heading.

    Returns
    -------
    dict
        A Vega-Lite specification on which `highlight_unit` can outline a unit. The shapes are put in after Altair has
        checked the rest: to check thousands of coordinates takes it seconds.
    """
    units = (
        alt.Chart(alt.NamedData("units"))
        .mark_geoshape(stroke="white", strokeWidth=0.6)
        .transform_calculate(code="datum.properties.code")
        .encode(
            color=alt.Color(
                "properties.label:N",
                title="Nhóm",
                scale=alt.Scale(domain=list(classes.colours), range=list(classes.colours.values())),
                legend=legend.draw(),
            ),
            tooltip=list_tooltip(tooltip),
        )
        .add_params(alt.selection_point(name=MAP_SELECTION, fields=["code"]))
    )
    layers = [units, _draw_outline("districts", OUTLINE_COLOUR, 1.1)]
    if marks is not None:
        layers.append(marks.chart.properties(data=alt.NamedData("marks")))
    layers.append(_draw_outline("chosen", CHOSEN_COLOUR, 3))
    districts = layer.units["district_code"].reindex(values.index).dropna().unique()
    shapes = {
        "units": layer.geojson(values.assign(label=classes.labels)),
        "districts": layer.district_geojson(districts),
        "chosen": layer.geojson(pd.DataFrame(index=[])),
    }
    spec = finish_chart(alt.layer(*layers).project(**layer.projection).properties(height=height))
    for part in spec["layer"]:
        name = part["data"]["name"]
        part["data"] = (
            {"values": [] if marks is None else marks.rows}
            if name == "marks"
            else {"values": shapes[name], "format": {"type": "json", "property": "features"}}
        )
    return spec


def list_tooltip(headings: Mapping[str, str]) -> list[alt.Tooltip]:
    """The tooltip of a unit from its properties: heading by column."""
    return [alt.Tooltip(f"properties.{column}:N", title=heading) for column, heading in headings.items()]


def highlight_unit(spec: dict[str, Any], layer: Layer, code: str) -> None:
    """Outline a unit on a map of `draw_units`, in place."""
    spec["layer"][-1]["data"]["values"] = layer.geojson(pd.DataFrame(index=[code]))


def _draw_outline(name: str, colour: str, width: float) -> alt.Chart:
    """Outlines without any fill: a transparent one would catch the clicks meant for the units below."""
    return alt.Chart(alt.NamedData(name)).mark_geoshape(fill=None, stroke=colour, strokeWidth=width, aria=False)
