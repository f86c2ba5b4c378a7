"""The demo province: plausible, imperfect, labelled, and the same each time."""

import pandas as pd
import pytest

from data.demo.province import YEARS, make_values
from data.demo.rules import load_rules
from data.units.lists import default_classes
from scoring.engine import score
from scoring.standard import Standard, get_standard, list_standards
from scoring.standard.consistency import build_standard
from tests.data.samples import STANDARD, UNITS
from tests.scoring.grown import NEW_ANSWER, NEW_PART, NEW_WHOLE, with_more
from tests.scoring.samples import ODD


@pytest.mark.parametrize("year", YEARS)
def test_mix_of_results(year):
    scores = score(make_values(year, UNITS, STANDARD), STANDARD, default_classes("2020", "20"))
    zero = scores.zero_criteria.any(axis=1)
    counts = pd.Series(scores.status).value_counts()
    assert 3 <= counts["incomplete"] <= 6
    assert 100 <= counts["met"] < 190
    assert ((scores.status == "not_met") & zero).sum() > 20
    assert ((scores.status == "not_met") & ~zero).sum() > 0


@pytest.mark.parametrize("standard", [STANDARD, ODD], ids=lambda standard: standard.id)
@pytest.mark.parametrize("year", YEARS)
def test_another_input_or_unit_changes_no_figure(standard, year):
    values = make_values(year, UNITS, standard)
    more = make_values(year, UNITS, with_more(standard))
    assert {NEW_ANSWER, NEW_PART, NEW_WHOLE} == set(more.columns) - set(values.columns)
    pd.testing.assert_frame_equal(more[list(values.columns)], values)
    some = UNITS.iloc[::-7]
    pd.testing.assert_frame_equal(make_values(year, some, standard), values.loc[some.index])


def test_an_input_without_a_rule_gets_figures_by_its_kind_whole_and_bands():
    standard = with_more(STANDARD)
    values = make_values(2020, UNITS, standard)
    scores = score(values, standard, default_classes("2020", "20"))
    for indicator_id in ("moi.1", "moi.2"):
        points = scores.points[:, scores.indicator_ids.index(indicator_id)]
        assert 100 < (points > 0).sum() < 200  # most units, not all
    assert (values[NEW_PART] <= values[NEW_WHOLE]).all()


def test_another_standard_has_a_mix_of_results_too():
    units = default_classes("2020", "20").assign(unit_class=["near", "remote"] * 100)
    scores = score(make_values(2022, UNITS, ODD), ODD, units)
    assert set(scores.status) == {"met", "not_met", "incomplete"}
    for points in scores.points.T:
        assert len(set(points)) > 1


def test_rules_are_of_inputs_that_some_standard_has():
    known = {input_id for id_ in list_standards() for input_id in get_standard(id_).inputs}
    assert set(load_rules()) <= known


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


def test_two_counts_told_in_each_other_get_figures_that_hold_together():
    reverse = next(indicator for indicator in ODD.indicators if indicator.id == "b").model_copy(
        update={"id": "b.2", "numerator": "pupils", "denominator": "swimmers"}
    )
    second = ODD.criteria[1]
    points = second.maximum.model_copy(update={"points": 2 * second.max_points})
    grown = second.model_copy(update={"indicators": (*second.indicators, reverse), "maximum": points})
    fields = {name: getattr(ODD, name) for name in Standard.model_fields}
    criteria = (ODD.criteria[0], grown, *ODD.criteria[2:])
    standard = build_standard(fields | {"id": "odd+b", "criteria": criteria, "total_points": 130})
    values = make_values(2022, UNITS, standard)
    assert (values["swimmers"] <= values["pupils"]).all()
    assert values["swimmers"].max() > 0
