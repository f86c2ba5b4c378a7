"""What is missing to be recognised: conditions, the smallest plans, the indicators to work on first."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from reports.facts.assessment import Assessment
from reports.facts.counts import Counts, count_units
from scoring.gaps import Fewest, Focus, Plan, find_focuses, find_plans
from scoring.words import NO_DATA, format_number


@dataclass(frozen=True)
class Condition:
    """A condition of recognition; `met` is None while figures are missing."""

    name: str
    met: bool | None
    why: str


def list_conditions(assessment: Assessment, code: str) -> tuple[Condition, ...]:
    """List the conditions of recognition for a unit: the total first, then, where the standard asks it, each criterion.

    Raises
    ------
    KeyError
        For a unit that was not assessed.
    """
    row = assessment.scores.row_of(code)
    criteria = range(len(assessment.standard.criteria)) if assessment.standard.recognition.zero_knocks_out else ()
    return (_judge_total(assessment, row), *(_judge_criterion(assessment, row, column) for column in criteria))


def list_smallest_plans(assessment: Assessment, codes: pd.Index, fewest: Fewest = "steps") -> dict[str, Plan]:
    """List the smallest plan of each unit of `codes` that did not meet the standard, the smallest plan first.

    Units that have none (figures are missing, or no step leads there) are left out.
    """
    plans = {}
    for code in codes:
        smallest = find_plans(code, assessment.scores, assessment.observations, assessment.units, most=1, fewest=fewest)
        if smallest:
            plans[code] = smallest[0]

    def size(code: str) -> tuple[int, int]:
        pair = (len(plans[code].steps), plans[code].cases)
        return pair if fewest == "steps" else pair[::-1]

    return {code: plans[code] for code in sorted(plans, key=size)}


def take_first(plans: Mapping[str, Plan], most: int) -> dict[str, Plan]:
    """The first plans of `list_smallest_plans`, at most `most`."""
    return dict(list(plans.items())[:most])


def count_first_needed(counts: Counts, plans: Mapping[str, Plan]) -> tuple[int, int]:
    """Count the first plans of `list_smallest_plans` that bring a group to its target, or as near as they can.

    Returns
    -------
    tuple of int
        How many plans (0 where the target is reached), and how many units meet the standard with them.
    """
    needed = min(counts.short_of_target, len(plans))
    return needed, counts.met + needed


def list_focuses(
    assessment: Assessment, codes: pd.Index, largest: int = 3, most: int = 5
) -> tuple[Counts, list[tuple[int, Focus]]]:
    """List the one, two or three indicators that recognise most units of `codes` when all work is put into them.

    Parameters
    ----------
    largest : int
        Indicators of the largest set.
    most : int
        Sets of each size, at most.

    Returns
    -------
    tuple
        The units of `codes` by status, and each set with its size, the smaller sets first.
    """
    part = assessment.restrict(codes)
    sizes = range(1, largest + 1)
    focuses = [
        (size, focus)
        for size in sizes
        for focus in find_focuses(part.scores, part.observations, part.units, size, most)
    ]
    return count_units(part), focuses


def _judge_total(assessment: Assessment, row: int) -> Condition:
    scores = assessment.scores
    total, minimum = int(scores.total[row]), int(scores.minimum[row])
    missing = int(scores.missing[row].sum())
    met = True if total >= minimum else None if missing else False
    why = f"{format_number(total)} / {format_number(minimum)} điểm"
    if not met:
        why += f", thiếu {format_number(minimum - total)} điểm"
    if missing:
        why += f", {format_number(missing)} chỉ tiêu chưa có số liệu"
    return Condition("Tổng điểm từ mức tối thiểu trở lên", met, why)


def _judge_criterion(assessment: Assessment, row: int, column: int) -> Condition:
    scores, criterion = assessment.scores, assessment.standard.criteria[column]
    points = int(scores.criterion_points[row, column])
    missing = bool(scores.criterion_missing[row, column])
    met = True if points > 0 else None if missing else False
    why = f"{format_number(points)} / {format_number(criterion.max_points)} điểm"
    if missing:
        why += f", {NO_DATA.lower()} đủ các chỉ tiêu"
    return Condition(f"Tiêu chí {criterion.number} trên 0 điểm: {criterion.name}", met, why)
