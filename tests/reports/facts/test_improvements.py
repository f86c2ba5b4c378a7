"""What is missing, compared with the engine."""

from reports.facts.counts import count_units
from reports.facts.improvements import (
    count_first_needed,
    list_conditions,
    list_focuses,
    list_smallest_plans,
    take_first,
)
from scoring.engine import score
from scoring.gaps import apply_steps, is_enough
from tests.reports.provinces import allow_zeros


def test_every_complete_failing_unit_has_a_plan_that_the_engine_accepts(assessment, plans):
    failing = assessment.frame.index[assessment.frame["status"] == "not_met"]
    assert set(plans) == set(failing)
    for code, plan in plans.items():
        assert is_enough(code, plan.steps, assessment.standard, assessment.observations, assessment.units)


def test_smallest_first_by_either_measure(assessment, plans):
    sizes = [(len(plan.steps), plan.cases) for plan in plans.values()]
    assert sizes == sorted(sizes)
    by_cases = list_smallest_plans(assessment, assessment.frame.index[:40], "cases")
    cases = [(plan.cases, len(plan.steps)) for plan in by_cases.values()]
    assert cases == sorted(cases)


def test_the_first_plans_reach_the_target_as_near_as_they_can(assessment, plans):
    counts = count_units(assessment)
    needed, met = count_first_needed(counts, plans)
    assert needed == min(counts.short_of_target, len(plans))
    changed = assessment.observations
    for code, plan in take_first(plans, needed).items():
        changed = apply_steps(changed, code, plan.steps)
    assert (score(changed, assessment.standard, assessment.units).status == "met").sum() == met
    assert count_first_needed(counts, {}) == (0, counts.met)
    assert take_first(plans, 3) == dict(list(plans.items())[:3])


def test_focuses_are_listed_by_size_and_recognise_what_they_say(assessment):
    codes = assessment.frame.index[assessment.frame["district_code"] == "178"]
    counts, focuses = list_focuses(assessment, codes, largest=2, most=2)
    assert counts.units == len(codes)
    sizes = [size for size, _ in focuses]
    assert sizes == sorted(sizes)
    assert {len(focus.indicator_ids) for _, focus in focuses} <= {1, 2}
    for _, focus in focuses:
        for code, plan in focus.plans.items():
            assert is_enough(code, plan.steps, assessment.standard, assessment.observations, assessment.units)


def test_conditions_agree_with_the_status(assessment):
    for code, row in assessment.frame.iterrows():
        marks = [condition.met for condition in list_conditions(assessment, code)]
        assert len(marks) == 14
        if row["status"] == "met":
            assert all(marks)
        elif row["status"] == "not_met":
            assert False in marks


def test_conditions_are_those_of_the_standard(assessment):
    code = assessment.frame.index[0]
    assert len(list_conditions(assessment, code)) == 1 + 13
    assert len(list_conditions(allow_zeros(assessment), code)) == 1
