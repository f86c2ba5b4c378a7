"""The years and provinces that the tests of the reports read; none is changed, so each is assessed once a session."""

from collections.abc import Callable
from functools import cache

import pytest

from data.store import Store
from reports.facts.assessment import Assessment, load_assessment
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
