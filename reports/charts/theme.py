"""What all charts share: colours, sizes of type, Vietnamese numbers, specifications that stand anywhere.

Colours are told apart by colour-blind people and on a poor projector. `large` everywhere: type for the projector.
"""

import textwrap
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

STATUS_COLOURS = {"met": "#2166ac", "not_met": "#d6604d", "incomplete": "#e0c341"}
STATUS_INK = {"met": "#ffffff", "not_met": "#1a1a1a", "incomplete": "#1a1a1a"}  # text that is read on the colours
NO_DATA_COLOUR = "#d9d9d9"
ZERO_COLOUR = "#b2182b"
# From few points to many; light to dark, so that the order is seen without colour too.
POINTS_COLOURS = ("#d6604d", "#f4a582", "#d1e5f0", "#92c5de", "#4393c3", "#2166ac")
OUTLINE_COLOUR = "#444444"
CHOSEN_COLOUR = "#111111"
MINIMUM_COLOUR, NOTE_COLOUR = "#e69f00", "#808080"  # lines and notes, seen on light and dark
INK, INK_ON_DARK = "#1f2329", "#eceff1"  # text on the light and on the dark background
ZERO_MARK, MISSING_MARK = "×", "–"

VIETNAMESE_NUMBERS = {"number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}}
LINE_BREAK = "|"  # in a label; Vega-Lite itself breaks on a line feed in a list to sort by
PROFILE_MARGIN = 90  # pixels: Streamlit fits axes and legend into the height of a chart of a profile
LABEL_LINES = f"split(datum.label, '{LINE_BREAK}')"

_CHARACTER_SHARE = 0.56  # width of a letter of the bundled font, of its height


def finish_chart(chart: alt.TopLevelMixin, ink: str | None = None) -> dict[str, Any]:
    """Turn a chart into a Vega-Lite dict with Vietnamese numbers and its data where it is used.

    Altair gathers all data at the top, where a chart that becomes part of another (a picture, a slide) loses it.
    Parts without data of their own take it from the whole. `ink`: colour of texts that have none of their own; those
    of a picture are black.
    """
    chart = chart.configure(locale=VIETNAMESE_NUMBERS).configure_view(stroke=None)
    spec = (chart if ink is None else chart.configure_text(color=ink)).to_dict()
    _put_data(spec, spec.pop("datasets", {}))
    return spec


def finish_profile(chart: alt.LayerChart, large: bool) -> alt.LayerChart:
    """Give a chart of a profile its type, Vietnamese numbers and a legend for each of its scales."""
    size = type_size(large)
    return (
        chart.resolve_legend(color="independent", shape="independent")
        .configure(locale=VIETNAMESE_NUMBERS)
        .configure_axis(labelFontSize=size, titleFontSize=size)
        .configure_legend(labelFontSize=size, symbolSize=240 if large else 90)
    )


def scale_by_status(words: Mapping[str, str], values: Mapping[str, str]) -> alt.Scale:
    """The scale of results: `words` by status name them, `values` by status are their colours or shapes."""
    return alt.Scale(domain=list(words.values()), range=[values[status] for status in words])


def list_lanes(field: str, names: list[str]) -> alt.YOffset:
    """Lanes in a row, the first on top. Marks stand at the start of their lane, so an empty one goes first.

    Names, not numbers: versions of Vega-Lite disagree on which way numbers run.
    """
    return alt.YOffset(field, scale=alt.Scale(domain=["", *names]))


def name_data(frame: pd.DataFrame, name: str) -> alt.InlineData:
    """Values that stay in their layer: Altair gathers unnamed ones at the top, where a picture's frame loses them."""
    return alt.InlineData(values=frame.to_dict("records"), name=name)


def type_size(large: bool) -> int:
    """Height of letters in pixels: on the page, or for the projector."""
    return 20 if large else 12


def break_lines(text: str, characters: int) -> str:
    """A text in lines of at most so many letters, for an axis whose labels are `LABEL_LINES`."""
    return LINE_BREAK.join(textwrap.wrap(text, characters))


def text_width(text: str, size: int) -> float:
    """About how many pixels a text takes."""
    return len(text) * size * _CHARACTER_SHARE


def characters_within(width: float, size: int) -> int:
    """About how many letters stand in a line of so many pixels."""
    return max(8, int(width / (size * _CHARACTER_SHARE)))


def _put_data(part: Any, datasets: dict[str, Any]) -> None:
    if isinstance(part, list):
        for member in part:
            _put_data(member, datasets)
    elif isinstance(part, dict):
        name = part["data"].get("name") if isinstance(part.get("data"), dict) else None
        if name == "empty":  # Altair's word for a chart without data
            del part["data"]
        elif name in datasets:
            part["data"] = {"values": datasets[name]}
        for key, member in part.items():
            if key != "data":
                _put_data(member, datasets)
