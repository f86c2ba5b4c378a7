"""The collection workbook that officers fill in: units prefilled and locked, a column an input."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from data.intake.form import (
    CRITERION_ROW,
    DATA_SHEET,
    FIRST_UNIT_ROW,
    FORM_SHEET,
    GUIDE_SHEET,
    ID_ROW,
    LABEL_ROW,
    STANDARD_SHEET,
    TITLE_ROW,
    UNIT_HEADERS,
)
from data.text.labels import DEMO_LABEL, PROVENANCE_WORDS
from scoring.limits import LARGEST_COUNT
from scoring.standard import Indicator, Input, Standard
from scoring.words import ANSWER_WORDS, describe_band, format_number

_GUIDE = (
    (
        "Điền ở đâu",
        f"Chỉ điền vào các ô màu trắng của trang “{DATA_SHEET}”, mỗi dòng một đơn vị, mỗi cột một chỉ tiêu.",
    ),
    ("Số đếm", "Ghi số nguyên từ 0 trở lên, không ghi chữ, không ghi phần trăm."),
    ("Câu trả lời", "Chọn Có hoặc Không trong danh sách của ô."),
    ("Không phát sinh", "Không có trường hợp nào thì ghi 0."),
    ("Chưa có số liệu", "Chưa biết thì để trống. Ô trống không phải là 0: đơn vị sẽ ghi “Chưa đủ số liệu”."),
    ("Số thành phần", "Số được tính trong một số khác không được lớn hơn số đó; ô sai sẽ hiện màu đỏ."),
    ("Giải thích", "Đưa chuột vào tiêu đề cột để xem cách tính của chỉ tiêu."),
    ("Kỳ số liệu", "Số liệu từ 01/01 đến 31/12 của năm đánh giá."),
    ("Giữ nguyên mẫu", "Không thêm, xóa, đổi chỗ cột; không sửa mã đơn vị. Được xóa dòng của đơn vị không nộp."),
    (
        "Nộp tệp",
        "Lưu tệp dạng .xlsx, mở trang “Nộp số liệu” của phần mềm, chọn tệp, sửa các lỗi được chỉ ra rồi xác nhận.",
    ),
)


@dataclass(frozen=True)
class _Formats:
    title: Format
    remark: Format
    group: Format
    header: Format
    locked: Format
    count: Format
    answer: Format
    wrong: Format
    text: Format
    strong: Format


def build_collection(
    target: str | Path | BinaryIO,
    standard: Standard,
    units: pd.DataFrame,
    year: int,
    values: pd.DataFrame | None = None,
    demo: bool = False,
) -> None:
    """Write the collection workbook.

    Parameters
    ----------
    target : path or binary buffer
    standard : Standard
        Its inputs are the columns.
    units : DataFrame
        Index unit code, columns `name`, `district`: the rows.
    year : int
    values : DataFrame, optional
        Index unit code, a column an input (Int64, NA = empty): prefilled.
    demo : bool
        The values are illustrative; the sheet says so.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options) as book:
        formats = _make_formats(book)
        _write_data(book.add_worksheet(DATA_SHEET), formats, standard, units, year, values, demo)
        _write_guide(book.add_worksheet(GUIDE_SHEET), formats, standard, year)
        _write_standard(book.add_worksheet(STANDARD_SHEET), formats, standard)
        form = book.add_worksheet(FORM_SHEET)
        for row, (key, value) in enumerate((("standard", standard.id), ("year", str(year)))):
            form.write_row(row, 0, [key, value])
        form.hide()


def _make_formats(book: xlsxwriter.Workbook) -> _Formats:
    font = {"font_name": "Times New Roman", "font_size": 11}
    boxed = font | {"border": 1, "border_color": "#9aa5b1", "valign": "vcenter"}
    head = boxed | {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#dce6f1"}
    return _Formats(
        title=book.add_format(font | {"bold": True, "font_size": 14}),
        remark=book.add_format(font | {"italic": True, "font_color": "#9c0006"}),
        group=book.add_format(head | {"bg_color": "#b8cce4"}),
        header=book.add_format(head),
        locked=book.add_format(boxed | {"bg_color": "#f2f2f2", "num_format": "@"}),
        count=book.add_format(boxed | {"locked": False, "num_format": "#,##0", "align": "right"}),
        answer=book.add_format(boxed | {"locked": False, "align": "center"}),
        wrong=book.add_format({"bg_color": "#ffc7ce", "font_color": "#9c0006"}),
        text=book.add_format(boxed | {"text_wrap": True, "valign": "top"}),
        strong=book.add_format(boxed | {"text_wrap": True, "valign": "top", "bold": True}),
    )


def _write_data(
    sheet: Worksheet,
    formats: _Formats,
    standard: Standard,
    units: pd.DataFrame,
    year: int,
    values: pd.DataFrame | None,
    demo: bool,
) -> None:
    sheet.write_string(
        TITLE_ROW, 0, f"Số liệu đánh giá xã, phường, thị trấn phù hợp với trẻ em năm {year}", formats.title
    )
    if demo:
        sheet.write_string(TITLE_ROW, len(UNIT_HEADERS), f"{DEMO_LABEL}: không phải số liệu thật", formats.remark)
    for column, header in enumerate(UNIT_HEADERS):
        sheet.merge_range(CRITERION_ROW, column, LABEL_ROW, column, header, formats.header)
    inputs = list(standard.inputs.values())
    first = len(UNIT_HEADERS)
    column_of = {input_.id: first + column for column, input_ in enumerate(inputs)}
    for input_ in inputs:
        _write_input_header(sheet, formats, standard, input_, column_of[input_.id])
    for row, unit in enumerate(units.itertuples(), start=FIRST_UNIT_ROW):
        for column, text in enumerate((str(unit.Index), unit.name, unit.district)):
            sheet.write_string(row, column, text, formats.locked)
        for input_ in inputs:
            _write_value(sheet, formats, row, column_of[input_.id], input_, _value(values, unit.Index, input_.id))
    if len(units):
        last_row = FIRST_UNIT_ROW + len(units) - 1
        for input_ in inputs:
            _guard_column(sheet, formats, input_, column_of, last_row)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 22)
    sheet.set_column(first, first + len(inputs) - 1, 15)
    sheet.set_row(TITLE_ROW, 24)
    sheet.set_row(CRITERION_ROW, 34)
    sheet.set_row(ID_ROW, None, None, {"hidden": True})
    sheet.set_row(LABEL_ROW, 92)
    sheet.freeze_panes(FIRST_UNIT_ROW, first)
    sheet.protect(
        "", {"format_columns": True, "format_rows": True, "delete_rows": True, "sort": True, "autofilter": True}
    )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(CRITERION_ROW, LABEL_ROW)
    sheet.repeat_columns(0, 1)


def _write_input_header(sheet: Worksheet, formats: _Formats, standard: Standard, input_: Input, column: int) -> None:
    users = [indicator.id for indicator in standard.indicators if input_.id in indicator.inputs]
    criterion = standard.criterion_of(users[0])
    sheet.write_string(CRITERION_ROW, column, f"Tiêu chí {criterion.number}", formats.group)
    sheet.write_string(ID_ROW, column, input_.id, formats.header)
    sheet.write_string(LABEL_ROW, column, input_.label, formats.header)
    kind = "Chọn Có hoặc Không." if input_.kind == "answer" else "Số nguyên từ 0 trở lên."
    bound = f" Không lớn hơn “{standard.inputs[input_.part_of].label}”." if input_.part_of else ""
    sheet.write_comment(
        LABEL_ROW,
        column,
        f"{input_.label}\n{input_.help}\n{kind}{bound}\nDùng cho chỉ tiêu {', '.join(users)}.",
        {"x_scale": 2.2, "y_scale": 1.6, "font_size": 10},
    )


def _value(values: pd.DataFrame | None, code: Any, input_id: str) -> int | None:
    if values is None or code not in values.index or input_id not in values.columns:
        return None
    value = values.at[code, input_id]
    return None if pd.isna(value) else int(value)


def _write_value(sheet: Worksheet, formats: _Formats, row: int, column: int, input_: Input, value: int | None) -> None:
    cell_format = formats.answer if input_.kind == "answer" else formats.count
    if value is None:
        sheet.write_blank(row, column, None, cell_format)
    elif input_.kind == "answer":
        sheet.write_string(row, column, ANSWER_WORDS[value], cell_format)
    else:
        sheet.write_number(row, column, value, cell_format)


def _guard_column(sheet: Worksheet, formats: _Formats, input_: Input, column_of: dict[str, int], last_row: int) -> None:
    """Validation of a column, and the colour of a part that is greater than its whole."""
    column = column_of[input_.id]
    area = (FIRST_UNIT_ROW, column, last_row, column)
    if input_.kind == "answer":
        sheet.data_validation(
            *area,
            {
                "validate": "list",
                "source": [ANSWER_WORDS[1], ANSWER_WORDS[0]],
                "error_title": "Câu trả lời",
                "error_message": "Chọn Có hoặc Không; chưa biết thì để trống.",
            },
        )
        return
    rule: dict[str, Any] = {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": LARGEST_COUNT,
        "error_title": "Số đếm",
        "error_message": "Ghi số nguyên từ 0 trở lên; chưa biết thì để trống.",
    }
    if input_.part_of is not None:
        cell = xl_rowcol_to_cell(FIRST_UNIT_ROW, column)
        whole = xl_rowcol_to_cell(FIRST_UNIT_ROW, column_of[input_.part_of])
        letter = xl_col_to_name(column_of[input_.part_of])
        rule["maximum"] = f'=IF({whole}="",{LARGEST_COUNT},{whole})'
        rule["error_message"] = f"Ghi số nguyên từ 0 đến số ở cột {letter} cùng dòng; chưa biết thì để trống."
        sheet.conditional_format(
            *area,
            {"type": "formula", "criteria": f'=AND({cell}<>"",{whole}<>"",{cell}>{whole})', "format": formats.wrong},
        )
    sheet.data_validation(*area, rule)


def _write_guide(sheet: Worksheet, formats: _Formats, standard: Standard, year: int) -> None:
    sheet.write_string(0, 0, f"Cách điền biểu mẫu năm {year}", formats.title)
    sheet.write_string(1, 0, standard.title, formats.text)
    for row, (topic, text) in enumerate(_GUIDE, start=3):
        sheet.write_string(row, 0, topic, formats.strong)
        sheet.write_string(row, 1, text, formats.text)
        sheet.set_row(row, 34)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.set_row(1, 34)
    sheet.protect()


def _write_standard(sheet: Worksheet, formats: _Formats, standard: Standard) -> None:
    sheet.write_string(0, 0, standard.title, formats.title)
    headers = ("Tiêu chí", "Tên", "Chỉ tiêu", "Nội dung", "Mức điểm", "Điểm", "Nguồn con số", "Căn cứ")
    for column, header in enumerate(headers):
        sheet.write_string(2, column, header, formats.header)
    row = 3
    for criterion in standard.criteria:
        for indicator in criterion.indicators:
            for band in indicator.bands:
                cells = (
                    str(criterion.number),
                    f"{criterion.name} (tối đa {format_number(criterion.max_points)} điểm)",
                    indicator.id,
                    indicator.name,
                    _band_text(indicator, indicator.bands.index(band)),
                    format_number(band.points),
                    PROVENANCE_WORDS[band.provenance],
                    criterion.reference,
                )
                for column, text in enumerate(cells):
                    sheet.write_string(row, column, text, formats.text)
                row += 1
    for column, width in enumerate((8, 34, 8, 40, 40, 8, 16, 32)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(3, 0)
    sheet.protect()


def _band_text(indicator: Indicator, number: int) -> str:
    plain, mountainous = (describe_band(indicator, number, in_mountains) for in_mountains in (False, True))
    return plain if plain == mountainous else f"{plain} (miền núi: {mountainous})"
