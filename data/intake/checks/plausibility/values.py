"""The values of a file as the checks across them see them: arrays by unit, and what is usual among units.

What is odd is judged against the other units, by medians, so that neither a rich province nor a poor year is odd as
a whole: a value is told when it lies far outside the spread of its like (median absolute deviation).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from data.intake.extract import Extract
from data.intake.findings.finding import Finding, make_finding
from data.intake.parameters import Context
from data.intake.schema import widen
from data.units.matching import UnitNames
from scoring.standard import Standard
from scoring.words import format_number

TELLING = 30  # smaller figures are the same in many units by chance
LIKE_UNITS = 10  # fewer units say nothing about what is usual
_COPIED_FIGURES, _COPIED_TELLING = 8, 3
_SPREADS = 6  # how many (scaled) median deviations count as far
_MAD_TO_SIGMA = 1.4826


@dataclass(frozen=True)
class Values:
    """The counts of a file without errors."""

    extract: Extract

    @property
    def standard(self) -> Standard:
        """The standard of the round."""
        return self.extract.reading.standard

    @property
    def names(self) -> UnitNames:
        """The names of the round's units."""
        return self.extract.reading.names

    @property
    def context(self) -> Context:
        """What the values are compared with."""
        return self.extract.reading.context

    @cached_property
    def codes(self) -> list[str]:
        """The units of the file: a position in every array."""
        return self._frame.index.to_list()

    @cached_property
    def counts(self) -> dict[str, np.ndarray]:
        """The values of each input that is a count: float, NaN = missing."""
        inputs = self.standard.inputs
        counted = [input_id for input_id in self._frame.columns if inputs[input_id].kind == "count"]
        return {input_id: self._frame[input_id].to_numpy(dtype=float, na_value=np.nan) for input_id in counted}

    @cached_property
    def table(self) -> np.ndarray:
        """A row a unit, a column a count, -1 where missing."""
        return self._tabulate(list(self.counts))

    @cached_property
    def common_inputs(self) -> list[str]:
        """The counts that the earlier year has too."""
        last = self.context.last_figures
        return [] if last is None else [input_id for input_id in self.counts if input_id in last.columns]

    @cached_property
    def both_years(self) -> tuple[np.ndarray, np.ndarray]:
        """A row a unit, a column of `common_inputs`: now (-1 where missing) and before (-2 where missing)."""
        before = pd.DataFrame(self.context.last_figures)[self.common_inputs].reindex(self.codes)
        return self._tabulate(self.common_inputs), before.to_numpy(dtype=float, na_value=-2.0)

    def find(self, code: str, position: int, input_id: str | None = None, **words: Any) -> Finding:
        """Make a finding at a unit's input; without one, at a cell of the unit."""
        unit = self.codes[position]
        sheet, cell = self._cell(unit, input_id)
        return make_finding(code, sheet, cell, unit, input_id, **words)

    def find_in_column(self, code: str, position: int, input_id: str, **words: Any) -> Finding:
        """Make a finding about a whole column, at the cell of its first unit that shows it."""
        sheet, cell = self._cell(self.codes[position], input_id)
        return make_finding(code, sheet, cell, None, input_id, **words)

    def _cell(self, unit: str, input_id: str | None) -> tuple[str, str]:
        return self.extract.find_cell(unit, input_id or next(iter(self.counts)))

    @cached_property
    def _frame(self) -> pd.DataFrame:
        return widen(self.extract.observations)

    def _tabulate(self, inputs: list[str]) -> np.ndarray:
        if not inputs:
            return np.empty((len(self.codes), 0))
        return np.nan_to_num(np.column_stack([self.counts[input_id] for input_id in inputs]), nan=-1.0)


def tells(row: np.ndarray) -> bool:
    """Whether a row has enough figures that two equal ones are no chance."""
    return int((row > 0).sum()) >= _COPIED_FIGURES and int((row >= TELLING).sum()) >= _COPIED_TELLING


def far_from_median(values: np.ndarray, known: np.ndarray, least: float) -> np.ndarray:
    """Mark the known values that lie further from their median than `least` and than the usual spread allows."""
    far = np.zeros(len(values), dtype=bool)
    if known.sum() < LIKE_UNITS:
        return far
    gaps = np.abs(values - np.median(values[known]))
    spread = _SPREADS * _MAD_TO_SIGMA * np.median(gaps[known])
    far[known] = gaps[known] > max(least, spread)
    return far


def format_count(value: float) -> str:
    """A value as people read it."""
    return format_number(int(value))
