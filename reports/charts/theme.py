"""What the charts of the pages beside the map share: finished specifications that stand anywhere, type by size."""

from typing import Any

import altair as alt

from reports.charts.maps.status import VIETNAMESE_NUMBERS

_CHARACTER_SHARE = 0.56  # width of a letter of the bundled font, of its height


def finish_chart(chart: alt.TopLevelMixin, ink: str | None = None) -> dict[str, Any]:
    """A chart as a Vega-Lite dict with Vietnamese numbers and its data where it is used.

    Altair gathers all data at the top, where a chart that becomes part of another (a picture, a slide) loses it.
    Parts without data of their own take it from the whole. `ink`: colour of texts that have none of their own; those
    of a picture are black.
    """
    chart = chart.configure(locale=VIETNAMESE_NUMBERS).configure_view(stroke=None)
    spec = (chart if ink is None else chart.configure_text(color=ink)).to_dict()
    _put_data(spec, spec.pop("datasets", {}))
    return spec


def type_size(large: bool) -> int:
    """Height of letters in pixels: on the page, or for the projector."""
    return 20 if large else 12


def text_width(text: str, size: int) -> float:
    """About how many pixels a text takes."""
    return len(text) * size * _CHARACTER_SHARE


def characters_within(width: float, size: int) -> int:
    """About how many letters stand in a line of so many pixels."""
    return max(8, int(width / (size * _CHARACTER_SHARE)))


def _put_data(part: Any, datasets: dict[str, Any]) -> None:
    if isinstance(part, list):
        for one in part:
            _put_data(one, datasets)
    elif isinstance(part, dict):
        name = part["data"].get("name") if isinstance(part.get("data"), dict) else None
        if name == "empty":  # Altair's word for a chart without data
            del part["data"]
        elif name in datasets:
            part["data"] = {"values": datasets[name]}
        for key, one in part.items():
            if key != "data":
                _put_data(one, datasets)
