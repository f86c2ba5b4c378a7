"""Classes of a map: each unit falls in one, the legend names them with their counts, no data is a class of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.text.labels import CHANGE_WORDS
from reports.charts.theme import NO_DATA_COLOUR, POINTS_COLOURS, STATUS_COLOURS, ZERO_COLOUR
from reports.facts.criteria import criterion_label
from reports.facts.what_if import KIND_WORDS
from scoring.standard import Standard
from scoring.words import NO_DATA, STATUS_WORDS, format_number

# Of the points of any criterion, from all to none.
POINT_CLASSES = {
    "Đủ điểm": POINTS_COLOURS[5],
    "Trên một nửa số điểm": POINTS_COLOURS[3],
    "Một nửa số điểm trở xuống": POINTS_COLOURS[1],
    "0 điểm": ZERO_COLOUR,
    NO_DATA: NO_DATA_COLOUR,
}
ZERO_CLASS = list(POINT_CLASSES).index("0 điểm")
CHANGE_COLOURS = {
    "gained": POINTS_COLOURS[5],
    "lost": ZERO_COLOUR,
    "risen": POINTS_COLOURS[3],
    "fallen": POINTS_COLOURS[1],
    "same": "#fdf6d8",
    "unknown": NO_DATA_COLOUR,
}
CHANGE_MARKS = {"gained": "▲", "lost": "▼"}
WHAT_IF_MARKS = {"gained": "+", "lost": "−"}
# What changes is dark, what stays is light: it stands out without colour too.
_WHAT_IF_COLOURS = {
    f"{WHAT_IF_MARKS['gained']} {KIND_WORDS['gained']}": "#08519c",
    f"{WHAT_IF_MARKS['lost']} {KIND_WORDS['lost']}": "#b2182b",
    "Vẫn đạt": "#b3cde3",
    "Vẫn không đạt": "#fdd0a2",
    STATUS_WORDS["incomplete"]: NO_DATA_COLOUR,
}
_GAINED, _LOST, _STILL_MET, _STILL_NOT, _INCOMPLETE = _WHAT_IF_COLOURS


@dataclass(frozen=True)
class MapClasses:
    """What a map is coloured by.

    Attributes
    ----------
    labels : Series of str
        Index unit code; the class that the unit falls in, as the legend names it, with the class's count.
    colours : dict
        Colour of each label, in the order of the legend.
    """

    labels: pd.Series
    colours: dict[str, str]


def list_measures(standard: Standard) -> list[str]:
    """What a map can be coloured by: `status`, `total`, and the id of each criterion."""
    return ["status", "total", *(criterion.id for criterion in standard.criteria)]


def name_measure(standard: Standard, total_heading: str, measure: str) -> str:
    """A measure in words: “Kết quả”, the heading of totals, “Tiêu chí 3: Trẻ em bị xâm hại”."""
    if measure == "status":
        return "Kết quả"
    return total_heading if measure == "total" else criterion_label(standard, measure)


def classify(frame: pd.DataFrame, standard: Standard, measure: str) -> MapClasses:
    """Classes by a measure of `list_measures`; `frame`: rows of `Assessment.frame`."""
    if measure == "status":
        return classify_status(frame)
    if measure == "total":
        return classify_total(frame, standard)
    return classify_criterion(frame, standard, measure)


def classify_status(frame: pd.DataFrame) -> MapClasses:
    """Classes by status: met, not met, incomplete."""
    names = frame["status"].map(STATUS_WORDS)
    return _with_counts(names, {STATUS_WORDS[status]: colour for status, colour in STATUS_COLOURS.items()})


def classify_total(frame: pd.DataFrame, standard: Standard) -> MapClasses:
    """Classes by total points, between the standard's edges; a unit that lacks figures is in the class of no data."""
    edges = standard.total_edges
    lows, highs = (0, *edges), (*(edge - 1 for edge in edges), standard.total_points)
    names = [_name_range(low, high) for low, high in zip(lows, highs, strict=True)]
    positions = np.searchsorted(edges, frame["total"].to_numpy(), side="right")
    chosen = pd.Series(np.array(names, dtype=object)[positions], index=frame.index)
    chosen = chosen.where(frame["status"] != "incomplete", NO_DATA)
    shades = [POINTS_COLOURS[round(shade)] for shade in np.linspace(0, len(POINTS_COLOURS) - 1, len(names))]
    ordered = dict(zip(names[::-1], shades[::-1], strict=True)) | {NO_DATA: NO_DATA_COLOUR}
    return _with_counts(chosen, ordered)


def _name_range(low: int, high: int) -> str:
    """“800 – 849 điểm”, “0 điểm”."""
    return f"{format_number(low)} điểm" if low == high else f"{format_number(low)} – {format_number(high)} điểm"


def classify_criterion(frame: pd.DataFrame, standard: Standard, criterion_id: str) -> MapClasses:
    """Classes by points of a criterion, in the order of `POINT_CLASSES`; the first says how many points are all."""
    most = standard.get_criterion(criterion_id).max_points
    names = [f"Đủ {format_number(most)} điểm", *list(POINT_CLASSES)[1:]]
    positions = place_in_classes(frame, standard, criterion_id)
    named = pd.Series([names[position] for position in positions], index=frame.index, dtype="str")
    return _with_counts(named, dict(zip(names, POINT_CLASSES.values(), strict=True)))


def place_in_classes(frame: pd.DataFrame, standard: Standard, criterion_id: str) -> pd.Series:
    """Position in `POINT_CLASSES` of each unit's points of a criterion; int, index as `frame`."""
    most = standard.get_criterion(criterion_id).max_points
    points = frame[criterion_id]
    known = points.fillna(0).astype("int64").to_numpy()
    positions = np.select(
        [points.isna().to_numpy(), known == 0, known == most, known * 2 > most], [4, ZERO_CLASS, 0, 1], default=2
    )
    return pd.Series(positions, index=frame.index, dtype="int64")


def classify_changes(units: pd.DataFrame) -> MapClasses:
    """Classes of the rows of `Comparison.units` by kind of change; gained and lost bear a mark."""
    names = {kind: f"{CHANGE_MARKS.get(kind, '')} {word}".strip() for kind, word in CHANGE_WORDS.items()}
    return _with_counts(units["kind"].map(names), {names[kind]: colour for kind, colour in CHANGE_COLOURS.items()})


def classify_what_if(compared: pd.DataFrame) -> MapClasses:
    """Classes of `what_if.compare_with_law`: gained, lost, met and not met by both, incomplete."""
    names = [_name_what_if(*row) for row in compared[["kind", "status"]].itertuples(index=False)]
    return _with_counts(pd.Series(names, index=compared.index, dtype="str"), _WHAT_IF_COLOURS)


def _name_what_if(kind: str, status: str) -> str:
    if kind in WHAT_IF_MARKS:
        return _GAINED if kind == "gained" else _LOST
    return {"met": _STILL_MET, "not_met": _STILL_NOT, "incomplete": _INCOMPLETE}[status]


def _with_counts(names: pd.Series, colours: Mapping[str, str]) -> MapClasses:
    """Add the number of units to each name; classes without units stay in the legend with 0."""
    counted = names.value_counts()
    labels = {name: f"{name} ({format_number(int(counted.get(name, 0)))})" for name in colours}
    return MapClasses(
        labels=names.map(labels).astype("str"),
        colours={labels[name]: colour for name, colour in colours.items()},
    )
