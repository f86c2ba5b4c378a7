"""Figures that can't all be true together, by the relations of the standard."""

from collections.abc import Iterator

import numpy as np

from data.intake.checks.plausibility.values import Values, format_count
from data.intake.findings.finding import Finding


def check_relations(values: Values) -> Iterator[Finding]:
    """Find units whose parts add up to more than they may."""
    inputs, counts = values.standard.inputs, values.counts
    for relation in values.standard.relations:
        if not {*relation.parts, relation.at_most} <= counts.keys():
            continue
        total = np.sum([counts[input_id] for input_id in relation.parts], axis=0)
        whole = counts[relation.at_most]
        labels = " + ".join(f"“{inputs[input_id].label}”" for input_id in relation.parts)
        for position in np.flatnonzero(total > whole).tolist():
            yield values.find(
                "relation_broken",
                position,
                relation.parts[0],
                value=format_count(total[position]),
                parts=labels,
                whole=format_count(whole[position]),
                whole_label=inputs[relation.at_most].label,
                because=relation.because,
            )
