"""Checks across values: what is possible but odd. Every finding is a warning with its reason; none blocks a file.

What is odd is judged against the other units, by medians, so that neither a rich province nor a poor year is odd as
a whole: a value is told when it lies far outside the spread of its like (median absolute deviation).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.intake.findings.catalogue import Finding, make_finding
from data.units.matching import UnitNames
from scoring.standard import Standard
from scoring.words import format_number, format_percent

LEAST_SURVEYED = 30
_TELLING = 30  # smaller figures are the same in many units by chance
_SAME_SHARE, _SAME_UNITS = 0.2, 5
_COPIED_FIGURES, _COPIED_TELLING = 8, 3
_LIKE_UNITS = 10  # fewer units say nothing about what is usual
_SPREADS = 6  # how many (scaled) median deviations count as far
_MAD_TO_SIGMA = 1.4826
_LEAST_JUMP = np.log(2)
_LEAST_SHARE_GAP = 0.25
_FULL_INDICATORS = 5

Cell = Callable[[str, str], tuple[str, str]]


@dataclass(frozen=True)
class Context:
    """What the values are compared with: figures of an earlier year (index code, a column an input), if any."""

    last_year: int | None = None
    last_figures: pd.DataFrame | None = None


def check_plausibility(
    figures: pd.DataFrame, cell_of: Cell, standard: Standard, names: UnitNames, context: Context
) -> list[Finding]:
    """Warnings across the values of a file.

    Parameters
    ----------
    figures : DataFrame
        Index unit code, a column an input of the file, Int64, NA = missing.
    cell_of : callable
        Sheet and cell of a unit's input.
    """
    values = {one: figures[one].to_numpy(dtype=float, na_value=np.nan) for one in figures.columns}
    counts = {one: array for one, array in values.items() if standard.inputs[one].kind == "count"}
    checks = _Checks(list(figures.index), counts, cell_of, standard, names, context)
    return [finding for check in checks.all() for finding in check]


@dataclass(frozen=True)
class _Checks:
    codes: list[str]
    counts: dict[str, np.ndarray]
    cell_of: Cell
    standard: Standard
    names: UnitNames
    context: Context

    def all(self) -> Iterator[Iterator[Finding]]:
        yield self._relations()
        yield self._same_everywhere()
        yield self._copied_from_units()
        yield self._copied_from_last_year()
        yield self._jumps()
        yield self._unlike_others()
        yield self._always_full()
        yield self._small_surveys()

    def _relations(self) -> Iterator[Finding]:
        for relation in self.standard.relations:
            if not {*relation.parts, relation.at_most} <= self.counts.keys():
                continue
            total = np.sum([self.counts[one] for one in relation.parts], axis=0)
            whole = self.counts[relation.at_most]
            labels = " + ".join(f"“{self.standard.inputs[one].label}”" for one in relation.parts)
            for place in np.flatnonzero(total > whole).tolist():
                yield self._find(
                    "relation_broken",
                    place,
                    relation.parts[0],
                    value=_say(total[place]),
                    parts=labels,
                    whole=_say(whole[place]),
                    whole_label=self.standard.inputs[relation.at_most].label,
                    because=relation.because,
                )

    def _same_everywhere(self) -> Iterator[Finding]:
        for input_id, array in self.counts.items():
            known = array[~np.isnan(array)]
            least = int(np.ceil(max(_SAME_UNITS, _SAME_SHARE * len(known))))
            telling = np.sort(known[known >= _TELLING])
            if not (telling[least - 1 :] == telling[: max(0, len(telling) - least + 1)]).any():
                continue
            found, times = np.unique(telling, return_counts=True)
            for value, count in zip(found, times, strict=True):
                if count >= least:
                    first = int(np.flatnonzero(array == value)[0])
                    words = {"count": format_number(int(count)), "of": format_number(len(known))}
                    yield self._find("same_everywhere", first, input_id, value=_say(value), whole_column=True, **words)

    def _copied_from_units(self) -> Iterator[Finding]:
        seen: dict[bytes, int] = {}
        table = self._table(list(self.counts))
        for place, row in enumerate(table):
            if not _tells(row):
                continue
            earlier = seen.setdefault(row.tobytes(), place)
            if earlier != place:
                name = self.names.describe(self.codes[earlier])
                yield self._find("copied_from_unit", place, count=int((row > 0).sum()), name=name)

    def _copied_from_last_year(self) -> Iterator[Finding]:
        inputs = self._inputs_of_last_year()
        if not inputs:
            return
        now, before = self._table(inputs), self._last_year(inputs)
        for place in np.flatnonzero((now == before).all(axis=1)).tolist():
            if _tells(now[place]):
                count = int((now[place] > 0).sum())
                yield self._find("copied_from_last_year", place, count=count, year=self.context.last_year)

    def _jumps(self) -> Iterator[Finding]:
        inputs = self._inputs_of_last_year()
        if not inputs:
            return
        now, before = self._table(inputs), self._last_year(inputs)
        for number, input_id in enumerate(inputs):
            known = (now[:, number] >= 0) & (before[:, number] >= 0)
            change = np.log(
                (now[:, number] + 1) / np.maximum(before[:, number] + 1, 1), where=known, out=np.zeros(len(now))
            )
            far = _far_from_median(change, known, _LEAST_JUMP)
            large = np.abs(now[:, number] - before[:, number]) >= _TELLING
            for place in np.flatnonzero(far & large).tolist():
                yield self._find(
                    "jump_from_last_year",
                    place,
                    input_id,
                    value=_say(now[place, number]),
                    year=self.context.last_year,
                    before=_say(before[place, number]),
                )

    def _unlike_others(self) -> Iterator[Finding]:
        kinds = np.array([self.names.unit_type[code] for code in self.codes])
        for input_id, array in self.counts.items():
            whole_id = self.standard.inputs[input_id].part_of
            whole = self.counts.get(whole_id or "")
            if whole is None or whole_id is None:
                continue
            share = np.divide(array, whole, where=whole >= _TELLING, out=np.full(len(array), np.nan))
            for kind in np.unique(kinds):
                known = ~np.isnan(share) & (kinds == kind)
                for place in np.flatnonzero(_far_from_median(share, known, _LEAST_SHARE_GAP)).tolist():
                    usual = float(np.median(share[known]))
                    yield self._find(
                        "unlike_others",
                        place,
                        input_id,
                        value=_say(array[place]),
                        share=format_percent(int(array[place]), int(whole[place])),
                        whole=_say(whole[place]),
                        whole_label=self.standard.inputs[whole_id].label,
                        usual=f"{format_number(usual * 100, 1)} %",
                    )

    def _always_full(self) -> Iterator[Finding]:
        full_of_unit = np.zeros(len(self.codes), dtype=int)
        ratios = 0
        for indicator in self.standard.indicators:
            part, whole = self.counts.get(indicator.numerator), self.counts.get(indicator.denominator or "")
            if indicator.kind != "ratio" or not indicator.higher_is_better or part is None or whole is None:
                continue
            ratios += 1
            arisen = whole >= _TELLING
            full = arisen & (part == whole)
            full_of_unit += full
            if arisen.sum() >= _LIKE_UNITS and full.sum() == arisen.sum():
                what = (
                    f"“{indicator.name}” của cả {format_number(int(arisen.sum()))} đơn vị có từ {_TELLING} trường hợp"
                )
                first = int(np.flatnonzero(full)[0])
                yield self._find("always_full", first, indicator.numerator, what=what, whole_column=True)
        if ratios > _FULL_INDICATORS:
            for place in np.flatnonzero(full_of_unit >= max(_FULL_INDICATORS, ratios - 1)).tolist():
                yield self._find("always_full", place, what=f"{full_of_unit[place]} tỷ lệ của đơn vị")

    def _small_surveys(self) -> Iterator[Finding]:
        for one in self.standard.inputs.values():
            if one.survey and one.id in self.counts:
                array = self.counts[one.id]
                for place in np.flatnonzero((array > 0) & (array < LEAST_SURVEYED)).tolist():
                    step = format_number(100 / array[place], 1)
                    yield self._find(
                        "survey_small", place, one.id, value=_say(array[place]), least=LEAST_SURVEYED, step=step
                    )

    def _table(self, inputs: list[str]) -> np.ndarray:
        """A row a unit, a column an input, -1 where missing."""
        if not inputs:
            return np.empty((len(self.codes), 0))
        return np.nan_to_num(np.column_stack([self.counts[one] for one in inputs]), nan=-1.0)

    def _inputs_of_last_year(self) -> list[str]:
        last = self.context.last_figures
        return [] if last is None else [one for one in self.counts if one in last.columns]

    def _last_year(self, inputs: list[str]) -> np.ndarray:
        last = self.context.last_figures
        aligned = pd.DataFrame(last)[inputs].reindex(self.codes)
        return aligned.to_numpy(dtype=float, na_value=-2.0)

    def _find(
        self, code: str, place: int, input_id: str | None = None, whole_column: bool = False, **words: Any
    ) -> Finding:
        unit = self.codes[place]
        sheet, cell = self.cell_of(unit, input_id or next(iter(self.counts)))
        return make_finding(code, sheet, cell, None if whole_column else unit, input_id, **words)


def _tells(row: np.ndarray) -> bool:
    """Whether a row has enough figures that two equal ones are no chance."""
    return int((row > 0).sum()) >= _COPIED_FIGURES and int((row >= _TELLING).sum()) >= _COPIED_TELLING


def _far_from_median(values: np.ndarray, known: np.ndarray, least: float) -> np.ndarray:
    """Which known values lie further from their median than `least` and than the usual spread allows."""
    far = np.zeros(len(values), dtype=bool)
    if known.sum() < _LIKE_UNITS:
        return far
    gaps = np.abs(values - np.median(values[known]))
    spread = _SPREADS * _MAD_TO_SIGMA * np.median(gaps[known])
    far[known] = gaps[known] > max(least, spread)
    return far


def _say(value: float) -> str:
    return format_number(int(value))
