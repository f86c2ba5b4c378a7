"""Facts and sentences that slides share."""

from collections.abc import Hashable
from fractions import Fraction
from typing import Any

import pandas as pd

from data.text.labels import DEMO_LABEL, UNIT_TYPE_WORDS
from reports.exports.powerpoint.fit import clean_text
from reports.facts.assessment import Assessment
from reports.facts.counts import STATUSES, Counts, count_statuses, list_failing, summarise_districts
from scoring.words import PROVISIONAL_LABEL, STATUS_WORDS, format_number

_LONGEST_NAME = 60  # characters of a name within a sentence
_NATION = "Cả nước"


def footer_of(assessment: Assessment, before: Assessment | None = None) -> str:
    """“Năm 2022 · Điểm tạm tính · Số liệu minh họa”; `before`: the doubts of the other year too, where they differ."""
    text = " · ".join([f"Năm {assessment.round.year}", *_label_doubts(assessment)])
    if before is not None and _label_doubts(before) != _label_doubts(assessment):
        doubts = ", ".join(_label_doubts(before)).lower() or "số liệu thật, điểm chính thức"
        text += f" · Năm {before.round.year}: {doubts}"
    return text


def _label_doubts(assessment: Assessment) -> list[str]:
    labels = [f"Điểm {PROVISIONAL_LABEL}"] if assessment.provisional else []
    return [*labels, DEMO_LABEL] if assessment.demo else labels


def name_place(assessment: Assessment) -> str:
    """“Tỉnh Lạng Sơn”; “Huyện Chi Lăng, Tỉnh Lạng Sơn” for units of one district only; or the nation."""
    units = assessment.units
    if units["province"].nunique() != 1:
        return _NATION
    province = clean_text(units["province"].iloc[0])
    return f"{name_district(units['district'].iloc[0])}, {province}" if units["district"].nunique() == 1 else province


def name_kinds(assessment: Assessment) -> str:
    """“xã, phường, thị trấn”: the kinds of units that there are."""
    present = set(assessment.units["unit_type"])
    return ", ".join(word.lower() for kind, word in UNIT_TYPE_WORDS.items() if kind in present)


def name_district(name: Hashable) -> str:
    """A district's name to stand in a sentence: one line, not endless; units without one are a group of their own."""
    text = clean_text(name) or "Chưa rõ địa bàn"
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1].rstrip()}…"


def criterion_name(number: int, name: str) -> str:
    """“5. Trẻ em bị tai nạn, thương tích”."""
    return f"{number}. {name}"


def is_comparable(assessment: Assessment, before: Assessment) -> bool:
    """Whether units of both years are the same: codes of another list can mean other territories."""
    return assessment.round.vintage == before.round.vintage


def describe_target(counts: Counts) -> str:
    """How far the group is from its target."""
    if counts.reaches_target:
        return f"Đã đạt mục tiêu {counts.target_percent} %."
    return f"Còn thiếu {format_number(counts.short_of_target)} đơn vị để đạt mục tiêu {counts.target_percent} %."


def describe_failing(frame: pd.DataFrame) -> str:
    """What decided for the units that did not meet the standard."""
    zero, total = (len(units) for units in list_failing(frame).values())
    if zero + total == 0:
        return "Không có đơn vị nào không đạt."
    return (
        f"Không đạt: {format_number(zero)} đơn vị bị loại vì có tiêu chí 0 điểm, "
        f"{format_number(total)} chỉ vì thiếu tổng điểm."
    )


def describe_change(assessment: Assessment, before: Assessment | None) -> str:
    """How the counts changed since last year."""
    if before is None:
        return "Chưa có số liệu năm trước để so sánh."
    year = before.round.year
    now, then = (count_statuses(one.frame, one.round.target_percent) for one in (assessment, before))
    if not is_comparable(assessment, before):
        return (
            f"Năm {year}: {format_number(then.met)}/{format_number(then.units)} đơn vị đạt, theo danh mục đơn vị khác."
        )
    changes = [
        f"{STATUS_WORDS[status].lower()} {format_number(getattr(now, status) - getattr(then, status), signed=True)}"
        for status in STATUSES
    ]
    return f"So với năm {year}: {', '.join(changes)} đơn vị."


def order_districts(assessment: Assessment) -> pd.DataFrame:
    """`summarise_districts`, furthest from the target first (exact shares; ties in administrative order)."""
    districts = summarise_districts(assessment.frame, assessment.round.target_percent)
    shares = [Fraction(met, units) for met, units in zip(districts["met"], districts["units"], strict=True)]
    return districts.iloc[sorted(range(len(shares)), key=shares.__getitem__)]


def share_points(assessment: Assessment) -> pd.DataFrame:
    """Points won of the points possible by criterion, of the units whose figures are known, the lowest share first.

    Returns
    -------
    DataFrame
        Index criterion id; columns `number`, `name`, `points`, `possible` (sums), `known` (units); criteria without
        any figure come last.
    """
    scores = assessment.scores
    rows: list[dict[str, Any]] = []
    for place, criterion in enumerate(assessment.standard.criteria):
        known = ~scores.criterion_missing[:, place]
        rows.append(
            {
                "criterion": criterion.id,
                "number": criterion.number,
                "name": criterion.name,
                "points": int(scores.criterion_points[known, place].sum()),
                "possible": int(known.sum()) * criterion.max_points,
                "known": int(known.sum()),
            }
        )
    rows.sort(key=lambda row: (not row["known"], Fraction(row["points"], row["possible"] or 1), row["number"]))
    return pd.DataFrame(rows).set_index("criterion")
