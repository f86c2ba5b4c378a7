"""What the engine answers: the points of units, and what follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import accumulate
from operator import or_

import numpy as np
import pandas as pd

from scoring.conditions import Reason, Tally, find_blocking, list_reasons
from scoring.standard import Standard

STATUSES = ("met", "not_met", "incomplete")

MISSING_BAND = -1
NOT_ARISEN_BAND = -2


@dataclass(frozen=True)
class Scores(Tally):
    """Points of units; arrays have a row a unit, in the order of `codes`. See `Tally` for criteria and totals.

    Attributes
    ----------
    points : int32, units × indicators
        Points won; 0 where `missing`.
    missing, not_arisen : bool, units × indicators
        An input is missing; the denominator is 0.
    band : int32, units × indicators
        Number of the band that holds; `MISSING_BAND`, `NOT_ARISEN_BAND`.
    status : str, units
        `met`, `not_met` or `incomplete`. A unit with a missing indicator is incomplete, whatever else holds.
    """

    standard: Standard
    codes: pd.Index
    classes: pd.Series
    points: np.ndarray
    missing: np.ndarray
    not_arisen: np.ndarray
    band: np.ndarray
    status: np.ndarray

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """Ids of the columns of `points`."""
        return tuple(indicator.id for indicator in self.standard.indicators)

    @property
    def criterion_ids(self) -> tuple[str, ...]:
        """Ids of the columns of `criterion_points`."""
        return tuple(criterion.id for criterion in self.standard.criteria)

    @property
    def max_points(self) -> np.ndarray:
        """int32, indicators: points possible."""
        return np.array([indicator.max_points for indicator in self.standard.indicators], dtype=np.int32)

    @cached_property
    def provisional(self) -> np.ndarray:
        """Bool, units × indicators: a figure that decided the points is not yet checked.

        The band that holds decides, and so does each band above it that was not reached.
        """
        decided = [
            list(accumulate((band.provenance == "provisional" for band in indicator.bands), or_))
            for indicator in self.standard.indicators
        ]
        columns = [np.array(flags)[np.maximum(self.band[:, column], 0)] for column, flags in enumerate(decided)]
        return np.column_stack(columns) & ~self.missing

    @property
    def blocking(self) -> np.ndarray:
        """Bool, units × criteria: the unit can't be recognised before the criterion gives more points.

        Where the standard lets no criterion be at zero, these are the criteria at zero.
        """
        return find_blocking(self, self.standard)

    def frame(self) -> pd.DataFrame:
        """One row a unit.

        Returns
        -------
        DataFrame
            `code`, `unit_class`, `status`, `total`, `minimum`, a column a criterion, a column an indicator (Int64). A
            missing indicator is NA, and so is a criterion with a missing indicator; `total` sums the known points.
        """
        columns: dict[str, object] = {
            "code": self.codes.to_numpy(),
            "unit_class": self.classes.to_numpy(),
            "status": pd.array(self.status, dtype="str"),
            "total": self.total,
            "minimum": self.minimum,
        }
        for ids, points, missing in (
            (self.criterion_ids, self.criterion_points, self.criterion_missing),
            (self.indicator_ids, self.points, self.missing),
        ):
            for column, id_ in enumerate(ids):
                columns[id_] = pd.arrays.IntegerArray(points[:, column].copy(), missing[:, column].copy())
        return pd.DataFrame(columns)

    def restrict(self, codes: Iterable[str]) -> "Scores":
        """The scores of some units, in the order of `codes`, as they are; raises KeyError for an unknown code."""
        wanted = pd.Index(codes, dtype=self.codes.dtype)
        rows = self.codes.get_indexer(wanted)
        if (rows < 0).any():
            raise KeyError(", ".join(wanted[rows < 0]))
        parts = {
            field.name: value[rows]
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), np.ndarray)
        }
        return replace(self, codes=self.codes[rows], classes=self.classes.iloc[rows], **parts)

    def reasons(self, code: str) -> tuple[Reason, ...]:
        """Why a unit is not recognised; empty when it is. Raises KeyError for an unknown code."""
        row = self.row_of(code)
        missing = [Reason("inputs_missing", self.indicator_ids[column]) for column in np.flatnonzero(self.missing[row])]
        return (*list_reasons(self, row, self.standard), *missing)

    def row_of(self, code: str) -> int:
        """Row of a unit; raises KeyError for an unknown code."""
        return int(self.codes.get_loc(code))
