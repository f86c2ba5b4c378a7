"""A unit beside units like it, its district and the province; a district beside the others. Exact, known figures only.

Units are alike when they have the same class (the same minimum) and the same bands (mountainous or not).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd

from data import units as unit_lists
from reports.assessment import Assessment
from reports.summary import count_statuses
from scoring.engine import score
from scoring.standard import Criterion, Standard
from scoring.words import (
    DEMO_LABEL,
    NO_DATA,
    PROVISIONAL_LABEL,
    STATUS_WORDS,
    UNIT_TYPE_WORDS,
    format_number,
    format_percent,
)

STRENGTHS_AT_MOST = 5
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
        points, known, most = *_criterion_points(assessment, place), criterion.max_points
        rows.append(
            _describe_criterion(criterion)
            | {
                "unit": Fraction(int(points[row]), most) if known[row] else None,
                "like": _median(points[like & known], most),
                "district": _mean(points[district & known], most),
                "province": _mean(points[known], most),
                "like_units": int((like & known).sum()),
            }
        )
    return _as_objects(rows, "criterion", ("unit", "like", "district", "province"))


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
        median = _median(points, 1)
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
    return _take_extremes(listed, "balance")


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
    return _median(assessment.scores.total[assessment.scores.status != "incomplete"], 1)


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
                "rearranged": earlier is not None and bool(_list_rearranged([code], earlier, one.round.vintage)),
            }
        )
        earlier = one.round.vintage
    columns = ("year", "status", "total", "minimum", "zeros", "provisional", "demo", "rearranged")
    return pd.DataFrame(rows, columns=list(columns)).set_index("year")


def rank_districts(assessment: Assessment) -> pd.DataFrame:
    """The districts by share of units that met the standard, and how complete their figures are.

    Returns
    -------
    DataFrame
        Index `district_code`, in administrative order; columns `district`, `units`, `met`, `not_met`, `incomplete`
        (int), `share_met` (Fraction, of all units), `complete` (int, units with all figures), `known`, `expected` (int,
        values), `mean_total` (Fraction, of the complete units, or None), `rank` (Int64, exact, equal shares share it;
        NA for a district without a complete unit), `tied` (int), `ranked` (int, districts that have a rank).
    """
    frame = assessment.frame
    inputs = list(assessment.standard.inputs)
    known = assessment.observations.reindex(index=frame.index, columns=inputs).notna().sum(axis=1)
    rows = []
    for code, part in frame.groupby("district_code", sort=False):
        counts = count_statuses(part, assessment.round.target_percent)
        complete = part[part["status"] != "incomplete"]
        rows.append(
            {
                "district_code": code,
                "district": part["district"].iloc[0],
                "units": counts.units,
                "met": counts.met,
                "not_met": counts.not_met,
                "incomplete": counts.incomplete,
                "share_met": counts.share_met,
                "complete": len(complete),
                "known": int(known[part.index].sum()),
                "expected": len(part) * len(inputs),
                "mean_total": _mean(complete["total"].to_numpy(), 1),
            }
        )
    shares = [row["share_met"] for row in rows if row["complete"]]
    for row in rows:
        has_rank = row["complete"] > 0
        row["rank"] = 1 + sum(one > row["share_met"] for one in shares) if has_rank else pd.NA
        row["tied"] = shares.count(row["share_met"]) if has_rank else 0
        row["ranked"] = len(shares)
    return _as_objects(rows, "district_code", ("share_met", "mean_total")).astype({"rank": "Int64"})


def describe_district_rank(own: pd.Series) -> str:
    """A row of `rank_districts` in words: the place and the figures that it rests on."""
    units, values = (
        f"{format_number(int(own[part]))}/{format_number(int(own[whole]))}"
        for part, whole in (("complete", "units"), ("known", "expected"))
    )
    coverage = f"{units} đơn vị đủ số liệu, {values} số liệu đã có"
    if pd.isna(own["rank"]):
        return f"Chưa xếp hạng vì chưa có đơn vị nào đủ số liệu ({coverage})."
    shared = f" ({format_number(int(own['tied']))} địa bàn đồng hạng)" if own["tied"] > 1 else ""
    place = f"Hạng {format_number(int(own['rank']))} / {format_number(int(own['ranked']))}"
    return f"{place} địa bàn theo tỷ lệ đạt{shared}; {coverage}."


def district_table(assessment: Assessment, districts: pd.DataFrame) -> pd.DataFrame:
    """`rank_districts` as a table to read; shares as floats, 0 to 1."""
    return pd.DataFrame(
        {
            assessment.district_heading: districts["district"],
            "Hạng": districts["rank"],
            "Tỷ lệ đạt": [float(one) for one in districts["share_met"]],
            "Số đơn vị": districts["units"],
            **{word: districts[status] for status, word in STATUS_WORDS.items()},
            f"{assessment.total_heading}, trung bình": [
                NO_DATA if one is None else format_number(one, 1) for one in districts["mean_total"]
            ],
            "Số liệu đã có": [
                format_percent(*pair) for pair in zip(districts["known"], districts["expected"], strict=True)
            ],
        },
        index=districts.index,
    )


def compare_district(assessment: Assessment, district_code: str) -> pd.DataFrame:
    """Mean share of the points of each criterion in a district and in the province.

    Returns
    -------
    DataFrame
        Index criterion id; columns `number`, `name`, `max_points`, `district`, `province` (Fractions from 0 to 1, over
        the units whose figures are known; None where none are), `known` (int, such units of the district).
    """
    inside = (assessment.units["district_code"] == district_code).to_numpy()
    rows = []
    for place, criterion in enumerate(assessment.standard.criteria):
        points, known = _criterion_points(assessment, place)
        rows.append(
            _describe_criterion(criterion)
            | {
                "district": _mean(points[inside & known], criterion.max_points),
                "province": _mean(points[known], criterion.max_points),
                "known": int((inside & known).sum()),
            }
        )
    return _as_objects(rows, "criterion", ("district", "province"))


def list_district_strengths(compared: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The criteria of `compare_district` where the district is furthest above and below the province.

    Returns
    -------
    tuple of DataFrame
        As `compared`, with `difference` (Fraction of the criterion's points); at most `STRENGTHS_AT_MOST` each.
    """
    known = compared[compared["district"].notna()]
    difference = [row.district - row.province for row in known.itertuples()]
    return _take_extremes(known.assign(difference=pd.Series(difference, index=known.index, dtype=object)), "difference")


def list_district_years(assessments: Iterable[Assessment], district_code: str) -> pd.DataFrame:
    """The years that have a district, oldest first.

    Returns
    -------
    DataFrame
        Index `year`; columns `units`, `met`, `complete` (int), `share_met` (Fraction), `mean_total` (Fraction or None),
        `provisional`, `demo`, `rearranged` (bool: the year before had other units, or units of other areas).
    """
    rows: list[dict[str, object]] = []
    parts = []
    for one in sorted(assessments, key=lambda each: each.round.year):
        part = one.frame[one.frame["district_code"] == district_code]
        if part.empty:
            continue
        counts = count_statuses(part, one.round.target_percent)
        complete = part[part["status"] != "incomplete"]
        parts.append((one.round.vintage, list(part.index)))
        rows.append(
            {
                "year": one.round.year,
                "units": counts.units,
                "met": counts.met,
                "complete": len(complete),
                "share_met": counts.share_met,
                "mean_total": _mean(complete["total"].to_numpy(), 1),
                "provisional": bool(part["provisional"].any()),
                "demo": bool(part["demo"].any()),
                "rearranged": False,
            }
        )
    for row, ((before, old), (now, codes)) in zip(rows[1:], pairwise(parts), strict=True):
        row["rearranged"] = set(old) != set(codes) or bool(_list_rearranged(codes, before, now))
    columns = ("year", "units", "met", "complete", "share_met", "mean_total", "provisional", "demo", "rearranged")
    return _as_objects(rows, "year", ("share_met", "mean_total"), columns)


def district_years_table(years: pd.DataFrame) -> pd.DataFrame:
    """`list_district_years` as a table to read; says where a year can't be put beside the one before."""
    rows = [
        {
            "Năm": str(one.Index),
            "Đạt": f"{format_number(one.met)}/{format_number(one.units)} đơn vị",
            "Tỷ lệ đạt": format_percent(one.met, one.units),
            "Đủ số liệu": f"{format_number(one.complete)}/{format_number(one.units)} đơn vị",
            "Tổng điểm trung bình": NO_DATA if one.mean_total is None else format_number(one.mean_total, 1),
            "Lưu ý": "; ".join(
                [PROVISIONAL_LABEL] * one.provisional
                + [DEMO_LABEL] * one.demo
                + ["đơn vị đã sắp xếp lại, không so thẳng với năm trước"] * one.rearranged
            ),
        }
        for one in years.itertuples()
    ]
    return pd.DataFrame(rows)


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


def _describe_criterion(criterion: Criterion) -> dict[str, object]:
    return {
        "criterion": criterion.id,
        "number": criterion.number,
        "name": criterion.name,
        "max_points": criterion.max_points,
    }


def _criterion_points(assessment: Assessment, place: int) -> tuple[np.ndarray, np.ndarray]:
    """Points of a criterion, and whether they are known; a row a unit."""
    return assessment.scores.criterion_points[:, place], ~assessment.scores.criterion_missing[:, place]


def _mean(points: np.ndarray, most: int) -> Fraction | None:
    """Exact mean, as a share of `most`; None of nothing."""
    return Fraction(int(points.sum(dtype=np.int64)), most * points.size) if points.size else None


def _median(points: np.ndarray, most: int) -> Fraction | None:
    """Exact median, as a share of `most`; None of nothing."""
    if not points.size:
        return None
    middle = np.sort(points)[(points.size - 1) // 2 : points.size // 2 + 1]
    return Fraction(int(middle.sum(dtype=np.int64)), most * middle.size)


def _take_extremes(frame: pd.DataFrame, column: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows furthest above 0 and furthest below it; sorting is stable, so ties keep the order of the standard."""
    above, below = frame[(frame[column] > 0).astype(bool)], frame[(frame[column] < 0).astype(bool)]
    return (
        above.sort_values(column, ascending=False, kind="stable").head(STRENGTHS_AT_MOST),
        below.sort_values(column, kind="stable").head(STRENGTHS_AT_MOST),
    )


def _holds_together(values: Mapping[str, int], changed: Iterable[str], standard: Standard) -> bool:
    """Whether no value is below 0 and no part above its whole."""
    wholes = ((id_, one.part_of) for id_, one in standard.inputs.items() if one.part_of and id_ in values)
    parts_fit = all(values[id_] <= values.get(whole, values[id_]) for id_, whole in wholes)
    return parts_fit and all(values[id_] >= 0 for id_ in changed)


def _list_rearranged(codes: Iterable[str], before: str, now: str) -> list[str]:
    """Units of vintage `now` that are not, whole and under the same code, units of the earlier vintage."""
    vintages = list(unit_lists.list_vintages().index)
    steps = list(pairwise(vintages[vintages.index(before) : vintages.index(now) + 1]))
    crosswalk = unit_lists.load_crosswalk() if steps else pd.DataFrame()
    kept = set(codes)
    for old, new in steps:
        step = crosswalk[(crosswalk["from_vintage"] == old) & (crosswalk["to_vintage"] == new)]
        whole = step[(step["relation"] == "kept") & (step["from_code"] == step["to_code"])]
        kept &= set(whole["to_code"])
    return [code for code in codes if code not in kept]


def _as_objects(
    rows: list[dict[str, object]], index: str, exact: tuple[str, ...], columns: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Rows as a frame whose columns of Fractions hold them and None as they are."""
    frame = pd.DataFrame(rows, columns=list(columns) or None).set_index(index)
    for column in exact:
        frame[column] = pd.Series([row[column] for row in rows], index=frame.index, dtype=object)
    return frame
