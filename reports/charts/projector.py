"""Charts for the projector: few words, large type, read from the back of a room. `ink`: the colour of their text."""

import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from reports.charts.theme import INK
from scoring.words import format_number

_ROW_HEIGHT = 34


def draw_big_numbers(numbers: Sequence[tuple[str, str, str]], height: int = 240, ink: str = INK) -> alt.LayerChart:
    """Figures side by side. `numbers`: the figure as text, what it counts, a remark below; at least one."""
    table = pd.DataFrame(list(numbers), columns=["value", "label", "remark"]).reset_index(names="position")
    base = alt.Chart(table).encode(
        x=alt.X("position:O", axis=None, scale=alt.Scale(domain=list(range(len(table))))),
    )
    value = base.mark_text(fontSize=84, fontWeight="bold", baseline="middle", color=ink).encode(
        y=alt.value(height * 0.32), text="value:N"
    )
    label = base.mark_text(fontSize=24, lineBreak="\n", color=ink).encode(y=alt.value(height * 0.68), text="label:N")
    remark = base.mark_text(fontSize=20, opacity=0.8, lineBreak="\n", color=ink).encode(
        y=alt.value(height * 0.86), text="remark:N"
    )
    return alt.layer(value, label, remark).properties(height=height).configure_view(stroke=None)


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
    starts = [sum(widths[:column]) for column in range(len(widths))]
    cells, line = [], 0.0
    for row in [list(table.columns), *table.head(most).astype(str).to_numpy().tolist()]:
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
