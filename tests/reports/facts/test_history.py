"""The years of a unit and of a district; a rearrangement of units is said."""

from fractions import Fraction

import pandas as pd

from data.store import plan_round
from data.units.lists import load_crosswalk, load_units
from reports.facts.assessment import preview_submission
from reports.facts.history import list_district_years, list_rearranged, list_unit_years
from tests.data.samples import random_values
from tests.reports.telling import find_knocked_out


def test_years_of_a_unit_oldest_first(three_years):
    code = find_knocked_out(three_years)
    years, unit = list_unit_years(reversed(three_years), code), three_years[-1].frame.loc[code]
    assert list(years.index) == [2020, 2021, 2022]
    number = three_years[-1].standard.get_criterion(unit["zeros"][0]).number
    expected = ["not_met", unit["total"], unit["minimum"], str(number)]
    assert years.loc[2022, ["status", "total", "minimum", "zeros"]].tolist() == expected
    assert not years["rearranged"].any()
    for assessment in three_years:
        unit = assessment.frame.loc[code]
        for criterion in assessment.standard.criteria:
            won = years.at[assessment.round.year, criterion.id]
            assert (pd.isna(won) and pd.isna(unit[criterion.id])) or won == unit[criterion.id]


def test_years_of_a_district_oldest_first(three_years):
    years = list_district_years(reversed(three_years), "186")
    assert list(years.index) == [2020, 2021, 2022]
    part = three_years[-1].restrict_to_district("186").frame
    assert years.at[2022, "share_met"] == Fraction(int((part["status"] == "met").sum()), len(part))
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
