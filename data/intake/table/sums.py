"""Rows that are the sums of rows around them, whatever they are called."""

from collections.abc import Callable
from functools import cached_property

import numpy as np

from data.intake.table.table import Table
from data.intake.values.column import MISSING
from data.intake.values.counts import read_counts

_MOST_ASKED = 300  # rows of a table, so that a file of nothing but unknown rows stays bounded
_AGREEING = 0.75  # share of the columns that must add up
_LEAST_ALONE = 100  # a sum of one column only, and of so much at least, is no chance
_FEWEST_ROWS = 2


class Sums:
    """Sums of the rows of a table that certainly are units.

    Parameters
    ----------
    is_unit : callable
        Whether a row certainly is a unit.
    counts : list of int
        The columns that hold counts.
    """

    def __init__(self, table: Table, is_unit: Callable[[int], bool], counts: list[int]):
        self._table, self._is_unit, self._counts, self._asked = table, is_unit, counts, 0

    def is_sum(self, row: int) -> bool:
        """Whether a row is the sum of units below it, or above it, next to it or all."""
        self._asked += 1
        if self._asked > _MOST_ASKED or not self._counts:
            return False
        position = row - self._table.first_row
        wanted = self._values[position]
        known = (wanted != MISSING) & (wanted > 0)
        if not known.any():
            return False
        sums, wanted, numbers = self._sums[:, known], wanted[known], self._numbers
        below, above = sums - sums[position], sums[position] - sums
        fewest = np.abs(numbers - numbers[position])
        return bool(
            (_adds_up(below, wanted) & (fewest >= _FEWEST_ROWS)).any()
            or (_adds_up(above, wanted) & (fewest >= _FEWEST_ROWS)).any()
        )

    def exceeds_others(self, row: int) -> bool:
        """Whether a row is as large as all units together, in each column."""
        if not self._counts:
            return False
        position = row - self._table.first_row
        wanted, units = self._values[position], self._sums[-1]
        known = (wanted != MISSING) & (units > 0)
        own = np.maximum(wanted, 0) if self._is_unit(row) else 0
        return not known.any() or bool((wanted >= units - own)[known].all())

    @cached_property
    def units(self) -> int:
        """How many rows certainly are units."""
        return int(self._numbers[-1])

    @cached_property
    def _values(self) -> np.ndarray:
        rows = self._table.sheet.rows[self._table.first_row : self._table.stop]
        return np.column_stack([read_counts([row[column] for row in rows]).values for column in self._counts])

    @cached_property
    def _certain(self) -> np.ndarray:
        rows = range(self._table.first_row, min(self._table.stop, len(self._table.sheet.rows)))
        return np.array([self._is_unit(row) for row in rows], dtype=bool)

    @cached_property
    def _sums(self) -> np.ndarray:
        """Sums of the units above each row, and of all at the end."""
        values = np.where(self._certain[:, None], np.maximum(self._values, 0), 0)
        return np.concatenate([np.zeros((1, values.shape[1]), dtype=np.int64), np.cumsum(values, axis=0)])

    @cached_property
    def _numbers(self) -> np.ndarray:
        """Numbers of units above each row, and of all at the end."""
        return np.concatenate([[0], np.cumsum(self._certain)])


def _adds_up(sums: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    agreeing = (sums == wanted).sum(axis=1)
    if len(wanted) == 1:
        return (agreeing == 1) & (wanted[0] >= _LEAST_ALONE)
    return agreeing >= max(_FEWEST_ROWS, int(np.ceil(_AGREEING * len(wanted))))
