"""What a file is read with: the standard and the units of the round, and what the officer said about the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from data.store.choices import Choices
from data.units.matching import UnitNames
from scoring.standard import Standard


@dataclass(frozen=True)
class Context:
    """What the values are compared with: figures of an earlier year (index code, a column an input), if any."""

    last_year: int | None = None
    last_figures: pd.DataFrame | None = None


@dataclass(frozen=True)
class Reading:
    """The parameters of one reading of a file.

    Attributes
    ----------
    standard : Standard
        Its inputs are the columns.
    units : DataFrame
        Index unit code, columns as `data.units.lists.load_units`: the units of the round.
    year : int, optional
        When given, a form made for another year is refused.
    choices : Choices
        What the officer confirmed about columns and units.
    context : Context
        Figures of an earlier year to compare with.
    edits : mapping
        Values that the officer corrected on screen, by sheet name and cell.
    accept : bool
        Take what is close for what is meant, with a warning for each.
    """

    standard: Standard
    units: pd.DataFrame
    year: int | None = None
    choices: Choices = field(default_factory=Choices)
    context: Context = field(default_factory=Context)
    edits: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    accept: bool = False

    @cached_property
    def names(self) -> UnitNames:
        """The names of the round's units, ready to be searched."""
        return UnitNames(self.units)
