"""The provinces that every file and chart is tried with: the demo, all met, none met, one unit, all missing."""

from dataclasses import replace

import pandas as pd

from reports.facts.assessment import Assessment, load_assessment
from scoring.engine import score
from tests.scoring.samples import best_values

PROVINCES = ("demo", "all_met", "none_met", "one_unit", "all_missing")


def make_province(store, kind: str) -> Assessment:
    """The demo province of 2022, changed as the kind says; never stored."""
    demo = load_assessment(store, 2022)
    if kind == "demo":
        return demo
    if kind == "one_unit":
        return demo.restrict(demo.frame.index[:1])
    values = best_values(demo.standard)
    if kind == "none_met":
        values |= {"injured": values["children"], "officer": 0}
    if kind == "all_missing":
        values = dict.fromkeys(values)
    columns = {id_: pd.array([value] * len(demo.units), dtype="Int64") for id_, value in values.items()}
    observations = pd.DataFrame(columns, index=demo.units.index)
    scores = score(observations, demo.standard, demo.units)
    return replace(demo, observations=observations, scores=scores)
