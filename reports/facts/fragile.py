"""What one case more or fewer would change in a unit's points."""

from collections.abc import Iterable, Mapping

import pandas as pd

from reports.facts.assessment import Assessment
from scoring.engine import score
from scoring.standard import Indicator, Standard


def list_fragile(assessment: Assessment, code: str) -> pd.DataFrame:
    """List the indicators whose points one case more or fewer would change, all else equal.

    Returns
    -------
    DataFrame
        A row an indicator and direction, in the order of the standard; columns `indicator`, `name`, `label` (of the
        count that changes), `value`, `denominator` (int; NA for counts), `change` (+1 or -1), `points`, `points_after`,
        `status`, `status_after` (of the unit). Answers are no cases; missing figures are left out.

    Raises
    ------
    KeyError
        For a unit that was not assessed.
    """
    standard, scores = assessment.standard, assessment.scores
    row = scores.row_of(code)
    known = assessment.observations.loc[code].dropna() if code in assessment.observations.index else pd.Series()
    values = {id_: int(value) for id_, value in known.items()}
    trials = list(_list_trials(values, standard))
    observations = pd.DataFrame([changed for *_, changed in trials], columns=list(standard.inputs)).astype("Int64")
    units = assessment.units.loc[[code] * len(trials)].set_axis(observations.index)
    after = score(observations, standard, units)
    rows = [
        {
            "indicator": indicator.id,
            "name": indicator.name,
            "label": standard.inputs[indicator.numerator].label,
            "value": values[indicator.numerator],
            "denominator": pd.NA if indicator.denominator is None else values[indicator.denominator],
            "change": change,
            "points": int(scores.points[row, column]),
            "points_after": int(after.points[trial, column]),
            "status": str(scores.status[row]),
            "status_after": str(after.status[trial]),
        }
        for trial, (column, indicator, change, _) in enumerate(trials)
        if after.points[trial, column] != scores.points[row, column]
    ]
    columns = ("indicator", "name", "label", "value", "denominator", "change", "points", "points_after")
    return pd.DataFrame(rows, columns=[*columns, "status", "status_after"]).astype({"denominator": "Int64"})


def _list_trials(
    values: Mapping[str, int], standard: Standard
) -> Iterable[tuple[int, Indicator, int, Mapping[str, int]]]:
    """The column of each indicator with figures, the indicator, one case more or fewer, all values with that change."""
    for column, indicator in enumerate(standard.indicators):
        if indicator.kind == "answer" or not set(indicator.inputs) <= set(values):
            continue
        for change in (1, -1):
            changed = {**values, indicator.numerator: values[indicator.numerator] + change}
            if _holds_together(changed, indicator.inputs, standard):
                yield column, indicator, change, changed


def _holds_together(values: Mapping[str, int], changed: Iterable[str], standard: Standard) -> bool:
    """Whether no value is below 0 and no part above its whole."""
    wholes = ((id_, input_.part_of) for id_, input_ in standard.inputs.items() if input_.part_of and id_ in values)
    parts_fit = all(values[id_] <= values.get(whole, values[id_]) for id_, whole in wholes)
    return parts_fit and all(values[id_] >= 0 for id_ in changed)
