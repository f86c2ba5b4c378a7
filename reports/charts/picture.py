"""Charts and maps as PNG and SVG in the bundled font: a picture with its caption, or bare for a slide."""

import textwrap
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import vl_convert

from data.paths import PROJECT_ROOT
from reports.facts.assessment import Assessment
from reports.facts.doubts import find_doubts
from scoring.words import SCENARIO_LABEL, format_date

PICTURE_FONT = "Be Vietnam Pro"
_FONT_FOLDER = PROJECT_ROOT / "static"
_CHARACTER_WIDTH = {18: 10.5, 12: 7.0}  # of the bundled font, on average, in pixels
_TOP_KEYS = ("config", "$schema", "datasets")  # that Vega-Lite knows at the top only
_SLIDE_SCALE = 1.5  # pixels of a slide's picture a pixel of the chart

vl_convert.register_font_directory(str(_FONT_FOLDER))


@dataclass(frozen=True)
class Caption:
    """What stands around a picture. `doubts`: “tạm tính”, “Số liệu minh họa”; `source`: of shapes and figures."""

    title: str
    doubts: tuple[str, ...]
    source: str
    made_on: date


def caption_of(assessment: Assessment, title: str, made_on: date, source: str = "") -> Caption:
    """The caption of a picture of a year's figures: its standard, its doubts."""
    figures = f"Chấm theo {assessment.standard.title}, số liệu năm {assessment.round.year}."
    return Caption(title, find_doubts(assessment).sentences, f"{figures} {source}".strip(), made_on)


def caption_what_if(changed: Assessment, title: str, made_on: date, source: str = "") -> Caption:
    """The caption of a picture of a scenario: that it is no result comes first."""
    caption = caption_of(changed, title, made_on, source)
    return replace(caption, doubts=(f"{SCENARIO_LABEL}.", *caption.doubts))


def render_picture(
    spec: dict[str, Any], caption: Caption, kind: Literal["png", "svg"], width: int = 900, scale: float = 2.0
) -> bytes:
    """Render a Vega-Lite chart on white with title, what is in doubt, source and date.

    Parameters
    ----------
    spec : dict
        A single, layered, faceted or concatenated chart without title; `width` is given to charts that have none.
    scale : float
        Pixels of the PNG a pixel of the chart.

    Raises
    ------
    ValueError
        For a specification that Vega-Lite refuses.
    """
    framed = _with_caption(spec, caption, width)
    if kind == "svg":
        return vl_convert.vegalite_to_svg(framed, allowed_base_urls=[]).encode()
    return bytes(vl_convert.vegalite_to_png(framed, scale=scale, allowed_base_urls=[]))


def render_bare(spec: dict[str, Any], width: int) -> bytes:
    """Render a Vega-Lite chart on white as a PNG without caption, for a slide that says all that around it.

    Raises
    ------
    ValueError
        For a specification that Vega-Lite refuses.
    """
    config = spec.get("config", {}) | {"font": PICTURE_FONT, "background": "white"}
    sized = spec | {"width": width, "config": config}
    return bytes(vl_convert.vegalite_to_png(sized, scale=_SLIDE_SCALE, allowed_base_urls=[]))


def _with_caption(spec: dict[str, Any], caption: Caption, width: int) -> dict[str, Any]:
    inner = {key: value for key, value in spec.items() if key not in _TOP_KEYS}
    if not {"hconcat", "vconcat", "concat", "facet", "repeat"} & set(inner):
        inner.setdefault("width", width)
    footer = _wrap(f"{caption.source} Ngày lập: {format_date(caption.made_on)}.", 12, width)
    config = spec.get("config", {}) | {"font": PICTURE_FONT, "background": "white", "padding": 16}
    return {
        "$schema": spec.get("$schema", "https://vega.github.io/schema/vega-lite/v6.json"),
        "datasets": spec.get("datasets", {}),
        "title": {
            "text": _wrap(caption.title, 18, width),
            "subtitle": [line for doubt in caption.doubts for line in _wrap(doubt, 12, width)],
            "anchor": "start",
            "fontSize": 18,
            "subtitleFontSize": 12,
            "subtitleColor": "#a03c00",
            "offset": 12,
        },
        "vconcat": [
            inner,
            {
                "data": {"values": [{}]},
                "mark": {"type": "text", "align": "left", "baseline": "top", "fontSize": 12, "color": "#555555"},
                "encoding": {"text": {"value": footer}, "x": {"value": 0}, "y": {"value": 0}},
                "width": width,
                "height": 16 * len(footer),
                "view": {"stroke": None},
            },
        ],
        "resolve": {"legend": {"color": "independent"}},
        "config": config,
    }


def _wrap(text: str, size: int, width: int) -> list[str]:
    return textwrap.wrap(text, max(20, int(width / _CHARACTER_WIDTH[size]))) or [""]
