"""Sentences that pages and files say of the facts, each once."""

from collections.abc import Iterable

import pandas as pd

from reports.facts.assessment import Assessment
from reports.facts.comparison import Comparison, Obstacle, count_kinds
from reports.facts.counts import Counts, list_failing
from reports.facts.criteria import number_criteria
from reports.facts.doubts import find_doubts
from reports.facts.what_if import ScenarioCounts
from scoring.gaps import Focus, Plan, Step
from scoring.standard import Standard
from scoring.words import NO_DATA, STATUS_WORDS, format_number, format_percent

NEXT_YEAR = "mục tiêu cho năm sau"
DIFFERENCE_WORDS: dict[Obstacle, str] = {
    "area": "Hai năm là số liệu của hai địa bàn khác nhau: không so sánh.",
    "units": "Danh mục đơn vị đã thay đổi: nên so tỷ lệ, không so số lượng.",
    "standard": "Hai năm chấm theo hai bộ tiêu chí khác nhau: không so sánh.",
}
_OTHER: dict[Obstacle, str] = {"area": "địa bàn", "units": "danh mục đơn vị", "standard": "bộ tiêu chí"}
_NO_YEAR_BEFORE = "Chưa có số liệu năm trước để so sánh."


def describe_shortfall(counts: Counts) -> str:
    """“Đã đạt mục tiêu”, or how many units lack: “Còn thiếu 5 đơn vị”."""
    if counts.reaches_target:
        return "Đã đạt mục tiêu"
    return f"Còn thiếu {format_number(counts.short_of_target)} đơn vị"


def describe_target(counts: Counts) -> str:
    """How far a group is from its target: “Còn thiếu 5 đơn vị để đạt mục tiêu 95 %.”"""
    target = f"{counts.target_percent} %"
    shortfall = describe_shortfall(counts)
    return f"{shortfall} {target}." if counts.reaches_target else f"{shortfall} để đạt mục tiêu {target}."


def describe_share(counts: Counts, can_still_meet: int) -> str:
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


def describe_causes(frame: pd.DataFrame, mark: str = "") -> str:
    """What knocked units out: “3 đơn vị bị loại vì có tiêu chí 0 điểm, 5 chỉ vì thiếu tổng điểm”.

    `mark`: stands on both sides of each number, such as `**`.
    """
    zero, total = (f"{mark}{format_number(len(units))}{mark}" for units in list_failing(frame).values())
    return f"{zero} đơn vị bị loại vì có tiêu chí 0 điểm, {total} chỉ vì thiếu tổng điểm"


def describe_failing(frame: pd.DataFrame) -> str:
    """What decided for the units that did not meet the standard, in a line."""
    if not (frame["status"] == "not_met").any():
        return "Không có đơn vị nào không đạt."
    return f"Không đạt: {describe_causes(frame)}."


def describe_failing_fully(frame: pd.DataFrame) -> str:
    """What decided for the units that did not meet the standard, or why none did not."""
    zero, total = (len(units) for units in list_failing(frame).values())
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


def describe_zeros(standard: Standard, criterion_ids: Iterable[str]) -> str:
    """“Tiêu chí 3, 5 bị 0 điểm”."""
    return f"Tiêu chí {number_criteria(standard, criterion_ids)} bị 0 điểm"


def describe_shortly(assessment: Assessment, code: str) -> str:
    """Why a unit is not recognised, in few words: “Tiêu chí 3, 5 bị 0 điểm; thiếu 12 điểm”; empty when it is."""
    unit = assessment.frame.loc[code]
    if unit["status"] == "met":
        return ""
    reasons = [describe_zeros(assessment.standard, unit["blocking"])] if unit["blocking"] else []
    if unit["missing"]:
        reasons.append(f"{format_number(int(unit['missing']))} chỉ tiêu chưa có số liệu")
    elif unit["total"] < unit["minimum"]:
        reasons.append(f"thiếu {format_number(int(unit['minimum'] - unit['total']))} điểm")
    return "; ".join(reasons)


def describe_criterion_counts(zeros: int, missing: int) -> str:
    """What stands below a criterion's small map: “19 đơn vị 0 điểm, 3 chưa có số liệu”."""
    return f"{format_number(zeros)} đơn vị 0 điểm, {format_number(missing)} {NO_DATA.lower()}"


def describe_obstacle(comparison: Comparison) -> str:
    """Why two years are not compared unit by unit; empty where they are."""
    if comparison.obstacle is None:
        return ""
    year_before, year = comparison.years
    before, now = comparison.before, comparison.now
    if comparison.obstacle == "area":
        return f"Không so sánh từng đơn vị: số liệu năm {year_before} và năm {year} là của hai địa bàn khác nhau."
    if comparison.obstacle == "units":
        return (
            f"Không so sánh từng đơn vị: năm {year_before} có {format_number(len(before.units))} đơn vị, năm {year} có "
            f"{format_number(len(now.units))} đơn vị theo danh mục sau khi sắp xếp. Đơn vị cùng tên hay cùng mã có thể "
            "đã đổi địa giới."
        )
    return (
        f"Không so sánh từng đơn vị: năm {year_before} chấm theo {before.standard.title}, năm {year} theo "
        f"{now.standard.title}; điểm của hai bộ tiêu chí không so được với nhau."
    )


def describe_count_changes(comparison: Comparison | None) -> str:
    """By how much each status changed, in a line; where years are not compared, last year's count and what differs."""
    if comparison is None:
        return _NO_YEAR_BEFORE
    year, then = comparison.years[0], comparison.counts[0]
    if comparison.obstacle is not None:
        met = f"{format_number(then.met)}/{format_number(then.units)} đơn vị đạt"
        return f"Năm {year}: {met}, theo {_OTHER[comparison.obstacle]} khác: không so sánh."
    changes = [
        f"{STATUS_WORDS[status].lower()} {format_number(change, signed=True)}"
        for status, change in (comparison.count_changes or {}).items()
    ]
    return f"So với năm {year}: {', '.join(changes)} đơn vị."


def describe_changes(comparison: Comparison | None) -> str:
    """Met in both years, newly met, lost; why years are not compared; what is in doubt about the earlier one."""
    if comparison is None:
        return "So với năm trước: phần mềm chưa có số liệu năm trước để so sánh."
    last, year = comparison.years
    if comparison.obstacle is None and comparison.units.empty:
        return (
            f"So với năm {last}: không có đơn vị nào có ở cả hai năm (danh mục đơn vị đã thay đổi), không so sánh được."
        )
    then, now = comparison.counts
    parts = [
        f"So với năm {last}: số đơn vị đạt năm {last} là {format_number(then.met)}/{format_number(then.units)}"
        f", năm {year} là {format_number(now.met)}/{format_number(now.units)}.",
        describe_obstacle(comparison) or _describe_kinds(comparison.units),
    ]
    if doubts := find_doubts(comparison.before).in_sentence:
        parts.append(f"Số liệu năm {last}: {doubts}.")
    return " ".join(parts)


def describe_rank(ranked: pd.Series) -> str:
    """A row of `likeness.rank_units`: the rank and what it rests on, or why there is none."""
    complete, size = format_number(int(ranked["complete"])), format_number(int(ranked["size"]))
    if ranked["size"] == 1:
        return f"Là đơn vị duy nhất của nhóm {ranked['group']}: không có đơn vị nào để xếp hạng cùng."
    if pd.isna(ranked["rank"]):
        return (
            f"Chưa xếp hạng vì còn {format_number(int(ranked['missing']))} chỉ tiêu chưa có số liệu; trong nhóm "
            f"{ranked['group']} có {complete}/{size} đơn vị đủ số liệu."
        )
    left_out = int(ranked["size"] - ranked["complete"])
    shared = f" ({format_number(int(ranked['tied']))} đơn vị đồng hạng)" if ranked["tied"] > 1 else ""
    rest = f", {format_number(left_out)} đơn vị chưa đủ" if left_out else ""
    return f"Hạng {format_number(int(ranked['rank']))} / {complete} {ranked['group']} đủ số liệu{shared}{rest}."


def describe_district_rank(ranked: pd.Series) -> str:
    """A row of `districts.rank_districts`: the rank and the figures that it rests on."""
    units, values = (
        f"{format_number(int(ranked[part]))}/{format_number(int(ranked[whole]))}"
        for part, whole in (("complete", "units"), ("known", "expected"))
    )
    coverage = f"{units} đơn vị đủ số liệu, {values} số liệu đã có"
    if pd.isna(ranked["rank"]):
        return f"Chưa xếp hạng vì chưa có đơn vị nào đủ số liệu ({coverage})."
    shared = f" ({format_number(int(ranked['tied']))} địa bàn đồng hạng)" if ranked["tied"] > 1 else ""
    rank = f"Hạng {format_number(int(ranked['rank']))} / {format_number(int(ranked['ranked']))}"
    return f"{rank} địa bàn theo tỷ lệ đạt{shared}; {coverage}."


def describe_step(step: Step, standard: Standard) -> str:
    """“Số trẻ em … tiêm chủng đầy đủ: thêm 3 (từ 45 lên 48, trên 50): +10 điểm”."""
    label = standard.inputs[step.input_id].label
    gain = f"{format_number(step.gain, signed=True)} điểm"
    if step.kind == "answer":
        return f"{label}: từ Không thành Có: {gain}"
    value, target, cases = (format_number(number) for number in (step.value, step.target, step.cases))
    among = "" if step.denominator is None else f", trên {format_number(step.denominator)}"
    if step.kind == "raise":
        return f"{label}: thêm {cases} (từ {value} lên {target}{among}): {gain}"
    return f"{label}: bớt {cases} (từ {value} xuống {target}{among}): {gain}; {NEXT_YEAR}"


def describe_plan(plan: Plan, standard: Standard) -> str:
    """The steps of a plan in one line."""
    return "; ".join(describe_step(step, standard) for step in plan.steps)


def describe_focus(focus: Focus, standard: Standard) -> str:
    """“3 Tỷ suất trẻ em bị xâm hại + 5 Tỷ suất trẻ em bị tai nạn, thương tích”."""
    names = {indicator.id: indicator.name for indicator in standard.indicators}
    return " + ".join(f"{id_} {names[id_]}" for id_ in focus.indicator_ids)


def describe_what_if(counts: ScenarioCounts) -> str:
    """The counts of a scenario beside the law."""
    return (
        f"Đạt theo luật: {format_number(counts.met_by_law)}/{format_number(counts.units)} đơn vị; theo phương án: "
        f"{format_number(counts.met)}. Đạt thêm {format_number(counts.gained)}, mất {format_number(counts.lost)}."
    )


def _describe_kinds(units: pd.DataFrame) -> str:
    numbers = {kind: format_number(number) for kind, number in count_kinds(units).items()}
    return (
        f"Trong {format_number(len(units))} đơn vị có ở cả hai năm, {numbers['gained']} đơn vị mới đạt, "
        f"{numbers['lost']} đơn vị mất kết quả đạt, {numbers['unknown']} đơn vị không so sánh được do chưa đủ số liệu."
    )
