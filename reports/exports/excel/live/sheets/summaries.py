"""The sheets around the scores: how to use the workbook, counts by district and criterion, the check of the engine."""

from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reports.exports.excel.live.places import (
    CHECK_SHEET,
    CODE,
    DATA_DISTRICT_CODE,
    DATA_SHEET,
    FIRST_CRITERION,
    NAME,
    SCORES_SHEET,
    STANDARD_SHEET,
    STATUS,
    SUMMARY_SHEET,
    TOTAL,
    Places,
    cell_on,
)
from reports.exports.excel.live.rules import quote
from reports.exports.excel.live.style import (
    FIRST_ROW,
    HEADER_ROW,
    ID_ROW,
    REMARK_ROW,
    Formats,
    mark_statuses,
    set_widths,
    start_sheet,
    write_headers,
)
from reports.facts.areas import area_of_units
from reports.facts.assessment import Assessment
from reports.facts.counts import summarise_districts
from reports.facts.doubts import find_doubts
from scoring.scores import STATUSES
from scoring.words import STATUS_WORDS, describe_conditions, format_date

_AGREES, _DIFFERS = "Khớp", "Khác"
_PURPOSE = (
    (
        "Tệp này là gì",
        "Bảng tính chấm lại toàn bộ điểm bằng công thức, từ số liệu đến tổng điểm, độc lập với phần mềm: bấm vào một ô "
        "điểm để xem điểm được tính từ ô nào.",
    ),
    (
        "Cách dùng",
        f"Sửa số liệu ở trang “{DATA_SHEET}” hoặc mức điểm ở trang “{STANDARD_SHEET}” (ô nền vàng): điểm, tổng điểm, "
        f"kết quả và trang “{SUMMARY_SHEET}” tự tính lại. Các ô khác là công thức hoặc tiêu đề, không nên sửa.",
    ),
    (
        "Ô trống",
        "Ô trống là chưa có số liệu, không phải 0. Không có trường hợp nào thì ghi 0. Đơn vị thiếu số liệu ghi “Chưa "
        "đủ số liệu”, không ghi “Không đạt”.",
    ),
)
_READING = (
    (
        "So với ngưỡng",
        "Công thức nhân chéo rồi so sánh số nguyên, không chia và không làm tròn tỷ lệ: 97,96 % không được tính là "
        "98 %. Mẫu số bằng 0 (không phát sinh): điểm ghi ở cột “Cách tính” của trang “Mức điểm”.",
    ),
    (
        "Số liệu sai",
        "Ô có chữ, số âm, số lẻ hoặc lớn hơn số mà nó là một phần thì được tô đỏ, gạch chân và đếm ở cột “Số ô sai”; "
        "đơn vị ghi “Chưa đủ số liệu” cho đến khi sửa.",
    ),
    (
        "Màu sắc",
        "Nền vàng: sửa được. Gạch chéo hoặc nền xám: chưa có số liệu. Kết quả ghi bằng chữ: Đạt (nền xanh), Không đạt "
        "(nền cam), Chưa đủ số liệu (nền vàng, chữ nghiêng). Số 0 đỏ, gạch chân: tiêu chí hoặc chỉ tiêu 0 điểm.",
    ),
    (
        "Đối chiếu",
        f"Trang “{CHECK_SHEET}” so điểm tính bằng công thức với điểm của phần mềm lúc lập tệp. Sau khi sửa, dòng ghi "
        f"“{_DIFFERS}” là đơn vị mà việc sửa làm thay đổi.",
    ),
    (
        "Nếu điểm không tự đổi",
        "Excel: bấm F9. LibreOffice: bấm Ctrl+Shift+F9.",
    ),
    (
        "Việc sửa có hiệu lực ở đâu",
        "Chỉ trong tệp này. Muốn sửa số liệu chính thức, nộp lại ở trang “Nộp số liệu” của phần mềm.",
    ),
)


def write_guide(sheet: Worksheet, formats: Formats, assessment: Assessment, made_on: date) -> None:
    """What the workbook is, of which standard and year, what is in doubt, how to use it, and whether all agrees."""
    doubts = find_doubts(assessment).sentences
    start_sheet(sheet, formats, "Bảng tính điểm xã, phường, thị trấn phù hợp với trẻ em", doubts)
    facts = (
        ("Địa bàn", area_of_units(assessment).name),
        ("Năm đánh giá", str(assessment.round.year)),
        ("Bộ tiêu chí", assessment.standard.title),
        ("Số đơn vị", str(len(assessment.units))),
        ("Lưu ý về số liệu", ". ".join(doubts) or "Không có"),
        ("Ngày lập", format_date(made_on)),
    )
    row = REMARK_ROW + 1
    for topic, text in facts:
        sheet.write_string(row, 0, topic, formats.strong)
        sheet.write_string(row, 1, text, formats.text)
        row += 1
    sheet.write_string(row, 0, "Đối chiếu với phần mềm", formats.strong)
    sheet.write_formula(
        row, 1, f"={cell_on(CHECK_SHEET, REMARK_ROW, 0, fixed=True)}", formats.text, _agreement(assessment)
    )
    when = ("Khi nào đạt", f"Đủ số liệu, {describe_conditions(assessment.standard)}.")
    for line, (topic, text) in enumerate((*_PURPOSE, when, *_READING), start=row + 2):
        sheet.write_string(line, 0, topic, formats.strong)
        sheet.write_string(line, 1, text, formats.text)
        sheet.set_row(line, 18 * (1 + len(text) // 115))
    set_widths(sheet, (30, 110))


def write_summary(sheet: Worksheet, formats: Formats, assessment: Assessment, places: Places) -> None:
    """Counts of statuses by district with the total, then zeros and gaps by criterion; all formulas."""
    title = f"Tổng hợp kết quả năm {assessment.round.year}, {area_of_units(assessment).name}"
    start_sheet(sheet, formats, title, find_doubts(assessment).sentences)
    headers = ("Mã huyện", assessment.district_heading, "Số đơn vị", *(STATUS_WORDS[status] for status in STATUSES))
    write_headers(sheet, formats, HEADER_ROW, [*headers, "Tỷ lệ đạt"])
    districts = summarise_districts(assessment.frame, assessment.round.target_percent)
    order = assessment.units["district_code"].unique()
    codes = places.units_area(DATA_SHEET, DATA_DISTRICT_CODE)
    statuses = places.units_area(SCORES_SHEET, STATUS)
    row = first = HEADER_ROW + 1
    for code in order:
        counts = districts.loc[code]
        sheet.write_string(row, 0, str(code), formats.code)
        sheet.write_string(row, 1, counts["district"], formats.text)
        in_district = f"({codes}={xl_rowcol_to_cell(row, 0, col_abs=True)})"
        sheet.write_formula(row, 2, f"=SUMPRODUCT({in_district}*1)", formats.whole, counts["units"])
        for column, status in enumerate(STATUSES, start=3):
            word = xl_rowcol_to_cell(HEADER_ROW, column, row_abs=True)
            formula = f"=SUMPRODUCT({in_district}*({statuses}={word}))"
            sheet.write_formula(row, column, formula, formats.whole, counts[status])
        _write_share(sheet, row, counts["met"], counts["units"], formats.share)
        row += 1
    sheet.merge_range(row, 0, row, 1, "Cộng", formats.total_text)
    for column, name in enumerate(("units", *STATUSES), start=2):
        formula = f"=SUM({xl_range(first, column, row - 1, column)})"
        sheet.write_formula(row, column, formula, formats.total, districts[name].sum())
    _write_share(sheet, row, districts["met"].sum(), districts["units"].sum(), formats.total_share)
    _write_criteria(sheet, formats, assessment, places, row + 3)
    set_widths(sheet, (11, 62, 14, 16, 16, 18, 14))
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.repeat_rows(HEADER_ROW)


def write_check(sheet: Worksheet, formats: Formats, assessment: Assessment, places: Places) -> None:
    """The engine's totals and statuses as values, beside those of the formulas."""
    frame = assessment.frame
    title = "Đối chiếu điểm của phần mềm với điểm tính bằng công thức"
    start_sheet(sheet, formats, title, find_doubts(assessment).sentences)
    headers = ("Mã", "Đơn vị", "Tổng điểm", "Kết quả", "Tổng điểm", "Kết quả", "So sánh")
    write_headers(sheet, formats, ID_ROW, headers)
    for column, text in ((2, "Phần mềm, lúc lập tệp"), (4, "Công thức trong tệp này")):
        sheet.merge_range(HEADER_ROW, column, HEADER_ROW, column + 1, text, formats.header)
    for column in (0, 1, 6):
        sheet.write_blank(HEADER_ROW, column, None, formats.header)
    codes = places.units_area(SCORES_SHEET, CODE)
    for row, (code, unit) in enumerate(frame.iterrows(), start=FIRST_ROW):
        status = STATUS_WORDS[unit["status"]]
        sheet.write_string(row, CODE, str(code), formats.code)
        sheet.write_string(row, NAME, unit["name"], formats.text)
        sheet.write_number(row, 2, unit["total"], formats.whole)
        sheet.write_string(row, 3, status, formats.word)
        position = f"MATCH({xl_rowcol_to_cell(row, CODE, col_abs=True)},{codes},0)"
        for column, source, value in ((4, TOTAL, unit["total"]), (5, STATUS, status)):
            formula = f"=INDEX({places.units_area(SCORES_SHEET, source)},{position})"
            sheet.write_formula(row, column, formula, formats.whole if column == 4 else formats.word, value)
        ours, theirs = (tuple(xl_rowcol_to_cell(row, column) for column in pair) for pair in ((2, 3), (4, 5)))
        same = f"AND({ours[0]}={theirs[0]},{ours[1]}={theirs[1]})"
        formula = f"=IF({same},{quote(_AGREES)},{quote(_DIFFERS)})"
        sheet.write_formula(row, 6, formula, formats.word, _AGREES)
    agree = f"COUNTIF({xl_range_abs(FIRST_ROW, 6, places.last_row, 6)},{quote(_AGREES)})"
    sheet.write_formula(
        REMARK_ROW,
        0,
        f"=IF({agree}={places.units},{quote(_agreement(assessment))},"
        f'{places.units}-{agree}&" trên {places.units} đơn vị khác với phần mềm: do sửa trong tệp này hoặc do lỗi")',
        formats.remark,
        _agreement(assessment),
    )
    mark_statuses(sheet, formats, FIRST_ROW, 3, places.last_row, 5)
    differs = {"type": "cell", "criteria": "==", "value": quote(_DIFFERS), "format": formats.wrong}
    sheet.conditional_format(FIRST_ROW, 6, places.last_row, 6, differs)
    set_widths(sheet, (10, 34, 14, 20, 14, 20, 14))
    sheet.freeze_panes(FIRST_ROW, NAME + 1)
    sheet.repeat_rows(HEADER_ROW, ID_ROW)


def _write_share(sheet: Worksheet, row: int, met: int, units: int, style: Format) -> None:
    """The share of units that met the standard, cut after one decimal of the percentage and never rounded up."""
    met_cell, units_cell = (xl_rowcol_to_cell(row, column) for column in (3, 2))
    formula = f'=IF({units_cell}=0,"–",INT({met_cell}*1000/{units_cell})/1000)'
    sheet.write_formula(row, 6, formula, style, int(met) * 1000 // int(units) / 1000)


def _write_criteria(sheet: Worksheet, formats: Formats, assessment: Assessment, places: Places, top: int) -> None:
    headers = ("Tiêu chí", "Tên tiêu chí", "Số đơn vị 0 điểm", "Số đơn vị thiếu số liệu", "Điểm trung bình")
    write_headers(sheet, formats, top, headers)
    sheet.set_row(top, 32)
    for number, criterion in enumerate(assessment.standard.criteria):
        row, points = top + 1 + number, assessment.frame[criterion.id]
        area = places.units_area(SCORES_SHEET, FIRST_CRITERION + number)
        known = int(points.notna().sum())
        mean = int(points.sum()) / known if known else "–"
        sheet.write_string(row, 0, f"Tiêu chí {criterion.number}", formats.text)
        sheet.write_string(row, 1, criterion.name, formats.text)
        sheet.write_formula(row, 2, f"=COUNTIF({area},0)", formats.whole, int((points == 0).sum()))
        sheet.write_formula(row, 3, f"={places.units}-COUNT({area})", formats.whole, places.units - known)
        sheet.write_formula(row, 4, f'=IF(COUNT({area})=0,"–",AVERAGE({area}))', formats.average, mean)


def _agreement(assessment: Assessment) -> str:
    return f"Khớp tất cả {len(assessment.units)} đơn vị: công thức và phần mềm cho cùng tổng điểm, cùng kết quả"
