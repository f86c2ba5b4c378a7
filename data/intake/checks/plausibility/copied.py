"""Rows that are copies: of another unit, of the unit's own figures of an earlier year."""

from collections.abc import Iterator

import numpy as np

from data.intake.checks.plausibility.values import Values, tells
from data.intake.findings.finding import Finding


def check_copied_units(values: Values) -> Iterator[Finding]:
    """Find rows that are the same as an earlier row, figure by figure."""
    first_with: dict[bytes, int] = {}
    for position, row in enumerate(values.table):
        if not tells(row):
            continue
        earlier = first_with.setdefault(row.tobytes(), position)
        if earlier != position:
            name = values.names.describe(values.codes[earlier])
            yield values.find("copied_from_unit", position, count=int((row > 0).sum()), name=name)


def check_copied_years(values: Values) -> Iterator[Finding]:
    """Find rows that are the same as in the earlier year, figure by figure."""
    if not values.common_inputs:
        return
    now, before = values.both_years
    for position in np.flatnonzero((now == before).all(axis=1)).tolist():
        if tells(now[position]):
            count = int((now[position] > 0).sum())
            yield values.find("copied_from_last_year", position, count=count, year=values.context.last_year)
