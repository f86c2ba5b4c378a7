"""A unit beside units like it, its district and the province. Exact, known figures only.

Units are alike when they have the same class (the same minimum) and the same bands (mountainous or not).
"""

from collections import Counter
from fractions import Fraction

import numpy as np
import pandas as pd

from data.text.labels import UNIT_TYPE_WORDS
from reports.facts.assessment import Assessment
from reports.facts.shares import as_objects, begin_row, list_criterion_points, mean_share, median_share, take_extremes
from scoring.words import format_number

_LIKE = ["unit_class", "mountainous"]


def rank_units(assessment: Assessment) -> pd.DataFrame:
    """Rank each unit among the complete units like it, by total; equal totals share a rank.

    Returns
    -------
    DataFrame
        Index `code`, columns `group` (str, “xã, thị trấn miền núi”), `rank` (Int64, 1 is the highest total; NA for a
        unit that lacks figures), `tied` (int, units that share the rank, 0 without a rank), `complete` and `size` (int,
        units of the group with all figures, and all of them), `missing` (int, indicators without figures).
    """
    frame = assessment.frame
    complete = frame["status"] != "incomplete"
    keys = [frame[column] for column in _LIKE]
    totals = frame["total"].astype("Int64").where(complete)
    ranks = totals.groupby(keys).rank(method="min", ascending=False).astype("Int64")
    shared = totals.groupby([*keys, totals]).transform("size").where(complete, 0)
    return pd.DataFrame(
        {
            "group": _name_groups(assessment),
            "rank": ranks,
            "tied": shared.astype(int),
            "complete": complete.groupby(keys).transform("sum").astype(int),
            "size": complete.groupby(keys).transform("size").astype(int),
            "missing": frame["missing"].astype(int),
        },
        index=frame.index,
    )


def compare_with_like(assessment: Assessment, code: str) -> pd.DataFrame:
    """Share of the points of each criterion: the unit, the units like it, its district, the province.

    Returns
    -------
    DataFrame
        Index criterion id; columns `number`, `name`, `max_points`, and as exact Fractions from 0 to 1 `unit`, `like`
        (median of the units like it, itself among them), `district` and `province` (means); None where nothing is
        known. Each counts the units whose figures of the criterion are known; `like_units` is their number in `like`.

    Raises
    ------
    KeyError
        For a unit that was not assessed.
    """
    row = assessment.scores.row_of(code)
    codes = assessment.units["district_code"]
    like, district = _are_like(assessment, code), (codes == codes[code]).to_numpy()
    rows = []
    for column, criterion in enumerate(assessment.standard.criteria):
        points, known, most = *list_criterion_points(assessment, column), criterion.max_points
        rows.append(
            begin_row(criterion)
            | {
                "unit": Fraction(int(points[row]), most) if known[row] else None,
                "like": median_share(points[like & known], most),
                "district": mean_share(points[district & known], most),
                "province": mean_share(points[known], most),
                "like_units": int((like & known).sum()),
            }
        )
    return as_objects(rows, "criterion", ("unit", "like", "district", "province"))


def list_strengths(assessment: Assessment, code: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """List the indicators where a unit stands highest above and lowest below the median of the units like it.

    What counts as far is the place, as in COINr's strengths and weaknesses, not the points: bands are steps, and give
    most units the same points. The median unit often has full points, with nobody above it: then a unit with full
    points counts as above where others fall short.

    Returns
    -------
    tuple of DataFrame
        Strengths and weaknesses, at most `STRENGTHS_AT_MOST` each, the furthest first, ties in the order of the
        standard. Index indicator id; columns `name`, `points`, `max_points`, `median` (Fraction, points of the units
        like it, itself among them), `worse`, `better` (int, units like it with fewer and with more points), `compared`
        (int, other units with figures), `balance` (Fraction, (worse - better) / compared). Only indicators with
        figures; nothing where all are equal.

    Raises
    ------
    KeyError
        For a unit that was not assessed.
    """
    scores = assessment.scores
    row, like = scores.row_of(code), _are_like(assessment, code)
    rows = []
    for column, indicator in enumerate(assessment.standard.indicators):
        group = scores.points[like & ~scores.missing[:, column], column]
        points, compared = int(scores.points[row, column]), group.size - 1
        if scores.missing[row, column] or compared < 1:
            continue
        worse, better = int((group < points).sum()), int((group > points).sum())
        median = median_share(group, 1)
        if points == median and better:
            continue
        rows.append(
            {
                "indicator": indicator.id,
                "name": indicator.name,
                "points": points,
                "max_points": indicator.max_points,
                "median": median,
                "worse": worse,
                "better": better,
                "compared": compared,
                "balance": Fraction(worse - better, compared),
            }
        )
    columns = ("name", "points", "max_points", "median", "worse", "better", "compared", "balance")
    listed = pd.DataFrame(rows, columns=["indicator", *columns]).set_index("indicator")
    return take_extremes(listed, "balance")


def get_median_total(assessment: Assessment) -> Fraction | None:
    """Exact median of the totals of the complete units; None without any."""
    return median_share(assessment.scores.total[assessment.scores.status != "incomplete"], 1)


def _are_like(assessment: Assessment, code: str) -> np.ndarray:
    likeness = assessment.units[_LIKE]
    return (likeness == likeness.loc[code]).all(axis=1).to_numpy()


def _name_groups(assessment: Assessment) -> pd.Series:
    """What each unit's group of like units is called; with the minimum where two groups would have the same name."""
    frame = assessment.frame
    minimum = assessment.standard.recognition.minimum_total
    names: dict[tuple[str, bool], str] = {}
    for (unit_class, mountainous), part in frame.groupby(_LIKE, sort=False):
        types = ", ".join(word.lower() for type_, word in UNIT_TYPE_WORDS.items() if type_ in set(part["unit_type"]))
        names[unit_class, mountainous] = f"{types} {'miền núi' if mountainous else 'không thuộc miền núi'}"
    counted = Counter(names.values())
    for (unit_class, mountainous), name in names.items():
        if counted[name] > 1:
            points = format_number(minimum[unit_class].points)
            names[unit_class, mountainous] = f"{name} (tối thiểu {points} điểm)"
    keys = zip(frame["unit_class"], frame["mountainous"], strict=True)
    return pd.Series([names[key] for key in keys], index=frame.index, dtype="str")
