"""The presentation of a scenario: the map with the counts and the changes, then the units that change status."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pandas as pd

from reports.charts.maps.base import ON_SLIDE
from reports.charts.maps.what_if import draw_what_if_map
from reports.charts.picture import render_bare
from reports.exports.powerpoint.deck import Deck
from reports.exports.powerpoint.free import TextSlide, add_free_slides
from reports.facts.assessment import Assessment
from reports.facts.doubts import write_footer
from reports.facts.sentences import describe_what_if
from reports.facts.tables import status_change_table
from reports.facts.what_if import count_scenario
from scoring.words import SCENARIO_LABEL
from shapes.layers.layers import Layer

_MAP_WIDTH, _MAP_HEIGHT = 900, 700
_LEGEND = replace(ON_SLIDE, label_size=30, symbol_size=800)  # its classes have longer names


def build_scenario_slides(
    changed: Assessment,
    compared: pd.DataFrame,
    name: str,
    lines: Sequence[str],
    layer: Layer,
) -> bytes:
    """A .pptx of a scenario: the map with the counts and the changes, then the units that change status.

    Parameters
    ----------
    name : str
        Of the scenario; may be empty.
    lines : sequence of str
        Its changes in words.
    layer : Layer
        The shapes of the map.

    Raises
    ------
    reports.errors.ReportError
        For a template of the office that can't be used.
    """
    title = f"{SCENARIO_LABEL}: {name}" if name else SCENARIO_LABEL
    deck = Deck(f"{SCENARIO_LABEL} · {write_footer(changed)}")
    texts = (describe_what_if(count_scenario(compared)), *lines, layer.source)
    add_free_slides(deck, TextSlide(title, texts, picture=_render_large(layer, compared)))
    table = status_change_table(compared, changed.district_heading)
    if len(table):
        heading = "Đơn vị đổi kết quả theo phương án thử"
        add_free_slides(deck, TextSlide(heading, table=table.drop(columns="Thay đổi")))
    deck.presentation.core_properties.title = f"{title}, năm {changed.round.year}"
    deck.presentation.core_properties.language = "vi-VN"
    buffer = BytesIO()
    deck.presentation.save(buffer)
    return buffer.getvalue()


def _render_large(layer: Layer, compared: pd.DataFrame) -> bytes | None:
    """The map for a slide: a large legend, no caption; None where there are no shapes."""
    if not compared.index.isin(layer.units.index).any():
        return None
    spec = draw_what_if_map(layer, compared, "", _MAP_HEIGHT, _LEGEND)
    return render_bare(spec, _MAP_WIDTH)
