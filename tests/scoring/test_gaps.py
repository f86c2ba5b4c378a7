"""The smallest improvements, against brute force through the engine and on cases worked by hand."""

from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.engine import score
from scoring.gaps import apply_steps, find_focuses, find_plans, is_enough, list_steps
from scoring.standard import get_standard
from tests.examples import examples

STANDARD = get_standard()
CODE = "05971"
CLASSES = list(STANDARD.recognition.minimum_total)


def unit_frame(unit_class="other", mountainous=True, codes=(CODE,)):
    return pd.DataFrame({"unit_class": unit_class, "mountainous": mountainous}, index=list(codes))


def perfect(children=2000, whole=9):
    """Figures that win every point."""
    values = {}
    for one in STANDARD.inputs.values():
        values[one.id] = 1 if one.kind == "answer" else whole
    values["children"] = children
    for indicator in STANDARD.indicators:
        if not indicator.higher_is_better:
            values[indicator.numerator] = 0
    return values


def frame_of(values, code=CODE):
    return pd.DataFrame({id_: pd.array([value], dtype="Int64") for id_, value in values.items()}, index=[code])


def plans_of(values, units=None, **options):
    units = unit_frame() if units is None else units
    observations = frame_of(values)
    scores = score(observations, STANDARD, units)
    return find_plans(CODE, scores, observations, units, **options)


def test_perfect_unit_needs_nothing():
    assert plans_of(perfect()) == ()


def test_one_more_immunised_child_lifts_the_zero():
    values = perfect() | {"infants": 50, "infants_immunised": 44}
    (plan,) = plans_of(values, most=1)
    (step,) = plan.steps
    assert (step.indicator_id, step.kind, step.value, step.target, step.gain) == ("7", "raise", 44, 45, 25)
    assert (plan.total, plan.minimum, plan.cases) == (975, 850, 1)


def test_exact_threshold_of_ninety_eight_percent():
    values = perfect() | {"infants": 50, "infants_immunised": 48}
    observations, units = frame_of(values), unit_frame()
    steps = list_steps(CODE, score(observations, STANDARD, units), observations, units)
    assert [(one.target, one.gain) for one in steps["7"]] == [(49, 10)]


def test_two_bands_at_one_target_are_one_step():
    values = perfect() | {"infants": 12, "infants_immunised": 0}
    observations, units = frame_of(values), unit_frame()
    steps = list_steps(CODE, score(observations, STANDARD, units), observations, units)
    assert [(one.target, one.gain) for one in steps["7"]] == [(11, 25), (12, 50)]


def test_incidents_can_only_be_lowered():
    values = perfect(children=1000) | {"injured": 9, "abused": 1}
    (plan,) = plans_of(values, most=1)
    assert [(one.input_id, one.kind, one.target) for one in plan.steps] == [
        ("abused", "lower", 0),
        ("injured", "lower", 6),
    ]


def test_fewest_cases_may_take_more_steps():
    weak = {"officer": 0, "infants": 200, "infants_immunised": 150, "special": 100, "special_assisted": 0}
    units = unit_frame("other")
    by_steps = plans_of(perfect() | weak | {"funding": 0, "board": 0, "play_place": 0}, units, most=1)[0]
    by_cases = plans_of(perfect() | weak | {"funding": 0, "board": 0, "play_place": 0}, units, most=1, fewest="cases")[
        0
    ]
    assert len(by_steps.steps) <= len(by_cases.steps)
    assert by_cases.cases <= by_steps.cases


def test_missing_figures_give_no_plan():
    values = perfect() | {"infants_immunised": None, "abused": 5}
    assert plans_of(values) == ()


def test_no_plan_where_the_chosen_indicators_do_not_reach():
    values = perfect() | {"abused": 5, "injured": 40}
    assert plans_of(values, only=["5"]) == ()
    assert plans_of(values, only=["3", "5"])


def test_unknown_unit_is_a_key_error():
    observations, units = frame_of(perfect()), unit_frame()
    with pytest.raises(KeyError):
        find_plans("99999", score(observations, STANDARD, units), observations, units)


def brute_force(values, varied, units):
    """Every minimal way to be recognised, by scoring every combination of the varied numerators."""
    ranges = []
    for indicator in varied:
        value = values[indicator.numerator]
        if indicator.higher_is_better:
            top = 1 if indicator.kind == "answer" else values[indicator.denominator]
            ranges.append(range(value, top + 1))
        else:
            ranges.append(range(value, -1, -1))
    combinations = list(product(*ranges))
    observations = pd.concat([frame_of(values)] * len(combinations), ignore_index=True)
    for place, indicator in enumerate(varied):
        observations[indicator.numerator] = pd.array([one[place] for one in combinations], dtype="Int64")
    many = pd.concat([units] * len(combinations), ignore_index=True)
    status = score(observations, STANDARD, many).status
    good = {one for one, result in zip(combinations, status, strict=True) if result == "met"}
    origin = tuple(values[one.numerator] for one in varied)

    def nearer(chosen):
        """The combinations with a part of the changes given up: each figure somewhere between its origin and this."""
        between = [range(min(start, end), max(start, end) + 1) for start, end in zip(origin, chosen, strict=True)]
        return (one for one in product(*between) if one != chosen)

    return origin, [one for one in good if not any(other in good for other in nearer(one))]


@examples(120)
@given(st.data())
def test_every_plan_equals_brute_force(data):
    children = data.draw(st.sampled_from([9, 400, 2000]))
    values = perfect(children=children, whole=data.draw(st.integers(1, 7)))
    varied = data.draw(
        st.lists(st.sampled_from(STANDARD.indicators), min_size=1, max_size=4, unique_by=lambda one: one.id)
    )
    for indicator in STANDARD.indicators:
        if indicator.kind == "answer" and indicator not in varied:
            values[indicator.numerator] = data.draw(st.integers(0, 1))
    for indicator in varied:
        top = values[indicator.denominator] if indicator.denominator else 1
        values[indicator.numerator] = data.draw(st.integers(0, min(top, 12)))
    units = unit_frame(data.draw(st.sampled_from(CLASSES)), data.draw(st.booleans()))
    origin, minimal = brute_force(values, varied, units)
    ids = [one.id for one in varied]
    found = plans_of(values, units, most=10_000, only=ids)
    if origin in minimal:
        assert found == ()
        return
    as_values = []
    for plan in found:
        targets = {one.indicator_id: one.target for one in plan.steps}
        as_values.append(tuple(targets.get(id_, value) for id_, value in zip(ids, origin, strict=True)))
        assert is_enough(CODE, plan.steps, STANDARD, frame_of(values), units)
    assert sorted(as_values) == sorted(minimal)
    sizes = [(len(plan.steps), plan.cases) for plan in found]
    assert sizes == sorted(sizes)
    by_cases = plans_of(values, units, most=1, only=ids, fewest="cases")
    if minimal:
        assert by_cases[0].cases == min(
            sum(abs(end - start) for start, end in zip(origin, one, strict=True)) for one in minimal
        )


def test_total_of_a_plan_is_the_engines():
    values = perfect() | {"officer": 0, "abused": 3, "infants": 40, "infants_immunised": 20, "play_place": 0}
    observations, units = frame_of(values), unit_frame()
    for plan in plans_of(values, units, most=20):
        changed = apply_steps(observations, CODE, plan.steps)
        assert score(changed, STANDARD, units).total[0] == plan.total
    assert observations.at[CODE, "officer"] == 0


def test_focus_counts_the_units_that_one_improvement_recognises():
    codes = ("00001", "00002", "00003", "00004")
    rows = [
        perfect() | {"injured": 30},
        perfect() | {"injured": 30, "abused": 9},
        perfect() | {"abused": 9},
        perfect() | {"injured": 30},
    ]
    observations = pd.concat([frame_of(row, code) for row, code in zip(rows, codes, strict=True)])
    units = unit_frame(codes=codes)
    scores = score(observations, STANDARD, units)
    one = find_focuses(scores, observations, units, 1)
    assert [(focus.indicator_ids, list(focus.plans)) for focus in one] == [
        (("5",), ["00001", "00004"]),
        (("3",), ["00003"]),
    ]
    (two,) = find_focuses(scores, observations, units, 2)
    assert two.indicator_ids == ("3", "5")
    assert list(two.plans) == list(codes)
    assert two.cases == sum(plan.cases for plan in two.plans.values())


def test_focus_of_a_province_that_met_everything():
    observations, units = frame_of(perfect()), unit_frame()
    assert find_focuses(score(observations, STANDARD, units), observations, units, 1) == ()
