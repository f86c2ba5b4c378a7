"""The legend of the classes of points, which small maps and the heat table share."""

from typing import Any

import altair as alt
import pandas as pd

from reports.charts.classes import POINT_CLASSES, ZERO_CLASS
from reports.charts.theme import ZERO_MARK, text_width


def draw_points_legend(width: int | None = None, large: bool = False) -> alt.LayerChart:
    """Draw the classes of points in a row of `width` pixels, or one below the other."""
    size = 18 if large else 13
    names = [f"{name} ({ZERO_MARK})" if position == ZERO_CLASS else name for position, name in enumerate(POINT_CLASSES)]
    table = pd.DataFrame({"name": names, "colour": list(POINT_CLASSES.values()), "position": range(len(names))})
    if width is None:
        along = {"y": alt.Y("position:O", axis=None), "x": alt.value(8)}
        properties: dict[str, Any] = {"height": 22 * len(names)}
    else:
        along = {"x": alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False)), "y": alt.value(12)}
        lengths = pd.Series([text_width(name, size) + size * 2.5 for name in names])
        table["start"] = lengths.cumsum().shift(fill_value=0) + 8
        properties = {"width": width, "height": 24}
    base = alt.Chart(alt.InlineData(values=table.to_dict("records"))).encode(**along)
    squares = base.mark_square(size=size * size, opacity=1).encode(color=alt.Color("colour:N", scale=None))
    texts = base.mark_text(align="left", baseline="middle", dx=size, fontSize=size).encode(text="name:N")
    return alt.layer(squares, texts).properties(**properties)
