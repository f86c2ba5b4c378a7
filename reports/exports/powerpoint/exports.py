"""The presentations that can be taken away."""

from reports.exports.contexts import AreaContext, WhatIfContext
from reports.exports.export import PPTX, Export
from reports.exports.powerpoint.build import build_slides
from reports.exports.powerpoint.what_if import build_scenario_slides
from shapes.layers.layers import load_layer


def _build_what_if(context: WhatIfContext, _variant: str) -> bytes:
    opened = context.assessment.round
    layer = load_layer(opened.vintage, opened.province_code, context.view)
    lines = [change.text for change in context.changes]
    return build_scenario_slides(context.assessment, context.compared, context.name, lines, layer)


POWERPOINT_EXPORTS = (
    Export(
        "slides",
        "slides",
        PPTX,
        "trinh-chieu",
        AreaContext,
        lambda context, _variant: f"Trình chiếu {context.place}",
        lambda context, _variant: build_slides(context.part, context.part_before, context.made_on),
    ),
    Export(
        "what_if_slides",
        "slides",
        PPTX,
        "phuong-an-thu",
        WhatIfContext,
        lambda _context, _variant: "Trang chiếu (PowerPoint)",
        _build_what_if,
    ),
)
