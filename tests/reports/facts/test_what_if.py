"""A scenario beside the law, against the oracle: who changes; the law is never touched."""

import pandas as pd
import pytest

from reports.facts.what_if import (
    KIND_WORDS,
    assess_scenario,
    compare_with_law,
    count_scenario,
    list_scenario_changes,
    list_status_changes,
)
from scoring.engine import score
from scoring.scenario_model import LAW, BandChange, Scenario, ScenarioError
from scoring.words import SCENARIO_LABEL
from tests.reports.scenarios import BOTH, STRICTER, compare_scenario
from tests.scoring.oracle import score_unit


@pytest.mark.parametrize("scenario", [STRICTER, BOTH, Scenario(weights={"tc13": 2}, minimum_rule="proportional")])
def test_statuses_are_the_oracles(assessment, scenario):
    changed = assess_scenario(assessment, scenario)
    frame = changed.frame
    assert set(frame["status"]) > {"met"}
    for code, row in frame.iterrows():
        values = {id_: int(one) for id_, one in changed.observations.loc[code].items() if pd.notna(one)}
        expected = score_unit(values, changed.standard, row["unit_class"], row["mountainous"])
        assert (row["total"], row["status"]) == (expected["total"], expected["status"]), code


def test_assessment_of_the_law_is_untouched(assessment):
    before = assessment.frame.copy()
    assert assess_scenario(assessment, LAW) is assessment
    changed = assess_scenario(assessment, BOTH.with_(classes={"05971": "central_city_ward"}))
    pd.testing.assert_frame_equal(assessment.frame, before)
    pd.testing.assert_frame_equal(
        score(assessment.observations, assessment.standard, assessment.units).frame(), assessment.scores.frame()
    )
    assert changed.frame.at["05971", "minimum"] == 900
    assert SCENARIO_LABEL in changed.standard.title
    assert changed.demo_units == assessment.demo_units


def test_kinds_agree_with_the_statuses(assessment):
    rows = compare_scenario(assessment, BOTH)
    counts = count_scenario(rows)
    law, new = rows["status_law"] == "met", rows["status"] == "met"
    assert counts.met_by_law == law.sum() == (assessment.frame["status"] == "met").sum()
    assert counts.met == new.sum()
    assert set(rows.index[rows["kind"] == "gained"]) == set(rows.index[new & ~law])
    assert set(rows.index[rows["kind"] == "lost"]) == set(rows.index[law & ~new])
    assert min(counts.gained, counts.lost) > 0
    assert counts.met - counts.met_by_law == counts.gained - counts.lost
    assert set(rows["label"]) == {SCENARIO_LABEL}
    assert len(list_status_changes(rows)) == counts.gained + counts.lost + counts.completed


@pytest.mark.parametrize(
    ("law", "new", "kind"),
    [
        (("not_met", 700), ("met", 700), "gained"),
        (("incomplete", 700), ("met", 900), "gained"),
        (("met", 900), ("not_met", 950), "lost"),
        (("met", 900), ("met", 910), "risen"),
        (("not_met", 900), ("not_met", 890), "fallen"),
        (("met", 900), ("met", 900), "same"),
        (("incomplete", 700), ("not_met", 700), "completed"),
        (("incomplete", 700), ("incomplete", 800), "unknown"),
    ],
)
def test_kind_of_a_unit(law, new, kind):
    columns = {"name": "Xã A", "district_code": "178", "district": "H", "minimum": 800}
    frames = [
        type("Year", (), {"frame": pd.DataFrame({**columns, "status": status, "total": total}, index=["00001"])})()
        for status, total in (law, new)
    ]
    assert compare_with_law(*frames)["kind"].tolist() == [kind]
    assert kind in KIND_WORDS


def test_dropping_the_criterion_that_lacks_figures_completes_a_unit(assessment):
    frame = assessment.frame
    code = frame.index[frame["status"] == "incomplete"][0]
    lacking = [
        criterion_id for criterion_id in assessment.scores.criterion_ids if pd.isna(frame.at[code, criterion_id])
    ]
    row = compare_scenario(assessment, Scenario(weights=dict.fromkeys(lacking, 0), minimum_rule="proportional")).loc[
        code
    ]
    assert row["status_law"] == "incomplete"
    assert row["kind"] in ("gained", "completed")


def test_law_against_itself_changes_nothing(assessment):
    rows = compare_scenario(assessment, LAW)
    assert set(rows["kind"]) == {"same", "unknown"}
    assert list_scenario_changes(assessment, LAW) == ()


def test_broken_scenario_is_refused(assessment):
    with pytest.raises(ScenarioError):
        assess_scenario(assessment, LAW.with_band("5", 0, BandChange(threshold=70)))


def test_without_figures_every_unit_is_unknown(edges):
    rows = compare_scenario(edges["all missing"], BOTH)
    assert set(rows["kind"]) == {"unknown"}
    assert count_scenario(rows).met_by_law == 0
