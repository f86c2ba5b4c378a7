"""The demo province: plausible, imperfect, labelled, and the same each time."""

import pandas as pd
import pytest

from data.demo.province import YEARS, make_values
from data.units.lists import default_classes
from scoring.engine import score
from tests.data.samples import STANDARD, UNITS


@pytest.mark.parametrize("year", YEARS)
def test_mix_of_results(year):
    scores = score(make_values(year, UNITS, STANDARD), STANDARD, default_classes("2020", "20"))
    zero = scores.zero_criteria.any(axis=1)
    counts = pd.Series(scores.status).value_counts()
    assert 3 <= counts["incomplete"] <= 6
    assert 100 <= counts["met"] < 190
    assert ((scores.status == "not_met") & zero).sum() > 20
    assert ((scores.status == "not_met") & ~zero).sum() > 0


def test_seeded():
    pd.testing.assert_frame_equal(make_values(2022, UNITS, STANDARD), make_values(2022, UNITS, STANDARD))


def test_loaded_through_the_same_door_and_labelled(demo_store):
    assert [round.year for round in demo_store.rounds.list()] == list(reversed(YEARS))
    for year in YEARS:
        assert len(demo_store.observations.list_demo_units(demo_store.rounds.choose(year))) == 200
        expected = make_values(year, UNITS, STANDARD)
        pd.testing.assert_frame_equal(
            demo_store.observations.load(demo_store.rounds.choose(year)).loc[UNITS.index], expected, check_names=False
        )
    source = demo_store.observations.load_sources(demo_store.rounds.choose(2022), "05971").loc["births"]
    assert "minh-hoa" in source["file_name"]
    assert source["demo"]
