"""Slides of units: who changed, who is close, who lacks figures, a district."""

import pandas as pd

from data.text.labels import CHANGE_WORDS
from reports.exports.powerpoint.deck import Deck, Page
from reports.exports.powerpoint.fit import clean_name
from reports.exports.powerpoint.free import add_text_slides
from reports.exports.powerpoint.parts import fill_text
from reports.exports.powerpoint.tables import fill_tables
from reports.facts.areas import area_of_district
from reports.facts.assessment import Assessment
from reports.facts.comparison import Comparison
from reports.facts.counts import count_knocked_out, count_units, list_close
from reports.facts.criteria import number_zeros
from reports.facts.doubts import write_footer
from reports.facts.sentences import describe_obstacle, describe_target
from scoring.scores import STATUSES
from scoring.words import PROVISIONAL_LABEL, STATUS_WORDS, format_number, format_percent

_CRITERIA_NAMED = 4


def add_changes(deck: Deck, assessment: Assessment, comparison: Comparison | None) -> None:
    """Who met the standard last year and no more, who newly meets it; says why years are not compared."""
    if comparison is None:
        add_text_slides(deck, "Thay đổi so với năm trước", ["Chưa có số liệu năm trước để so sánh."])
        return
    before, changes = comparison.before, comparison.units
    year_before, year = comparison.years
    if comparison.obstacle is not None:
        add_text_slides(deck, f"Thay đổi so với năm {year_before}", [describe_obstacle(comparison)])
        return
    lost, gained, unknown = (changes[changes["kind"] == kind] for kind in ("lost", "gained", "unknown"))
    page = deck.add("Hai bảng", write_footer(assessment, before))
    title = (
        f"So với năm {year_before}: {format_number(len(gained))} đơn vị mới đạt, "
        f"{format_number(len(lost))} đơn vị mất kết quả đạt"
    )
    fill_text(page.take("title"), [title], bold=True)
    headings = {"total_before": _points(before, f"Điểm {year_before}"), "total": _points(assessment, f"Điểm {year}")}
    remark = f"{format_number(len(unknown))} đơn vị không so sánh được vì chưa đủ số liệu." if len(unknown) else ""
    for kind, units, note in (("lost", lost, remark), ("gained", gained, "")):
        ordered = units.sort_values("change", ascending=kind == "lost", kind="stable")
        table = _list_units(assessment, ordered, headings)
        _fill_half(page, f"{CHANGE_WORDS[kind]}: {format_number(len(units))} đơn vị.", note, table)
    page.drop_rest()


def add_closest(deck: Deck, assessment: Assessment) -> None:
    """Who would meet the standard with a few points more, or with one criterion more."""
    short, blocked = list_close(assessment.frame).values()
    blocked = blocked.assign(zeros=number_zeros(assessment.standard, blocked))
    page = deck.add("Hai bảng")
    both = len(short) + len(blocked)
    title = f"Gần đạt: {format_number(both)} đơn vị chỉ còn vướng một điều" if both else "Không có đơn vị nào gần đạt"
    fill_text(page.take("title"), [title], bold=True)
    headings = {"total": _points(assessment, "Tổng điểm"), "short": "Còn thiếu"}
    lead = f"Chỉ thiếu tổng điểm: {format_number(len(short))} đơn vị."
    _fill_half(page, lead, "Xếp từ nơi thiếu ít nhất." if len(short) else "", _list_units(assessment, short, headings))
    if assessment.standard.recognition.zero_knocks_out:
        headings = {"zeros": "Tiêu chí 0 điểm", "total": _points(assessment, "Tổng điểm")}
        lead = f"Đủ tổng điểm, chỉ vướng một tiêu chí 0 điểm: {format_number(len(blocked))} đơn vị."
        _fill_half(page, lead, "", _list_units(assessment, blocked, headings))
    page.drop_rest()


def add_lacking(deck: Deck, assessment: Assessment) -> None:
    """Units that lack figures, most lacking first."""
    frame = assessment.frame
    lacking = frame[frame["status"] == "incomplete"].sort_values("missing", ascending=False, kind="stable")
    if lacking.empty:
        add_text_slides(deck, "Mọi đơn vị đã đủ số liệu", ["Không có đơn vị nào chưa đủ số liệu."])
        return
    numbers = {criterion.id: str(criterion.number) for criterion in assessment.standard.criteria}
    unknown = lacking[list(numbers)].isna()
    lacking = lacking.assign(
        total=_known_totals(assessment, lacking),
        criteria=[", ".join(numbers[id_] for id_ in numbers if row[id_]) for row in unknown.to_dict("records")],
    )
    page = deck.add("Bảng")
    fill_text(page.take("title"), [f"{format_number(len(lacking))} đơn vị chưa đủ số liệu"], bold=True)
    lines = ["Chưa kết luận được đạt hay không đạt: thiếu số liệu không phải là 0 điểm."]
    fill_text(page.take("text"), lines)
    headings = {
        "criteria": "Tiêu chí thiếu số liệu",
        "missing": "Số chỉ tiêu thiếu",
        "total": _points(assessment, "Điểm đã có"),
        "ceiling": _points(assessment, "Điểm cao nhất có thể"),
        "minimum": "Điểm tối thiểu",
    }
    fill_tables([page.take("table")], _list_units(assessment, lacking, headings), "Đơn vị chưa đủ số liệu")
    page.drop_rest()


def add_district(deck: Deck, assessment: Assessment, district_code: str) -> None:
    """Counts of a district, what knocks its units out, and its units, those that did not meet the standard first.

    Raises
    ------
    KeyError
        For a district that has no units.
    """
    name = clean_name(area_of_district(assessment, district_code).name)
    district = assessment.restrict_to_district(district_code)
    units, counts = district.frame, count_units(district)
    share = format_percent(counts.met, counts.units)
    page = deck.add("Địa bàn")
    title = f"{name}: {format_number(counts.met)}/{format_number(counts.units)} đơn vị đạt ({share})"
    fill_text(page.take("title"), [title], bold=True)
    lines = [f"{STATUS_WORDS[status]}: {format_number(counts[status])}" for status in STATUSES]
    fill_text(page.take("text"), [*lines, describe_target(counts), *_list_zeros(district)])
    order = units["status"].map({"not_met": 0, "incomplete": 1, "met": 2})
    units = units.assign(
        order=order,
        total=_known_totals(assessment, units),
        zeros=number_zeros(assessment.standard, units),
        result=units["status"].map(STATUS_WORDS),
    ).sort_values(["order", "total"], ascending=[True, False], kind="stable")
    headings = {
        "name": "Đơn vị",
        "result": "Kết quả",
        "zeros": "Tiêu chí 0 điểm",
        "total": _points(assessment, "Tổng điểm"),
    }
    tables = [page.take("table"), page.take("table")]
    used = fill_tables(tables, units[list(headings)].rename(columns=headings), f"Các đơn vị của {name}")
    page.placeholders["table"] = tables[used:]
    page.drop_rest()


def _list_zeros(district: Assessment) -> list[str]:
    knocked_out = count_knocked_out(district)
    if not district.standard.recognition.zero_knocks_out:
        return []
    if knocked_out.empty:
        return ["Không có tiêu chí nào bị 0 điểm."]
    named = [f"Tiêu chí {row.number}: {format_number(row.units)}" for row in knocked_out.itertuples(index=False)]
    rest = len(named) - _CRITERIA_NAMED
    more = [f"và {rest} tiêu chí khác"] if rest > 0 else []
    return ["Số đơn vị bị 0 điểm:", *named[:_CRITERIA_NAMED], *more]


def _fill_half(page: Page, lead: str, note: str, table: pd.DataFrame) -> None:
    """One side of a slide of two tables; no table where it would be empty."""
    fill_text(page.take("text"), [f"{lead} {note}"])
    placeholder = page.take("table")
    if table.empty:
        page.placeholders["table"].append(placeholder)
    else:
        fill_tables([placeholder], table, lead)


def _list_units(assessment: Assessment, units: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    names = {"name": "Đơn vị", "district": assessment.district_heading} | headings
    return units[list(names)].rename(columns=names)


def _known_totals(assessment: Assessment, units: pd.DataFrame) -> pd.Series:
    """Totals; NA for units without any figure: they don't have 0 points."""
    return units["total"].astype("Int64").where(units["missing"] < len(assessment.standard.indicators))


def _points(assessment: Assessment, heading: str) -> str:
    return f"{heading} ({PROVISIONAL_LABEL})" if assessment.provisional else heading
