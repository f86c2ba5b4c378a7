"""Official Word documents: reports of a province and a district, a unit's score sheet, minutes of its council.

In the form of Decree 30/2020/NĐ-CP, from the templates in `reports/templates/`; number and signature stay blank.
"""

from datetime import date
from typing import Any

from reports.charts.classes import classify_status
from reports.charts.maps.status import draw_map
from reports.charts.picture import caption_of, render_picture
from reports.exports.word.fill import Picture, fill_template
from reports.exports.word.issuer import (
    Issuer,
    default_council,
    default_district_issuer,
    default_province_issuer,
    default_unit_issuer,
)
from reports.exports.word.rows import (
    count_values,
    describe_missing,
    describe_proposal,
    list_changes,
    list_classes,
    list_districts,
    list_knocked_out,
    list_reasons,
    list_units,
)
from reports.exports.word.sheet import list_criteria, list_inputs, list_points
from reports.facts.areas import Area, area_of_district, area_of_round, lower_first
from reports.facts.assessment import Assessment
from reports.facts.comparison import compare
from reports.facts.counts import count_can_still_meet, count_units
from reports.facts.doubts import find_doubts
from reports.facts.sentences import describe_changes, describe_failing_fully, describe_share
from scoring.explain import UnitTrace
from scoring.words import PROVISIONAL_LABEL, STATUS_WORDS, describe_conditions, format_date, format_number
from shapes.layers.layers import load_layer

PROVINCE_TEMPLATE = "bao-cao-tinh.docx"
DISTRICT_TEMPLATE = "bao-cao-huyen.docx"
SHEET_TEMPLATE = "phieu-cham-diem.docx"
MINUTES_TEMPLATE = "bien-ban-hop.docx"

_SUBJECT = "xã, phường, thị trấn phù hợp với trẻ em"
_PICTURE_WIDTH = 160  # mm, within margins that leave 165
_MAP_WIDTH, _MAP_HEIGHT = 640, 430  # pixels: at this width the picture's type is 8 to 12 points on paper


def build_province_report(
    assessment: Assessment,
    before: Assessment | None,
    made_on: date,
    map_png: bytes | None = None,
    issuer: Issuer | None = None,
) -> bytes:
    """The report (Báo cáo) of a province on a year, as .docx.

    Parameters
    ----------
    before : Assessment or None
        The year before, of the same province.
    map_png : bytes, optional
        The map of the boundaries, from `build_map_png`.
    issuer : Issuer, optional
        Default: the department that leads on `made_on`.

    Raises
    ------
    ReportError
        When the administrator's template can't be used.
    """
    issuer = issuer or default_province_issuer(assessment, made_on)
    area = area_of_round(assessment)
    values = _report_values(assessment, before, made_on, issuer, area, map_png)
    values |= {
        "theo_huyen": list_districts(assessment),
        "tieu_de_huyen": assessment.district_heading,
        "tieu_de_huyen_hoa": assessment.district_heading.upper(),
    }
    return fill_template(PROVINCE_TEMPLATE, values, values["trich_yeu"])


def build_district_report(
    assessment: Assessment,
    before: Assessment | None,
    district_code: str,
    made_on: date,
    map_png: bytes | None = None,
    issuer: Issuer | None = None,
) -> bytes:
    """The report (Báo cáo) of a district, or of a former district's area, on a year, as .docx.

    Parameters as `build_province_report`; `assessment` and `before` are those of the whole province.

    Raises
    ------
    KeyError
        For a district that has no unit in the year.
    ReportError
        When the administrator's template can't be used.
    """
    area = area_of_district(assessment, district_code)
    of_district = assessment.restrict_to_district(district_code)
    issuer = issuer or default_district_issuer(assessment, district_code, made_on)
    same_before = None if before is None else before.restrict_to_district(district_code)
    values = _report_values(of_district, same_before, made_on, issuer, area, map_png)
    values["don_vi"] = list_units(of_district, of_district.frame)
    return fill_template(DISTRICT_TEMPLATE, values, values["trich_yeu"])


def build_score_sheet(assessment: Assessment, trace: UnitTrace, made_on: date, issuer: Issuer | None = None) -> bytes:
    """A unit's score sheet (Phiếu chấm điểm) with the cells that its figures came from, as .docx.

    Parameters
    ----------
    trace : UnitTrace
        Of the unit, from `reports.facts.assessment.explain_unit`.

    Raises
    ------
    ReportError
        When the administrator's template can't be used.
    """
    issuer = issuer or default_unit_issuer(assessment, trace.code, made_on)
    values = _unit_values(assessment, trace, made_on, issuer)
    values |= {"bang_diem": list_points(trace), "so_lieu": list_inputs(trace)}
    return fill_template(SHEET_TEMPLATE, values, f"Phiếu chấm điểm {trace.name} năm {assessment.round.year}")


def build_council_minutes(
    assessment: Assessment, trace: UnitTrace, made_on: date, issuer: Issuer | None = None
) -> bytes:
    """Minutes (Biên bản) of the meeting of a unit's assessment council, to be filled in, as .docx.

    People, times and votes are blanks; the unit's results stand in it. Parameters and errors as `build_score_sheet`.
    """
    issuer = issuer or default_council(assessment, trace.code, made_on)
    values = _unit_values(assessment, trace, made_on, issuer)
    values["tieu_chi"] = list_criteria(trace)
    values["trich_yeu"] = f"Họp Hội đồng đánh giá {_SUBJECT} năm {assessment.round.year}"
    return fill_template(
        MINUTES_TEMPLATE, values, f"Biên bản họp Hội đồng đánh giá {trace.name} năm {assessment.round.year}"
    )


def build_map_png(assessment: Assessment, made_on: date, district_code: str | None = None) -> bytes:
    """The map of results by boundaries, of the province or of a district, to be put into a report."""
    area, mapped = area_of_round(assessment), assessment
    if district_code is not None:
        area, mapped = area_of_district(assessment, district_code), assessment.restrict_to_district(district_code)
    layer = load_layer(assessment.round.vintage, assessment.round.province_code)
    spec = draw_map(layer, mapped.frame, classify_status(mapped.frame), mapped.total_heading, _MAP_HEIGHT)
    caption = caption_of(mapped, f"{_map_title(mapped)}, {area.in_sentence}", made_on, layer.source)
    return render_picture(spec, caption, "png", width=_MAP_WIDTH, scale=3.0)


def _report_values(
    assessment: Assessment,
    before: Assessment | None,
    made_on: date,
    issuer: Issuer,
    area: Area,
    map_png: bytes | None,
) -> dict[str, Any]:
    frame, year = assessment.frame, assessment.round.year
    comparison = None if before is None else compare(before, assessment)
    counts = count_units(assessment)
    doubts = find_doubts(assessment)
    subject = f"kết quả đánh giá {_SUBJECT} năm {year} {area.on_it}"
    units = list_units(assessment, frame)
    by_status = {
        status: [row for row, of_unit in zip(units, frame["status"], strict=True) if of_unit == status]
        for status in STATUS_WORDS
    }
    failed = [row for row, of_unit in zip(units, frame["status"], strict=True) if of_unit != "met"]
    return {
        **_common_values(assessment, made_on, issuer),
        **count_values(counts),
        "trich_yeu": subject[:1].upper() + subject[1:],
        "noi_dung_bao_cao": subject,
        "dia_ban_dau_cau": area.name,
        "so_voi_chi_tieu": describe_share(counts, count_can_still_meet(frame), assessment.standard),
        "nguyen_nhan": describe_failing_fully(frame, assessment.standard),
        "tieu_chi_liet": list_knocked_out(assessment),
        "so_voi_nam_truoc": describe_changes(comparison),
        "so_lieu_thieu": describe_missing(frame),
        "chua_du": _renumber(by_status["incomplete"]),
        "dat": _renumber(by_status["met"]),
        "chua_dat": _renumber(failed),
        "tieu_de_huyen": assessment.district_heading,
        "cac_loai": list_classes(assessment),
        "ban_do": map_png and Picture(map_png, _PICTURE_WIDTH, f"{_map_title(assessment)}, {area.name}"),
        "ten_ban_do": f"{_map_title(assessment)}. {_map_source(assessment) if map_png else ''}",
        "de_nghi": describe_proposal(assessment, counts),
        "ten_phu_luc_1": (
            f"Danh sách đơn vị đạt, chưa phải căn cứ đề nghị công nhận ({doubts.in_sentence})"
            if doubts.labels
            else "Danh sách đơn vị đạt, đề nghị công nhận"
        ),
        "ten_phu_luc_2": "Danh sách đơn vị không đạt hoặc chưa đủ số liệu và lý do",
        "ten_phu_luc_3": "Danh sách đơn vị mới đạt, mất kết quả đạt so với năm trước",
        "thay_doi": list_changes(comparison),
        "nam_truoc": "" if before is None else f"Năm {before.round.year}",
        "nam_nay": f"Năm {year}",
    }


def _unit_values(assessment: Assessment, trace: UnitTrace, made_on: date, issuer: Issuer) -> dict[str, Any]:
    of_unit = assessment.restrict([trace.code])
    unit = of_unit.units.loc[trace.code]
    incomplete = trace.status == "incomplete"
    total = list_units(of_unit, of_unit.frame)[0]["tong_diem"]
    district = area_of_district(of_unit, unit["district_code"]).in_sentence if unit["district"] else ""
    return {
        **_common_values(of_unit, made_on, issuer),
        "trich_yeu": f"Theo tiêu chuẩn {_SUBJECT} năm {assessment.round.year}",
        "nam": str(assessment.round.year),
        "don_vi": trace.name,
        "don_vi_trong_cau": lower_first(trace.name),
        "ma": trace.code,
        "thuoc_dia_ban": ", ".join(name for name in (district, lower_first(str(unit["province"]))) if name),
        "loai_don_vi": trace.class_label,
        "tong_diem": total,
        "tong_diem_toi_da": format_number(assessment.standard.total_points),
        "toi_thieu": format_number(trace.minimum),
        "ket_qua": STATUS_WORDS[trace.status] + (" (chưa có kết quả)" if incomplete else ""),
        "cac_ly_do": list_reasons(of_unit, trace.code),
        "luu_y_ket_luan": _describe_ground(of_unit, trace),
    }


def _common_values(assessment: Assessment, made_on: date, issuer: Issuer) -> dict[str, Any]:
    return {
        "co_quan_chu_quan": issuer.parent,
        "co_quan": issuer.body,
        "co_quan_trong_cau": issuer.sentence_name or issuer.body,
        "ky_hieu": issuer.symbol,
        "dia_danh": issuer.place,
        "ngay_thang": _long_date(made_on),
        "ngay_lap": format_date(made_on),
        "cac_chuc_vu": list(issuer.signer_titles),
        "cac_noi_nhan": list(issuer.recipients),
        "cac_canh_bao": list(find_doubts(assessment).lines),
        "chan_trang": find_doubts(assessment).footer,
        "ghi_chu_tam_tinh": f" ({PROVISIONAL_LABEL})" if assessment.provisional else "",
        "tieu_de_tong_diem": assessment.total_heading,
        "bo_tieu_chi": assessment.standard.title,
    }


def _describe_ground(of_unit: Assessment, trace: UnitTrace) -> str:
    """What the council should know of the figures before it votes."""
    doubts = find_doubts(of_unit).in_sentence
    doubt = f" Kết quả dựa trên {doubts}, chưa phải căn cứ đề nghị công nhận." if doubts else ""
    if trace.status == "met":
        return f"Theo điểm tại Bảng 1, đơn vị {describe_conditions(of_unit.standard)}.{doubt}"
    if trace.status == "incomplete":
        return f"Đơn vị chưa đủ số liệu nên chưa có kết quả; cần bổ sung số liệu trước khi kết luận.{doubt}"
    return f"Theo điểm tại Bảng 1, đơn vị chưa đủ điều kiện công nhận.{doubt}"


def _map_title(assessment: Assessment) -> str:
    return f"Bản đồ kết quả đánh giá năm {assessment.round.year}"


def _map_source(assessment: Assessment) -> str:
    return load_layer(assessment.round.vintage, assessment.round.province_code).source


def _long_date(day: date) -> str:
    """“ngày 05 tháng 02 năm 2023”: the decree writes days below 10 and the months 1 and 2 with a zero."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _renumber(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row | {"stt": format_number(number)} for number, row in enumerate(rows, start=1)]
