"""The years and provinces that the tests of the reports read; none is changed, so each is assessed once a session."""

from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest

from data.store import Store, plan_round
from reports.facts.assessment import Assessment, assessed_units, load_assessment
from reports.facts.improvements import list_smallest_plans
from scoring.engine import score
from scoring.gaps import Plan
from tests.data.samples import STANDARD, UNITS, random_values
from tests.reports.provinces import make_province


@pytest.fixture(scope="session")
def assessment(demo_store: Store) -> Assessment:
    """The demo province of 2022."""
    return load_assessment(demo_store, demo_store.rounds.choose(2022))


@pytest.fixture(scope="session")
def before(demo_store: Store) -> Assessment:
    """The demo province of 2021."""
    return load_assessment(demo_store, demo_store.rounds.choose(2021))


@pytest.fixture(scope="session")
def province_of(assessment: Assessment) -> Callable[[str], Assessment]:
    """The province of each kind in `PROVINCES`."""
    return cache(lambda kind: make_province(assessment, kind))


@pytest.fixture(scope="session")
def three_years(demo_store: Store, before: Assessment, assessment: Assessment) -> list[Assessment]:
    """The demo province of 2020, 2021 and 2022."""
    return [load_assessment(demo_store, demo_store.rounds.choose(2020)), before, assessment]


@pytest.fixture(scope="session")
def assess(demo_store: Store) -> Callable[[pd.DataFrame], Assessment]:
    """Gives an assessment of any figures of Lạng Sơn's units."""
    planned = plan_round(2023, vintage="2020")
    units = assessed_units(demo_store, planned)
    return lambda values: Assessment(
        planned, STANDARD, units, values, score(values, STANDARD, units), demo_units=frozenset()
    )


@pytest.fixture(scope="session")
def edges(assess: Callable[[pd.DataFrame], Assessment], assessment: Assessment) -> dict[str, Assessment]:
    """Provinces where charts and ranks have failed before."""
    same = random_values(UNITS.head(1), 3)
    equal = pd.concat([same] * len(UNITS)).set_axis(UNITS.index)
    return {
        "one unit": assessment.restrict(["05971"]),
        "all missing": assess(random_values(UNITS, 1).iloc[:0]),
        "all equal": assess(equal),
    }


@pytest.fixture(scope="session")
def plans(assessment: Assessment) -> dict[str, Plan]:
    """The smallest plan of each unit of the demo province."""
    return list_smallest_plans(assessment, assessment.frame.index)
