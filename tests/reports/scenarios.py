"""The scenarios that facts, charts and files are tried with."""

import pandas as pd

from reports.facts.assessment import Assessment
from reports.facts.what_if import assess_scenario, compare_with_law
from scoring.scenario_model import LAW, BandChange, Scenario

STRICTER = LAW.with_band("5", 0, BandChange(threshold=50)).with_band("5", 1, BandChange(threshold=55))
BOTH = STRICTER.with_(weights={"tc3": 0})


def compare_scenario(assessment: Assessment, scenario: Scenario) -> pd.DataFrame:
    """Each unit by the law and by a scenario."""
    return compare_with_law(assessment, assess_scenario(assessment, scenario))
