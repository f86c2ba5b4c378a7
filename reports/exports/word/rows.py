"""Sentences and table rows of the Word reports, from an assessment; every figure is in Vietnamese digits."""

import pandas as pd

from data.text.labels import CHANGE_WORDS, DEMO_LABEL
from reports.charts.picture import list_doubts
from reports.facts.assessment import Assessment
from reports.facts.counts import (
    Counts,
    compare_years,
    count_knocked_out,
    count_statuses,
    list_failing,
    summarise_districts,
)
from scoring.explain import describe_reason
from scoring.words import CLASS_WORD, NO_DATA, PROVISIONAL_LABEL, STATUS_WORDS, format_number, format_percent

Row = dict[str, str]

_UNKNOWN_DISTRICT = "Chưa xác định"
_SO_FAR = "điểm đã có"
_ZEROS_IN_FULL = 2  # criteria that a reason names in full


def describe_target(counts: Counts, can_still_meet: int) -> str:
    """The share against the target; `can_still_meet`: units that lack figures and can still meet the standard."""
    share, target = format_percent(counts.met, counts.units), format_percent(counts.target_percent, 100)
    if not counts.units:
        return "Không có đơn vị nào để so với chỉ tiêu."
    if counts.reaches_target:
        return f"Tỷ lệ đạt {share}, đạt chỉ tiêu {target}."
    short = f"Tỷ lệ đạt {share}, chưa đạt chỉ tiêu {target}; còn thiếu {format_number(counts.short_of_target)} đơn vị."
    if not counts.incomplete:
        return short
    if not can_still_meet:
        return (
            f"{short} {format_number(counts.incomplete)} đơn vị chưa đủ số liệu đã có tiêu chí 0 điểm hoặc không còn "
            "đủ điểm để đạt."
        )
    possible = format_percent(counts.met + can_still_meet, counts.units)
    return (
        f"{short} Trong {format_number(counts.incomplete)} đơn vị chưa đủ số liệu, {format_number(can_still_meet)} đơn "
        f"vị còn có thể đạt; nếu đều đạt, tỷ lệ sẽ là {possible}."
    )


def count_can_still_meet(frame: pd.DataFrame) -> int:
    """Units that lack figures, have no criterion at zero so far and can still reach their minimum."""
    possible = (frame["status"] == "incomplete") & (frame["zeros"] == "") & (frame["ceiling"] >= frame["minimum"])
    return int(possible.sum())


def describe_failing(frame: pd.DataFrame) -> str:
    """What decided for the units that did not meet the standard: a criterion at zero, or the total."""
    failing = list_failing(frame)
    zero, total = len(failing["zero"]), len(failing["total"])
    incomplete = int((frame["status"] == "incomplete").sum())
    if zero + total:
        return (
            f"Trong {format_number(zero + total)} đơn vị không đạt, {format_number(zero)} đơn vị bị liệt (có tiêu chí "
            f"0 điểm); {format_number(total)} đơn vị không có tiêu chí 0 điểm nhưng tổng điểm thấp hơn mức tối thiểu."
        )
    if incomplete:
        return (
            f"Chưa có đơn vị nào bị kết luận không đạt; {format_number(incomplete)} đơn vị chưa đủ số liệu nên chưa "
            "kết luận được."
        )
    return "Không có đơn vị nào không đạt."


def describe_changes(assessment: Assessment, before: Assessment | None) -> str:
    """Met now and the year before, newly met, lost; says what can't be compared and why."""
    if before is None:
        return "So với năm trước: phần mềm chưa có số liệu năm trước để so sánh."
    now_met, before_met = (int((one.frame["status"] == "met").sum()) for one in (assessment, before))
    kinds = compare_years(assessment.frame, before.frame)["kind"]
    year, last = assessment.round.year, before.round.year
    if not len(kinds):
        return (
            f"So với năm {last}: không có đơn vị nào có ở cả hai năm (danh mục đơn vị đã thay đổi), không so sánh được."
        )
    both, unknown = len(kinds), int((kinds == "unknown").sum())
    parts = [
        f"So với năm {last}: số đơn vị đạt năm {last} là {format_number(before_met)}/{format_number(len(before.units))}"
        f", năm {year} là {format_number(now_met)}/{format_number(len(assessment.units))}.",
        f"Trong {format_number(both)} đơn vị có ở cả hai năm, {_count(kinds, 'gained')} đơn vị mới đạt, "
        f"{_count(kinds, 'lost')} đơn vị mất kết quả đạt, {format_number(unknown)} đơn vị không so sánh được do "
        "chưa đủ số liệu.",
    ]
    if before.standard.id != assessment.standard.id:
        parts.append(f"Năm {last} chấm theo {before.standard.title}, nên hai năm không cùng thước đo.")
    if labels := list_labels(before):
        parts.append(f"Số liệu năm {last}: {join_labels(labels)}.")
    return " ".join(parts)


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
    if labels := list_labels(assessment):
        return (
            f"Danh sách {met} tính từ {join_labels(labels)}, chưa phải căn cứ đề nghị công nhận; chỉ đề nghị sau khi "
            "số liệu và mức điểm đã được đối chiếu."
        )
    return f"Đề nghị cấp có thẩm quyền xem xét, công nhận {met} phù hợp với trẻ em năm {assessment.round.year}."


def list_warnings(assessment: Assessment) -> list[str]:
    """What is in doubt, as lines under the title; says how many units' figures are illustrative if not all are."""
    demo, units = len(assessment.demo_units), len(assessment.units)
    if not 0 < demo < units:
        return list(list_doubts(assessment))
    mixed = f"{format_number(demo)}/{format_number(units)} đơn vị dùng số liệu minh họa, ghi bên tên đơn vị"
    return [*list_doubts(assessment), mixed]


def list_labels(assessment: Assessment) -> list[str]:
    """Labels of figures in doubt: “Số liệu minh họa”, “Điểm tạm tính”."""
    labels = [DEMO_LABEL] if assessment.demo else []
    return [*labels, f"Điểm {PROVISIONAL_LABEL}"] if assessment.provisional else labels


def join_labels(labels: list[str]) -> str:
    """Labels inside a sentence: “số liệu minh họa và điểm tạm tính”."""
    return " và ".join(label[:1].lower() + label[1:] for label in labels)


def list_classes(assessment: Assessment) -> list[str]:
    """The numbers of the classes that the units have, with their words: “(1): …”."""
    used = set(assessment.units["unit_class"])
    numbers = _class_numbers(assessment)
    minimum = assessment.standard.recognition.minimum_total
    return [f"{CLASS_WORD} {numbers[one]}: {minimum[one].label}." for one in minimum if one in used]


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
            "huyen": row.district or _UNKNOWN_DISTRICT,
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
    numbers = {one.id: str(one.number) for one in assessment.standard.criteria}
    names = _unit_names(assessment)
    rows = []
    for number, (code, row) in enumerate(frame.iterrows(), start=1):
        zeros = ", ".join(numbers[one] for one in row["zeros"].split())
        rows.append(
            {
                "stt": format_number(number),
                "ma": str(code),
                "ten": names[code],
                "huyen": row["district"] or _UNKNOWN_DISTRICT,
                "loai": classes[row["unit_class"]],
                "tong_diem": _describe_total(assessment, row, f" ({_SO_FAR})"),
                "diem_da_co": _describe_total(assessment, row, ""),
                "toi_thieu": format_number(int(row["minimum"])),
                "cao_nhat": format_number(int(row["ceiling"])),
                "ket_qua": STATUS_WORDS[row["status"]],
                "tieu_chi_0": zeros or "–",
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
    texts = [describe_reason(one, assessment.standard) for one in reasons if one.code not in gathered]
    if len(zeros) > _ZEROS_IN_FULL:
        numbers = [str(assessment.standard.get_criterion(one).number) for one in zeros]
        texts.insert(0, f"Tiêu chí {', '.join(numbers)} bị 0 điểm")
    return [*texts, _describe_missing(missing, len(assessment.standard.indicators))] if missing else texts


def list_changes(assessment: Assessment, before: Assessment | None) -> list[Row]:
    """Units that newly met or lost, in administrative order."""
    if before is None:
        return []
    compared = compare_years(assessment.frame, before.frame)
    changed = compared[compared["kind"].isin(["gained", "lost"])]
    names = _unit_names(assessment)
    return [
        {
            "stt": format_number(number),
            "ten": names[row.Index],
            "huyen": str(row.district) or _UNKNOWN_DISTRICT,
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


def count_units(assessment: Assessment) -> Counts:
    """Counts of an assessment against its round's target."""
    return count_statuses(assessment.frame, assessment.round.target_percent)


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
    return {name: f"({place})" for place, name in enumerate(assessment.standard.recognition.minimum_total, start=1)}


def _count(kinds: pd.Series, kind: str) -> str:
    return format_number(int((kinds == kind).sum()))
