"""The years of a unit and of a district; a rearrangement of units is said."""

from fractions import Fraction

import pandas as pd

from data.store import plan_round
from data.units.lists import load_crosswalk, load_units
from reports.facts.assessment import preview_submission
from reports.facts.history import list_district_years, list_rearranged, list_unit_years
from tests.data.samples import random_values


def test_years_of_a_unit_oldest_first(three_years):
    years = list_unit_years(reversed(three_years), "05992")
    assert list(years.index) == [2020, 2021, 2022]
    assert years.loc[2022, ["status", "total", "minimum", "zeros"]].tolist() == ["not_met", 860, 800, "5"]
    assert not years["rearranged"].any()
    for assessment in three_years:
        unit = assessment.frame.loc["05992"]
        for criterion in assessment.standard.criteria:
            won = years.at[assessment.round.year, criterion.id]
            assert (pd.isna(won) and pd.isna(unit[criterion.id])) or won == unit[criterion.id]


def test_years_of_a_district_oldest_first(three_years):
    years = list_district_years(reversed(three_years), "186")
    assert list(years.index) == [2020, 2021, 2022]
    assert years.at[2022, "share_met"] == Fraction(17, 24)
    assert years["provisional"].all()
    assert years["demo"].all()
    assert list_district_years(three_years, "999").empty


def test_years_across_a_rearrangement_of_units(demo_store, assessment):
    new_units = load_units("2025-07", "20")
    new = preview_submission(demo_store, plan_round(2026), random_values(new_units, 5))
    years = list_unit_years([assessment, new], "05977")
    assert list(years.index) == [2022, 2026]
    assert years["rearranged"].tolist() == [False, True]
    assert list_district_years([assessment, new], "178")["rearranged"].tolist() == [False, True]
    assert list_unit_years([new], "05992").empty


def test_units_are_rearranged_unless_kept_whole_under_their_code():
    codes = list(load_units("2025-07", "20").index)
    steps = load_crosswalk()
    steps = steps[(steps["to_vintage"] == "2025-07") & (steps["relation"] == "kept")]
    kept = set(steps.loc[steps["from_code"] == steps["to_code"], "to_code"])
    assert list_rearranged(codes, "2025-01", "2025-07") == [code for code in codes if code not in kept]
    assert list_rearranged(codes, "2025-07", "2025-07") == []
