"""Two years side by side: what can be compared, the map of changes, changes by criterion."""

import textwrap
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from data.text.labels import CHANGE_WORDS
from reports.charts.classes import MapClasses
from reports.charts.colours import NO_DATA_COLOUR, POINTS_COLOURS, ZERO_COLOUR
from reports.charts.maps.status import MAP_SELECTION, draw_map_legend, draw_outlines
from reports.charts.theme import finish_chart, type_size
from reports.facts.assessment import Assessment
from reports.facts.counts import compare_years
from scoring.standard import Standard
from scoring.words import NO_DATA, format_number
from shapes.layers.coarse import list_centres
from shapes.layers.layers import Layer

CHANGE_COLOURS = {
    "gained": POINTS_COLOURS[5],
    "lost": ZERO_COLOUR,
    "risen": POINTS_COLOURS[3],
    "fallen": POINTS_COLOURS[1],
    "same": "#fdf6d8",
    "unknown": NO_DATA_COLOUR,
}
CHANGE_MARKS = {"gained": "▲", "lost": "▼"}
_RISEN, _FALLEN = "Số đơn vị tăng điểm", "Số đơn vị giảm điểm"


@dataclass(frozen=True)
class YearsCompared:
    """Two years, the earlier first.

    Attributes
    ----------
    obstacle : str or None
        Why units are not compared: `units` (the lists of units differ: a code can mean another extent), `standard`
        (points of different standards), None where they are.
    units : DataFrame
        As `reports.facts.counts.compare_years`; empty where there is an obstacle.
    """

    before: Assessment
    now: Assessment
    obstacle: Literal["units", "standard"] | None
    units: pd.DataFrame


def compare_assessments(one: Assessment, other: Assessment) -> YearsCompared:
    """Compare two years in either order; each unit only where both years have the same units and the same standard."""
    before, now = sorted((one, other), key=lambda assessment: assessment.round.year)
    obstacle: Literal["units", "standard"] | None = None
    if before.round.vintage != now.round.vintage:
        obstacle = "units"
    elif before.standard.id != now.standard.id:
        obstacle = "standard"
    units = compare_years(now.frame, before.frame)
    return YearsCompared(before, now, obstacle, units if obstacle is None else units.iloc[:0])


def compare_criteria(now: pd.DataFrame, before: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """How each criterion changed over the units that have its points in both years.

    Parameters
    ----------
    now, before : DataFrame
        `Assessment.frame` of the same units by the same standard.

    Returns
    -------
    DataFrame
        Index criterion id in the standard's order; columns `number`, `name`, `units` (with points in both years),
        `risen`, `fallen`, `new_zeros`, `cleared_zeros` (units), `change` (points, sum over the units).
    """
    rows = []
    for one in standard.criteria:
        points = pd.DataFrame({"before": before[one.id], "now": now[one.id]}).dropna()
        change = points["now"] - points["before"]
        rows.append(
            {
                "number": one.number,
                "name": one.name,
                "units": len(points),
                "risen": int((change > 0).sum()),
                "fallen": int((change < 0).sum()),
                "new_zeros": int(((points["now"] == 0) & (points["before"] > 0)).sum()),
                "cleared_zeros": int(((points["before"] == 0) & (points["now"] > 0)).sum()),
                "change": int(change.sum()),
            }
        )
    return pd.DataFrame(rows, index=pd.Index([one.id for one in standard.criteria], name="criterion"))


def compare_unit(now: pd.Series, before: pd.Series, standard: Standard) -> pd.DataFrame:
    """Points of each criterion of one unit in two years, the greatest change first.

    Returns
    -------
    DataFrame
        Index criterion id; columns `number`, `name`, `before`, `now`, `change`, `most` (points, Int64; `change` is NA
        where a year lacks figures).
    """
    table = pd.DataFrame(
        {
            "number": [one.number for one in standard.criteria],
            "name": [one.name for one in standard.criteria],
            "before": pd.array([before[one.id] for one in standard.criteria], dtype="Int64"),
            "now": pd.array([now[one.id] for one in standard.criteria], dtype="Int64"),
            "most": [one.max_points for one in standard.criteria],
        },
        index=pd.Index([one.id for one in standard.criteria], name="criterion"),
    )
    table.insert(4, "change", table["now"] - table["before"])
    order = table["change"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
    return table.loc[order]


def classify_changes(compared: pd.DataFrame) -> MapClasses:
    """Classes of `compare_years` by kind, named with their counts."""
    counted = compared["kind"].value_counts()
    labels = {
        kind: f"{CHANGE_MARKS.get(kind, '')} {word} ({format_number(int(counted.get(kind, 0)))})".strip()
        for kind, word in CHANGE_WORDS.items()
    }
    return MapClasses(
        labels=compared["kind"].map(labels).astype("str"),
        colours={labels[kind]: colour for kind, colour in CHANGE_COLOURS.items()},
    )


def draw_change_map(
    layer: Layer, compared: pd.DataFrame, years: tuple[int, int], height: int = 480, large: bool = False
) -> dict[str, Any]:
    """A map of what changed: the legend counts, marks stand on units that gained or lost recognition.

    Parameters
    ----------
    compared : DataFrame
        As `compare_years`; units outside it are not drawn.
    years : tuple of int
        The earlier and the later, for the tooltip.
    large : bool
        A legend for the projector.

    Returns
    -------
    dict
        A specification that `reports.charts.maps.status.highlight_unit` can mark a unit on; a click gives the unit's
        code in `MAP_SELECTION`.
    """
    classes = classify_changes(compared)
    tooltip = [
        alt.Tooltip("properties.name:N", title="Đơn vị"),
        alt.Tooltip("properties.district:N", title="Địa bàn"),
        alt.Tooltip("properties.before:N", title=f"Tổng điểm {years[0]}"),
        alt.Tooltip("properties.now:N", title=f"Tổng điểm {years[1]}"),
        alt.Tooltip("properties.change:N", title="Tăng, giảm"),
    ]
    units = (
        alt.Chart(alt.NamedData("units"))
        .mark_geoshape(stroke="white", strokeWidth=0.6)
        .transform_calculate(code="datum.properties.code")
        .encode(
            color=alt.Color(
                "properties.label:N",
                scale=alt.Scale(domain=list(classes.colours), range=list(classes.colours.values())),
                legend=draw_map_legend(large),
            ),
            tooltip=tooltip,
        )
        .add_params(alt.selection_point(name=MAP_SELECTION, fields=["code"]))
    )
    marks = (
        alt.Chart(alt.NamedData("marks"))
        .mark_text(fontSize=16 if large else 10, color="white")
        .encode(longitude="x:Q", latitude="y:Q", text="properties.mark:N", tooltip=tooltip)
    )
    outlines, highlight = draw_outlines()
    chart = alt.layer(units, outlines, marks, highlight).project(**layer.projection).properties(height=height)
    spec = finish_chart(chart)
    values = pd.DataFrame(
        {
            "name": compared["name"],
            "district": compared["district"],
            "before": compared["total_before"].map(format_number),
            "now": compared["total"].map(format_number),
            "change": [
                NO_DATA if pd.isna(change) else format_number(int(change), signed=True) for change in compared["change"]
            ],
            "label": classes.labels,
            "mark": compared["kind"].map(CHANGE_MARKS),
        }
    )
    of_district = layer.units["district_code"].reindex(compared.index).dropna()
    shapes = {
        "units": layer.geojson(values.drop(columns="mark")),
        "districts": layer.district_geojson(of_district.unique()),
        "chosen": layer.geojson(pd.DataFrame(index=[])),
    }
    marked = values.dropna(subset="mark").join(list_centres(layer), how="inner")
    points = [
        {"code": code, "x": row.pop("x"), "y": row.pop("y"), "properties": row}
        for code, row in zip(marked.index, marked.to_dict("records"), strict=True)
    ]
    for one in spec["layer"]:
        name = one["data"]["name"]
        if name == "marks":
            one["data"] = {"values": points}
        else:
            one["data"] = {"values": shapes[name], "format": {"type": "json", "property": "features"}}
    return spec


def draw_criterion_changes(
    changes: pd.DataFrame, width: int | None = None, large: bool = False, ink: str | None = None
) -> dict[str, Any]:
    """Units that rose (to the right) and fell (to the left) on each criterion; `changes` of `compare_criteria`.

    `width`: of a picture; without it the chart takes the width of its place. `ink`: colour of the numbers.
    """
    size = type_size(large)
    rows = []
    for _, one in changes.iterrows():
        label = "|".join(textwrap.wrap(f"{one['number']}. {one['name']}", 40))
        for word, sign in ((_RISEN, 1), (_FALLEN, -1)):
            count = int(one["risen" if sign > 0 else "fallen"])
            text = format_number(count) if count else ""
            rows.append({"criterion": label, "word": word, "units": count, "signed": sign * count, "text": text})
    most = max([1, *changes["risen"], *changes["fallen"]]) * 1.25  # room for the numbers beside the bars
    source = alt.Chart(alt.InlineData(values=rows))
    down = alt.Y(
        "criterion:N",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.label, '|')", labelLimit=420, labelFontSize=size, ticks=False, labelOverlap=False
        ),
    )
    along = alt.X("signed:Q", scale=alt.Scale(domain=[-most, most], nice=False), axis=None)
    bars = source.mark_bar().encode(
        y=down,
        x=along,
        color=alt.Color(
            "word:N",
            scale=alt.Scale(domain=[_FALLEN, _RISEN], range=[CHANGE_COLOURS["fallen"], CHANGE_COLOURS["risen"]]),
            legend=alt.Legend(title=None, orient="top", labelFontSize=size, labelLimit=420, symbolType="square"),
        ),
        tooltip=[alt.Tooltip("word:N", title="Thay đổi"), alt.Tooltip("units:Q", title="Số đơn vị")],
    )
    texts = [
        source.transform_filter(f"datum.signed {sign} 0")
        .mark_text(align=align, dx=shift, fontSize=size)
        .encode(y=down, x=along, text="text:N")
        for sign, align, shift in ((">", "left", 4), ("<", "right", -4))
    ]
    chart = alt.layer(bars, *texts).properties(height=alt.Step(size * 3))
    return finish_chart(chart if width is None else chart.properties(width=width), ink)
