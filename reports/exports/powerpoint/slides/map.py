"""The map of a year's results as a picture for a slide: large type, no caption."""

from dataclasses import dataclass

from reports.charts.classes import classify_status
from reports.charts.maps.base import ON_SLIDE
from reports.charts.maps.status import draw_map
from reports.charts.picture import render_bare
from reports.facts.assessment import Assessment
from shapes.layers.layers import load_layer

_WIDTH, _HEIGHT = 900, 700


@dataclass(frozen=True)
class MapPicture:
    """A PNG; `source`: what must be said of its shapes; `without_place`: units that are not on it."""

    png: bytes
    source: str
    schematic: bool
    without_place: int


def render_map(assessment: Assessment) -> MapPicture | None:
    """The units coloured by status; None where there are no shapes for them."""
    layer = load_layer(assessment.round.vintage, assessment.round.province_code)
    frame = assessment.frame
    drawn = frame[frame.index.isin(layer.units.index)]
    if drawn.empty:
        return None
    spec = draw_map(layer, frame, classify_status(frame), assessment.total_heading, _HEIGHT, legend=ON_SLIDE)
    return MapPicture(render_bare(spec, _WIDTH), layer.source, layer.schematic, len(frame) - len(drawn))
