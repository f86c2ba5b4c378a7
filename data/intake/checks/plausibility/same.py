"""One figure in many units."""

from collections.abc import Iterator

import numpy as np

from data.intake.checks.plausibility.values import TELLING, Values, format_count
from data.intake.findings.finding import Finding
from scoring.words import format_number

_SAME_SHARE, _SAME_UNITS = 0.2, 5


def check_same(values: Values) -> Iterator[Finding]:
    """Find figures that many units share."""
    for input_id, array in values.counts.items():
        known = array[~np.isnan(array)]
        least = int(np.ceil(max(_SAME_UNITS, _SAME_SHARE * len(known))))
        telling = np.sort(known[known >= TELLING])
        # Of sorted figures, `least` are the same somewhere when one equals the one so many places further on.
        if not (telling[least - 1 :] == telling[: max(0, len(telling) - least + 1)]).any():
            continue
        for value, count in zip(*np.unique(telling, return_counts=True), strict=True):
            if count >= least:
                first = int(np.flatnonzero(array == value)[0])
                words = {"count": format_number(int(count)), "of": format_number(len(known))}
                yield values.find_in_column("same_everywhere", first, input_id, value=format_count(value), **words)
