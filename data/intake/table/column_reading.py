"""A column of a table as the officer is asked about it."""

from dataclasses import dataclass

import numpy as np

from data.intake.reading.cells import show_value
from data.intake.table.columns import ColumnMatch
from data.intake.table.table import Table

_SAMPLES, _SEARCHED_SAMPLES = 3, 300


@dataclass(frozen=True)
class ColumnReading:
    """A column of a table: its match, where it is (“cột H”), three of its values."""

    sheet: str
    place: str
    match: ColumnMatch
    samples: tuple[str, ...]


def describe_column(table: Table, match: ColumnMatch, rows: np.ndarray) -> ColumnReading:
    """Describe a column of a table by the values that it has for some rows; of no rows, by all below the header."""
    column = match.header.column
    searched = rows[:_SEARCHED_SAMPLES].tolist() or range(table.first_row, len(table.sheet.rows))
    samples: list[str] = []
    for row in searched:
        text = show_value(table.sheet.rows[row][column])
        if text and text not in samples:
            samples.append(text)
        if len(samples) == _SAMPLES:
            break
    return ColumnReading(table.sheet.name, table.sheet.name_column(column), match, tuple(samples))
