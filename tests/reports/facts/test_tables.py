"""Facts as tables to read."""

from data.store import plan_round
from data.units.lists import load_units
from reports.facts.assessment import preview_submission
from reports.facts.districts import rank_districts
from reports.facts.fragile import list_fragile
from reports.facts.history import list_district_years, list_unit_years
from reports.facts.improvements import list_smallest_plans
from reports.facts.tables import (
    district_table,
    district_years_table,
    focus_table,
    fragile_table,
    heat_table,
    plan_table,
    status_change_table,
    step_table,
    unit_table,
    unit_years_table,
)
from reports.facts.what_if import compare_with_law
from scoring.engine import score
from scoring.gaps import apply_steps
from scoring.words import STATUS_WORDS
from tests.data.samples import random_values


def test_units_with_words_for_codes(assessment):
    frame = assessment.frame.sort_values("total")
    table = unit_table(assessment, frame)
    assert table["Mã"].tolist() == list(frame.index)
    assert table["Kết quả"].tolist() == [STATUS_WORDS[status] for status in frame["status"]]
    assert table[assessment.total_heading].is_monotonic_increasing
    assert table["Tiêu chí 0 điểm"].tolist() == [
        ", ".join(id_.removeprefix("tc") for id_ in zeros) for zeros in frame["zeros"]
    ]
    assert [name for name in table if name.startswith("TC")] == [f"TC{number}" for number in range(1, 14)]
    assert unit_table(assessment, frame.head(0)).empty


def test_heat_table_holds_points(assessment):
    table = heat_table(assessment, assessment.frame)
    assert list(table.index) == list(assessment.frame.index)
    assert table["TC5"].equals(assessment.frame["tc5"].rename("TC5"))
    assert table["Số tiêu chí 0 điểm"].tolist() == [len(zeros) for zeros in assessment.frame["zeros"]]


def test_districts(assessment, edges):
    table = district_table(assessment, rank_districts(assessment))
    assert table["Số đơn vị"].sum() == 200
    assert "Tổng điểm (tạm tính), trung bình" in table.columns
    missing = edges["all missing"]
    assert set(district_table(missing, rank_districts(missing))["Tổng điểm, trung bình"]) == {"Chưa có số liệu"}


def test_years_of_a_unit(three_years, assessment):
    table = unit_years_table(assessment, list_unit_years(three_years, "05992"))
    assert list(table) == ["2020", "2021", "2022"]
    assert table.loc["Kết quả", "2022"] == "Không đạt"
    assert table.loc[assessment.total_heading, "2022"] == "860"
    assert table.loc["TC 5 – Trẻ em bị tai nạn, thương tích", "2022"] == "0"
    assert len(table) == 2 + 13
    lacking = assessment.frame.index[assessment.frame["missing"] > 0][0]
    assert "Chưa có số liệu" in set(unit_years_table(assessment, list_unit_years([assessment], lacking))["2022"])


def test_years_of_another_standard_lack_its_criteria(assessment):
    years = list_unit_years([assessment], "05992").drop(columns="tc13")
    assert unit_years_table(assessment, years)["2022"].iloc[-1] == "Chưa có số liệu"


def test_years_of_a_district(three_years, demo_store, assessment):
    table = district_years_table(list_district_years(three_years, "186"))
    assert table["Đạt"].iloc[-1] == "17/24 đơn vị"
    assert set(table["Lưu ý"]) == {"tạm tính; Số liệu minh họa"}
    new = preview_submission(demo_store, plan_round(2026), random_values(load_units("2025-07", "20"), 5))
    table = district_years_table(list_district_years([assessment, new], "178"))
    assert "đã sắp xếp lại" in table["Lưu ý"].iloc[-1]


def test_table_of_one_case(assessment):
    table = fragile_table(list_fragile(assessment, "05971"))
    abused = table[table["Chỉ tiêu"].str.startswith("3. ")].iloc[0]
    assert abused.tolist()[1:] == ["0/1.423", "thêm 1 trường hợp", "100 → 0", "Đạt → Không đạt"]
    assert len(fragile_table(list_fragile(assessment, "05971").iloc[:0])) == 0


def test_carrying_out_the_first_rows_recognises_exactly_so_many_more(assessment, plans):
    table = plan_table(assessment, plans)
    changed = assessment.observations
    for code in table.index[:10]:
        changed = apply_steps(changed, code, plans[code].steps)
    before = (assessment.frame["status"] == "met").sum()
    after = (score(changed, assessment.standard, assessment.units).status == "met").sum()
    assert after - before == table["running"].iloc[9] == 10


def test_smallest_come_first_by_either_measure(assessment, plans):
    table = plan_table(assessment, plans)
    sizes = list(zip(table["steps"], table["cases"], strict=True))
    assert sizes == sorted(sizes)
    by_cases = plan_table(assessment, list_smallest_plans(assessment, assessment.frame.index, "cases"))
    cases = list(zip(by_cases["cases"], by_cases["steps"], strict=True))
    assert cases == sorted(cases)


def test_action_list_has_a_row_a_step(assessment, plans):
    table = step_table(assessment, plans)
    assert len(table) == sum(len(plan.steps) for plan in plans.values())
    assert not table.duplicated(["code", "indicator"]).any()
    assert table["step"].str.len().max() <= 300


def test_focus_counts_what_the_engine_counts(assessment):
    codes = assessment.frame.index[assessment.frame["district_code"] == "178"]
    table = focus_table(assessment, codes)
    best = table[table["size"] == 1].iloc[0]
    id_ = best["indicators"].split()[0]
    indicator = next(indicator for indicator in assessment.standard.indicators if indicator.id == id_)
    ideal = assessment.observations.copy()
    perfect = ideal[indicator.denominator] if indicator.higher_is_better and indicator.denominator else 0
    ideal[indicator.numerator] = perfect if indicator.kind != "answer" else 1
    known = assessment.observations[indicator.numerator].notna()
    ideal[indicator.numerator] = ideal[indicator.numerator].where(known)
    after = score(ideal, assessment.standard, assessment.units.loc[codes]).status
    before = assessment.frame.loc[codes, "status"]
    assert best["units"] == ((after == "met") & (before == "not_met").to_numpy()).sum()


def test_no_unit_changes_by_the_law_itself(assessment):
    assert status_change_table(compare_with_law(assessment, assessment), "Huyện").empty
