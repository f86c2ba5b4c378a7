"""The figures of one table: every input column read for the rows of the units."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from data.intake.reading.cells import Place, is_blank
from data.intake.table.rows import Rows
from data.intake.table.table import Table
from data.intake.values.answers import read_answers
from data.intake.values.column import MISSING, Column
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
    merged = [position for position, row in enumerate(rows) if (row, number) in table.merged] if sheet.merged else []
    if wanted.kind == "answer":
        for position in merged:
            place = table.merged[rows[position], number]
            raws[position] = sheet.rows[place[0]][place[1]]
        opposite = table.opposites.get(wanted.id)
        column = read_answers(raws) if opposite is None else _read_pair(table, rows, raws, opposite)
    else:
        percent: frozenset[int] = frozenset()
        if sheet.percent:
            percent = frozenset(position for position, row in enumerate(rows) if (row, number) in sheet.percent)
        column = read_counts(raws, percent)
        column.problems += [(position, "figure_merged", {}) for position in _find_shared(table, rows, number, merged)]
    if sheet.unvalued:
        column.problems += [
            (position, "formula_without_value", {})
            for position, row in enumerate(rows)
            if (row, number) in sheet.unvalued
        ]
    return column


def _read_pair(table: Table, rows: list[int], raws: list[Any], opposite: int) -> Column:
    """Answers of two columns, Có and Không: what is marked in one of them, and nothing where neither or both are."""
    no = read_answers([table.sheet.rows[row][opposite] for row in rows])
    column = read_answers(raws)
    said_yes = np.array([not is_blank(raw) for raw in raws], dtype=bool)
    said_no = np.array([not is_blank(table.sheet.rows[row][opposite]) for row in rows], dtype=bool)
    plain = (column.values == 1) & ~said_no, (no.values == 1) & ~said_yes
    values = np.where(plain[0], 1, np.where(plain[1], 0, MISSING))
    unclear = np.flatnonzero((said_yes | said_no) & (values == MISSING)).tolist()
    return Column(values, [(position, "answer_unclear", {}) for position in unclear])


def _find_shared(table: Table, rows: list[int], number: int, merged: list[int]) -> Iterator[int]:
    """Positions of the cells of merged ranges that cover figures of several units or inputs."""
    columns = set(table.inputs.values())
    shared: dict[Place, set[Place]] = {}
    units = set(rows)
    for place, first in table.merged.items():
        if place[0] in units and place[1] in columns:
            shared.setdefault(first, set()).add(place)
    for position in merged:
        first = table.merged[rows[position], number]
        told = not is_blank(table.sheet.rows[first[0]][first[1]])
        if told and (len(shared[first]) > 1 or first != (rows[position], number)):
            yield position


def _mark_problems(column: Column) -> np.ndarray:
    wrong = np.zeros(len(column.values), dtype=bool)
    wrong[[position for position, _, _ in column.problems]] = True
    return wrong
