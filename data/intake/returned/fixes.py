"""The wrong rows of a file as grids to correct in place: the unit, the wrong cells, and the cells they depend on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.intake.ingest import Ingest
from data.intake.reading.cells import cell_place, is_blank, show_value
from data.intake.table.columns import CODE, DISTRICT, NAME, ROLES
from data.intake.table.table import Table
from scoring.standard import Standard

_CONTEXT_INPUTS = 3  # shown beside a row whose unit is wrong
_MOST_ROWS = 200


@dataclass(frozen=True)
class Grid:
    """Wrong rows of one sheet.

    `headers`: text of each column; `texts`: what stands in each cell, a list a row; `cells`: the cells' names in the
    same shape; `wrong`: whether a finding refuses the cell, in the same shape. `more`: wrong rows that are not shown.
    """

    sheet: str
    headers: list[str]
    texts: list[list[str]]
    cells: list[list[str]]
    wrong: list[list[bool]]
    more: int


def list_wrong_rows(ingest: Ingest, standard: Standard) -> list[Grid]:
    """A grid a sheet that has errors at cells of its rows."""
    grids = []
    for table in ingest.tables:
        wrong = {
            _place(table, one.cell): one.input
            for one in ingest.errors
            if one.sheet == table.sheet.name and one.cell and ":" not in one.cell
        }
        wrong = {place: input_id for place, input_id in wrong.items() if place[0] >= table.first_row}
        if wrong:
            grids.append(_build_grid(table, wrong, standard))
    return grids


def read_edits(grid: Grid, edited: Mapping[int, Mapping[str, Any]]) -> dict[tuple[str, str], Any]:
    """The corrections that an editor gives: by row number, the new text by header.

    Returns
    -------
    dict
        New text by sheet and cell; only cells that differ from what stood there.
    """
    edits = {}
    for row, changes in edited.items():
        for header, value in changes.items():
            column = grid.headers.index(header) if header in grid.headers else -1
            text = "" if value is None else str(value).strip()
            if column >= 0 and text != grid.texts[row][column]:
                edits[grid.sheet, grid.cells[row][column]] = text
    return edits


def _place(table: Table, cell: str) -> tuple[int, int]:
    row, column = cell_place(cell)
    return (column, row) if table.sheet.turned else (row, column)


def _build_grid(table: Table, wrong: Mapping[tuple[int, int], str | None], standard: Standard) -> Grid:
    units = {role: table.role(role) for role in (CODE, NAME, DISTRICT)}
    columns = {column: ROLES[role] for role, column in units.items() if column is not None}
    inputs = {input_id for input_id in wrong.values() if input_id in table.inputs}
    inputs |= {whole for one in inputs if (whole := standard.inputs[one].part_of) in table.inputs}
    shown = [one for one in standard.inputs if one in inputs] or list(table.inputs)[:_CONTEXT_INPUTS]
    columns |= {table.inputs[one]: standard.inputs[one].label for one in shown}
    rows = sorted({row for row, _ in wrong})
    texts, cells, marks = [], [], []
    for row in rows[:_MOST_ROWS]:
        values = table.sheet.rows[row]
        texts.append(["" if is_blank(values[column]) else _text(values[column]) for column in columns])
        cells.append([table.sheet.name_cell(row, column) for column in columns])
        marks.append([(row, column) in wrong for column in columns])
    return Grid(table.sheet.name, list(columns.values()), texts, cells, marks, max(0, len(rows) - _MOST_ROWS))


def _text(value: Any) -> str:
    """A value to be edited: whole numbers without signs between digits."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else show_value(value)
