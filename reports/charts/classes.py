"""Classes of a map: each unit falls in one, the legend names them with their counts, no data is a class of its own."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.charts.colours import NO_DATA_COLOUR, POINTS_COLOURS, STATUS_COLOURS, ZERO_COLOUR
from reports.facts.counts import criterion_label
from scoring.standard import Standard
from scoring.words import NO_DATA, STATUS_WORDS, format_number

_TOTAL_EDGES = (600, 700, 800, 850, 900)  # the minimum totals of the three classes are edges


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
    return ["status", "total", *(one.id for one in standard.criteria)]


def name_measure(standard: Standard, total_heading: str, measure: str) -> str:
    """A measure in words: “Kết quả”, the heading of totals, “Tiêu chí 3: Trẻ em bị xâm hại”."""
    if measure == "status":
        return "Kết quả"
    return total_heading if measure == "total" else criterion_label(standard, measure)


def classify(frame: pd.DataFrame, standard: Standard, measure: str) -> MapClasses:
    """Classes by a measure of `list_measures`."""
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
    """Classes by total points; a unit that lacks figures is in the class of no data."""
    edges = (0, *_TOTAL_EDGES)
    uppers = (*[edge - 1 for edge in _TOTAL_EDGES], standard.total_points)
    names = [f"{format_number(low)} – {format_number(high)} điểm" for low, high in zip(edges, uppers, strict=True)]
    place = np.searchsorted(_TOTAL_EDGES, frame["total"].to_numpy(), side="right")
    chosen = pd.Series(np.array(names, dtype=object)[place], index=frame.index)
    chosen = chosen.where(frame["status"] != "incomplete", NO_DATA)
    ordered = dict(zip(names[::-1], POINTS_COLOURS[::-1], strict=True)) | {NO_DATA: NO_DATA_COLOUR}
    return _with_counts(chosen, ordered)


def classify_criterion(frame: pd.DataFrame, standard: Standard, criterion_id: str) -> MapClasses:
    """Classes by points of a criterion: all, more than half, half or less, zero, no data."""
    most = next(one.max_points for one in standard.criteria if one.id == criterion_id)
    full, upper, lower, zero = (
        f"Đủ {format_number(most)} điểm",
        "Trên một nửa số điểm",
        "Một nửa số điểm trở xuống",
        "0 điểm",
    )

    def name(points: object) -> str:
        if pd.isna(points):
            return NO_DATA
        if points == 0:
            return zero
        if points == most:
            return full
        return upper if points * 2 > most else lower  # type: ignore[operator]

    colours = {
        full: POINTS_COLOURS[5],
        upper: POINTS_COLOURS[3],
        lower: POINTS_COLOURS[1],
        zero: ZERO_COLOUR,
        NO_DATA: NO_DATA_COLOUR,
    }
    return _with_counts(frame[criterion_id].map(name, na_action=None), colours)


def _with_counts(names: pd.Series, colours: dict[str, str]) -> MapClasses:
    """Add the number of units to each name; classes without units stay in the legend with 0."""
    counted = names.value_counts()
    labels = {name: f"{name} ({format_number(int(counted.get(name, 0)))})" for name in colours}
    return MapClasses(
        labels=names.map(labels).astype("str"),
        colours={labels[name]: colour for name, colour in colours.items()},
    )
