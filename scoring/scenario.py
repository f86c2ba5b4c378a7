"""“What if”: the standard, the classes and the figures as a leader tries them out; nothing of it is stored as data."""

import hashlib
import json

import pandas as pd

from scoring.scenario_checks import check_scenario
from scoring.scenario_model import (
    Scenario,
    as_json,
    change_band,
    minimum_total,
    possible_total,
    simplify_scenario,
)
from scoring.standard import Criterion, Input, Relation, Standard
from scoring.standard.consistency import build_standard
from scoring.words import SCENARIO_LABEL


def apply_scenario(
    scenario: Scenario, standard: Standard, units: pd.DataFrame, observations: pd.DataFrame
) -> tuple[Standard, pd.DataFrame, pd.DataFrame]:
    """The standard, units and observations as the scenario has them, for `scoring.engine.score`.

    Parameters
    ----------
    units : DataFrame
        Index unit code, columns `unit_class`, `mountainous`, and any others.
    observations : DataFrame
        Index unit code, a column an input, Int64, NA = missing.

    Returns
    -------
    tuple
        Nothing that was passed in is changed. An empty scenario gives back what was passed in; any other has a
        standard with its own id, and a title that says that it is not the law.

    Raises
    ------
    ScenarioError
        For what `check_scenario` refuses.
    """
    scenario = simplify_scenario(scenario, standard, units, observations)
    if scenario.is_empty:
        return standard, units, observations
    check_scenario(scenario, standard, units, observations)
    changed_units = units.copy()
    for column, changes in (("unit_class", scenario.classes), ("mountainous", scenario.mountainous)):
        for code, value in changes.items():
            changed_units.loc[code, column] = value
    used = set(changed_units["unit_class"])
    return _change_standard(scenario, standard, used), changed_units, _change_figures(scenario, observations)


def _change_standard(scenario: Scenario, standard: Standard, used_classes: set[str]) -> Standard:
    criteria = _change_criteria(scenario, standard)
    total = possible_total(scenario, standard)
    minimums = {}
    for id_, law in standard.recognition.minimum_total.items():
        points = minimum_total(scenario, standard, id_)
        # Out of reach is refused; it can't matter for a class without units, but a standard must hold together.
        minimums[id_] = law.model_copy(update={"points": points if id_ in used_classes else min(points, total)})
    inputs = _keep_inputs(standard, criteria)
    # Equal ids would share an entry in the caches that are keyed by the standard.
    digest = hashlib.sha256(json.dumps(as_json(scenario), sort_keys=True).encode()).hexdigest()[:16]
    fields = {name: getattr(standard, name) for name in Standard.model_fields}
    changes = {
        "id": f"{standard.id}+{digest}",
        "title": f"{SCENARIO_LABEL}: sửa từ {standard.title}",
        "total_points": total,
        "map_edges": standard.map_edges if total == standard.total_points else None,
        "recognition": standard.recognition.with_minimum_total(minimums),
        "inputs": inputs,
        "relations": tuple(relation for relation in standard.relations if _is_kept(relation, inputs)),
        "criteria": criteria,
    }
    return build_standard(fields | changes)


def _change_criteria(scenario: Scenario, standard: Standard) -> tuple[Criterion, ...]:
    return tuple(
        _change_criterion(scenario, criterion, scenario.weights.get(criterion.id, 1))
        for criterion in standard.criteria
        if scenario.weights.get(criterion.id) != 0
    )


def _change_criterion(scenario: Scenario, criterion: Criterion, weight: int) -> Criterion:
    indicators = tuple(
        indicator.model_copy(
            update={
                "bands": tuple(
                    change_band(band, scenario.get_band(indicator.id, number), weight)
                    for number, band in enumerate(indicator.bands)
                )
            }
        )
        for indicator in criterion.indicators
    )
    maximum = criterion.maximum.model_copy(update={"points": sum(indicator.max_points for indicator in indicators)})
    return criterion.model_copy(update={"indicators": indicators, "maximum": maximum})


def _keep_inputs(standard: Standard, criteria: tuple[Criterion, ...]) -> dict[str, Input]:
    """The inputs that the criteria left use; a part whose whole is gone is part of the next whole that is not."""
    used = {input_id for criterion in criteria for indicator in criterion.indicators for input_id in indicator.inputs}
    kept = {}
    for input_id, input_ in standard.inputs.items():
        if input_id in used:
            whole = input_.part_of
            while whole is not None and whole not in used:
                whole = standard.inputs[whole].part_of
            kept[input_id] = input_.model_copy(update={"part_of": whole})
    return kept


def _is_kept(relation: Relation, inputs: dict[str, Input]) -> bool:
    return all(input_id in inputs for input_id in (*relation.parts, relation.at_most))


def _change_figures(scenario: Scenario, observations: pd.DataFrame) -> pd.DataFrame:
    if not scenario.figures:
        return observations
    inputs = observations.columns.union(
        sorted({input_id for values in scenario.figures.values() for input_id in values}), False
    )
    codes = observations.index.union(pd.Index(scenario.figures, dtype=observations.index.dtype), sort=False)
    changed = (
        observations.reindex(index=codes, columns=inputs).astype("Int64").rename_axis(index=observations.index.name)
    )
    for code, values in scenario.figures.items():
        for input_id, value in values.items():
            changed.loc[code, input_id] = value
    return changed
