"""Sentences and table rows of the Word reports, from an assessment; every figure is in Vietnamese digits."""

import pandas as pd

from data.text.labels import CHANGE_WORDS, DEMO_LABEL
from reports.facts.areas import UNKNOWN_DISTRICT
from reports.facts.assessment import Assessment
from reports.facts.comparison import Comparison
from reports.facts.counts import Counts, count_knocked_out, summarise_districts
from reports.facts.criteria import number_zeros
from reports.facts.doubts import find_doubts
from reports.facts.sentences import describe_zeros
from scoring.explain import describe_reason
from scoring.words import CLASS_WORD, NO_DATA, STATUS_WORDS, format_number, format_percent

Row = dict[str, str]

_SO_FAR = "điểm đã có"
_ZEROS_IN_FULL = 2  # criteria that a reason names in full


def describe_missing(frame: pd.DataFrame) -> str:
    """How many units and indicators lack figures, and what that means for their points."""
    incomplete = frame[frame["status"] == "incomplete"]
    if incomplete.empty:
        return "Tất cả đơn vị đã đủ số liệu của mọi chỉ tiêu."
    return (
        f"{format_number(len(incomplete))} đơn vị chưa đủ số liệu, thiếu tổng cộng "
        f"{format_number(int(incomplete['missing'].sum()))} lượt chỉ tiêu. Các đơn vị này chưa có kết quả, "
        "không tính là không đạt; điểm đã có là tổng của những chỉ tiêu đã có số liệu, chưa phải tổng điểm cuối cùng."
    )


def describe_proposal(assessment: Assessment, counts: Counts) -> str:
    """What is proposed; for figures in doubt it is said that they are no ground for recognition."""
    if not counts.met:
        return "Chưa có đơn vị nào đạt để đề nghị công nhận."
    met = f"{format_number(counts.met)} đơn vị đạt tại Phụ lục I"
    if doubts := find_doubts(assessment).in_sentence:
        return (
            f"Danh sách {met} tính từ {doubts}, chưa phải căn cứ đề nghị công nhận; chỉ đề nghị sau khi "
            "số liệu và mức điểm đã được đối chiếu."
        )
    return f"Đề nghị cấp có thẩm quyền xem xét, công nhận {met} phù hợp với trẻ em năm {assessment.round.year}."


def list_classes(assessment: Assessment) -> list[str]:
    """The numbers of the classes that the units have, with their words: “(1): …”."""
    used = set(assessment.units["unit_class"])
    numbers = _class_numbers(assessment)
    minimum = assessment.standard.recognition.minimum_total
    return [f"{CLASS_WORD} {numbers[class_id]}: {minimum[class_id].label}." for class_id in minimum if class_id in used]


def list_knocked_out(assessment: Assessment) -> list[Row]:
    """Criteria with units at zero, most first."""
    return [
        {
            "so": str(row.number),
            "ten": str(row.name),
            "so_don_vi": format_number(int(row.units)),
            "chi_tieu_chi_nay": format_number(int(row.only)),
        }
        for row in count_knocked_out(assessment).itertuples(index=False)
    ]


def list_districts(assessment: Assessment) -> list[Row]:
    """A row a district, in administrative order."""
    summary = summarise_districts(assessment.frame, assessment.round.target_percent)
    return [
        {
            "stt": format_number(number),
            "huyen": row.district or UNKNOWN_DISTRICT,
            "so_don_vi": format_number(int(row.units)),
            "dat": format_number(int(row.met)),
            "khong_dat": format_number(int(row.not_met)),
            "chua_du": format_number(int(row.incomplete)),
            "ty_le": format_percent(int(row.met), int(row.units)),
            "con_thieu": format_number(int(row.short_of_target)),
        }
        for number, row in enumerate(summary.itertuples(index=False), start=1)
    ]


def list_units(assessment: Assessment, frame: pd.DataFrame) -> list[Row]:
    """A row a unit of `frame`, rows of `Assessment.frame`; a total of an incomplete unit is marked as not final."""
    classes = _class_numbers(assessment)
    zeros = number_zeros(assessment.standard, frame)
    names = _unit_names(assessment)
    rows = []
    for number, (code, row) in enumerate(frame.iterrows(), start=1):
        rows.append(
            {
                "stt": format_number(number),
                "ma": str(code),
                "ten": names[code],
                "huyen": row["district"] or UNKNOWN_DISTRICT,
                "loai": classes[row["unit_class"]],
                "tong_diem": _describe_total(assessment, row, f" ({_SO_FAR})"),
                "diem_da_co": _describe_total(assessment, row, ""),
                "toi_thieu": format_number(int(row["minimum"])),
                "cao_nhat": format_number(int(row["ceiling"])),
                "ket_qua": STATUS_WORDS[row["status"]],
                "tieu_chi_0": zeros[code] or "–",
                "ly_do": "; ".join(list_reasons(assessment, str(code))),
            }
        )
    return rows


def list_reasons(assessment: Assessment, code: str) -> list[str]:
    """Why a unit is not recognised; many criteria at zero, and indicators without figures, are one reason each."""
    reasons = assessment.scores.reasons(code)
    missing = [reason.subject for reason in reasons if reason.code == "inputs_missing"]
    zeros = [reason.subject for reason in reasons if reason.code == "criterion_at_zero"]
    gathered = ["inputs_missing", "criterion_at_zero"] if len(zeros) > _ZEROS_IN_FULL else ["inputs_missing"]
    texts = [describe_reason(reason, assessment.standard) for reason in reasons if reason.code not in gathered]
    if len(zeros) > _ZEROS_IN_FULL:
        texts.insert(0, describe_zeros(assessment.standard, zeros))
    return [*texts, _describe_missing(missing, len(assessment.standard.indicators))] if missing else texts


def list_changes(comparison: Comparison | None) -> list[Row]:
    """Units that newly met or lost, in administrative order; none where the years are not compared."""
    if comparison is None:
        return []
    changed = comparison.units[comparison.units["kind"].isin(["gained", "lost"])]
    names = _unit_names(comparison.now)
    return [
        {
            "stt": format_number(number),
            "ten": names[row.Index],
            "huyen": str(row.district) or UNKNOWN_DISTRICT,
            "nam_truoc": f"{STATUS_WORDS[str(row.status_before)]} ({format_number(int(row.total_before))})",
            "nam_nay": f"{STATUS_WORDS[str(row.status)]} ({format_number(int(row.total))})",
            "thay_doi": CHANGE_WORDS[str(row.kind)],
        }
        for number, row in enumerate(changed.itertuples(), start=1)
    ]


def count_values(counts: Counts) -> Row:
    """The counts of a group, named as in the templates."""
    return {
        "so_don_vi": format_number(counts.units),
        "so_dat": format_number(counts.met),
        "so_khong_dat": format_number(counts.not_met),
        "so_chua_du": format_number(counts.incomplete),
        "ty_le_dat": format_percent(counts.met, counts.units),
        "ty_le_khong_dat": format_percent(counts.not_met, counts.units),
        "ty_le_chua_du": format_percent(counts.incomplete, counts.units),
        "con_thieu": format_number(counts.short_of_target),
        "chi_tieu": format_percent(counts.target_percent, 100),
    }


def _describe_total(assessment: Assessment, row: pd.Series, doubt: str) -> str:
    """The total; `doubt` follows that of a unit that lacks figures."""
    if row["missing"] == len(assessment.standard.indicators):
        return NO_DATA
    total = format_number(int(row["total"]))
    return f"{total}{doubt}" if row["missing"] else total


def _describe_missing(indicators: list[str], of: int) -> str:
    if len(indicators) == of:
        return f"{NO_DATA} của cả {format_number(of)} chỉ tiêu"
    return f"{NO_DATA}: chỉ tiêu {', '.join(indicators)}"


def _unit_names(assessment: Assessment) -> pd.Series:
    """Names by code; where only some units' figures are illustrative, these say so."""
    frame = assessment.frame
    marked = frame["name"] + f" ({DEMO_LABEL.lower()})"
    return frame["name"].where(~frame["demo"] | frame["demo"].all(), marked)


def _class_numbers(assessment: Assessment) -> dict[str, str]:
    return {name: f"({number})" for number, name in enumerate(assessment.standard.recognition.minimum_total, start=1)}
