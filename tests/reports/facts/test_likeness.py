"""A unit among units like it, against a recount by hand."""

from dataclasses import replace
from fractions import Fraction
from statistics import median

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from reports.facts.likeness import compare_with_like, get_median_total, list_strengths, rank_units
from reports.facts.sentences import describe_rank
from reports.facts.shares import STRENGTHS_AT_MOST
from scoring.engine import score
from tests.data.samples import UNITS, random_values
from tests.reports.facts.recount import MANY, SEEDS, complete_units, list_like


def check_ranks(assessment) -> None:
    ranked, complete = rank_units(assessment).to_dict("index"), set(complete_units(assessment))
    totals = {code: int(total) for code, total in assessment.frame["total"].items()}
    for code, row in ranked.items():
        group = list_like(assessment, code)
        known = [totals[unit] for unit in group if unit in complete]
        assert (row["size"], row["complete"]) == (len(group), len(known))
        if code in complete:
            assert row["rank"] == 1 + sum(total > totals[code] for total in known)
            assert row["tied"] == known.count(totals[code])
        else:
            assert pd.isna(row["rank"])
            assert row["tied"] == 0


def test_ranks_of_the_demo_province(assessment):
    check_ranks(assessment)
    ranked = rank_units(assessment)
    assert set(ranked["group"]) == {"phường miền núi", "xã, thị trấn miền núi"}
    assert describe_rank(ranked.loc["05971"]) == "Hạng 1 / 5 phường miền núi đủ số liệu."
    incomplete = ranked[ranked["rank"].isna()].iloc[0]
    assert "Chưa xếp hạng vì còn 4 chỉ tiêu chưa có số liệu" in describe_rank(incomplete)
    assert "192/195 đơn vị đủ số liệu" in describe_rank(incomplete)
    tied = ranked[(ranked["tied"] > 1) & (ranked["complete"] < ranked["size"])].iloc[0]
    words = describe_rank(tied)
    assert f"Hạng {tied['rank']} / 192 xã, thị trấn miền núi" in words
    assert f"({tied['tied']} đơn vị đồng hạng), 3 đơn vị chưa đủ" in words


@MANY
@given(seed=SEEDS, missing=some.sampled_from([0, 0.005, 0.05]))
def test_ranks_by_hand_and_whatever_the_order_of_rows(assess, seed, missing):
    assessed = assess(random_values(UNITS, seed, missing)).restrict(UNITS.sample(40, random_state=seed).index)
    check_ranks(assessed)
    shuffled = assessed.restrict(assessed.units.sample(frac=1, random_state=seed).index)
    pd.testing.assert_frame_equal(rank_units(shuffled).loc[assessed.units.index], rank_units(assessed))


@MANY
@given(seed=SEEDS, row=some.integers(0, 199), input_id=some.sampled_from(["officer", "abused", "villages"]))
def test_one_units_gap_takes_it_out_and_brings_no_other_in(assess, seed, row, input_id):
    values = random_values(UNITS, seed, 0.003)
    before = rank_units(assess(values))
    code = UNITS.index[row]
    values.loc[code, input_id] = pd.NA
    after = rank_units(assess(values))
    assert pd.isna(after.at[code, "rank"])
    others = before.index[before.index != code]
    assert (after.loc[others, "rank"].isna() == before.loc[others, "rank"].isna()).all()
    ranked = [unit for unit in others if not pd.isna(before.at[unit, "rank"])]
    order = [frame.loc[ranked].groupby("group")["rank"].rank("dense") for frame in (before, after)]
    pd.testing.assert_series_equal(*order)


def test_groups_of_the_same_name_are_told_apart_by_their_minimum(assessment):
    units = assessment.units.copy()
    wards = units.index[units["unit_type"] == "phuong"]
    units.loc[wards[0], "unit_class"] = "central_city_ward"
    units.loc[wards[1], "mountainous"] = False
    scores = score(assessment.observations, assessment.standard, units)
    groups = rank_units(replace(assessment, units=units, scores=scores))["group"]
    assert groups[wards[0]] == "phường miền núi (tối thiểu 900 điểm)"
    assert groups[wards[1]] == "phường không thuộc miền núi"
    assert groups[wards[2]] == "phường miền núi (tối thiểu 850 điểm)"
    assert groups["05992"] == "xã, thị trấn miền núi"


@pytest.mark.parametrize("code", ["05971", "05992", "06388"])
def test_places_by_hand(assessment, code):
    compared, frame = compare_with_like(assessment, code), assessment.frame
    like = list_like(assessment, code)
    district = frame.index[frame["district_code"] == frame.at[code, "district_code"]]
    for criterion in assessment.standard.criteria:
        row = compared.loc[criterion.id]

        def shares(codes, criterion=criterion):
            points = [frame.at[unit, criterion.id] for unit in codes]
            return [Fraction(int(won), criterion.max_points) for won in points if not pd.isna(won)]

        assert [row["unit"]] == (shares([code]) or [None])
        assert row["like"] == median(shares(like))
        assert row["like_units"] == len(shares(like))
        for column, codes in (("district", district), ("province", frame.index)):
            assert row[column] == sum(shares(codes)) / len(shares(codes))


def check_strengths(assessment, code: str) -> None:
    frame = assessment.frame
    like = list_like(assessment, code)
    balances = {}
    for indicator in assessment.standard.indicators:
        points_of_unit = frame.at[code, indicator.id]
        others = [frame.at[unit, indicator.id] for unit in like if unit != code]
        others = [int(points) for points in others if not pd.isna(points)]
        if pd.isna(points_of_unit) or not others:
            continue
        middle = median([Fraction(points) for points in [*others, int(points_of_unit)]])
        worse, better = (
            sum(points < points_of_unit for points in others),
            sum(points > points_of_unit for points in others),
        )
        if points_of_unit > middle or (points_of_unit == middle and worse and not better) or points_of_unit < middle:
            balances[indicator.id] = Fraction(worse - better, len(others))
    ordered = sorted(balances, key=balances.__getitem__)
    strong = [id_ for id_ in sorted(balances, key=lambda id_: -balances[id_]) if balances[id_] > 0]
    weak = [id_ for id_ in ordered if balances[id_] < 0]
    strengths, weaknesses = list_strengths(assessment, code)
    assert list(strengths.index) == strong[:STRENGTHS_AT_MOST]
    assert list(weaknesses.index) == weak[:STRENGTHS_AT_MOST]
    assert (weaknesses["points"] < weaknesses["median"]).all()
    assert (strengths["points"] >= strengths["median"]).all()


def test_strengths_of_every_tenth_unit_by_hand(assessment):
    for code in assessment.frame.index[::10]:
        check_strengths(assessment, code)
    check_strengths(assessment, "06388")  # lacks figures


def test_nothing_is_strong_or_weak_where_nothing_differs(edges):
    for name, assessed in edges.items():
        assert [len(listed) for listed in list_strengths(assessed, assessed.units.index[0])] == [0, 0], name
        check_ranks(assessed)
    ranked = {name: rank_units(assessed).iloc[0] for name, assessed in edges.items()}
    assert "đơn vị duy nhất" in describe_rank(ranked["one unit"])
    assert "còn 26 chỉ tiêu chưa có số liệu" in describe_rank(ranked["all missing"])
    assert describe_rank(ranked["all equal"]).startswith("Hạng 1 / 5 phường miền núi đủ số liệu (5 đơn vị đồng hạng)")


def test_median_total_by_hand(assessment):
    totals = [int(assessment.frame.at[code, "total"]) for code in complete_units(assessment)]
    assert get_median_total(assessment) == median([Fraction(total) for total in totals])


def test_no_median_without_a_complete_unit(edges):
    assert get_median_total(edges["all missing"]) is None
