"""Slides of units: who changed, who is close, who lacks figures, a district."""

import pandas as pd

from data.text.labels import CHANGE_WORDS
from reports.exports.powerpoint.deck import Deck, Page
from reports.exports.powerpoint.facts import describe_target, footer_of, is_comparable, name_district
from reports.exports.powerpoint.free import add_text
from reports.exports.powerpoint.parts import fill_text
from reports.exports.powerpoint.tables import fill_tables
from reports.facts.assessment import Assessment
from reports.facts.counts import STATUSES, compare_years, count_knocked_out, count_statuses, list_failing
from scoring.words import PROVISIONAL_LABEL, STATUS_WORDS, format_number, format_percent

_CRITERIA_NAMED = 4


def add_changes(deck: Deck, assessment: Assessment, before: Assessment | None) -> None:
    """Who met the standard last year and no more, who newly meets it."""
    if before is None:
        add_text(deck, "Thay đổi so với năm trước", ["Chưa có số liệu năm trước để so sánh."])
        return
    year, year_before = assessment.round.year, before.round.year
    if not is_comparable(assessment, before):
        lines = [
            f"Danh mục đơn vị năm {year} ({format_number(len(assessment.frame))} đơn vị) khác năm {year_before} "
            f"({format_number(len(before.frame))} đơn vị): không so sánh từng đơn vị."
        ]
        add_text(deck, f"Thay đổi so với năm {year_before}", lines)
        return
    changes = compare_years(assessment.frame, before.frame)
    lost, gained, unknown = (changes[changes["kind"] == kind] for kind in ("lost", "gained", "unknown"))
    page = deck.add("Hai bảng", footer_of(assessment, before))
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
    frame = assessment.frame
    short = list_failing(frame)["total"]
    short = short.assign(short=short["minimum"] - short["total"]).sort_values("short", kind="stable")
    one_zero = frame["zeros"].str.split().str.len() == 1
    blocked = frame[(frame["status"] == "not_met") & one_zero & (frame["total"] >= frame["minimum"])]
    blocked = blocked.assign(zeros=_number_criteria(assessment, blocked)).sort_values(
        "total", ascending=False, kind="stable"
    )
    page = deck.add("Hai bảng")
    both = len(short) + len(blocked)
    title = f"Gần đạt: {format_number(both)} đơn vị chỉ còn vướng một điều" if both else "Không có đơn vị nào gần đạt"
    fill_text(page.take("title"), [title], bold=True)
    headings = {"total": _points(assessment, "Tổng điểm"), "short": "Còn thiếu"}
    lead = f"Chỉ thiếu tổng điểm: {format_number(len(short))} đơn vị."
    _fill_half(page, lead, "Xếp từ nơi thiếu ít nhất." if len(short) else "", _list_units(assessment, short, headings))
    headings = {"zeros": "Tiêu chí 0 điểm", "total": _points(assessment, "Tổng điểm")}
    lead = f"Đủ tổng điểm, chỉ vướng một tiêu chí 0 điểm: {format_number(len(blocked))} đơn vị."
    _fill_half(page, lead, "", _list_units(assessment, blocked, headings))
    page.drop_rest()


def add_lacking(deck: Deck, assessment: Assessment) -> None:
    """Units that lack figures, most lacking first."""
    frame = assessment.frame
    lacking = frame[frame["status"] == "incomplete"].sort_values("missing", ascending=False, kind="stable")
    if lacking.empty:
        add_text(deck, "Mọi đơn vị đã đủ số liệu", ["Không có đơn vị nào chưa đủ số liệu."])
        return
    numbers = {one.id: str(one.number) for one in assessment.standard.criteria}
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
    frame = assessment.frame
    units = frame[frame["district_code"] == district_code]
    if units.empty:
        raise KeyError(district_code)
    counts = count_statuses(units, assessment.round.target_percent)
    share = format_percent(counts.met, counts.units)
    name = name_district(units["district"].iloc[0])
    page = deck.add("Địa bàn")
    title = f"{name}: {format_number(counts.met)}/{format_number(counts.units)} đơn vị đạt ({share})"
    fill_text(page.take("title"), [title], bold=True)
    lines = [f"{STATUS_WORDS[one]}: {format_number(getattr(counts, one))}" for one in STATUSES]
    fill_text(page.take("text"), [*lines, describe_target(counts), *_describe_zeros(assessment.restrict(units.index))])
    order = units["status"].map({"not_met": 0, "incomplete": 1, "met": 2})
    units = units.assign(
        order=order,
        total=_known_totals(assessment, units),
        zeros=_number_criteria(assessment, units),
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


def _describe_zeros(district: Assessment) -> list[str]:
    knocked_out = count_knocked_out(district)
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


def _number_criteria(assessment: Assessment, units: pd.DataFrame) -> list[str]:
    numbers = {one.id: str(one.number) for one in assessment.standard.criteria}
    return [", ".join(numbers[one] for one in zeros.split()) for zeros in units["zeros"]]
