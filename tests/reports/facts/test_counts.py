"""Counts by status, district and criterion, against a recount by hand."""

from fractions import Fraction

import pandas as pd
import pytest

from reports.facts.counts import (
    Counts,
    count_by_criterion,
    count_can_still_meet,
    count_knocked_out,
    count_statuses,
    count_units,
    list_close,
    list_failing,
    list_furthest,
    order_districts,
    share_points,
    summarise_districts,
)
from scoring.scores import STATUSES
from tests.reports.provinces import allow_zeros

TARGETS = [
    (95, 100, True, 0),
    (94, 100, False, 1),
    (190, 200, True, 0),
    (189, 200, False, 1),
    (18, 19, False, 1),
    (0, 0, False, 0),
]


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


@pytest.mark.parametrize(("met", "units", "reaches", "short"), TARGETS)
def test_target_is_compared_exactly(met, units, reaches, short):
    counts = Counts(units=units, met=met, not_met=units - met, incomplete=0, target_percent=95)
    assert counts.reaches_target == reaches
    assert counts.short_of_target == short


def test_counts_are_read_by_status(assessment):
    counts = count_units(assessment)
    assert counts == count_statuses(assessment.frame, assessment.round.target_percent)
    assert [counts[status] for status in STATUSES] == [counts.met, counts.not_met, counts.incomplete]
    with pytest.raises(KeyError):
        counts["units"]


def test_knocked_out_by_criterion(assessment):
    frame = assessment.frame
    knocked_out = count_knocked_out(assessment)
    for criterion, row in knocked_out.iterrows():
        assert row["units"] == sum(criterion in zeros for zeros in frame["zeros"])
        only = frame["zeros"].map(lambda zeros, id_=criterion: zeros == (id_,))
        alone = frame[only & (frame["total"] >= frame["minimum"]) & (frame["missing"] == 0)]
        assert row["only"] == len(alone)
    assert list(knocked_out["units"]) == sorted(knocked_out["units"], reverse=True)
    failing = list_failing(frame)
    assert len(failing["zero"]) + len(failing["total"]) == (frame["status"] == "not_met").sum()


def test_close_units_lack_one_thing(assessment):
    frame = assessment.frame
    close = list_close(frame)
    assert close["total"]["short"].is_monotonic_increasing
    assert (close["total"]["short"] > 0).all()
    assert not close["total"]["zeros"].map(bool).any()
    assert close["zero"]["total"].is_monotonic_decreasing
    assert set(close["zero"]["zeros"].map(len)) == {1}
    assert (close["zero"]["total"] >= close["zero"]["minimum"]).all()
    one = frame[(frame["status"] == "not_met") & (frame["zeros"].map(len) == 1)]
    assert len(close["zero"]) == (one["total"] >= one["minimum"]).sum()


def test_units_that_can_still_meet(assessment):
    lacking = assessment.frame[assessment.frame["status"] == "incomplete"]
    hopeful = [unit for _, unit in lacking.iterrows() if not unit["zeros"] and unit["ceiling"] >= unit["minimum"]]
    assert count_can_still_meet(assessment.frame) == len(hopeful)
    assert count_can_still_meet(assessment.frame.iloc[:0]) == 0


def test_zeros_and_gaps_by_criterion(assessment):
    counts = count_by_criterion(assessment.frame, assessment.standard)
    assert list(counts.index) == [criterion.id for criterion in assessment.standard.criteria]
    for criterion_id, row in counts.iterrows():
        points = list(assessment.frame[criterion_id])
        assert row["missing"] == sum(pd.isna(won) for won in points)
        assert row["zeros"] == sum(not pd.isna(won) and won == 0 for won in points)
    most_first = count_by_criterion(assessment.frame, assessment.standard, by="zeros")
    assert most_first["zeros"].is_monotonic_decreasing
    assert sorted(most_first.index) == sorted(counts.index)


def test_points_won_of_possible(assessment, edges):
    shares = share_points(assessment)
    listed = [Fraction(row.points, row.possible) for row in shares.itertuples()]
    assert listed == sorted(listed)
    for criterion in assessment.standard.criteria:
        known = [int(won) for won in assessment.frame[criterion.id] if not pd.isna(won)]
        assert shares.at[criterion.id, "points"] == sum(known)
        assert shares.at[criterion.id, "possible"] == len(known) * criterion.max_points
    assert (share_points(edges["all missing"])["known"] == 0).all()


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


def test_furthest_district_is_first_in_order(assessment):
    ordered = order_districts(summarise_districts(assessment.frame, 95))
    assert ordered["share_met"].is_monotonic_increasing
    assert ordered["district"].iloc[0] in list_furthest(ordered)
    assert summarise_districts(assessment.frame.head(0), 95).empty


def test_equal_shares_stay_in_administrative_order():
    districts = pd.DataFrame({"met": [1, 2, 1, 0], "units": [2, 4, 3, 5]}, index=list("dcba"))
    assert list(order_districts(districts).index) == ["a", "b", "d", "c"]


def test_failing_units_are_parted_by_what_decided(assessment):
    failing = list_failing(assessment.frame)
    assert failing["zero"]["zeros"].map(bool).all()
    assert (failing["total"]["total"] < failing["total"]["minimum"]).all()


def test_nothing_is_knocked_out_by_a_standard_that_allows_zeros(assessment):
    allowed = allow_zeros(assessment)
    frame = allowed.frame
    assert frame["zeros"].tolist() == assessment.frame["zeros"].tolist()
    failing = list_failing(frame)
    assert failing["zero"].empty
    assert len(failing["total"]) == (frame["status"] == "not_met").sum() > 0
    assert count_knocked_out(allowed).empty
    assert list_close(frame)["zero"].empty
    assert count_units(allowed).met > count_units(assessment).met
