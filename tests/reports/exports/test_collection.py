"""The collection workbook, reopened."""

from io import BytesIO

import openpyxl

from data.intake.form import DATA_SHEET, FIRST_UNIT_ROW, GUIDE_SHEET, ID_ROW, LABEL_ROW, STANDARD_SHEET
from tests.data.samples import STANDARD, UNITS, random_values, workbook

SOME = UNITS.head(3)


def opened(content: bytes):
    return openpyxl.load_workbook(BytesIO(content))


def test_units_are_prefilled_and_locked_and_inputs_are_open():
    sheet = opened(workbook(SOME))[DATA_SHEET]
    first = FIRST_UNIT_ROW + 1
    assert [sheet.cell(first + row, 1).value for row in range(3)] == list(SOME.index)
    assert sheet.cell(first, 2).value == SOME["name"].iloc[0]
    assert sheet.protection.sheet
    assert sheet.cell(first, 1).protection.locked
    assert not sheet.cell(first, 4).protection.locked
    assert sheet.cell(first, 1).number_format == "@"
    assert sheet.cell(first + 3, 1).value is None


def test_one_column_an_input_with_id_label_and_help():
    sheet = opened(workbook(SOME))[DATA_SHEET]
    ids = [sheet.cell(ID_ROW + 1, column).value for column in range(4, sheet.max_column + 1)]
    assert ids == list(STANDARD.inputs)
    assert sheet.row_dimensions[ID_ROW + 1].hidden
    for column, one in enumerate(STANDARD.inputs.values(), start=4):
        label = sheet.cell(LABEL_ROW + 1, column)
        assert label.value == one.label
        assert one.help in label.comment.text


def test_validation_of_every_input_and_colour_of_parts():
    sheet = opened(workbook(SOME))[DATA_SHEET]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for column, one in enumerate(STANDARD.inputs.values(), start=4):
        rule = rules[sheet.cell(FIRST_UNIT_ROW + 1, column).coordinate]
        assert rule.type == ("list" if one.kind == "answer" else "whole")
        assert rule.error
        if one.kind == "answer":
            assert rule.formula1 == '"Có,Không"'
        else:
            assert rule.formula1 == "0"
            assert rule.formula2.startswith("IF(") == (one.part_of is not None)
    parts = sum(one.part_of is not None for one in STANDARD.inputs.values())
    assert len(sheet.conditional_formatting) == parts


def test_panes_print_and_other_sheets():
    book = opened(workbook(SOME))
    sheet = book[DATA_SHEET]
    assert sheet.freeze_panes == "D5"
    assert sheet.page_setup.orientation == "landscape"
    assert "Ô trống không phải là 0" in " ".join(str(row[1].value) for row in book[GUIDE_SHEET].iter_rows())
    text = " ".join(str(cell.value) for row in book[STANDARD_SHEET].iter_rows() for cell in row)
    for criterion in STANDARD.criteria:
        assert criterion.name in text
    assert "tạm tính" in text
    assert book["Biểu mẫu"].sheet_state == "hidden"


def test_values_are_prefilled():
    values = random_values(SOME, 3, missing=0.2)
    sheet = opened(workbook(SOME, values))[DATA_SHEET]
    for row in range(3):
        for column, one in enumerate(STANDARD.inputs.values(), start=4):
            written = sheet.cell(FIRST_UNIT_ROW + 1 + row, column).value
            expected = values.iloc[row][one.id]
            if expected is values.iloc[row].dtype.na_value:
                assert written is None
            elif one.kind == "answer":
                assert written == ("Có" if expected else "Không")
            else:
                assert written == expected


def test_names_that_look_like_formulas_are_text():
    evil = SOME.assign(name=["=1+1", "+SUM(A1)", "@x"])
    sheet = opened(workbook(evil))[DATA_SHEET]
    for row, name in enumerate(evil["name"]):
        cell = sheet.cell(FIRST_UNIT_ROW + 1 + row, 2)
        assert cell.value == name
        assert cell.data_type == "s"


def test_no_units_is_still_a_workbook():
    assert DATA_SHEET in opened(workbook(UNITS.head(0))).sheetnames
