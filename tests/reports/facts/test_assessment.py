"""A year assessed: its frame, its parts, a preview that stores nothing, the trace."""

import pandas as pd
import pytest

from data.store import plan_round
from reports.facts.assessment import explain_unit, find_assessment, preview_submission, scores_table
from scoring.engine import score


def test_frame_has_every_unit_with_names_and_scores(assessment):
    frame = assessment.frame
    assert len(frame) == 200
    assert frame.loc["05971", "name"] == "Phường Hoàng Văn Thụ"
    assert frame["demo"].all()
    assert frame["provisional"].all()
    assert assessment.total_heading == "Tổng điểm (tạm tính)"
    assert assessment.district_heading == "Huyện, thành phố"
    incomplete = frame[frame["status"] == "incomplete"]
    assert (incomplete["ceiling"] > incomplete["total"]).all()
    assert (frame.drop(incomplete.index)["ceiling"] == frame.drop(incomplete.index)["total"]).all()


def test_restricted_assessment_is_the_same_for_its_units(assessment):
    codes = assessment.frame.index[:7]
    part = assessment.restrict(codes)
    pd.testing.assert_frame_equal(part.frame, assessment.frame.loc[codes])


def test_scores_of_some_units_are_those_of_scoring_them_alone(assessment):
    codes = assessment.units.index[[150, 3, 77]]
    part = assessment.restrict(codes)
    assert list(part.scores.codes) == list(codes)
    pd.testing.assert_frame_equal(
        part.scores.frame(), score(assessment.observations, assessment.standard, assessment.units.loc[codes]).frame()
    )
    assert (part.scores.provisional == assessment.scores.provisional[[150, 3, 77]]).all()
    assert part.demo_units == set(codes)


def test_unknown_unit_is_refused_and_no_unit_is_none(assessment):
    with pytest.raises(KeyError):
        assessment.restrict(["05971", "99999"])
    assert assessment.restrict([]).frame.empty
    assert list(assessment.restrict([]).frame) == list(assessment.frame)


def test_units_of_a_district(assessment):
    part = assessment.restrict_to_district("187")
    assert list(part.units.index) == list(assessment.units.index[assessment.units["district_code"] == "187"])
    assert assessment.restrict_to_district("999").units.empty


def test_preview_stores_nothing_and_equals_what_comes_of_it(demo_store, assessment):
    version = demo_store.rounds.facts_version(assessment.round)
    incoming = assessment.observations.head(2).copy()
    incoming["abused"] = incoming["children"]
    after = preview_submission(demo_store, assessment.round, incoming)
    assert demo_store.rounds.facts_version(assessment.round) == version
    assert (after.frame.loc[incoming.index, "status"] != "met").all()
    rest = after.frame.drop(index=incoming.index)
    pd.testing.assert_frame_equal(rest, assessment.frame.drop(index=incoming.index))
    assert len(after.demo_units) == 198
    assert find_assessment(demo_store, plan_round(1999)) is None


def test_preview_of_a_file_with_gaps(demo_store, assessment):
    """Missing values of a file take the place of what is stored, and nothing breaks over them."""
    incoming = assessment.observations.head(3).copy()
    incoming.iloc[0, :5] = pd.NA
    incoming.iloc[2, 7] = pd.NA
    after = preview_submission(demo_store, assessment.round, incoming)
    pd.testing.assert_frame_equal(
        after.observations.loc[incoming.index, incoming.columns], incoming, check_names=False, check_index_type=False
    )
    assert after.frame.loc[incoming.index[0], "status"] == "incomplete"


def test_table_of_the_command_and_trace(demo_store, assessment):
    table = scores_table(assessment)
    expected = ["code", "name", "district_code", "unit_class", "status", "total"]
    assert list(table.columns[:6]) == expected
    assert list(table.columns[6:19]) == [f"tc{number}" for number in range(1, 14)]
    assert list(table.columns[19:]) == [indicator.id for indicator in assessment.standard.indicators]
    trace = explain_unit(demo_store, assessment, "05971")
    assert "so-lieu-minh-hoa-2022.xlsx" in trace.text()
