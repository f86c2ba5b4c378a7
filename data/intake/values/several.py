"""Figures that stand in several cells, and cells that stand for several figures."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from data.intake.reading.cells import Place, is_blank
from data.intake.table.table import Table
from data.intake.values.answers import read_answers
from data.intake.values.column import MISSING, Column


def read_pair(yes: Sequence[Any], no: Sequence[Any]) -> Column:
    """Answers of two columns, Có and Không: what is marked in one of them, and nothing where neither is."""
    marked = [read_answers(column).values == 1 for column in (yes, no)]
    blank = [np.array([is_blank(raw) for raw in column], dtype=bool) for column in (yes, no)]
    values = np.where(marked[0] & blank[1], 1, np.where(marked[1] & blank[0], 0, MISSING))
    unclear = np.flatnonzero(~(blank[0] & blank[1]) & (values == MISSING)).tolist()
    return Column(values, [(position, "answer_unclear", {}) for position in unclear])


def find_shared(table: Table, rows: list[int], number: int) -> Iterator[int]:
    """Positions of the cells of a column in merged ranges that cover figures of several units or inputs."""
    if all(number not in (place[1], first[1]) for place, first in table.merged.items()):
        return
    columns, units = set(table.inputs.values()), set(rows)
    shared: dict[Place, int] = {}
    for place, first in table.merged.items():
        if place[0] in units and place[1] in columns:
            shared[first] = shared.get(first, 0) + 1
    for position, row in enumerate(rows):
        first = table.merged.get((row, number), (row, number))
        told = not is_blank(table.sheet.rows[first[0]][first[1]])
        if told and (shared.get(first, 1) > 1 or first != (row, number)):
            yield position
