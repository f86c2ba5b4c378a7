"""Surveys of so few people that one of them moves the share."""

from collections.abc import Iterator

import numpy as np

from data.intake.checks.plausibility.values import Values, format_count
from data.intake.findings.finding import Finding
from scoring.words import format_number

LEAST_SURVEYED = 30


def check_small_surveys(values: Values) -> Iterator[Finding]:
    """Find units that surveyed few people."""
    for surveyed in values.standard.inputs.values():
        if not surveyed.survey or surveyed.id not in values.counts:
            continue
        array = values.counts[surveyed.id]
        for position in np.flatnonzero((array > 0) & (array < LEAST_SURVEYED)).tolist():
            words = {"least": LEAST_SURVEYED, "step": format_number(100 / array[position], 1)}
            yield values.find("survey_small", position, surveyed.id, value=format_count(array[position]), **words)
