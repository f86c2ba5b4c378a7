"""Shares that are unlike those of units of the same type."""

from collections.abc import Iterator

import numpy as np

from data.intake.checks.plausibility.values import TELLING, Values, far_from_median, format_count
from data.intake.findings.finding import Finding
from scoring.words import format_number, format_percent

_LEAST_SHARE_GAP = 0.25


def check_unlike(values: Values) -> Iterator[Finding]:
    """Find figures whose share of their whole is far from the usual one."""
    inputs = values.standard.inputs
    types = np.array([values.names.unit_type[code] for code in values.codes])
    for input_id, array in values.counts.items():
        whole_id = inputs[input_id].part_of
        whole = values.counts.get(whole_id or "")
        if whole is None or whole_id is None:
            continue
        share = np.divide(array, whole, where=whole >= TELLING, out=np.full(len(array), np.nan))
        for unit_type in np.unique(types):
            known = ~np.isnan(share) & (types == unit_type)
            for position in np.flatnonzero(far_from_median(share, known, _LEAST_SHARE_GAP)).tolist():
                usual = float(np.median(share[known]))
                yield values.find(
                    "unlike_others",
                    position,
                    input_id,
                    value=format_count(array[position]),
                    share=format_percent(int(array[position]), int(whole[position])),
                    whole=format_count(whole[position]),
                    whole_label=inputs[whole_id].label,
                    usual=f"{format_number(usual * 100, 1)} %",
                )
