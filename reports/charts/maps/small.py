"""A small map a criterion: one on its own for the screen, all of them in one picture."""

import json
import textwrap
from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd
import shapely

from reports.charts.classes import POINT_CLASSES, ZERO_CLASS, place_in_classes
from reports.charts.legend import draw_points_legend
from reports.charts.maps.base import MAP_SELECTION
from reports.charts.theme import ZERO_MARK, characters_within, finish_chart
from reports.facts.counts import count_by_criterion
from reports.facts.criteria import criterion_name
from reports.facts.sentences import describe_criterion_counts
from scoring.standard import Standard
from scoring.words import NO_DATA
from shapes.layers.coarse import find_common_shape, list_centres
from shapes.layers.layers import Layer


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
        classes = place_in_classes(frame, standard, criterion.id)
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
    size, gap = 16 if large else 12, 16
    chosen = list(criteria or (criterion.id for criterion in standard.criteria))
    each = (width - gap * (columns - 1)) // columns
    titles = _list_titles(count_by_criterion(frame, standard).loc[chosen], each, size)
    maps = [
        _draw_map(layer, id_, None, mark_size=size - 3).properties(width=each, height=int(each * 0.8), title=title)
        for id_, title in zip(chosen, titles, strict=True)
    ]
    classes = {id_: place_in_classes(frame, standard, id_) for id_ in chosen}
    rows = [
        row | {id_: int(positions[row["code"]]) for id_, positions in classes.items()}
        for row in _list_rows(layer, frame)
    ]
    grid = alt.concat(*maps, columns=columns, spacing=gap)
    spec = finish_chart(alt.vconcat(draw_points_legend(width=width, large=large), grid, spacing=gap))
    spec["vconcat"][-1]["data"] = {"values": rows}
    return spec


def _list_titles(counts: pd.DataFrame, width: int, size: int) -> list[alt.TitleParams]:
    """The titles of small maps, all of the same height, so that the maps of a row stand in line."""
    texts = [
        (
            textwrap.wrap(criterion_name(row.number, row.name), characters_within(width, size)),
            textwrap.wrap(describe_criterion_counts(row.zeros, row.missing), characters_within(width, size - 2)),
        )
        for row in counts.itertuples(index=False)
    ]
    most = max((len(title) + len(below) for title, below in texts), default=0)
    return [
        alt.TitleParams(
            title,
            subtitle=below + [""] * (most - len(title) - len(below)),
            fontSize=size,
            subtitleFontSize=size - 2,
            anchor="start",
            offset=6,
        )
        for title, below in texts
    ]


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
        source.transform_filter(f"datum['{field}'] === {ZERO_CLASS}")
        .mark_text(text=ZERO_MARK, fontSize=mark_size, fontWeight="bold", color="white")
        .encode(longitude="x:Q", latitude="y:Q", tooltip=tooltip or alt.Undefined)
    )
    return alt.layer(shapes, zeros).project(**layer.projection)


def _list_rows(layer: Layer, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A row a unit with a shape: `code`, `unit` (its name and district), `x`, `y`, its shape where shapes differ."""
    drawn = frame[frame.index.isin(layer.units.index)]
    described = pd.DataFrame({"unit": drawn["name"] + ", " + drawn["district"]}, index=drawn.index.rename("code"))
    rows = described.join(list_centres(layer)).reset_index().to_dict("records")
    if find_common_shape(layer) is not None:
        return rows
    texts = shapely.to_geojson(layer.units.geometry.loc[drawn.index].to_numpy())
    return [row | {"type": "Feature", "geometry": json.loads(text)} for row, text in zip(rows, texts, strict=True)]
