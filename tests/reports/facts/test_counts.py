"""Counts by status, district and criterion, against a recount by hand; changes between years."""

import pandas as pd
import pytest

from reports.charts.classes import classify_criterion, classify_status, classify_total
from reports.facts.assessment import explain_unit, find_assessment, load_assessment, preview_submission, scores_table
from reports.facts.counts import (
    Counts,
    compare_years,
    count_knocked_out,
    count_statuses,
    list_failing,
    list_furthest,
    summarise_districts,
)


@pytest.fixture(scope="module")
def assessment(demo_store):
    return load_assessment(demo_store, 2022)


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


def test_counts_add_up(assessment):
    counts = count_statuses(assessment.frame, 95)
    assert counts.met + counts.not_met + counts.incomplete == counts.units == 200
    districts = summarise_districts(assessment.frame, 95)
    assert len(districts) == 11
    assert districts[["units", "met", "not_met", "incomplete"]].sum().tolist() == [
        200,
        counts.met,
        counts.not_met,
        counts.incomplete,
    ]


TARGETS = [
    (95, 100, True, 0),
    (94, 100, False, 1),
    (190, 200, True, 0),
    (189, 200, False, 1),
    (18, 19, False, 1),
    (0, 0, False, 0),
]


@pytest.mark.parametrize(("met", "units", "reaches", "short"), TARGETS)
def test_target_is_compared_exactly(met, units, reaches, short):
    counts = Counts(units=units, met=met, not_met=units - met, incomplete=0, target_percent=95)
    assert counts.reaches_target == reaches
    assert counts.short_of_target == short


def test_knocked_out_by_criterion(assessment):
    frame = assessment.frame
    knocked_out = count_knocked_out(assessment)
    for criterion, row in knocked_out.iterrows():
        assert row["units"] == sum(criterion in zeros.split() for zeros in frame["zeros"])
        alone = frame[(frame["zeros"] == criterion) & (frame["total"] >= frame["minimum"]) & (frame["missing"] == 0)]
        assert row["only"] == len(alone)
    assert list(knocked_out["units"]) == sorted(knocked_out["units"], reverse=True)
    failing = list_failing(frame)
    assert len(failing["zero"]) + len(failing["total"]) == (frame["status"] == "not_met").sum()


def test_changes_between_years(demo_store, assessment):
    before = load_assessment(demo_store, 2021).frame
    changes = compare_years(assessment.frame, before)
    assert len(changes) == 200
    gained = changes[changes["kind"] == "gained"]
    assert (gained["status"] == "met").all()
    assert (gained["status_before"] == "not_met").all()
    unknown = changes[changes["kind"] == "unknown"]
    assert unknown["change"].isna().all()
    assert ((unknown["status"] == "incomplete") | (unknown["status_before"] == "incomplete")).all()
    risen = changes[changes["kind"] == "risen"]
    assert (risen["change"] > 0).all()


def test_map_classes_name_every_unit_with_counts(assessment):
    frame = assessment.frame
    choices = [classify_status(frame), classify_total(frame, assessment.standard)]
    choices += [classify_criterion(frame, assessment.standard, one.id) for one in assessment.standard.criteria]
    for classes in choices:
        assert set(classes.labels) <= set(classes.colours)
        for label in classes.colours:
            assert label.endswith(f"({(classes.labels == label).sum()})")
    zeros = classify_criterion(frame, assessment.standard, "tc5").labels
    assert (zeros.str.startswith("0 điểm") == frame["zeros"].str.split().map(lambda one: "tc5" in one)).all()


def test_classes_survive_one_unit_none_and_all_missing(assessment):
    for some in (assessment.frame.head(1), assessment.frame.head(0)):
        assert len(classify_status(some).labels) == len(some)
        assert len(classify_total(some, assessment.standard).labels) == len(some)
        assert len(classify_criterion(some, assessment.standard, "tc1").labels) == len(some)
        assert summarise_districts(some, 95)["units"].sum() == len(some)


def test_preview_stores_nothing_and_equals_what_comes_of_it(demo_store, assessment):
    version = demo_store.version()
    incoming = assessment.observations.head(2).copy()
    incoming["abused"] = incoming["children"]
    after = preview_submission(demo_store, assessment.round, incoming)
    assert demo_store.version() == version
    assert (after.frame.loc[incoming.index, "status"] != "met").all()
    rest = after.frame.drop(index=incoming.index)
    pd.testing.assert_frame_equal(rest, assessment.frame.drop(index=incoming.index))
    assert len(after.demo_units) == 198
    assert find_assessment(demo_store, 1999) is None


def test_table_of_the_command_and_trace(demo_store, assessment):
    table = scores_table(assessment)
    expected = ["code", "name", "district_code", "unit_class", "status", "total"]
    assert list(table.columns[:6]) == expected
    assert list(table.columns[6:19]) == [f"tc{number}" for number in range(1, 14)]
    assert list(table.columns[19:]) == [one.id for one in assessment.standard.indicators]
    trace = explain_unit(demo_store, assessment, "05971")
    assert "so-lieu-minh-hoa-2022.xlsx" in trace.text()


def test_furthest_districts_by_exact_share():
    rows = [("A", 10, 5), ("B", 20, 10), ("C", 21, 11), ("D", 8, 8)]
    frame = pd.DataFrame(
        [
            {"district_code": name, "district": name, "status": "met" if number < met else "not_met"}
            for name, units, met in rows
            for number in range(units)
        ]
    )
    assert list_furthest(summarise_districts(frame, 95)) == ["A", "B"]
    assert list_furthest(summarise_districts(frame[frame["district"] == "D"], 95)) == []
    assert list_furthest(summarise_districts(frame.head(0), 95)) == []


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
