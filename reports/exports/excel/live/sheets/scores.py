"""The sheets with a row a unit: the figures, and the scores as formulas on them."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reports.exports.excel.live.places import (
    CODE,
    DATA_CLASS,
    DATA_DISTRICT,
    DATA_DISTRICT_CODE,
    DATA_MOUNTAINOUS,
    DATA_SHEET,
    DATA_WRONG,
    DISTRICT,
    FIRST_CRITERION,
    FIRST_INPUT,
    MINIMUM,
    MISSING,
    NAME,
    STATUS,
    TOTAL,
    WRONG,
    ZEROS,
    Places,
    cell_on,
)
from reports.exports.excel.live.rules import (
    quote,
    write_conditions,
    write_criterion,
    write_minimum,
    write_points_or_no_data,
    write_status,
    write_wrong,
)
from reports.exports.excel.live.sheets.standard import StandardCells, class_names
from reports.exports.excel.live.style import (
    FIRST_ROW,
    HEADER_ROW,
    ID_ROW,
    Formats,
    mark_points,
    mark_statuses,
    set_widths,
    start_sheet,
    write_high_headers,
)
from reports.facts.assessment import Assessment
from reports.facts.doubts import find_doubts
from scoring.words import ANSWER_WORDS, CLASS_WORD, NO_DATA, STATUS_WORDS

_INPUT_WIDTH, _POINTS_WIDTH = 15, 13
_YES = quote(ANSWER_WORDS[1])
_ANSWER_LIST = [ANSWER_WORDS[1], ANSWER_WORDS[0]]


def write_data(
    sheet: Worksheet,
    formats: Formats,
    assessment: Assessment,
    places: Places,
    cells: StandardCells,
) -> None:
    """The figures as they are in the assessment; a missing one is an empty cell."""
    standard, units = assessment.standard, assessment.units
    start_sheet(
        sheet,
        formats,
        f"Số liệu năm {assessment.round.year}",
        find_doubts(assessment).sentences,
        "Ô trống (gạch chéo hoặc nền xám) là chưa có số liệu, không phải 0. Sửa ô nền vàng thì điểm tự tính lại.",
        NAME + 1,
    )
    fixed = ("Mã", "Đơn vị", "Mã huyện", assessment.district_heading, CLASS_WORD, "Miền núi", "Số ô sai")
    headers = [*((name, "") for name in fixed), *((input_.label, input_.id) for input_ in standard.inputs.values())]
    write_high_headers(sheet, formats, headers, _INPUT_WIDTH)
    names = class_names(standard)
    values = assessment.observations.reindex(index=units.index, columns=list(standard.inputs))
    columns = [
        (input_, places.input_column(input_.id), values[input_.id].tolist()) for input_ in standard.inputs.values()
    ]
    for row, unit in enumerate(units.itertuples(), start=FIRST_ROW):
        for column, text in ((CODE, str(unit.Index)), (DATA_DISTRICT_CODE, str(unit.district_code))):
            sheet.write_string(row, column, text, formats.code)
        for column, text in ((NAME, unit.name), (DATA_DISTRICT, unit.district)):
            sheet.write_string(row, column, text, formats.text)
        sheet.write_string(row, DATA_CLASS, names[unit.unit_class], formats.given_text)
        sheet.write_string(row, DATA_MOUNTAINOUS, ANSWER_WORDS[int(unit.mountainous)], formats.given_centred)
        sheet.write_formula(row, DATA_WRONG, f"={_wrong_formula(places, row)}", formats.points, 0)
        for input_, column, figures in columns:
            value = figures[row - FIRST_ROW]
            if pd.isna(value):
                sheet.write_blank(row, column, None, formats.given)
            elif input_.kind == "answer":
                sheet.write_string(row, column, ANSWER_WORDS[int(value)], formats.given_centred)
            else:
                sheet.write_number(row, column, int(value), formats.given)
    _guard(sheet, formats, places, cells)
    set_widths(sheet, (9, 26, 9, 22, 50, 9, 9, *(_INPUT_WIDTH for _ in columns)))
    _finish(sheet, FIRST_INPUT + len(columns) - 1, places)


def write_scores(
    sheet: Worksheet,
    formats: Formats,
    assessment: Assessment,
    places: Places,
    cells: StandardCells,
) -> None:
    """Points, totals and statuses as formulas on the figures and the bands."""
    standard, frame = assessment.standard, assessment.frame
    start_sheet(
        sheet,
        formats,
        f"Chấm điểm năm {assessment.round.year} theo {standard.title}",
        find_doubts(assessment).sentences,
        "Mọi ô là công thức: sửa ở trang “Số liệu” và “Mức điểm”. Tổng điểm là tổng của các chỉ tiêu đã có số liệu.",
        NAME + 1,
    )
    fixed = (
        *("Mã", "Đơn vị", assessment.district_heading, "Kết quả", assessment.total_heading, "Điểm tối thiểu"),
        *("Số chỉ tiêu thiếu số liệu", "Số tiêu chí 0 điểm", "Số ô sai"),
    )
    points = [
        *((criterion.name, f"Tiêu chí {criterion.number}") for criterion in standard.criteria),
        *((indicator.name, f"Chỉ tiêu {indicator.id}") for indicator in standard.indicators),
    ]
    write_high_headers(sheet, formats, [*((name, "") for name in fixed), *points], _POINTS_WIDTH)
    styles = {CODE: formats.code, NAME: formats.text, DISTRICT: formats.text, STATUS: formats.word}
    for row, record in enumerate(frame.to_dict("records"), start=FIRST_ROW):
        results = _results(places, cells, row, frame.index[row - FIRST_ROW], record)
        for column, (formula, value) in results.items():
            style = styles.get(column, formats.points)
            sheet.write_formula(row, column, f"={formula}", style, value)
    last = places.last_indicator
    mark_statuses(sheet, formats, FIRST_ROW, STATUS, places.last_row, STATUS)
    mark_points(sheet, formats, FIRST_ROW, FIRST_CRITERION, places.last_row, last)
    positive = {"type": "cell", "criteria": ">", "value": 0, "format": formats.wrong}
    sheet.conditional_format(FIRST_ROW, MISSING, places.last_row, WRONG, positive)
    set_widths(sheet, (9, 26, 22, 17, 11, 10, 11, 10, 8, *(_POINTS_WIDTH for _ in points)))
    _finish(sheet, last, places)


def _results(
    places: Places, cells: StandardCells, row: int, code: str, record: dict[Hashable, Any]
) -> dict[int, tuple[str, str | int]]:
    """Formula and engine's value of each column of a unit's row."""
    standard = places.standard

    def cell_in(column: int) -> str:
        return xl_rowcol_to_cell(row, column)

    indicators = xl_range(row, places.first_indicator, row, places.last_indicator)
    criteria = xl_range(row, FIRST_CRITERION, row, places.first_indicator - 1)
    missing = f"{len(standard.indicators)}-COUNT({indicators})"
    kinds = [condition.kind for condition in standard.recognition.conditions]
    holds = write_conditions(kinds, cell_in(TOTAL), cell_in(MINIMUM), cell_in(ZEROS))
    status = write_status(holds, cell_in(MINIMUM), cell_in(MISSING), cell_in(WRONG))
    minimum = write_minimum(cell_on(DATA_SHEET, row, DATA_CLASS), cells.classes, cells.minima)
    results: dict[int, tuple[str, str | int]] = {
        CODE: (cell_on(DATA_SHEET, row, CODE), code),
        NAME: (cell_on(DATA_SHEET, row, NAME), record["name"]),
        DISTRICT: (cell_on(DATA_SHEET, row, DATA_DISTRICT), record["district"]),
        STATUS: (status, STATUS_WORDS[record["status"]]),
        TOTAL: (f"SUM({indicators})", record["total"]),
        MINIMUM: (minimum, record["minimum"]),
        MISSING: (missing, record["missing"]),
        ZEROS: (f"COUNTIF({criteria},0)", len(record["zeros"])),
        WRONG: (cell_on(DATA_SHEET, row, DATA_WRONG), 0),
    }
    for column, criterion in enumerate(standard.criteria, start=FIRST_CRITERION):
        first, last = places.indicators_of(criterion.id)
        formula = write_criterion(xl_range(row, first, row, last), last - first + 1)
        results[column] = (formula, _points(record[criterion.id]))
    is_mountainous = f"{cell_on(DATA_SHEET, row, DATA_MOUNTAINOUS)}={_YES}"
    for column, indicator in enumerate(standard.indicators, start=places.first_indicator):
        numerator, *denominator = (
            cell_on(DATA_SHEET, row, places.input_column(input_id)) for input_id in indicator.inputs
        )
        formula = write_points_or_no_data(
            indicator, numerator, denominator[0] if denominator else None, is_mountainous, cells.bands[indicator.id]
        )
        results[column] = (formula, _points(record[indicator.id]))
    return results


def _points(value: Any) -> str | int:
    return NO_DATA if pd.isna(value) else int(value)


def _wrong_formula(places: Places, row: int) -> str:
    """How many things are wrong with a unit's figures."""
    terms = []
    for input_ in places.standard.inputs.values():
        cell, whole = (
            None if input_id is None else xl_rowcol_to_cell(row, places.input_column(input_id), col_abs=True)
            for input_id in (input_.id, input_.part_of)
        )
        terms.append(write_wrong(input_, str(cell), whole))
    return "+".join(terms)


def _guard(sheet: Worksheet, formats: Formats, places: Places, cells: StandardCells) -> None:
    """What may be typed into each column, and the looks of empty and wrong figures."""

    def area(column: int) -> tuple[int, int, int, int]:
        return FIRST_ROW, column, places.last_row, column

    sheet.data_validation(*area(DATA_CLASS), {"validate": "list", "source": f"={cells.classes}"})
    sheet.data_validation(*area(DATA_MOUNTAINOUS), {"validate": "list", "source": _ANSWER_LIST})
    positive = {"type": "cell", "criteria": ">", "value": 0, "format": formats.wrong}
    sheet.conditional_format(*area(DATA_WRONG), positive)
    for input_ in places.standard.inputs.values():
        column = places.input_column(input_.id)
        cell = xl_rowcol_to_cell(FIRST_ROW, column)
        whole = input_.part_of and xl_rowcol_to_cell(FIRST_ROW, places.input_column(input_.part_of))
        sheet.conditional_format(*area(column), {"type": "blanks", "format": formats.empty, "stop_if_true": True})
        wrong = {"type": "formula", "criteria": f"={write_wrong(input_, cell, whole)}>0", "format": formats.wrong}
        sheet.conditional_format(*area(column), wrong)
        rule: dict[str, Any] = {"validate": "custom", "value": f"={write_wrong(input_, cell, whole)}=0"}
        bound = f", không lớn hơn cột {xl_col_to_name(places.input_column(input_.part_of))}" if input_.part_of else ""
        message = f"Ghi số nguyên từ 0 trở lên{bound}; chưa biết thì để trống."
        if input_.kind == "answer":
            rule = {"validate": "list", "source": _ANSWER_LIST}
            message = "Chọn Có hoặc Không; chưa biết thì để trống."
        sheet.data_validation(*area(column), rule | {"error_title": "Số liệu", "error_message": message})


def _finish(sheet: Worksheet, last_column: int, places: Places) -> None:
    sheet.freeze_panes(FIRST_ROW, NAME + 1)
    sheet.autofilter(ID_ROW, 0, places.last_row, last_column)
    sheet.repeat_rows(HEADER_ROW, ID_ROW)
    sheet.repeat_columns(CODE, NAME)
