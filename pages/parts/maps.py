"""What the pages with a map of units share: the choice of its kind, the map with the chosen unit on it."""

from typing import Any

import streamlit as st

from pages.parts import keys
from pages.parts.place import take_clicked_unit
from reports.charts.maps.base import MAP_SELECTION, highlight_unit
from shapes.layers.layers import Layer, View

VIEWS: dict[View, str] = {"boundaries": "Ranh giới", "hexagons": "Ô lục giác"}


def choose_map_view(key: str = keys.MAP_VIEW, default: View = "boundaries") -> View:
    """Boundaries or hexagons, the default first, kept in the URL."""
    view: View = st.segmented_control(
        "Kiểu bản đồ",
        sorted(VIEWS, key=lambda view: view != default),
        format_func=VIEWS.__getitem__,
        default=default,
        key=key,
        bind="query-params",
        required=True,
    )
    return view


def show_unit_map(spec: dict[str, Any], layer: Layer, unit: str | None, key: str, alt: str) -> None:
    """A map of `reports.charts.maps.status.maps.base.draw_units`; a click makes a unit the chosen one."""
    if unit is not None:
        highlight_unit(spec, layer, unit)
    st.vega_lite_chart(
        spec=spec,
        key=key,
        on_select=lambda: take_clicked_unit(key, MAP_SELECTION),
        selection_mode=MAP_SELECTION,
        alt=alt,
    )
