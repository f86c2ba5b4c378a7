"""Out and in again is the same; every defect is found at its cell; nothing in a file raises."""

import datetime
import zipfile
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.form import DATA_SHEET, LABEL_ROW
from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.intake.reading.cells import column_letters
from data.units.lists import load_units
from scoring.engine import score
from tests.data.samples import STANDARD, UNITS, YEAR, edited, random_values, workbook
from tests.examples import examples
from tests.scoring.oracle import score_unit
from tests.workbooks.sheets import Sheet, to_xlsx

SOME = UNITS.head(4)
FILLED = workbook(SOME, random_values(SOME, 1))


def read(content: bytes, units=SOME, year=YEAR, name="a.xlsx"):
    return read_submission(content, name, Reading(STANDARD, units, year))


@examples(15)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 0.02, 0.5]))
def test_round_trip(seed, missing):
    values = random_values(SOME, seed, missing)
    ingest = read(workbook(SOME, values))
    assert ingest.accepted
    assert (ingest.rows, ingest.units) == (4, 4)
    pd.testing.assert_frame_equal(ingest.wide()[list(values)].loc[values.index], values, check_names=False)


def test_every_value_knows_its_cell():
    values = random_values(SOME, 2)
    content = workbook(SOME, values)
    sheet = openpyxl.load_workbook(BytesIO(content))[DATA_SHEET]
    for row in read(content).observations.itertuples():
        written = sheet[row.cell].value
        assert {"Có": 1, "Không": 0}.get(written, written) == row.value
        assert sheet.cell(sheet[row.cell].row, 1).value == row.unit_code


def test_all_200_units_from_workbook_to_scores_equal_the_oracle():
    """The issue's own measure: a template filled by script, imported, scored, against the scalar oracle."""
    values = random_values(UNITS, 20_22)
    ingest = read(workbook(UNITS, values), UNITS)
    units = pd.DataFrame({"unit_class": "mountain_island_or_disadvantaged", "mountainous": True}, index=UNITS.index)
    scores = score(ingest.wide(), STANDARD, units).frame().set_index("code")
    for code in UNITS.index:
        expected = score_unit(values.loc[code].to_dict(), STANDARD, "mountain_island_or_disadvantaged", True)
        found = scores.loc[code]
        assert {name: found[name] for name in expected["indicators"]} == expected["indicators"]
        assert (found["total"], found["status"]) == (expected["total"], expected["status"])


def put(row: int, input_id: str, value):
    def edit(sheet, cell):
        cell(row, input_id).value = value

    return edit


def set_cells(values: dict):
    def edit(sheet, cell):
        for place, value in values.items():
            sheet[place].value = value

    return edit


def set_cell(place: str, value):
    return set_cells({place: value})


CELL_DEFECTS = [
    ("not_a_number", "births", "mười hai"),
    ("negative", "births", -3),
    ("decimal", "births", 1.5),
    ("number_too_large", "births", 99_999_999),
    ("error_value", "births", "#REF!"),
    ("date_value", "births", datetime.datetime(2022, 5, 1)),
    ("answer_unclear", "officer", "hình như có"),
    ("answer_unclear", "officer", 2),
    ("percent_given", "births_registered", "98 %"),
    ("not_a_number", "births", True),
]


@pytest.mark.parametrize(("code", "input_id", "value"), CELL_DEFECTS)
def test_defect_of_a_cell(code, input_id, value):
    ingest = read(edited(FILLED, put(2, input_id, value)))
    assert not ingest.accepted
    (finding,) = ingest.errors
    column = 4 + list(STANDARD.inputs).index(input_id)
    assert (finding.code, finding.unit, finding.input) == (code, SOME.index[2], input_id)
    assert (finding.sheet, finding.cell) == (DATA_SHEET, f"{column_letters(column - 1)}7")
    assert finding.message
    assert finding.mend


def test_part_greater_than_whole():
    def edit(sheet, cell):
        cell(1, "births").value = 5
        cell(1, "births_registered").value = 6

    (finding,) = read(edited(FILLED, edit)).errors
    assert (finding.code, finding.unit, finding.input) == ("part_too_large", SOME.index[1], "births_registered")
    assert "5" in finding.message
    assert "Số trẻ em sinh ra trong năm" in finding.message


SHEET_DEFECTS = [
    ("unit_to_confirm", set_cell("A6", "99999"), "B6"),
    ("unit_unknown", set_cells({"A6": "99999", "B6": None}), "A6"),
    ("unit_repeated", set_cells({"A6": SOME.index[0], "B6": SOME["name"].iloc[0]}), "A6"),
    ("code_and_name_differ", set_cell("A6", SOME.index[0]), "B6"),
    ("unit_absent", set_cells({"A6": None, "B6": None}), "B6"),
]


@pytest.mark.parametrize(("code", "edit", "place"), SHEET_DEFECTS)
def test_defect_of_a_row(code, edit, place):
    (finding,) = read(edited(FILLED, edit)).errors
    assert (finding.code, finding.cell) == (code, place)


def test_columns_unknown_absent_and_repeated():
    def edit(sheet, cell):
        header = cell(-2, "births")  # the row of ids
        label = sheet.cell(LABEL_ROW + 1, header.column)
        header.value, label.value = "mystery", "Cột bí ẩn"

    ingest = read(edited(FILLED, edit))
    assert ingest.accepted
    found = {(one.code, one.input): one for one in ingest.warnings}
    assert set(found) == {("column_unknown", None), ("column_absent", "births")}
    assert "Cột bí ẩn" in found["column_unknown", None].message
    assert "births" not in ingest.wide()

    def repeat(sheet, cell):
        header = cell(-2, "births")
        header.value = "children"
        sheet.cell(LABEL_ROW + 1, header.column).value = "Tổng số trẻ em"

    codes = {(one.code, one.input) for one in read(edited(FILLED, repeat)).findings}
    assert {("column_repeated", "children"), ("column_absent", "births")} <= codes


def test_form_of_another_year_or_standard():
    assert [one.code for one in read(workbook(SOME, year=2021)).errors] == ["wrong_year"]

    def edit(sheet, cell):
        sheet.parent["Biểu mẫu"]["B1"].value = "qd-34-2014"

    assert [one.code for one in read(edited(FILLED, edit)).errors] == ["wrong_standard"]


def test_lost_zero_is_repaired_and_said():
    for value in (5971, "5971", 5971.0):
        ingest = read(edited(FILLED, set_cell("A5", value)))
        assert ingest.accepted
        assert [(one.code, one.unit, one.cell) for one in ingest.notes] == [("zero_restored", "05971", "A5")]
        assert "05971" in set(ingest.observations["unit_code"])


def test_name_that_differs_is_a_warning():
    ingest = read(edited(FILLED, set_cell("B5", "Xã Khác")))
    assert ingest.accepted
    assert [(one.code, one.cell, one.unit) for one in ingest.warnings] == [("name_differs", "B5", "05971")]
    assert not read(edited(FILLED, set_cell("B5", SOME["name"].iloc[0].upper()))).findings


def test_missing_cell_is_missing_never_zero():
    for empty in (None, "  "):
        ingest = read(edited(FILLED, put(0, "births", empty)))
        assert ingest.accepted
        assert pd.isna(ingest.wide().loc[SOME.index[0], "births"])
        assert [one.code for one in ingest.notes] == ["values_missing"]


def test_units_left_out_are_counted():
    ingest = read(FILLED, UNITS)
    assert ingest.accepted
    (note,) = ingest.notes
    assert (note.code, "196" in note.message) == ("units_left_out", True)


def test_all_findings_at_once_and_nothing_accepted():
    def edit(sheet, cell):
        cell(0, "births").value = "x"
        cell(1, "officer").value = "y"
        cell(3, "children").value = -1

    ingest = read(edited(FILLED, edit))
    assert not ingest.accepted
    assert len(ingest.errors) == 3


def test_answers_in_other_case_and_unicode_form():
    ingest = read(edited(FILLED, put(0, "officer", " CÓ ")))
    assert ingest.wide().loc[SOME.index[0], "officer"] == 1
    ingest = read(edited(FILLED, put(0, "officer", "Kho\u0302ng")))
    assert ingest.wide().loc[SOME.index[0], "officer"] == 0


def test_empty_table_and_no_table():
    assert [one.code for one in read(workbook(SOME.head(0))).errors] == ["no_units"]
    book = openpyxl.Workbook()
    book.active["A1"] = "Kế hoạch"
    buffer = BytesIO()
    book.save(buffer)
    assert [one.code for one in read(buffer.getvalue()).errors] == ["no_table"]


def bomb() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as file:
        for _ in range(500):
            file.write(b"0" * 2**20)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_workbook"),
        (b"ma,ten\n1,2\n", "no_table"),
        (FILLED[: len(FILLED) // 2], "not_a_workbook"),
        (b"PK\x03\x04" + b"\0" * 100, "not_a_workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "not_a_workbook"),
        (lambda: b"x" * (26 * 2**20), "too_large"),
        (bomb, "too_large"),
    ],
    ids=["empty", "csv", "truncated", "broken zip", "broken ole", "large", "bomb"],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(content, code):
    ingest = read(content() if callable(content) else content)
    assert [one.code for one in ingest.errors] == [code]
    assert ingest.observations.empty


def test_column_of_nothing_but_errors_is_listed_in_part():
    units = load_units("2020").head(1500)
    rows = [["Mã đơn vị", "births", "children"], *([code, "mười", 5] for code in units.index)]
    ingest = read(to_xlsx({"S": Sheet(rows)}), units)
    assert len(ingest.errors) == 1000
    (more,) = [one for one in ingest.notes if one.code == "more_alike"]
    assert "500" in more.message
