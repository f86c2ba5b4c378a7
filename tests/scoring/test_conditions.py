"""Conditions of recognition: what each kind asks of status, reasons and plans, with and without the others."""

from itertools import product
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.exports.excel.live.rules import write_conditions
from scoring.conditions import RULES
from scoring.engine import score
from scoring.explain import explain
from scoring.gaps import find_focuses, find_plans, is_enough
from scoring.standard import get_standard
from scoring.standard.consistency import build_standard
from scoring.standard.model import CONDITION_KINDS, Condition, NoCriterionAtZero
from scoring.words import CONDITION_WORDS, describe_conditions
from tests.scoring.oracle import score_unit
from tests.scoring.samples import ODD, best_values, random_units, random_values

LAW = get_standard()


def with_conditions(standard, conditions: tuple):
    fields = {name: getattr(standard, name) for name in type(standard).model_fields}
    recognition = standard.recognition.model_copy(update={"conditions": conditions})
    kinds = "+".join(condition.kind for condition in conditions)
    return build_standard(fields | {"id": f"{standard.id}+{kinds}", "recognition": recognition})


ODD_WITH_RULE = with_conditions(ODD, (*ODD.recognition.conditions, NoCriterionAtZero(kind="no_criterion_at_zero")))
LAW_WITHOUT_RULE = with_conditions(
    LAW, tuple(condition for condition in LAW.recognition.conditions if condition.kind == "minimum_total")
)
STANDARDS = {one.id: one for one in (LAW, LAW_WITHOUT_RULE, ODD, ODD_WITH_RULE)}


@pytest.fixture(params=STANDARDS, scope="module")
def standard(request):
    return STANDARDS[request.param]


def one_unit(values: dict, standard):
    observations = pd.DataFrame([values], index=pd.Index(["00001"], name="code"), dtype="Int64")
    classes = list(standard.recognition.minimum_total)
    units = pd.DataFrame({"name": "Xã A", "unit_class": classes[:1], "mountainous": False}, index=observations.index)
    return observations, units


def test_each_kind_has_a_model_a_rule_words_and_a_formula():
    union = get_args(get_args(Condition)[0])
    kinds = {get_args(model.model_fields["kind"].annotation)[0] for model in union}
    assert kinds == set(CONDITION_KINDS) == set(RULES) == set(CONDITION_WORDS)
    for kind in kinds:
        assert write_conditions([kind], "A1", "B1", "C1").startswith("AND(")


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), missing=st.sampled_from([0.0, 0.05]), id_=st.sampled_from(list(STANDARDS)))
def test_status_and_reasons_are_the_oracles(seed, missing, id_):
    standard = STANDARDS[id_]
    observations = random_values(standard, 40, seed, missing)
    units = random_units(observations.index, seed, list(standard.recognition.minimum_total))
    scores = score(observations, standard, units)
    for row, (code, unit) in enumerate(units.iterrows()):
        values = {name: int(value) for name, value in observations.loc[code].items() if pd.notna(value)}
        expected = score_unit(values, standard, unit["unit_class"], unit["mountainous"])
        assert (scores.status[row], scores.total[row]) == (expected["status"], expected["total"])
        assert (scores.reasons(code) == ()) == (expected["status"] == "met")


def test_a_zero_knocks_out_only_where_the_standard_says_so(standard):
    last = standard.criteria[-1]
    numerators = {indicator.numerator: 0 for indicator in last.indicators if indicator.higher_is_better}
    observations, units = one_unit(best_values(standard) | numerators, standard)
    scores = score(observations, standard, units)
    codes = [reason.code for reason in scores.reasons("00001")]
    assert scores.zero_criteria[0, -1]
    assert scores.total[0] >= scores.minimum[0]
    knocks_out = standard.recognition.zero_knocks_out
    assert scores.blocking[0, -1] == knocks_out
    assert scores.status[0] == ("not_met" if knocks_out else "met")
    assert codes == (["criterion_at_zero"] if knocks_out else [])
    trace = explain("00001", scores, observations, units.loc["00001"])
    assert trace.criteria[-1].at_zero == knocks_out
    assert ("BỊ 0 ĐIỂM" in trace.text()) == knocks_out
    assert ("bị 0 điểm" in describe_conditions(standard)) == knocks_out


@pytest.mark.parametrize("odd", [ODD, ODD_WITH_RULE], ids=lambda standard: standard.id)
def test_plans_and_focuses_are_the_engines(odd):
    """Every smallest plan of every unit of a small world, by trying all figures through the engine."""
    ranges = {"drowned": range(4), "swimmers": range(3), "bookcases": range(4), "hotline": range(2)}
    figures = list(product(*ranges.values()))
    codes = pd.Index([f"{number:05d}" for number in range(len(figures))], name="code")
    observations = pd.DataFrame(figures, index=codes, columns=list(ranges), dtype="Int64")
    observations = observations.assign(minors=1000, pupils=2).astype("Int64")
    units = pd.DataFrame({"unit_class": "near", "mountainous": True}, index=codes)
    scores = score(observations, odd, units)
    met = {own for own, status in zip(figures, scores.status, strict=True) if status == "met"}
    for code, origin in zip(codes, figures, strict=True):
        plans = find_plans(code, scores, observations, units, most=100)
        assert all(is_enough(code, plan.steps, odd, observations, units) for plan in plans)
        changes = [{step.input_id: step.target for step in plan.steps} for plan in plans]
        reached = {tuple(map(change.get, ranges, origin)) for change in changes}
        better = [good for good in met if is_better(good, origin)]
        smallest = {
            good for good in better if not any(other != good and is_between(origin, other, good) for other in better)
        }
        assert reached == (set() if origin in met else smallest)
    for focus in find_focuses(scores, observations, units, 1):
        alone = [code for code in codes if find_plans(code, scores, observations, units, only=focus.indicator_ids)]
        assert list(focus.plans) == alone


def is_better(good: tuple, origin: tuple) -> bool:
    """Fewer drowned, and no less of the others."""
    return good[0] <= origin[0] and all(a >= b for a, b in zip(good[1:], origin[1:], strict=True))


def is_between(start: tuple, middle: tuple, end: tuple) -> bool:
    return all(min(a, c) <= b <= max(a, c) for a, b, c in zip(start, middle, end, strict=True))
