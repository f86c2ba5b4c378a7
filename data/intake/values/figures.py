"""The figures of one table: every input column read for the rows of the units."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from data.intake.reading.cells import Place, Sheet
from data.intake.table.rows import Rows
from data.intake.table.table import Table
from data.intake.values.answers import read_answers
from data.intake.values.column import Column
from data.intake.values.counts import read_counts
from data.intake.values.several import find_shared, read_pair
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
    cells = [table.sheet.rows[row] for row in numbers]
    columns = {
        input_id: _read_column(table, numbers, cells, column, standard.inputs[input_id])
        for input_id, column in table.inputs.items()
    }
    return Figures(table, [code for _, code in rows.units], np.array(numbers, dtype=np.int64), columns)


def _read_column(table: Table, rows: list[int], cells: list[list[Any]], number: int, wanted: Input) -> Column:
    sheet, answers = table.sheet, wanted.kind == "answer"
    raws = [row[number] for row in cells]
    places = _find_places(table, rows, number, answers)
    looks = _find_looks(sheet, places, answers)
    for position, place in enumerate(places):
        raws[position] = looks[position][1] if position in looks else sheet.rows[place[0]][place[1]]
    if answers:
        column = read_answers(raws)
        opposite = table.opposites.get(wanted.id)
        if opposite is not None:
            column = read_pair(raws, [row[opposite] for row in cells])
            looks |= _find_looks(sheet, [(row, opposite) for row in rows], answers)
    else:
        percent = frozenset(position for position, place in enumerate(places) if place in sheet.percent)
        column = read_counts(raws, percent - looks.keys())
        shared = find_shared(table, rows, number) if sheet.merged else ()
        column.problems += [(position, "figure_merged", {}) for position in shared]
    column.problems += [(position, code, words) for position, (code, _, words) in looks.items() if code]
    if sheet.written:
        column.rewritten = [position for position, place in enumerate(places) if place in sheet.written]
    column.problems += [
        (position, "formula_without_value", {}) for position, place in enumerate(places) if place in sheet.unvalued
    ]
    return column


def _find_places(table: Table, rows: list[int], number: int, answers: bool) -> Sequence[Place]:
    """The place that each cell of a column is read from, where anything but its value tells what it says.

    Of an answer in a merged range the first cell of the range; a count is of one cell only.
    """
    sheet = table.sheet
    if sheet.merged and answers and table.merged:
        return [table.merged.get((row, number), (row, number)) for row in rows]
    if sheet.struck or sheet.seen or sheet.percent or sheet.written or sheet.unvalued:
        return [(row, number) for row in rows]
    return ()


_Looks = dict[int, tuple[str | None, Any, dict[str, Any]]]


def _find_looks(sheet: Sheet, places: Sequence[Place], answers: bool) -> _Looks:
    """Cells that a person reads otherwise: code of the finding, the value to read instead, words.

    An answer is read as it is seen (“Có” of the format [=1]"Có"); a count that looks like something else is asked.
    """
    found: _Looks = {}
    if not (sheet.struck or sheet.seen):
        return found
    for position, place in enumerate(places):
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
