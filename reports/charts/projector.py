"""Charts for the projector: few words, large type, read from the back of a room. `ink`: the colour of their text."""

import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from reports.charts.colours import INK, ZERO_COLOUR
from reports.charts.maps.status import VIETNAMESE_NUMBERS
from scoring.words import format_number

_ROW_HEIGHT = 34
_BREAK = "¶"  # Vega-Lite breaks on a line feed in a list to sort by


def draw_big_numbers(numbers: Sequence[tuple[str, str, str]], height: int = 240, ink: str = INK) -> alt.LayerChart:
    """Figures side by side. `numbers`: the figure as text, what it counts, a remark below; at least one."""
    table = pd.DataFrame(list(numbers), columns=["value", "label", "remark"]).reset_index(names="place")
    base = alt.Chart(table).encode(
        x=alt.X("place:O", axis=None, scale=alt.Scale(domain=list(range(len(table))))),
    )
    value = base.mark_text(fontSize=84, fontWeight="bold", baseline="middle", color=ink).encode(
        y=alt.value(height * 0.32), text="value:N"
    )
    label = base.mark_text(fontSize=24, lineBreak="\n", color=ink).encode(y=alt.value(height * 0.68), text="label:N")
    remark = base.mark_text(fontSize=20, opacity=0.8, lineBreak="\n", color=ink).encode(
        y=alt.value(height * 0.86), text="remark:N"
    )
    return alt.layer(value, label, remark).properties(height=height).configure_view(stroke=None)


def draw_knocked_out(knocked_out: pd.DataFrame, large: bool = False, ink: str = INK) -> alt.LayerChart:
    """How many units each criterion knocks out by zero points; as `count_knocked_out` counts them."""
    size = 22 if large else 13
    table = knocked_out.reset_index()
    table["label"] = [
        _BREAK.join(textwrap.wrap(f"{number}. {name}", 46))
        for number, name in zip(table["number"], table["name"], strict=True)
    ]
    table["said"] = [
        f"{format_number(int(units))} đơn vị"
        + (f" ({format_number(int(only))} chỉ vướng tiêu chí này)" if only else "")
        for units, only in zip(table["units"], table["only"], strict=True)
    ]
    most = int(table["units"].max()) if len(table) else 1
    base = alt.Chart(table).encode(
        y=alt.Y(
            "label:N",
            sort=table["label"].tolist(),
            title=None,
            axis=alt.Axis(labelFontSize=size, labelLimit=640, labelExpr=f"split(datum.label, '{_BREAK}')"),
        ),
        x=alt.X("units:Q", axis=None, scale=alt.Scale(domain=[0, most * 2.6])),
    )
    bars = base.mark_bar(color=ZERO_COLOUR).encode(
        tooltip=[alt.Tooltip("name:N", title="Tiêu chí"), alt.Tooltip("said:N", title="Bị 0 điểm")]
    )
    numbers = base.mark_text(align="left", dx=8, fontSize=size, color=ink).encode(text="said:N")
    return (
        alt.layer(bars, numbers)
        .properties(height=max(120, (66 if large else 40) * len(table)))
        .configure(locale=VIETNAMESE_NUMBERS)
        .configure_view(stroke=None)
    )


def draw_rows(
    table: pd.DataFrame, widths: Sequence[int], size: int = 22, most: int = 10, ink: str = INK
) -> alt.LayerChart:
    """A table as large type: at most `most` rows, the rest counted.

    Parameters
    ----------
    table : DataFrame
        Texts; the column names are the headings.
    widths : sequence of int
        Characters of each column; longer texts go on in the next line.
    """
    shown = table.head(most)
    starts = [sum(widths[:place]) for place in range(len(widths))]
    cells, line = [], 0.0
    for row in [list(table.columns), *shown.astype(str).to_numpy().tolist()]:
        wrapped = [textwrap.wrap(text, width - 2) or [""] for text, width in zip(row, widths, strict=True)]
        for start, lines in zip(starts, wrapped, strict=True):
            cells.append({"x": start, "y": line, "text": "\n".join(lines), "heading": line == 0})
        line += max(map(len, wrapped)) + 0.35
    if len(table) > most:
        cells.append({"x": 0, "y": line, "text": f"và {format_number(len(table) - most)} dòng khác", "heading": False})
        line += 1.35
    data = pd.DataFrame(cells, columns=["x", "y", "text", "heading"])
    base = alt.Chart(data).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, sum(widths)], nice=False)),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[line, 0], nice=False)),
        text="text:N",
    )
    style = {
        "align": "left",
        "baseline": "top",
        "lineBreak": "\n",
        "fontSize": size,
        "lineHeight": _ROW_HEIGHT,
        "color": ink,
    }
    plain = base.transform_filter("!datum.heading").mark_text(**style)
    heading = base.transform_filter("datum.heading").mark_text(**style, fontWeight="bold")
    return (
        alt.layer(plain, heading)
        .properties(height=max(_ROW_HEIGHT * 2, int(line * _ROW_HEIGHT)))
        .configure_view(stroke=None)
    )
