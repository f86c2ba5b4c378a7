"""The map of what a scenario changes against the law; what changes bears a sign too."""

from typing import Any

import pandas as pd
import shapely

from reports.charts.classes import MapClasses
from reports.charts.colours import NO_DATA_COLOUR
from reports.charts.maps.status import draw_map
from reports.facts.what_if import KIND_WORDS
from scoring.words import STATUS_WORDS, format_number
from shapes.layers.layers import Layer

_GAINED, _LOST, _STILL_MET, _STILL_NOT, _INCOMPLETE = (
    f"+ {KIND_WORDS['gained']}",
    f"− {KIND_WORDS['lost']}",
    "Vẫn đạt",
    "Vẫn không đạt",
    STATUS_WORDS["incomplete"],
)
# What changes is dark, what stays is light: it stands out without colour too.
_CLASS_COLOURS = {
    _GAINED: "#08519c",
    _LOST: "#b2182b",
    _STILL_MET: "#b3cde3",
    _STILL_NOT: "#fdd0a2",
    _INCOMPLETE: NO_DATA_COLOUR,
}
_SIGNS = {"gained": "+", "lost": "−"}


def classify_what_if(compared: pd.DataFrame) -> MapClasses:
    """Classes of a difference map: gained, lost, met and not met by both, incomplete; each with its count."""
    names = [_name_class(*row) for row in compared[["kind", "status"]].itertuples(index=False)]
    labels = {name: f"{name} ({format_number(names.count(name))})" for name in _CLASS_COLOURS}
    return MapClasses(
        labels=pd.Series([labels[name] for name in names], index=compared.index, dtype=str),
        colours={labels[name]: colour for name, colour in _CLASS_COLOURS.items()},
    )


def draw_scenario_map(layer: Layer, compared: pd.DataFrame, total_heading: str, height: int) -> dict[str, Any]:
    """A map of what the scenario changes, as of `draw_map`; units that change bear a + or a −."""
    spec = draw_map(layer, compared, classify_what_if(compared), total_heading, height)
    units, *others = spec["layer"]
    units["encoding"]["tooltip"].insert(2, {"field": "properties.label", "type": "nominal", "title": "So với luật"})
    units["encoding"]["tooltip"][3]["title"] = "Kết quả theo phương án"
    signs = {
        "data": {"values": _list_signs(layer, compared, height)},
        "mark": {"type": "text", "fontWeight": "bold", "color": "white", "aria": False},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": "sign", "type": "nominal"},
            "size": {"field": "size", "type": "quantitative", "scale": None},
        },
    }
    spec["layer"] = [units, others[0], signs, *others[1:]]
    return spec


def _name_class(kind: str, status: str) -> str:
    if kind in ("gained", "lost"):
        return _GAINED if kind == "gained" else _LOST
    return {"met": _STILL_MET, "not_met": _STILL_NOT, "incomplete": _INCOMPLETE}[status]


def _list_signs(layer: Layer, compared: pd.DataFrame, height: int) -> list[dict[str, Any]]:
    """A sign on each unit that changes, as large as fits the unit."""
    changing = compared[compared["kind"].isin(_SIGNS) & compared.index.isin(layer.units.index)]
    shown = layer.units.geometry[layer.units.index.isin(compared.index)]
    if changing.empty:
        return []
    _, bottom, _, top = shown.total_bounds
    shapes = layer.units.geometry[changing.index]
    rooms = shapely.area(shapes.to_numpy()) ** 0.5 / (top - bottom) * height * 0.55
    points = shapes.representative_point()
    return [
        {"x": point.x, "y": point.y, "sign": _SIGNS[kind], "size": min(max(room, 6), 22)}
        for point, kind, room in zip(points, changing["kind"], rooms, strict=True)
    ]
