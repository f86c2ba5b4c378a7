"""Figures that changed since the earlier year as those of no other unit."""

from collections.abc import Iterator

import numpy as np

from data.intake.checks.plausibility.values import TELLING, Values, far_from_median, format_count
from data.intake.findings.finding import Finding

_LEAST_JUMP = np.log(2)


def check_jumps(values: Values) -> Iterator[Finding]:
    """Find figures whose change is far from the usual one."""
    if not values.common_inputs:
        return
    for input_id, now, before in zip(values.common_inputs, *(table.T for table in values.both_years), strict=True):
        known = (now >= 0) & (before >= 0)
        change = np.log((now + 1) / np.maximum(before + 1, 1), where=known, out=np.zeros(len(now)))
        far = far_from_median(change, known, _LEAST_JUMP)
        large = np.abs(now - before) >= TELLING
        for position in np.flatnonzero(far & large).tolist():
            yield values.find(
                "jump_from_last_year",
                position,
                input_id,
                value=format_count(now[position]),
                year=values.context.last_year,
                before=format_count(before[position]),
            )
