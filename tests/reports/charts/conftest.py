"""Layers and odd provinces that every chart is tried with."""

import pandas as pd
import pytest

from reports.facts.assessment import Assessment
from shapes.layers.coarse import coarse_layer
from shapes.layers.layers import Layer, load_layer
from tests.reports.provinces import with_figures

VERTICES_OF_A_PAGE = 20_000


@pytest.fixture(scope="session")
def scenes(assessment: Assessment) -> dict[str, Assessment]:
    """The demo province, one unit, no figures at all, none met, no units."""
    nothing = assessment.observations.map(lambda _: pd.NA).astype("Int64")
    return {
        "demo": assessment,
        "one": assessment.restrict(["05971"]),
        "missing": with_figures(assessment, nothing),
        "none_met": with_figures(assessment, nothing.fillna(0)),
        "empty": assessment.restrict([]),
    }


@pytest.fixture(params=["hexagons", "boundaries"])
def layer(request: pytest.FixtureRequest, home: object) -> Layer:
    """The province in hexagons, and in boundaries with few corners."""
    return coarse_layer(load_layer("2020", "20", request.param), VERTICES_OF_A_PAGE // 13)
