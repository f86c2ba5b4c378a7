"""What is taken out of the sheets of a file before anything is judged: tables with their rows and figures, surveys."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from data.intake.parameters import Reading
from data.intake.reading.cells import Sheet, edit_sheets
from data.intake.surveys import Survey, read_surveys
from data.intake.table.find import find_tables
from data.intake.table.rows import Rows, read_rows
from data.intake.table.table import Table
from data.intake.values.column import MISSING
from data.intake.values.figures import Figures, read_figures
from data.intake.workbook import Workbook


@dataclass(frozen=True)
class TableExtract:
    """A table with what its rows are and what its cells say."""

    table: Table
    rows: Rows
    figures: Figures


@dataclass(frozen=True)
class Extract:
    """What the sheets of a file hold.

    Attributes
    ----------
    reading : Reading
        The parameters that the file was read with.
    sheets : list of Sheet
        With the values as corrected on screen.
    tables : tuple of TableExtract
    hidden : list of Sheet
        Hidden sheets that hold a table; they are not read.
    surveys : Survey
        Raw answers, counted.
    """

    reading: Reading
    sheets: list[Sheet]
    tables: tuple[TableExtract, ...]
    hidden: list[Sheet]
    surveys: Survey

    @cached_property
    def observations(self) -> pd.DataFrame:
        """All values of the file: `unit_code`, `input_id`, `value` (Int64, NA = missing), `sheet`, `cell`."""
        return _build_observations(self.tables, self.surveys)

    @property
    def rows(self) -> int:
        """Number of rows with data that were read."""
        return sum(len(part.rows.units) + part.rows.unread for part in self.tables) + self.surveys.rows

    def find_cell(self, code: str, input_id: str) -> tuple[str, str]:
        """Sheet and cell of a unit's input; of an input that the unit's table lacks, a cell of the unit."""
        if code in self._row_of:
            figures, position = self._row_of[code]
            known = input_id if input_id in figures.values else next(iter(figures.values))
            if input_id in figures.values or (code, input_id) not in self._surveyed:
                return figures.table.sheet.name, figures.cell(position, known)
        surveyed = self._surveyed.get((code, input_id))
        return surveyed or next(cell for (unit, _), cell in self._surveyed.items() if unit == code)

    @cached_property
    def _row_of(self) -> dict[str, tuple[Figures, int]]:
        return {
            code: (part.figures, position) for part in self.tables for position, code in enumerate(part.figures.codes)
        }

    @cached_property
    def _surveyed(self) -> dict[tuple[str, str], tuple[str, str]]:
        return {(code, input_id): (sheet, cell) for code, input_id, _, sheet, cell in self.surveys.observations}


def extract_figures(workbook: Workbook, reading: Reading) -> Extract:
    """Find the tables and surveys of a workbook and read their rows and cells."""
    sheets = edit_sheets(workbook.sheets, reading.edits)
    surveys = read_surveys(sheets, reading.standard, reading.names)
    others = [sheet for sheet in sheets if sheet.name not in surveys.sheets]
    tables, hidden = find_tables(others, reading)
    return Extract(reading, sheets, tuple(_read_tables(tables, reading)), hidden, surveys)


def _read_tables(tables: list[Table], reading: Reading) -> Iterator[TableExtract]:
    known_cells: dict[str, str] = {}  # of each unit that was read, so that no table reads it again
    for table in tables:
        rows = read_rows(table, reading, known_cells)
        yield TableExtract(table, rows, read_figures(table, rows, reading.standard))


def _build_observations(tables: tuple[TableExtract, ...], surveys: Survey) -> pd.DataFrame:
    """The frame is built column by column, for a frame a table column would take most of the time."""
    codes: list[str] = []
    inputs: list[str] = []
    names: list[str] = []
    cells: list[str] = []
    arrays: list[np.ndarray] = []
    for figures in (part.figures for part in tables):
        sheet, rows = figures.table.sheet, figures.rows.tolist()
        for input_id, values in figures.values.items():
            codes += figures.codes
            inputs += [input_id] * len(rows)
            names += [sheet.name] * len(rows)
            cells += sheet.name_cells(rows, figures.table.inputs[input_id])
            arrays.append(values)
    for code, input_id, value, name, cell in surveys.observations:
        codes.append(code)
        inputs.append(input_id)
        names.append(name)
        cells.append(cell)
        arrays.append(np.array([value]))
    numbers = np.concatenate(arrays) if arrays else np.empty(0, dtype=np.int64)
    values = pd.arrays.IntegerArray(np.maximum(numbers, 0), numbers == MISSING)
    frame = pd.DataFrame({"unit_code": codes, "input_id": inputs, "value": values, "sheet": names, "cell": cells})
    return frame.astype({"unit_code": "str", "input_id": "str", "sheet": "str", "cell": "str"})
