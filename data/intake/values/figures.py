"""The figures of one table: every input column read for the rows of the units."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from data.intake.reading.cells import Sheet
from data.intake.table.rows import Rows
from data.intake.table.table import Table
from data.intake.values.answers import read_answers
from data.intake.values.column import Column
from data.intake.values.counts import read_counts
from scoring.standard import Input, Standard


@dataclass(frozen=True)
class Figures:
    """What a table says of its units.

    `codes` and `rows` (0-based row in the sheet) have one entry a unit, and so has each column, by input.
    """

    table: Table
    codes: list[str]
    rows: np.ndarray
    columns: dict[str, Column]

    @cached_property
    def values(self) -> dict[str, np.ndarray]:
        """The values of each input: int64 with MISSING."""
        return {input_id: column.values for input_id, column in self.columns.items()}

    @cached_property
    def wrong(self) -> dict[str, np.ndarray]:
        """Whether something is wrong with the cell, of each input."""
        return {input_id: _mark_problems(column) for input_id, column in self.columns.items()}

    def cell(self, position: int, input_id: str) -> str:
        """Name of the cell of a unit's input."""
        return self.table.sheet.name_cell(int(self.rows[position]), self.table.inputs[input_id])


def read_figures(table: Table, rows: Rows, standard: Standard) -> Figures:
    """Read the input columns of a table for its units."""
    numbers = [row for row, _ in rows.units]
    columns = {
        input_id: _read_column(table, numbers, column, standard.inputs[input_id])
        for input_id, column in table.inputs.items()
    }
    return Figures(table, [code for _, code in rows.units], np.array(numbers, dtype=np.int64), columns)


def _read_column(table: Table, rows: list[int], number: int, wanted: Input) -> Column:
    sheet = table.sheet
    raws = [sheet.rows[row][number] for row in rows]
    looks = _find_looks(sheet, rows, number, answers=wanted.kind == "answer")
    for position, (_, raw, _) in looks.items():
        raws[position] = raw
    if wanted.kind == "answer":
        column = read_answers(raws)
    else:
        percent: frozenset[int] = frozenset()
        if sheet.percent:
            percent = frozenset(position for position, row in enumerate(rows) if (row, number) in sheet.percent)
        column = read_counts(raws, percent - looks.keys())
    column.problems += [(position, code, words) for position, (code, _, words) in looks.items() if code]
    if sheet.written:
        column.rewritten = [position for position, row in enumerate(rows) if (row, number) in sheet.written]
    if sheet.unvalued:
        column.problems += [
            (position, "formula_without_value", {})
            for position, row in enumerate(rows)
            if (row, number) in sheet.unvalued
        ]
    return column


def _find_looks(
    sheet: Sheet, rows: list[int], number: int, answers: bool
) -> dict[int, tuple[str | None, Any, dict[str, Any]]]:
    """Cells of a column that a person reads otherwise: code of the finding, the value to read instead, words.

    An answer is read as it is seen (“Có” of the format [=1]"Có"); a count that looks like something else is asked.
    """
    found: dict[int, tuple[str | None, Any, dict[str, Any]]] = {}
    if not (sheet.struck or sheet.seen):
        return found
    for position, row in enumerate(rows):
        place = (row, number)
        if place in sheet.struck:
            found[position] = ("struck_out", "", {})
        elif place in sheet.seen:
            seen = sheet.seen[place]
            if answers and seen:
                found[position] = (None, seen, {})
            else:
                found[position] = ("seen_otherwise", "", {"seen": f"hiện là “{seen}”" if seen else "hiện trống"})
    return found


def _mark_problems(column: Column) -> np.ndarray:
    wrong = np.zeros(len(column.values), dtype=bool)
    wrong[[position for position, _, _ in column.problems]] = True
    return wrong
