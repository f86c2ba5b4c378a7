"""What is taken out of the sheets of a file before anything is judged: tables with their rows and figures, surveys."""

from dataclasses import dataclass, field
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
    other_years : list of Table
        Tables whose titles speak of other years only, beside tables of the round's; they are not read.
    """

    reading: Reading
    sheets: list[Sheet]
    tables: tuple[TableExtract, ...]
    hidden: list[Sheet]
    surveys: Survey
    other_years: list[Table] = field(default_factory=list)

    @cached_property
    def given(self) -> pd.DataFrame:
        """All values of the file, those that it gives twice too; columns as `observations`."""
        return _build_observations(self.tables, self.surveys)

    @cached_property
    def observations(self) -> pd.DataFrame:
        """The values of the file, a row a unit and input: of two the first that is not missing.

        Columns `unit_code`, `input_id`, `value` (Int64, NA = missing), `sheet`, `cell`.
        """
        if len(self.tables) + bool(self.surveys.observations) < 2:
            return self.given
        first = self.given.assign(missing=self.given["value"].isna()).sort_values("missing", kind="stable")
        first = first.drop_duplicates(["unit_code", "input_id"]).sort_index()
        return first.drop(columns="missing").reset_index(drop=True)

    @property
    def rows(self) -> int:
        """Number of rows with data that were read."""
        return sum(len(part.rows.units) + part.rows.unread for part in self.tables) + self.surveys.rows

    def find_cell(self, code: str, input_id: str) -> tuple[str, str]:
        """Sheet and cell of a unit's input; of an input that the unit's table lacks, a cell of the unit."""
        places = self._places.get(code, [])
        for figures, position in places:
            if input_id in figures.values:
                return figures.table.sheet.name, figures.cell(position, input_id)
        if places and (code, input_id) not in self._surveyed:
            figures, position = places[0]
            return figures.table.sheet.name, figures.cell(position, next(iter(figures.values)))
        surveyed = self._surveyed.get((code, input_id))
        return surveyed or next(cell for (unit, _), cell in self._surveyed.items() if unit == code)

    @cached_property
    def _places(self) -> dict[str, list[tuple[Figures, int]]]:
        places: dict[str, list[tuple[Figures, int]]] = {}
        for figures in (part.figures for part in self.tables if part.figures.values):
            for position, code in enumerate(figures.codes):
                places.setdefault(code, []).append((figures, position))
        return places

    @cached_property
    def _surveyed(self) -> dict[tuple[str, str], tuple[str, str]]:
        return {(code, input_id): (sheet, cell) for code, input_id, _, sheet, cell in self.surveys.observations}


def extract_figures(workbook: Workbook, reading: Reading) -> Extract:
    """Find the tables and surveys of a workbook and read their rows and cells."""
    sheets = edit_sheets(workbook.sheets, reading.edits)
    surveys = read_surveys(sheets, reading.standard, reading.names)
    others = [sheet for sheet in sheets if sheet.name not in surveys.sheets]
    tables, hidden = find_tables(others, reading)
    tables, other_years = _part_by_year(tables, reading.year)
    extracts = tuple(_read_table(table, reading) for table in tables)
    return Extract(reading, sheets, extracts, hidden, surveys, other_years)


def _part_by_year(tables: list[Table], year: int | None) -> tuple[list[Table], list[Table]]:
    """The tables to read, and those of other years beside them; tables that are all of other years are read."""
    others = [table for table in tables if year is not None and table.years and year not in table.years]
    if len(others) == len(tables):
        return tables, []
    return [table for table in tables if table not in others], others


def _read_table(table: Table, reading: Reading) -> TableExtract:
    rows = read_rows(table, reading)
    return TableExtract(table, rows, read_figures(table, rows, reading.standard))


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
