"""The Excel file of a table, reopened: the same figures, nothing live."""

from io import BytesIO

import openpyxl
import pandas as pd

from reports.exports.excel.table import build_workbook
from reports.facts.tables import unit_table


def opened(content: bytes):
    return openpyxl.load_workbook(BytesIO(content)).active


def test_same_figures_as_on_screen(assessment):
    table = unit_table(assessment, assessment.frame.sort_values("total"))
    sheet = opened(build_workbook(table, "Kết quả", ["Số liệu minh họa", "tạm tính"]))
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A3"].value] == ["Kết quả", "Số liệu minh họa", "tạm tính"]
    assert [cell.value for cell in sheet[5]] == list(table.columns)
    for row, values in enumerate(table.itertuples(index=False), start=6):
        for cell, value in zip(sheet[row], values, strict=True):
            assert cell.value == (None if pd.isna(value) or value == "" else value)
    assert sheet.freeze_panes == "C6"


def test_nothing_from_input_becomes_a_formula():
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")']
    sheet = opened(build_workbook(pd.DataFrame({"=tên": evil, "số": range(5)}), "=tiêu đề", []))
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [sheet.cell(4 + row, 1).value for row in range(5)] == evil


def test_empty_table():
    assert opened(build_workbook(pd.DataFrame({"a": []}), "Trống", []))["A1"].value == "Trống"
