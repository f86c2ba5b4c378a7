"""The provinces that every file and chart is tried with, and years whose unit lists differ."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from data.store import Round, plan_round
from data.units.lists import default_classes, load_units
from reports.facts.assessment import Assessment
from scoring.engine import score
from scoring.standard import get_standard
from tests.scoring.samples import best_values

PROVINCES = ("demo", "all_met", "none_met", "one_unit", "all_missing")


def make_province(demo: Assessment, kind: str) -> Assessment:
    """The demo province, changed as the kind says: demo, all met, none met, one unit, all missing."""
    if kind == "demo":
        return demo
    if kind == "one_unit":
        return demo.restrict(demo.frame.index[:1])
    values = best_values(demo.standard)
    if kind == "none_met":
        values |= {"injured": values["children"], "officer": 0}
    if kind == "all_missing":
        values = dict.fromkeys(values)
    return with_figures(demo, same_figures(demo.units, values))


def same_figures(units: pd.DataFrame, values: dict[str, int | None]) -> pd.DataFrame:
    """The same figures for each unit."""
    columns = {input_id: pd.array([value] * len(units), dtype="Int64") for input_id, value in values.items()}
    return pd.DataFrame(columns, index=units.index)


def with_figures(assessment: Assessment, observations: pd.DataFrame) -> Assessment:
    """The same year with other figures."""
    scores = score(observations, assessment.standard, assessment.units)
    return replace(assessment, observations=observations, scores=scores)


def allow_zeros(assessment: Assessment) -> Assessment:
    """The same year by a standard that asks for the minimum total only."""
    recognition = assessment.standard.recognition
    conditions = tuple(condition for condition in recognition.conditions if condition.kind == "minimum_total")
    standard = assessment.standard.model_copy(
        update={"recognition": recognition.model_copy(update={"conditions": conditions})}
    )
    scores = score(assessment.observations, standard, assessment.units)
    return replace(assessment, standard=standard, scores=scores)


def make_year(planned: Round, figures: Callable[[pd.DataFrame], pd.DataFrame]) -> Assessment:
    """A year that is in no store: the units of its vintage with their default classes and any figures."""
    classes = default_classes(planned.vintage, planned.province_code).rename(columns={"provenance": "class_provenance"})
    units = load_units(planned.vintage, planned.province_code).join(classes)
    standard = get_standard(planned.standard_id)
    observations = figures(units)
    return Assessment(planned, standard, units, observations, score(observations, standard, units), frozenset())


def make_years_apart() -> tuple[Assessment, Assessment]:
    """Lạng Sơn in 2025, none met, and in 2026, all met: 65 codes stand in both unit lists, none is the same unit."""
    values = best_values(get_standard())
    bad = values | {"injured": values["children"], "officer": 0}
    return (
        make_year(plan_round(2025, vintage="2025-01"), lambda units: same_figures(units, bad)),
        make_year(plan_round(2026), lambda units: same_figures(units, values)),
    )
