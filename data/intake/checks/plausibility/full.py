"""Ratios that are exactly 100 % everywhere: of all units, or all of a unit."""

from collections.abc import Iterator

import numpy as np

from data.intake.checks.plausibility.values import LIKE_UNITS, TELLING, Values
from data.intake.findings.finding import Finding
from scoring.words import format_number

_FULL_INDICATORS = 5


def check_full(values: Values) -> Iterator[Finding]:
    """Find indicators that are full in every unit, and units that are full in nearly every indicator."""
    full_of_unit = np.zeros(len(values.codes), dtype=int)
    ratios = 0
    for indicator in values.standard.indicators:
        part, whole = values.counts.get(indicator.numerator), values.counts.get(indicator.denominator or "")
        if indicator.kind != "ratio" or not indicator.higher_is_better or part is None or whole is None:
            continue
        ratios += 1
        arisen = whole >= TELLING
        full = arisen & (part == whole)
        full_of_unit += full
        if arisen.sum() >= LIKE_UNITS and full.sum() == arisen.sum():
            what = f"“{indicator.name}” của cả {format_number(int(arisen.sum()))} đơn vị có từ {TELLING} trường hợp"
            first = int(np.flatnonzero(full)[0])
            yield values.find_in_column("always_full", first, indicator.numerator, what=what)
    if ratios > _FULL_INDICATORS:
        for position in np.flatnonzero(full_of_unit >= max(_FULL_INDICATORS, ratios - 1)).tolist():
            yield values.find("always_full", position, what=f"{full_of_unit[position]} tỷ lệ của đơn vị")
