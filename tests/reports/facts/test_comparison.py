"""Two years are joined by one function, and only where a code means the same unit and a point the same measure."""

from dataclasses import replace

import pandas as pd
import pytest

from data.units.lists import load_crosswalk
from reports.facts.comparison import compare, compare_criteria, compare_unit, count_kinds, list_most_changed
from reports.facts.counts import STATUSES
from reports.facts.sentences import DIFFERENCE_WORDS, describe_obstacle
from scoring.engine import score
from tests.reports.provinces import make_years_apart


def test_years_in_either_order_compare_the_same(assessment, before):
    comparison, turned = compare(assessment, before), compare(before, assessment)
    assert comparison.before is turned.before is before
    assert comparison.years == (2021, 2022)
    assert comparison.obstacle is None
    assert describe_obstacle(comparison) == ""
    pd.testing.assert_frame_equal(comparison.units, turned.units)


def test_codes_of_two_unit_lists_are_not_joined_although_65_are_equal():
    before, now = make_years_apart()
    equal = before.units.index.intersection(now.units.index)
    steps = load_crosswalk()
    steps = steps[(steps["from_vintage"] == "2025-01") & (steps["to_vintage"] == "2025-07")]
    same = steps[(steps["relation"] == "kept") & (steps["from_code"] == steps["to_code"])]
    assert len(equal) == 65
    assert not equal.isin(same["to_code"]).any()
    comparison = compare(before, now)
    assert comparison.obstacle == "units"
    assert comparison.units.empty
    assert comparison.count_changes is None
    assert set(count_kinds(comparison.units).values()) == {0}
    assert [counts.met for counts in comparison.counts] == [0, 65]
    with pytest.raises(KeyError):
        compare_unit(comparison, equal[0])
    assert compare_criteria(comparison)["units"].sum() == 0


def test_other_standards_and_other_areas_are_not_joined(assessment, before):
    other = replace(before, standard=before.standard.model_copy(update={"id": "khac", "title": "Bộ khác"}))
    comparison = compare(other, assessment)
    assert (comparison.obstacle, len(comparison.units)) == ("standard", 0)
    assert "Bộ khác" in describe_obstacle(comparison)
    elsewhere = replace(before, round=replace(before.round, key=replace(before.round.key, area="01")))
    comparison = compare(elsewhere, assessment)
    assert (comparison.obstacle, len(comparison.units)) == ("area", 0)


def test_every_obstacle_has_its_words(assessment, before):
    comparison = compare(before, assessment)
    for obstacle in DIFFERENCE_WORDS:
        assert describe_obstacle(replace(comparison, obstacle=obstacle)).startswith("Không so sánh từng đơn vị: ")


def test_a_standard_without_a_criterion_of_the_other_is_no_error(assessment, before):
    fewer = before.standard.model_copy(update={"id": "khac", "criteria": before.standard.criteria[1:]})
    earlier = replace(before, standard=fewer, scores=score(before.observations, fewer, before.units))
    assert "tc1" not in earlier.frame
    assert compare_criteria(compare(earlier, assessment))["units"].sum() == 0


def test_changes_between_years(assessment, before):
    changes = compare(before, assessment).units
    assert len(changes) == 200
    gained = changes[changes["kind"] == "gained"]
    assert (gained["status"] == "met").all()
    assert (gained["status_before"] == "not_met").all()
    unknown = changes[changes["kind"] == "unknown"]
    assert unknown["change"].isna().all()
    assert ((unknown["status"] == "incomplete") | (unknown["status_before"] == "incomplete")).all()
    risen = changes[changes["kind"] == "risen"]
    assert (risen["change"] > 0).all()
    assert sum(count_kinds(changes).values()) == 200


def test_changes_of_counts_are_those_of_the_units_in_both_years(assessment, before):
    comparison = compare(before, assessment)
    then, now = comparison.counts
    assert comparison.count_changes == {status: getattr(now, status) - getattr(then, status) for status in STATUSES}
    part = compare(before, assessment.restrict(assessment.units.index[:30]))
    assert sum((part.count_changes or {}).values()) == 0
    assert len(part.units) == 30


def test_changes_by_criterion_agree_with_a_recount(assessment, before):
    changes = compare_criteria(compare(before, assessment))
    for criterion_id, row in changes.iterrows():
        pairs = [
            (now, then)
            for now, then in zip(assessment.frame[criterion_id], before.frame[criterion_id], strict=True)
            if not pd.isna(now) and not pd.isna(then)
        ]
        assert row["units"] == len(pairs)
        assert row["risen"] == sum(now > then for now, then in pairs)
        assert row["fallen"] == sum(now < then for now, then in pairs)
        assert row["new_zeros"] == sum(now == 0 < then for now, then in pairs)
        assert row["cleared_zeros"] == sum(then == 0 < now for now, then in pairs)
        assert row["change"] == sum(now - then for now, then in pairs)
    moved = changes["risen"] + changes["fallen"]
    most = list_most_changed(changes, most=3)
    assert len(most) == 3
    assert moved[most.index].min() >= moved.drop(most.index).max()


def test_changes_by_criterion_of_some_units(assessment, before):
    comparison = compare(before, assessment)
    codes = list(assessment.units.index[:9])
    assert compare_criteria(comparison, [*codes, "99999"])["units"].max() <= 9
    part = compare_criteria(compare(before, assessment.restrict(codes)))
    pd.testing.assert_frame_equal(compare_criteria(comparison, codes), part)


def test_greatest_change_of_a_unit_first_and_missing_last(assessment, before):
    code = assessment.frame.index[(assessment.frame["missing"] > 0)][0]
    table = compare_unit(compare(before, assessment), code)
    known = table["change"].dropna().abs()
    assert known.is_monotonic_decreasing
    assert table["change"].tail(table["change"].isna().sum()).isna().all()
    assert len(table) == 13
