"""What is missing, in words and tables, compared with the engine."""

import pandas as pd
import pytest

from reports.facts.assessment import load_assessment
from reports.facts.improvements import (
    describe_shortly,
    describe_step,
    focus_table,
    list_conditions,
    list_smallest_plans,
    plan_table,
    step_table,
)
from scoring.engine import score
from scoring.gaps import Step, apply_steps, is_enough


@pytest.fixture(scope="module")
def assessment(demo_store):
    return load_assessment(demo_store, 2022)


@pytest.fixture(scope="module")
def plans(assessment):
    return list_smallest_plans(assessment, assessment.frame.index)


def test_every_complete_failing_unit_has_a_plan_that_the_engine_accepts(assessment, plans):
    failing = assessment.frame.index[assessment.frame["status"] == "not_met"]
    assert set(plans) == set(failing)
    for code, plan in plans.items():
        assert is_enough(code, plan.steps, assessment.standard, assessment.observations, assessment.units)


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
    indicator = next(one for one in assessment.standard.indicators if one.id == id_)
    ideal = assessment.observations.copy()
    perfect = ideal[indicator.denominator] if indicator.higher_is_better and indicator.denominator else 0
    ideal[indicator.numerator] = perfect if indicator.kind != "answer" else 1
    known = assessment.observations[indicator.numerator].notna()
    ideal[indicator.numerator] = ideal[indicator.numerator].where(known)
    after = score(ideal, assessment.standard, assessment.units.loc[codes]).status
    before = assessment.frame.loc[codes, "status"]
    assert best["units"] == ((after == "met") & (before == "not_met").to_numpy()).sum()


def test_words_of_steps(assessment):
    standard = assessment.standard
    raised = Step("7", "infants_immunised", "raise", 45, 48, 50, 1, 15)
    lowered = Step("5", "injured", "lower", 9, 7, 1200, 1, 40)
    answered = Step("1.1", "officer", "answer", 0, 1, None, 0, 50)
    assert describe_step(raised, standard) == (
        "Số trẻ em dưới 1 tuổi được tiêm chủng đầy đủ: thêm 3 (từ 45 lên 48, trên 50): +15 điểm"
    )
    assert "bớt 2 (từ 9 xuống 7, trên 1.200): +40 điểm; mục tiêu cho năm sau" in describe_step(lowered, standard)
    assert describe_step(answered, standard).endswith("từ Không thành Có: +50 điểm")


def test_conditions_agree_with_the_status(assessment):
    for code, row in assessment.frame.iterrows():
        marks = [one.met for one in list_conditions(assessment, code)]
        assert len(marks) == 14
        if row["status"] == "met":
            assert all(marks)
        elif row["status"] == "not_met":
            assert False in marks
        assert bool(describe_shortly(assessment, code)) == (row["status"] != "met")


def test_short_reason_counts_what_lacks(assessment):
    frame = assessment.frame
    code = frame.index[(frame["status"] == "not_met") & (frame["zeros"] == "")][0]
    short = int(frame.at[code, "minimum"] - frame.at[code, "total"])
    assert describe_shortly(assessment, code) == f"thiếu {short} điểm"


def test_restricted_assessment_is_the_same_for_its_units(assessment):
    codes = assessment.frame.index[:7]
    part = assessment.restrict(codes)
    pd.testing.assert_frame_equal(part.frame, assessment.frame.loc[codes])
