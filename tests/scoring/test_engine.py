"""The engine against the oracle, its laws, and what it refuses."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.engine import ObservationError, score
from scoring.limits import LARGEST_VALUE
from scoring.scenario import apply_scenario
from scoring.scenario_model import Scenario
from scoring.standard import Band, get_standard
from scoring.standard.consistency import build_standard
from scoring.standard.model import Unit
from tests.examples import examples
from tests.scoring.oracle import score_unit
from tests.scoring.samples import CLASSES, ODD, best_values, random_units, random_values

STANDARD = get_standard()
seeds = st.integers(0, 2**32 - 1)


def one_unit(values: dict, unit_class: str = "other", mountainous: bool = False, standard=STANDARD):
    observations = pd.DataFrame([values], index=pd.Index(["00001"], name="code"), dtype="Int64")
    units = pd.DataFrame({"unit_class": [unit_class], "mountainous": [mountainous]}, index=observations.index)
    return score(observations, standard, units)


def known(row: pd.Series) -> dict:
    return {name: int(value) for name, value in row.items() if pd.notna(value)}


@examples(40)
@given(seeds, st.sampled_from([0.0, 0.01, 0.3]))
def test_vector_equals_scalar(seed, missing):
    observations = random_values(STANDARD, 60, seed, missing)
    units = random_units(observations.index, seed)
    frame = score(observations, STANDARD, units).frame().set_index("code")
    for code, unit in units.iterrows():
        expected = score_unit(known(observations.loc[code]), STANDARD, unit["unit_class"], unit["mountainous"])
        row = frame.loc[code]
        for id_, points in (expected["indicators"] | expected["criteria"]).items():
            assert (pd.isna(row[id_]) and points is None) or row[id_] == points, (code, id_)
        assert (row["total"], row["status"]) == (expected["total"], expected["status"])


@examples(25)
@given(seeds)
def test_points_stay_within_bounds_and_total_is_the_sum(seed):
    observations = random_values(STANDARD, 50, seed, 0.1)
    scores = score(observations, STANDARD, random_units(observations.index, seed))
    assert (scores.points >= 0).all()
    assert (scores.points <= scores.max_points).all()
    assert (scores.total == scores.points.sum(axis=1)).all()
    assert (scores.total == scores.criterion_points.sum(axis=1)).all()
    assert (scores.total <= STANDARD.total_points).all()


@examples(25)
@given(seeds, st.data())
def test_better_figures_never_lose_points(seed, data):
    observations = random_values(STANDARD, 20, seed)
    units = random_units(observations.index, seed)
    before = score(observations, STANDARD, units)
    place = data.draw(st.integers(0, len(STANDARD.indicators) - 1))
    indicator = STANDARD.indicators[place]
    better = observations.copy()
    column = better[indicator.numerator]
    if indicator.higher_is_better:
        most = 1 if indicator.kind == "answer" else better[indicator.denominator]
        better[indicator.numerator] = (column + 1).clip(upper=most)
    else:
        better[indicator.numerator] = (column - 1).clip(lower=0)
    after = score(better, STANDARD, units)
    assert (after.points[:, place] >= before.points[:, place]).all()
    assert (after.total >= before.total).all()


@examples(25)
@given(seeds)
def test_one_units_change_touches_no_other_and_order_is_irrelevant(seed):
    observations = random_values(STANDARD, 30, seed, 0.05)
    units = random_units(observations.index, seed)
    before = score(observations, STANDARD, units).frame().set_index("code")
    changed = observations.copy()
    changed.iloc[7] = random_values(STANDARD, 1, seed + 1).iloc[0]
    after = score(changed, STANDARD, units).frame().set_index("code")
    pd.testing.assert_frame_equal(before.drop(index="00007"), after.drop(index="00007"))
    shuffled = observations.sample(frac=1, random_state=seed % 1000)
    pd.testing.assert_frame_equal(before, score(shuffled, STANDARD, units).frame().set_index("code"))
    other_order = units.sample(frac=1, random_state=seed % 1000)
    again = score(observations, STANDARD, other_order).frame().set_index("code")
    pd.testing.assert_frame_equal(before, again.loc[before.index])


def test_all_points_are_1000_and_met():
    scores = one_unit(best_values(STANDARD))
    assert scores.total[0] == 1000
    assert scores.status[0] == "met"
    assert scores.reasons("00001") == ()


def test_49_of_50_is_98_percent_and_less_is_not():
    best = best_values(STANDARD)
    place = [one.id for one in STANDARD.indicators].index("2")
    assert one_unit(best | {"births": 50, "births_registered": 49}).points[0, place] == 50
    assert one_unit(best | {"births": 49, "births_registered": 48}).points[0, place] == 40  # 97.96 %
    assert one_unit(best | {"births": 10_000_000, "births_registered": 9_799_999}).points[0, place] == 40


def test_large_numbers_stay_exact():
    best = best_values(STANDARD)
    place = [one.id for one in STANDARD.indicators].index("3")
    whole = 10**10
    assert one_unit(best | {"children": whole, "abused": whole // 2000}).points[0, place] == 50
    assert one_unit(best | {"children": whole, "abused": whole // 2000 + 1}).points[0, place] == 0


def with_indicator(id_: str, **changes):
    """The standard with one indicator changed."""
    criteria = tuple(
        criterion.model_copy(
            update={
                "indicators": tuple(
                    indicator.model_copy(update=changes) if indicator.id == id_ else indicator
                    for indicator in criterion.indicators
                )
            }
        )
        for criterion in STANDARD.criteria
    )
    fields = {name: getattr(STANDARD, name) for name in type(STANDARD).model_fields}
    return build_standard(fields | {"id": f"changed-{changes}", "criteria": criteria})


@pytest.mark.parametrize("per", [1000, 100_000, 10**6])
@pytest.mark.parametrize("threshold", ["5", "0.333333", "280/3", "1/999983"])
def test_thresholds_of_any_unit_are_exact_up_to_the_largest_values(per, threshold):
    bands = (
        {"at_most": threshold, "points": 75, "provenance": "seen"},
        {"points": 0, "provenance": "seen"},
    )
    indicator = next(indicator for indicator in STANDARD.indicators if indicator.id == "5")
    changes = {"unit": Unit(per=per, of="trẻ"), "bands": tuple(Band.model_validate(band) for band in bands)}
    standard = with_indicator("5", **changes)
    place = [indicator.id for indicator in standard.indicators].index("5")
    whole = LARGEST_VALUE
    at_most = Fraction(threshold) * whole / per
    for cases in {math.floor(at_most), math.floor(at_most) + 1, math.ceil(at_most)}:
        values = best_values(standard) | {"children": whole, "injured": cases}
        expected = score_unit(values, standard, "other", False)["indicators"][indicator.id]
        assert one_unit(values, standard=standard).points[0, place] == expected
        assert expected == (75 if cases <= at_most else 0)


def test_denominator_zero_has_not_arisen_and_gives_full_points():
    scores = one_unit(best_values(STANDARD) | {"severe_cases": 0, "severe_cases_planned": 0})
    place = scores.indicator_ids.index("6.2")
    assert scores.not_arisen[0, place]
    assert scores.points[0, place] == scores.max_points[place]
    assert scores.status[0] == "met"


def test_missing_is_incomplete_even_with_a_zero():
    values = best_values(STANDARD) | {"abused": 100}
    del values["births"]
    scores = one_unit(values)
    assert scores.status[0] == "incomplete"
    assert [reason.code for reason in scores.reasons("00001")] == ["criterion_at_zero", "inputs_missing"]
    assert pd.isna(scores.frame().loc[0, "tc2"])


def test_unit_without_any_figure_is_incomplete():
    units = random_units(pd.Index(["00001", "00002"], name="code"), 0)
    scores = score(pd.DataFrame(index=pd.Index([], name="code")), STANDARD, units)
    assert list(scores.status) == ["incomplete", "incomplete"]
    assert list(scores.total) == [0, 0]


def test_a_zero_knocks_out_whatever_the_total():
    scores = one_unit(best_values(STANDARD) | {"abused": 100})
    assert scores.total[0] == 900
    assert scores.status[0] == "not_met"
    assert [(one.code, one.subject) for one in scores.reasons("00001")] == [("criterion_at_zero", "tc3")]


@pytest.mark.parametrize("unit_class", CLASSES)
def test_minimum_by_class_is_reached_at_it_and_not_below(unit_class):
    lowered = next(
        indicator for indicator in STANDARD.indicators if indicator.kind == "ratio" and indicator.bands[1].points
    )
    values = best_values(STANDARD) | {lowered.numerator: math.ceil(lowered.bands[1].threshold(False))}
    total = STANDARD.total_points - lowered.max_points + lowered.bands[1].points
    units = random_units(pd.Index(["00001"], name="code"), 0)
    for short in (0, 1, 7):
        others = dict.fromkeys(CLASSES, total + 1 - bool(short))
        scenario = Scenario(minimums=others | {unit_class: total + short})
        standard, *_ = apply_scenario(scenario, STANDARD, units, pd.DataFrame(index=units.index))
        scores = one_unit(values, unit_class, standard=standard)
        assert scores.total[0] == total
        assert scores.status[0] == ("not_met" if short else "met")
        assert [reason.points for reason in scores.reasons("00001")] == ([short] if short else [])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"births": -1}, "âm"),
        ({"births_registered": 101}, "lớn hơn"),
        ({"officer": 2}, "không phải Có"),
        ({"births": 10**11}, "quá lớn"),
    ],
)
def test_impossible_values_are_refused(wrong, message):
    with pytest.raises(ObservationError, match=message):
        one_unit(best_values(STANDARD) | wrong)


def test_fractions_are_refused():
    observations = pd.DataFrame([best_values(STANDARD) | {"births": 1.5}], index=pd.Index(["00001"], name="code"))
    units = pd.DataFrame({"unit_class": ["other"], "mountainous": [False]}, index=observations.index)
    with pytest.raises(ObservationError, match="số nguyên"):
        score(observations, STANDARD, units)


def test_unknown_class_is_refused():
    with pytest.raises(KeyError):
        one_unit(best_values(STANDARD), "thành phố")


def test_provisional_follows_the_bands_that_decided():
    for drowned, provisional in ((0, False), (1, True), (5, True)):  # the second band is provisional, and decides both
        scores = one_unit(best_values(ODD) | {"drowned": drowned}, "near", standard=ODD)
        marks = dict(zip(scores.indicator_ids, scores.provisional[0], strict=True))
        assert marks == dict.fromkeys(scores.indicator_ids, False) | {"a": provisional}


def test_floats_with_whole_values_score_alike():
    observations = random_values(STANDARD, 40, 5, 0.1)
    units = random_units(observations.index, 5)
    floats = observations.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    as_floats = pd.DataFrame(floats, index=observations.index, columns=observations.columns)
    left, right = score(observations, STANDARD, units), score(as_floats, STANDARD, units)
    pd.testing.assert_frame_equal(left.frame(), right.frame())


def test_classes_of_the_samples_are_those_of_the_standard():
    assert set(CLASSES) == set(STANDARD.recognition.minimum_total)
