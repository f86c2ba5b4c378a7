"""Filled workbooks for the tests."""

from io import BytesIO

import numpy as np
import openpyxl
import pandas as pd

from data.demo.draws import draw, draw_integers
from data.intake.form import DATA_SHEET, FIRST_UNIT_ROW, ID_ROW
from data.units.lists import load_units
from reports.exports.excel.collection import build_collection
from scoring.standard import get_standard

STANDARD = get_standard()
UNITS = load_units("2020", "20")
YEAR = 2022


def random_values(units: pd.DataFrame, seed: int, missing: float = 0.0) -> pd.DataFrame:
    """Random figures that hold together, for any units; each follows from its unit, its input and the seed alone."""
    codes = units.index
    columns: dict[str, np.ndarray] = {}

    def fill(input_id: str) -> np.ndarray:
        if input_id not in columns:
            one = STANDARD.inputs[input_id]
            bound = next((relation for relation in STANDARD.relations if input_id in relation.parts), None)
            whole = bound.at_most if bound else one.part_of
            if one.kind == "answer":
                columns[input_id] = draw_integers(codes, 0, 1, seed, input_id)
            elif whole is None:
                columns[input_id] = draw_integers(codes, 0, 2999, seed, input_id)
            else:
                share = draw(codes, seed, input_id) / (len(bound.parts) if bound else 1)
                columns[input_id] = (fill(whole) * share).astype(int)
        return columns[input_id]

    def mask(input_id: str) -> np.ndarray:
        return draw(codes, seed, input_id, "missing") < missing

    return pd.DataFrame(
        {input_id: pd.arrays.IntegerArray(fill(input_id).copy(), mask(input_id)) for input_id in STANDARD.inputs},
        index=codes,
    )


def workbook(units: pd.DataFrame, values: pd.DataFrame | None = None, year: int = YEAR) -> bytes:
    buffer = BytesIO()
    build_collection(buffer, STANDARD, units, year, values)
    return buffer.getvalue()


def edited(content: bytes, edit) -> bytes:
    """The workbook after `edit(sheet, cell)`; `cell(row, input_id)` names the cell of the n-th unit's input."""
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book[DATA_SHEET]
    columns = {sheet.cell(ID_ROW + 1, column).value: column for column in range(4, sheet.max_column + 1)}

    def cell(row: int, input_id: str):
        return sheet.cell(FIRST_UNIT_ROW + 1 + row, columns[input_id])

    edit(sheet, cell)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
