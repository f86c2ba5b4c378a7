"""Profiles against a recount by hand: ranks, places, strengths, one case more or fewer, districts, years, charts."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from statistics import median

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from data.store import plan_round
from data.units.lists import load_units
from reports.charts.picture import caption_of, render_picture
from reports.charts.profiles import draw_places, draw_strip, draw_years
from reports.facts.assessment import Assessment, assessed_units, load_assessment, preview_submission
from reports.facts.districts import (
    compare_district,
    describe_district_rank,
    district_table,
    district_years_table,
    list_district_strengths,
    list_district_years,
    rank_districts,
)
from reports.facts.likeness import (
    compare_unit,
    describe_rank,
    fragile_table,
    get_median_total,
    list_fragile,
    list_strengths,
    list_unit_years,
    rank_units,
)
from reports.facts.shares import STRENGTHS_AT_MOST
from scoring.engine import score
from tests.data.samples import STANDARD, UNITS, random_values
from tests.scoring.oracle import score_unit

MANY = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SEEDS = some.integers(0, 10_000)


@pytest.fixture(scope="module")
def assessment(demo_store):
    return load_assessment(demo_store, 2022)


@pytest.fixture(scope="module")
def assess(demo_store):
    """An assessment of any figures of Lạng Sơn's units."""
    planned = plan_round(2023, vintage="2020")
    units = assessed_units(demo_store, planned)
    return lambda values: Assessment(
        planned, STANDARD, units, values, score(values, STANDARD, units), demo_units=frozenset()
    )


@pytest.fixture(scope="module")
def edges(assess, assessment):
    """Provinces where charts and ranks have failed before."""
    same = random_values(UNITS.head(1), 3)
    equal = pd.concat([same] * len(UNITS)).set_axis(UNITS.index)
    return {
        "one unit": assessment.restrict(["05971"]),
        "all missing": assess(random_values(UNITS, 1).iloc[:0]),
        "all equal": assess(equal),
    }


def list_like(assessment, code: str) -> list[str]:
    alike = dict(
        zip(
            assessment.units.index,
            zip(assessment.units["unit_class"], assessment.units["mountainous"], strict=True),
            strict=True,
        )
    )
    return [one for one in alike if alike[one] == alike[code]]


def complete_units(assessment) -> list[str]:
    statuses = assessment.frame["status"].to_dict()
    return [code for code, status in statuses.items() if status != "incomplete"]


def check_ranks(assessment) -> None:
    ranked, complete = rank_units(assessment).to_dict("index"), set(complete_units(assessment))
    totals = {code: int(total) for code, total in assessment.frame["total"].items()}
    for code, row in ranked.items():
        group = list_like(assessment, code)
        known = [totals[one] for one in group if one in complete]
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
    ranked = [one for one in others if not pd.isna(before.at[one, "rank"])]
    order = [frame.loc[ranked].groupby("group")["rank"].rank("dense") for frame in (before, after)]
    pd.testing.assert_series_equal(*order)


def test_groups_of_the_same_name_are_told_apart_by_their_minimum(assessment):
    units = assessment.units.copy()
    wards = units.index[units["unit_type"] == "phuong"]
    units.loc[wards[0], "unit_class"] = "central_city_ward"
    units.loc[wards[1], "mountainous"] = False
    groups = rank_units(replace(assessment, units=units).restrict(units.index))["group"]
    assert groups[wards[0]] == "phường miền núi (tối thiểu 900 điểm)"
    assert groups[wards[1]] == "phường không thuộc miền núi"
    assert groups[wards[2]] == "phường miền núi (tối thiểu 850 điểm)"
    assert groups["05992"] == "xã, thị trấn miền núi"


@pytest.mark.parametrize("code", ["05971", "05992", "06388"])
def test_places_by_hand(assessment, code):
    compared, frame = compare_unit(assessment, code), assessment.frame
    like = list_like(assessment, code)
    district = frame.index[frame["district_code"] == frame.at[code, "district_code"]]
    for criterion in assessment.standard.criteria:
        row = compared.loc[criterion.id]

        def shares(codes, criterion=criterion):
            points = [frame.at[one, criterion.id] for one in codes]
            return [Fraction(int(one), criterion.max_points) for one in points if not pd.isna(one)]

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
        own = frame.at[code, indicator.id]
        others = [frame.at[one, indicator.id] for one in like if one != code]
        others = [int(one) for one in others if not pd.isna(one)]
        if pd.isna(own) or not others:
            continue
        middle = median([Fraction(one) for one in [*others, int(own)]])
        worse, better = sum(one < own for one in others), sum(one > own for one in others)
        if own > middle or (own == middle and worse and not better) or own < middle:
            balances[indicator.id] = Fraction(worse - better, len(others))
    strong = [one for one in sorted(balances, key=lambda id_: -balances[id_]) if balances[one] > 0]
    weak = [one for one in sorted(balances, key=lambda id_: balances[id_]) if balances[one] < 0]
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
        code = assessed.units.index[0]
        assert [len(one) for one in list_strengths(assessed, code)] == [0, 0], name
        check_ranks(assessed)
        district = compare_district(assessed, assessed.units.at[code, "district_code"])
        assert [len(one) for one in list_district_strengths(district)] == [0, 0], name
    ranked = {name: rank_units(assessed).iloc[0] for name, assessed in edges.items()}
    assert "đơn vị duy nhất" in describe_rank(ranked["one unit"])
    assert "còn 26 chỉ tiêu chưa có số liệu" in describe_rank(ranked["all missing"])
    assert describe_rank(ranked["all equal"]).startswith("Hạng 1 / 5 phường miền núi đủ số liệu (5 đơn vị đồng hạng)")


@MANY
@given(seed=SEEDS, row=some.integers(0, 199))
def test_one_case_by_hand(assess, seed, row):
    code = UNITS.index[row]
    assessed = assess(random_values(UNITS, seed, 0.02))
    standard, unit = assessed.standard, assessed.units.loc[code]
    listed = list_fragile(assessed, code)
    found = {
        (one.indicator, one.change): (one.points, one.points_after, one.status_after) for one in listed.itertuples()
    }
    expected = {}
    known = assessed.observations.loc[code].dropna().astype(int).to_dict()
    before = score_unit(known, standard, unit["unit_class"], unit["mountainous"])
    for indicator in standard.indicators:
        if indicator.kind == "answer" or not set(indicator.inputs) <= set(known):
            continue
        for change in (1, -1):
            values = known | {indicator.numerator: known[indicator.numerator] + change}
            whole = standard.inputs[indicator.numerator].part_of
            if values[indicator.numerator] < 0 or values[indicator.numerator] > values.get(whole, 10**9):
                continue
            after = score_unit(values, standard, unit["unit_class"], unit["mountainous"])
            points = before["indicators"][indicator.id], after["indicators"][indicator.id]
            if points[0] != points[1]:
                expected[indicator.id, change] = (*points, after["status"])
    assert found == expected


def test_table_of_one_case(assessment):
    table = fragile_table(list_fragile(assessment, "05971"))
    abused = table[table["Chỉ tiêu"].str.startswith("3. ")].iloc[0]
    assert abused.tolist()[1:] == ["0/1.423", "thêm 1 trường hợp", "100 → 0", "Đạt → Không đạt"]
    assert len(fragile_table(list_fragile(assessment, "05971").iloc[:0])) == 0


def test_districts_by_hand(assessment):
    ranked, frame = rank_districts(assessment), assessment.frame
    assert list(ranked.index) == list(frame["district_code"].unique())
    shares = {}
    for code in ranked.index:
        part = frame[frame["district_code"] == code]
        complete = [int(part.at[one, "total"]) for one in part.index if part.at[one, "status"] != "incomplete"]
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
    table = district_table(assessment, ranked)
    assert table["Số đơn vị"].sum() == 200
    assert "Tổng điểm (tạm tính), trung bình" in table.columns


def test_district_without_a_complete_unit_has_no_rank(assessment, edges):
    ranked = rank_districts(edges["all missing"])
    assert ranked["rank"].isna().all()
    assert ranked["mean_total"].isna().all()
    assert describe_district_rank(ranked.iloc[0]).startswith("Chưa xếp hạng vì chưa có đơn vị nào đủ số liệu (0/8")
    assert set(district_table(edges["all missing"], ranked)["Tổng điểm, trung bình"]) == {"Chưa có số liệu"}
    assert get_median_total(edges["all missing"]) is None
    assert (rank_districts(edges["all equal"])["rank"] == 1).all()


def test_district_beside_the_province(assessment):
    compared, frame = compare_district(assessment, "186"), assessment.frame
    part = frame[frame["district_code"] == "186"]
    for criterion in assessment.standard.criteria:
        for column, rows in (("district", part), ("province", frame)):
            known = [int(one) for one in rows[criterion.id] if not pd.isna(one)]
            assert compared.at[criterion.id, column] == Fraction(sum(known), len(known) * criterion.max_points)
    strengths, weaknesses = list_district_strengths(compared)
    assert (strengths["district"] > strengths["province"]).all()
    assert (weaknesses["district"] < weaknesses["province"]).all()
    assert strengths["difference"].is_monotonic_decreasing
    assert weaknesses["difference"].is_monotonic_increasing
    assert len(weaknesses) == STRENGTHS_AT_MOST


def test_median_total_by_hand(assessment):
    totals = [int(assessment.frame.at[code, "total"]) for code in complete_units(assessment)]
    assert get_median_total(assessment) == median([Fraction(one) for one in totals])


def test_years_of_a_unit_and_of_a_district(demo_store):
    assessments = [load_assessment(demo_store, year) for year in (2022, 2020, 2021)]
    years = list_unit_years(assessments, "05992")
    assert list(years.index) == [2020, 2021, 2022]
    assert years.loc[2022, ["status", "total", "minimum", "zeros"]].tolist() == ["not_met", 860, 800, "5"]
    assert not years["rearranged"].any()
    of_district = list_district_years(assessments, "186")
    assert list(of_district.index) == [2020, 2021, 2022]
    assert of_district.at[2022, "share_met"] == Fraction(17, 24)
    table = district_years_table(of_district)
    assert table["Đạt"].iloc[-1] == "17/24 đơn vị"
    assert set(table["Lưu ý"]) == {"tạm tính; Số liệu minh họa"}


def test_years_across_a_rearrangement_of_units(demo_store, assessment):
    new_units = load_units("2025-07", "20")
    new = preview_submission(demo_store, plan_round(2026), random_values(new_units, 5))
    years = list_unit_years([assessment, new], "05977")
    assert list(years.index) == [2022, 2026]
    assert years["rearranged"].tolist() == [False, True]
    of_district = list_district_years([assessment, new], "178")
    assert of_district["rearranged"].tolist() == [False, True]
    assert "đã sắp xếp lại" in district_years_table(of_district)["Lưu ý"].iloc[-1]
    assert list_unit_years([new], "05992").empty


def picture(chart, assessment) -> str:
    caption = caption_of(assessment, "Hồ sơ", date(2022, 12, 1))
    return render_picture(chart.to_dict(), caption, "svg", width=600).decode()


def marks(svg: str, kind: str) -> int:
    return svg.count(f'aria-roledescription="{kind}"')


SERIES = {"unit": "Xã A", "like": "Mức giữa của nhóm", "district": "Huyện B", "province": "Toàn tỉnh"}


@pytest.mark.parametrize("large", [False, True])
def test_charts_of_the_demo_province(assessment, demo_store, large):
    places = picture(draw_places(compare_unit(assessment, "06388"), SERIES, large), assessment)
    assert marks(places, "point") == 4 * 13 - 4
    assert places.count("Chưa có số liệu</text>") == 4
    assert all(f">{name}</text>" in places for name in SERIES.values())
    years = list_unit_years([load_assessment(demo_store, year) for year in (2020, 2021, 2022)], "05992")
    bars = picture(draw_years(years, assessment.total_heading, 1000, large), assessment)
    assert marks(bars, "bar") == 3
    assert marks(bars, "point") == 1  # the cross above the year with a zero
    assert "0 điểm: TC 5" in bars
    part = assessment.frame[assessment.frame["district_code"] == "178"]
    strip = picture(draw_strip(part, assessment.total_heading, 1000, get_median_total(assessment), large), assessment)
    assert marks(strip, "point") == len(part)
    assert all(line in strip for line in ("Tối thiểu 800", "Tối thiểu 850", "Đơn vị giữa của tỉnh: 945"))


@pytest.mark.parametrize("edge", ["one unit", "all missing", "all equal"])
def test_charts_survive_odd_provinces(edges, edge):
    assessed = edges[edge]
    code = assessed.units.index[0]
    places = picture(draw_places(compare_unit(assessed, code), SERIES), assessed)
    assert marks(places, "point") == (0 if edge == "all missing" else 4 * 13)
    years = list_unit_years([assessed], code)
    assert marks(picture(draw_years(years, assessed.total_heading, 1000), assessed), "bar") == 1
    for frame in (assessed.frame, assessed.frame.head(0)):
        strip = picture(draw_strip(frame, assessed.total_heading, 1000, get_median_total(assessed)), assessed)
        assert marks(strip, "point") == len(frame)
    assert picture(draw_years(years.head(0), assessed.total_heading, 1000), assessed)
