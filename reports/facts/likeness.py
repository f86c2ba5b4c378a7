"""A unit beside units like it, its district and the province. Exact, known figures only.

Units are alike when they have the same class (the same minimum) and the same bands (mountainous or not).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np
import pandas as pd

from data.text.labels import UNIT_TYPE_WORDS
from reports.facts.assessment import Assessment
from reports.facts.shares import (
    as_objects,
    describe_criterion,
    list_points,
    list_rearranged,
    mean_share,
    median_share,
    take_extremes,
)
from scoring.engine import score
from scoring.standard import Standard
from scoring.words import STATUS_WORDS, format_number

_LIKE = ["unit_class", "mountainous"]


def rank_units(assessment: Assessment) -> pd.DataFrame:
    """The place of each unit among the complete units like it, by total; equal totals share a place.

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


def describe_rank(ranked: pd.Series) -> str:
    """A row of `rank_units` in words: the place and what it rests on, or why there is none."""
    if ranked["size"] == 1:
        return f"Là đơn vị duy nhất của nhóm {ranked['group']}: không có đơn vị nào để xếp hạng cùng."
    left_out = int(ranked["size"] - ranked["complete"])
    if pd.isna(ranked["rank"]):
        return (
            f"Chưa xếp hạng vì còn {format_number(int(ranked['missing']))} chỉ tiêu chưa có số liệu; trong nhóm "
            f"{ranked['group']} có {format_number(int(ranked['complete']))}/{format_number(int(ranked['size']))} "
            "đơn vị đủ số liệu."
        )
    place = f"Hạng {format_number(int(ranked['rank']))} / {format_number(int(ranked['complete']))}"
    shared = f" ({format_number(int(ranked['tied']))} đơn vị đồng hạng)" if ranked["tied"] > 1 else ""
    rest = f", {format_number(left_out)} đơn vị chưa đủ" if left_out else ""
    return f"{place} {ranked['group']} đủ số liệu{shared}{rest}."


def compare_unit(assessment: Assessment, code: str) -> pd.DataFrame:
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
    for place, criterion in enumerate(assessment.standard.criteria):
        points, known, most = *list_points(assessment, place), criterion.max_points
        rows.append(
            describe_criterion(criterion)
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
    """The indicators where a unit stands highest above and lowest below the median of the units like it.

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
    for place, indicator in enumerate(assessment.standard.indicators):
        points = scores.points[like & ~scores.missing[:, place], place]
        own, compared = int(scores.points[row, place]), points.size - 1
        if scores.missing[row, place] or compared < 1:
            continue
        worse, better = int((points < own).sum()), int((points > own).sum())
        median = median_share(points, 1)
        if own == median and better:
            continue
        rows.append(
            {
                "indicator": indicator.id,
                "name": indicator.name,
                "points": own,
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


def list_fragile(assessment: Assessment, code: str) -> pd.DataFrame:
    """The indicators whose points one case more or fewer would change, all else equal.

    Returns
    -------
    DataFrame
        A row an indicator and direction, in the order of the standard; columns `indicator`, `name`, `label` (of the
        count that changes), `value`, `denominator` (int; NA for counts), `change` (+1 or -1), `points`, `points_after`,
        `status`, `status_after` (of the unit). Answers are no cases; missing figures are left out.

    Raises
    ------
    KeyError
        For a unit that was not assessed.
    """
    standard = assessment.standard
    row = assessment.scores.row_of(code)
    trials, listed = [], []
    known = assessment.observations.loc[code].dropna() if code in assessment.observations.index else pd.Series()
    values = {id_: int(value) for id_, value in known.items()}
    for place, indicator in enumerate(standard.indicators):
        if indicator.kind == "answer" or not set(indicator.inputs) <= set(values):
            continue
        for change in (1, -1):
            changed = values | {indicator.numerator: values[indicator.numerator] + change}
            if _holds_together(changed, indicator.inputs, standard):
                trials.append(changed)
                listed.append((place, indicator, change))
    observations = pd.DataFrame(trials, columns=list(standard.inputs)).astype("Int64")
    units = assessment.units.loc[[code] * len(trials)].set_axis(observations.index)
    after = score(observations, standard, units)
    rows = [
        {
            "indicator": indicator.id,
            "name": indicator.name,
            "label": standard.inputs[indicator.numerator].label,
            "value": values[indicator.numerator],
            "denominator": pd.NA if indicator.denominator is None else values[indicator.denominator],
            "change": change,
            "points": int(assessment.scores.points[row, place]),
            "points_after": int(after.points[trial, place]),
            "status": str(assessment.scores.status[row]),
            "status_after": str(after.status[trial]),
        }
        for trial, (place, indicator, change) in enumerate(listed)
        if after.points[trial, place] != assessment.scores.points[row, place]
    ]
    columns = ("indicator", "name", "label", "value", "denominator", "change", "points", "points_after")
    return pd.DataFrame(rows, columns=[*columns, "status", "status_after"]).astype({"denominator": "Int64"})


def fragile_table(fragile: pd.DataFrame) -> pd.DataFrame:
    """`list_fragile` as a table to read."""
    rows = [
        {
            "Chỉ tiêu": f"{one.indicator}. {one.name}",
            "Số liệu": format_number(one.value)
            + ("" if pd.isna(one.denominator) else f"/{format_number(int(one.denominator))}"),
            "Chỉ cần": f"{'thêm' if one.change > 0 else 'bớt'} 1 trường hợp",
            "Điểm": f"{format_number(one.points)} → {format_number(one.points_after)}",
            "Kết quả của đơn vị": "giữ nguyên"
            if one.status == one.status_after
            else f"{STATUS_WORDS[one.status]} → {STATUS_WORDS[one.status_after]}",
        }
        for one in fragile.itertuples()
    ]
    return pd.DataFrame(rows)


def get_median_total(assessment: Assessment) -> Fraction | None:
    """Exact median of the totals of the complete units; None without any."""
    return median_share(assessment.scores.total[assessment.scores.status != "incomplete"], 1)


def list_unit_years(assessments: Iterable[Assessment], code: str) -> pd.DataFrame:
    """The years that have a unit, oldest first.

    Returns
    -------
    DataFrame
        Index `year`; columns `status`, `total`, `minimum` (int), `zeros` (str, numbers of the criteria at zero, “3,
        5”), `provisional`, `demo` (bool), `rearranged` (bool: under this code the year before had another area).
    """
    rows, earlier = [], None
    for one in sorted(assessments, key=lambda each: each.round.year):
        if code not in one.frame.index:
            continue
        numbers = {criterion.id: str(criterion.number) for criterion in one.standard.criteria}
        own = one.frame.loc[code]
        rows.append(
            {
                "year": one.round.year,
                "status": own["status"],
                "total": int(own["total"]),
                "minimum": int(own["minimum"]),
                "zeros": ", ".join(numbers[id_] for id_ in own["zeros"].split()),
                "provisional": bool(own["provisional"]),
                "demo": bool(own["demo"]),
                "rearranged": earlier is not None and bool(list_rearranged([code], earlier, one.round.vintage)),
            }
        )
        earlier = one.round.vintage
    columns = ("year", "status", "total", "minimum", "zeros", "provisional", "demo", "rearranged")
    return pd.DataFrame(rows, columns=list(columns)).set_index("year")


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


def _holds_together(values: Mapping[str, int], changed: Iterable[str], standard: Standard) -> bool:
    """Whether no value is below 0 and no part above its whole."""
    wholes = ((id_, one.part_of) for id_, one in standard.inputs.items() if one.part_of and id_ in values)
    parts_fit = all(values[id_] <= values.get(whole, values[id_]) for id_, whole in wholes)
    return parts_fit and all(values[id_] >= 0 for id_ in changed)
