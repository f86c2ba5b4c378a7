"""The pictures that can be taken away: each map and chart of an area, the map of a scenario, as PNG and SVG."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

from reports.charts.bars import draw_district_bars, draw_knocked_out
from reports.charts.classes import classify, list_measures, name_measure
from reports.charts.heat import draw_heat
from reports.charts.maps.changes import draw_change_map
from reports.charts.maps.small import draw_small_maps
from reports.charts.maps.status import draw_map
from reports.charts.maps.what_if import draw_what_if_map
from reports.charts.margins import draw_margins
from reports.charts.picture import caption_of, caption_what_if, render_picture
from reports.exports.contexts import AreaContext, WhatIfContext
from reports.exports.export import PNG, SVG, Export, Format
from reports.facts.counts import count_knocked_out, order_districts, summarise_districts
from reports.facts.sentences import describe_what_if
from reports.facts.what_if import count_scenario
from shapes.layers.layers import Layer, View, load_layer

Spec = dict[str, Any]
Kind = Literal["png", "svg"]
_KINDS: tuple[tuple[Kind, Format], ...] = (("png", PNG), ("svg", SVG))
_MAP_HEIGHT, _WHAT_IF_HEIGHT = 620, 640


def _get_layer(context: AreaContext | WhatIfContext, view: View) -> Layer:
    opened = context.assessment.round
    return load_layer(opened.vintage, opened.province_code, view)


def _list_maps(context: AreaContext) -> Mapping[str, str]:
    standard, heading = context.assessment.standard, context.assessment.total_heading
    return {measure: name_measure(standard, heading, measure) for measure in list_measures(standard)}


def _map_exports(id_: str, stem: str, view: View, variants: Callable[[AreaContext], Mapping[str, str]]) -> list[Export]:
    def render(kind: Kind, context: AreaContext, measure: str) -> bytes:
        assessment, frame = context.assessment, context.part.frame
        layer = _get_layer(context, view)
        classes = classify(frame, assessment.standard, measure)
        spec = draw_map(layer, frame, classes, assessment.total_heading, _MAP_HEIGHT)
        what = name_measure(assessment.standard, assessment.total_heading, measure)
        title = f"{what}, {context.place}, năm {context.year}"
        return render_picture(spec, caption_of(context.part, title, context.made_on, layer.source), kind)

    def entitle(kind: Kind, context: AreaContext, measure: str) -> str:
        return f"{variants(context)[measure]} ({kind.upper()})"

    return [
        Export(
            f"{id_}_{kind}",
            "picture",
            format_,
            stem,
            AreaContext,
            partial(entitle, kind),
            partial(render, kind),
            variants,
        )
        for kind, format_ in _KINDS
    ]


def _chart_exports(
    stem: str,
    title: Callable[[AreaContext], str],
    draw: Callable[[AreaContext], Spec],
    applies: Callable[[AreaContext], bool] = lambda _context: True,
) -> list[Export]:
    def render(kind: Kind, context: AreaContext, _variant: str) -> bytes:
        whole_title = f"{title(context)}, {context.place}, năm {context.year}"
        return render_picture(draw(context), caption_of(context.part, whole_title, context.made_on), kind)

    def entitle(kind: Kind, context: AreaContext, _variant: str) -> str:
        return f"{title(context)} ({kind.upper()})"

    return [
        Export(
            f"{stem}_{kind}",
            "picture",
            format_,
            stem,
            AreaContext,
            partial(entitle, kind),
            partial(render, kind),
            lambda context: {"": ""} if applies(context) else {},
        )
        for kind, format_ in _KINDS
    ]


def _draw_districts(context: AreaContext) -> Spec:
    target = context.assessment.round.target_percent
    districts = order_districts(summarise_districts(context.part.frame, target))
    spec: Spec = draw_district_bars(districts, target, context.assessment.district_heading).to_dict()
    return spec


def _draw_knocked_out(context: AreaContext) -> Spec:
    spec: Spec = draw_knocked_out(count_knocked_out(context.part)).to_dict()
    return spec


def _draw_margins(context: AreaContext) -> Spec:
    return draw_margins(context.part.frame, context.assessment.standard)


def _draw_small_maps(context: AreaContext) -> Spec:
    return draw_small_maps(_get_layer(context, "hexagons"), context.part.frame, context.assessment.standard)


def _can_compare(context: AreaContext) -> bool:
    return context.comparison is not None and context.comparison.obstacle is None


def _draw_changes(context: AreaContext) -> Spec:
    assert context.comparison is not None
    return draw_change_map(_get_layer(context, "hexagons"), context.comparison.units, context.comparison.years)


def _name_changes(context: AreaContext) -> str:
    assert context.comparison is not None
    year_before, year = context.comparison.years
    return f"Thay đổi từ năm {year_before} đến năm {year}"


def _render_what_if(context: WhatIfContext, _variant: str) -> bytes:
    layer = _get_layer(context, context.view)
    heading = context.assessment.total_heading
    spec = draw_what_if_map(layer, context.compared, heading, height=_WHAT_IF_HEIGHT)
    title = f"Thay đổi so với luật, năm {context.year}. {describe_what_if(count_scenario(context.compared))}"
    return render_picture(spec, caption_what_if(context.assessment, title, context.made_on, layer.source), "png")


PICTURE_EXPORTS = (
    *_map_exports("map", "ban-do", "boundaries", _list_maps),
    *_map_exports("hexagons", "luc-giac", "hexagons", lambda _context: {"status": "Kết quả, ô lục giác"}),
    *_chart_exports(
        "theo-huyen", lambda context: f"Kết quả theo {context.assessment.district_heading.lower()}", _draw_districts
    ),
    *_chart_exports(
        "bi-0-diem",
        lambda _context: "Đơn vị bị 0 điểm theo tiêu chí",
        _draw_knocked_out,
        lambda context: context.assessment.standard.recognition.zero_knocks_out,
    ),
    *_chart_exports("phan-bo", lambda _context: "Tổng điểm so với mức tối thiểu", _draw_margins),
    *_chart_exports("ban-do-nho", lambda _context: "Các tiêu chí trên bản đồ", _draw_small_maps),
    *_chart_exports(
        "bang-nhiet",
        lambda _context: "Điểm từng tiêu chí",
        lambda context: draw_heat(context.part.frame, context.assessment.standard),
        lambda context: context.district_code is not None,
    ),
    *_chart_exports("thay-doi", _name_changes, _draw_changes, _can_compare),
    Export(
        "what_if_map",
        "picture",
        PNG,
        "phuong-an-thu",
        WhatIfContext,
        lambda _context, _variant: "Hình (PNG)",
        _render_what_if,
    ),
)
