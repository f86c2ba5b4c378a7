"""A district beside the others and beside the province, against a recount by hand."""

from fractions import Fraction

import pandas as pd

from reports.facts.districts import compare_with_province, list_district_strengths, rank_districts
from reports.facts.sentences import describe_district_rank
from reports.facts.shares import STRENGTHS_AT_MOST


def test_districts_by_hand(assessment):
    ranked, frame = rank_districts(assessment), assessment.frame
    assert list(ranked.index) == list(frame["district_code"].unique())
    shares = {}
    for code in ranked.index:
        part = frame[frame["district_code"] == code]
        complete = [int(part.at[unit, "total"]) for unit in part.index if part.at[unit, "status"] != "incomplete"]
        shares[code] = Fraction(int((part["status"] == "met").sum()), len(part))
        row = ranked.loc[code]
        assert (row["units"], row["complete"], row["share_met"]) == (len(part), len(complete), shares[code])
        assert row["mean_total"] == Fraction(sum(complete), len(complete))
        assert row["known"] == int(assessment.observations.loc[part.index].notna().sum().sum())
        assert row["expected"] == 41 * len(part)
    for code in ranked.index:
        assert ranked.at[code, "rank"] == 1 + sum(share > shares[code] for share in shares.values())
        assert ranked.at[code, "tied"] == list(shares.values()).count(shares[code])
    tied = ranked[ranked["tied"] == 2]
    assert len(tied) == 2
    assert "Hạng 10 / 11 địa bàn theo tỷ lệ đạt (2 địa bàn đồng hạng)" in describe_district_rank(tied.iloc[0])


def test_district_without_a_complete_unit_has_no_rank(assessment, edges):
    ranked = rank_districts(edges["all missing"])
    assert ranked["rank"].isna().all()
    assert ranked["mean_total"].isna().all()
    assert describe_district_rank(ranked.iloc[0]).startswith("Chưa xếp hạng vì chưa có đơn vị nào đủ số liệu (0/8")
    assert (rank_districts(edges["all equal"])["rank"] == 1).all()


def test_district_beside_the_province(assessment):
    compared, frame = compare_with_province(assessment, "186"), assessment.frame
    part = frame[frame["district_code"] == "186"]
    for criterion in assessment.standard.criteria:
        for column, rows in (("district", part), ("province", frame)):
            known = [int(points) for points in rows[criterion.id] if not pd.isna(points)]
            assert compared.at[criterion.id, column] == Fraction(sum(known), len(known) * criterion.max_points)
    strengths, weaknesses = list_district_strengths(compared)
    assert (strengths["district"] > strengths["province"]).all()
    assert (weaknesses["district"] < weaknesses["province"]).all()
    assert strengths["difference"].is_monotonic_decreasing
    assert weaknesses["difference"].is_monotonic_increasing
    assert len(weaknesses) == STRENGTHS_AT_MOST


def test_nothing_is_strong_or_weak_where_nothing_differs(edges):
    for name, assessed in edges.items():
        compared = compare_with_province(assessed, assessed.units["district_code"].iloc[0])
        assert [len(listed) for listed in list_district_strengths(compared)] == [0, 0], name
