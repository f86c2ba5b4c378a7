"""A small map a criterion: one on its own for the screen, all of them in one picture."""

import json
import textwrap
from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd
import shapely

from reports.charts.classes import classify_criterion
from reports.charts.colours import NO_DATA_COLOUR, POINTS_COLOURS, ZERO_COLOUR
from reports.charts.maps.status import MAP_SELECTION
from reports.charts.theme import characters_within, finish_chart, text_width
from scoring.standard import Standard
from scoring.words import NO_DATA, format_number
from shapes.layers.coarse import find_common_shape, list_centres
from shapes.layers.layers import Layer

# In the order of the classes of `classify_criterion`.
POINT_CLASSES = {
    "Đủ điểm": POINTS_COLOURS[5],
    "Trên một nửa số điểm": POINTS_COLOURS[3],
    "Một nửa số điểm trở xuống": POINTS_COLOURS[1],
    "0 điểm": ZERO_COLOUR,
    NO_DATA: NO_DATA_COLOUR,
}
ZERO_MARK = "×"
_ZERO_CLASS = list(POINT_CLASSES).index("0 điểm")


def count_zeros(frame: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """Units at zero and units without figures, a row a criterion.

    Returns
    -------
    DataFrame
        Index criterion id in the standard's order; columns `number`, `name`, `zeros`, `missing` (units), `text`
        (“19 đơn vị 0 điểm, 3 chưa có số liệu”).
    """
    rows = []
    for one in standard.criteria:
        zeros, missing = int((frame[one.id] == 0).sum()), int(frame[one.id].isna().sum())
        text = f"{format_number(zeros)} đơn vị 0 điểm, {format_number(missing)} {NO_DATA.lower()}"
        rows.append({"number": one.number, "name": one.name, "zeros": zeros, "missing": missing, "text": text})
    return pd.DataFrame(rows, index=pd.Index([one.id for one in standard.criteria], name="criterion"))


def draw_each_small_map(
    layer: Layer, frame: pd.DataFrame, standard: Standard, height: int = 210
) -> dict[str, dict[str, Any]]:
    """The small map of each criterion, by its id, without a legend; a click gives the unit's code in `MAP_SELECTION`.

    Parameters
    ----------
    layer : Layer
        Hexagons, or boundaries made coarse by `shapes.layers.coarse.coarse_layer`.
    frame : DataFrame
        Rows of `Assessment.frame`: units outside it are not drawn.
    """
    tooltip = [
        alt.Tooltip("unit:N", title="Đơn vị"),
        alt.Tooltip("points:N", title="Điểm"),
    ]
    spec = finish_chart(_draw_map(layer, "class", tooltip, mark_size=10).properties(height=height))
    rows = _list_rows(layer, frame)
    maps = {}
    for criterion in standard.criteria:
        classes = _place_in_classes(frame, standard, criterion.id)
        points = {
            code: NO_DATA if pd.isna(won) else f"{won}/{criterion.max_points}"
            for code, won in frame[criterion.id].items()
        }
        values = [row | {"class": int(classes[row["code"]]), "points": points[row["code"]]} for row in rows]
        maps[criterion.id] = spec | {"data": {"values": values}}
    return maps


def draw_small_maps(
    layer: Layer,
    frame: pd.DataFrame,
    standard: Standard,
    criteria: Iterable[str] | None = None,
    columns: int = 5,
    width: int = 1200,
    large: bool = False,
) -> dict[str, Any]:
    """All small maps with one legend, as one chart for a picture or a slide: the shapes stand in it once.

    Parameters
    ----------
    criteria : iterable of str
        Criterion ids in the order to show; all of the standard by default.
    width : int
        Of the whole picture, in pixels.
    large : bool
        Type for the projector.
    """
    counts = count_zeros(frame, standard)
    chosen = list(criteria or counts.index)
    size = 16 if large else 12
    gap = 16
    each = (width - gap * (columns - 1)) // columns
    titles = {
        one: textwrap.wrap(f"{counts.at[one, 'number']}. {counts.at[one, 'name']}", characters_within(each, size))
        for one in chosen
    }
    subtitles = {one: textwrap.wrap(str(counts.at[one, "text"]), characters_within(each, size - 2)) for one in chosen}
    most_lines = max((len(titles[one]) + len(subtitles[one]) for one in chosen), default=0)
    maps = []
    for one in chosen:
        blank = [""] * (most_lines - len(titles[one]) - len(subtitles[one]))  # so that the maps of a row stand in line
        title = alt.TitleParams(
            titles[one],
            subtitle=subtitles[one] + blank,
            fontSize=size,
            subtitleFontSize=size - 2,
            anchor="start",
            offset=6,
        )
        view = _draw_map(layer, one, None, mark_size=size - 3)
        maps.append(view.properties(width=each, height=int(each * 0.8), title=title))
    classes = {one: _place_in_classes(frame, standard, one) for one in chosen}
    rows = [
        row | {one: int(places[row["code"]]) for one, places in classes.items()} for row in _list_rows(layer, frame)
    ]
    grid = alt.concat(*maps, columns=columns, spacing=gap)
    whole = alt.vconcat(draw_points_legend(width=width, large=large), grid, spacing=gap)
    spec = finish_chart(whole)
    spec["vconcat"][-1]["data"] = {"values": rows}
    return spec


def draw_points_legend(width: int | None = None, large: bool = False) -> alt.LayerChart:
    """The legend that small maps share: in a row of `width` pixels, or one below the other."""
    size = 18 if large else 13
    names = [f"{name} ({ZERO_MARK})" if place == _ZERO_CLASS else name for place, name in enumerate(POINT_CLASSES)]
    table = pd.DataFrame({"name": names, "colour": list(POINT_CLASSES.values()), "place": range(len(names))})
    if width is None:
        along = {"y": alt.Y("place:O", axis=None), "x": alt.value(8)}
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


def _draw_map(layer: Layer, field: str, tooltip: list[alt.Tooltip] | None, mark_size: int) -> alt.LayerChart:
    """One map over rows of `_list_rows`: shapes coloured by `field`, and a mark on each unit at zero.

    With `tooltip`, it can be clicked too.
    """
    source = alt.Chart()
    corners = find_common_shape(layer)
    shapes = source.mark_geoshape(stroke="white", strokeWidth=0.4)
    if corners is not None:
        # Equal shapes are made in the browser: a centre a unit is sent instead of all corners.
        ring = ",".join(f"[datum.x+{x},datum.y+{y}]" for x, y in corners)
        geometry = f"{{type:'Polygon',coordinates:[[{ring}]]}}"
        shapes = shapes.transform_calculate(type="'Feature'", geometry=geometry)
    shapes = shapes.encode(
        color=alt.Color(
            f"{field}:O",
            scale=alt.Scale(domain=list(range(len(POINT_CLASSES))), range=list(POINT_CLASSES.values())),
            legend=None,
        ),
    )
    if tooltip is not None:
        shapes = shapes.encode(tooltip=tooltip)
        shapes = shapes.add_params(alt.selection_point(name=MAP_SELECTION, fields=["code"]))
    zeros = (
        source.transform_filter(f"datum['{field}'] === {_ZERO_CLASS}")
        .mark_text(text=ZERO_MARK, fontSize=mark_size, fontWeight="bold", color="white")
        .encode(longitude="x:Q", latitude="y:Q", tooltip=tooltip or alt.Undefined)
    )
    return alt.layer(shapes, zeros).project(**layer.projection)


def _place_in_classes(frame: pd.DataFrame, standard: Standard, criterion_id: str) -> pd.Series:
    """Place of each unit's class in `POINT_CLASSES`."""
    classes = classify_criterion(frame, standard, criterion_id)
    return classes.labels.map({label: place for place, label in enumerate(classes.colours)})


def _list_rows(layer: Layer, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A row a unit with a shape: `code`, `unit` (its name and district), `x`, `y`, its shape where shapes differ."""
    shown = frame[frame.index.isin(layer.units.index)]
    described = pd.DataFrame({"unit": shown["name"] + ", " + shown["district"]}, index=shown.index.rename("code"))
    rows = described.join(list_centres(layer)).reset_index().to_dict("records")
    if find_common_shape(layer) is not None:
        return rows
    texts = shapely.to_geojson(layer.units.geometry.loc[shown.index].to_numpy())
    return [row | {"type": "Feature", "geometry": json.loads(text)} for row, text in zip(rows, texts, strict=True)]
