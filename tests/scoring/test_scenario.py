"""Scenarios against the oracle: exact, apart from the law, and refused where they break a standard."""

import json
from fractions import Fraction
from math import ceil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.engine import score
from scoring.limits import LARGEST_COUNT
from scoring.scenario import apply_scenario
from scoring.scenario_model import (
    LAW,
    BandChange,
    Scenario,
    ScenarioError,
    as_json,
    as_link,
    from_json,
    from_link,
    minimum_total,
    possible_total,
    simplify_scenario,
)
from scoring.scenario_words import describe_scenario, list_changes
from scoring.standard import get_standard
from scoring.standard.consistency import check_standard
from tests.examples import examples
from tests.scoring.oracle import score_unit
from tests.scoring.samples import CLASSES, best_values, random_units, random_values

STANDARD = get_standard()
CRITERIA = [one.id for one in STANDARD.criteria]
WITH_THRESHOLDS = [one for one in STANDARD.indicators if one.kind != "answer"]
CODES = [f"{number:05d}" for number in range(12)]
seeds = st.integers(0, 2**32 - 1)


def named_units(observations: pd.DataFrame, seed: int) -> pd.DataFrame:
    units = random_units(observations.index, seed)
    return units.assign(name=[f"Xã {code}" for code in units.index])


def one_unit(values: dict, unit_class: str = "other", mountainous: bool = False):
    observations = pd.DataFrame([values], index=pd.Index(["00001"], name="code"), dtype="Int64")
    units = pd.DataFrame(
        {"name": ["Xã A"], "unit_class": [unit_class], "mountainous": [mountainous]}, index=observations.index
    )
    return units, observations


BEST = one_unit(best_values(STANDARD))


def scored(scenario: Scenario, units: pd.DataFrame, observations: pd.DataFrame):
    standard, units, observations = apply_scenario(scenario, STANDARD, units, observations)
    return score(observations, standard, units)


def band(indicator_id: str, number: int, **change) -> Scenario:
    return LAW.with_band(indicator_id, number, BandChange(**change))


@st.composite
def scenarios(draw) -> Scenario:
    """Scenarios that may break a standard, more often than not they don't."""
    bands = {}
    for indicator in draw(st.lists(st.sampled_from(WITH_THRESHOLDS), max_size=3, unique_by=lambda one: one.id)):
        number = draw(st.integers(0, len(indicator.bands) - 2))
        law = indicator.bands[number].threshold(False)
        near = st.sampled_from([law, law + 1, law + Fraction(1, 4), max(law - 1, Fraction(0)), Fraction(97)])
        points = st.none() | st.sampled_from([indicator.bands[number].points + step for step in (-3, 0, 3)])
        bands[indicator.id] = {
            number: BandChange(
                threshold=draw(st.none() | near), mountainous=draw(st.none() | near), points=draw(points)
            )
        }
    return Scenario(
        bands=bands,
        weights=draw(st.dictionaries(st.sampled_from(CRITERIA), st.sampled_from([0, 2]), max_size=4)),
        minimum_rule=draw(st.sampled_from(["keep", "proportional"])),
        minimums=draw(st.dictionaries(st.sampled_from(CLASSES), st.integers(0, 1000), max_size=2)),
        classes=draw(st.dictionaries(st.sampled_from(CODES), st.sampled_from(CLASSES), max_size=4)),
        mountainous=draw(st.dictionaries(st.sampled_from(CODES), st.booleans(), max_size=4)),
        figures=draw(
            st.dictionaries(
                st.sampled_from(CODES),
                st.dictionaries(
                    st.sampled_from(["officer", "abused", "injured", "severe_cases_planned", "births"]),
                    st.integers(0, 1),
                    min_size=1,
                    max_size=2,
                ),
                max_size=3,
            )
        ),
    )


def expect(values: dict, scenario: Scenario, unit_class: str, mountainous: bool) -> tuple[int, int, str]:
    """Total, minimum and status of a unit, worked out from the law's text without a changed standard."""
    total, at_zero, missing, possible = 0, False, False, 0
    for criterion in STANDARD.criteria:
        weight = scenario.weights.get(criterion.id, 1)
        own = []
        for indicator in criterion.indicators:
            changes = scenario.bands.get(indicator.id, {})
            points = [
                one.points if changes.get(number, BandChange()).points is None else changes[number].points
                for number, one in enumerate(indicator.bands)
            ]
            possible += weight * points[0]
            bounds = []
            for number, one in enumerate(indicator.bands[:-1]):
                change = changes.get(number, BandChange())
                bound = one.threshold(False) if change.threshold is None else change.threshold
                if mountainous and change.mountainous is not None:
                    bound = change.mountainous
                elif mountainous and one.mountainous is not None:
                    bound = one.mountainous
                bounds.append(bound)
            own.append(won(values, indicator, bounds, points))
        if weight == 0:
            continue
        missing |= None in own
        at_zero |= None not in own and sum(own) == 0
        total += weight * sum(one for one in own if one is not None)
    minimum = STANDARD.recognition.minimum_total[unit_class].points
    if scenario.minimum_rule == "proportional":
        minimum = ceil(Fraction(minimum * possible, 1000))
    minimum = scenario.minimums.get(unit_class, minimum)
    status = "incomplete" if missing else "not_met" if at_zero or total < minimum else "met"
    return total, minimum, status


def won(values: dict, indicator, bounds: list, points: list) -> int | None:
    if any(values.get(one) is None for one in indicator.inputs):
        return None
    value = Fraction(values[indicator.numerator])
    if indicator.denominator is not None:
        if values[indicator.denominator] == 0:
            return points[0]
        value = value * indicator.scale / values[indicator.denominator]
    for bound, worth in zip(bounds, points, strict=False):
        if (value >= bound) if indicator.higher_is_better else (value <= bound):
            return worth
    return points[-1]


def known(row: pd.Series) -> dict:
    return {name: int(value) for name, value in row.items() if pd.notna(value)}


@examples(60)
@given(seeds, scenarios(), st.sampled_from([0.0, 0.02]))
def test_scored_scenario_equals_the_rules_worked_out_by_hand(seed, scenario, missing):
    observations = random_values(STANDARD, 12, seed, missing)
    units = named_units(observations, seed)
    try:
        standard, changed_units, changed = apply_scenario(scenario, STANDARD, units, observations)
    except ScenarioError:
        return
    check_standard(standard)
    scores = score(changed, standard, changed_units)
    frame = scores.frame().set_index("code")
    for code, unit in changed_units.iterrows():
        assert unit["unit_class"] == scenario.classes.get(code, units.at[code, "unit_class"])
        assert unit["mountainous"] == scenario.mountainous.get(code, units.at[code, "mountainous"])
        values = known(observations.loc[code]) | scenario.figures.get(code, {})
        row = frame.loc[code]
        by_hand = expect(values, scenario, unit["unit_class"], unit["mountainous"])
        assert (row["total"], row["minimum"], row["status"]) == by_hand, code
        oracle = score_unit(values, standard, unit["unit_class"], unit["mountainous"])
        assert (row["total"], row["status"]) == (oracle["total"], oracle["status"])
        for id_, points in (oracle["indicators"] | oracle["criteria"]).items():
            assert (pd.isna(row[id_]) and points is None) or row[id_] == points, (code, id_)


@examples(30)
@given(seeds, scenarios())
def test_nothing_that_is_passed_in_changes_and_the_law_stays_the_law(seed, scenario):
    observations = random_values(STANDARD, 12, seed)
    units = named_units(observations, seed)
    before = score(observations, STANDARD, units).frame()
    kept = STANDARD.model_dump(), units.copy(), observations.copy()
    try:
        standard, _, _ = apply_scenario(scenario, STANDARD, units, observations)
    except ScenarioError:
        standard = None
    assert STANDARD.model_dump() == kept[0]
    pd.testing.assert_frame_equal(units, kept[1])
    pd.testing.assert_frame_equal(observations, kept[2])
    pd.testing.assert_frame_equal(score(observations, STANDARD, units).frame(), before)
    if standard is not None and standard is not STANDARD:
        assert standard.id != STANDARD.id
        assert "không phải kết quả" in standard.title


@examples(30)
@given(scenarios())
def test_json_and_link_give_the_scenario_back(scenario):
    assert from_json(json.loads(json.dumps(as_json(scenario)))) == scenario
    assert from_link(as_link(scenario)) == scenario


@examples(30)
@given(seeds, scenarios())
def test_taking_every_change_back_leads_to_the_law(seed, scenario):
    observations = random_values(STANDARD, 12, seed)
    units = named_units(observations, seed)
    try:
        apply_scenario(scenario, STANDARD, units, observations)
    except ScenarioError:
        return
    for _ in range(100):
        changes = list_changes(scenario, STANDARD, units, observations)
        if not changes:
            break
        assert all(len(one.text) > 10 for one in changes)
        scenario = changes[0].without
    assert simplify_scenario(scenario, STANDARD, units, observations).is_empty


@pytest.mark.parametrize("rule", ["keep", "proportional"])
def test_empty_scenario_is_the_law(rule):
    units, observations = BEST
    assert apply_scenario(Scenario(minimum_rule=rule), STANDARD, units, observations) == (STANDARD, *BEST)
    same = Scenario(
        bands={"5": {0: BandChange(threshold=55, points=75)}},
        minimums={"other": 850},
        classes={"00001": "other"},
        mountainous={"00001": False},
        figures={"00001": {"births": 100}},
    )
    assert apply_scenario(same, STANDARD, units, observations)[0] is STANDARD
    assert describe_scenario(same, STANDARD, units, observations) == ()


def test_ids_of_changed_standards_are_their_own():
    ids = {
        apply_scenario(one, STANDARD, *BEST)[0].id
        for one in (LAW, band("5", 0, threshold=54), band("5", 0, threshold=53), Scenario(weights={"tc5": 2}))
    }
    assert len(ids) == 4


def test_threshold_is_reached_at_it_and_not_beside_it():
    units, observations = one_unit(best_values(STANDARD) | {"children": 10_000, "injured": 57})
    place = [one.id for one in STANDARD.indicators].index("5")
    assert scored(band("5", 0, threshold=57), units, observations).points[0, place] == 75
    assert scored(band("5", 0, threshold="56.9999"), units, observations).points[0, place] == 40
    assert scored(band("5", 0, mountainous=57), units, observations).points[0, place] == 40
    mountains = units.assign(mountainous=True)
    assert scored(band("5", 0, mountainous=57), mountains, observations).points[0, place] == 75


def test_largest_threshold_and_value_stay_exact():
    values = best_values(STANDARD) | {"children": 10**10, "injured": 59_999_999}
    units, observations = one_unit(values)
    place = [one.id for one in STANDARD.indicators].index("5")
    assert scored(band("5", 0, threshold="59.9999"), units, observations).points[0, place] == 40
    values["injured"] = 59_999_900
    units, observations = one_unit(values)
    assert scored(band("5", 0, threshold="59.9999"), units, observations).points[0, place] == 75


def test_dropped_criterion_leaves_points_and_the_no_zero_rule():
    units, observations = one_unit(best_values(STANDARD) | {"abused": 100})
    assert score(observations, STANDARD, units).status[0] == "not_met"
    scores = scored(Scenario(weights={"tc3": 0}), units, observations)
    assert (scores.total[0], scores.status[0]) == (900, "met")
    assert "tc3" not in scores.criterion_ids
    assert "abused" not in scores.standard.inputs


def test_dropping_what_shares_inputs_keeps_the_parts_below_the_next_whole():
    units, observations = BEST
    standard, _, _ = apply_scenario(
        Scenario(weights={"tc3": 0, "tc4": 0, "tc5": 0}, minimum_rule="proportional"), STANDARD, units, observations
    )
    assert "children" not in standard.inputs
    assert standard.inputs["infants"].part_of is None
    assert standard.inputs["infants_immunised"].part_of == "infants"
    assert STANDARD.inputs["infants"].part_of == "children"


def test_doubled_criterion_doubles_every_band():
    units, observations = one_unit(best_values(STANDARD) | {"births_registered": 95})
    scores = scored(Scenario(weights={"tc2": 2}), units, observations)
    assert scores.total[0] == 1000 - 10 + 40
    assert scores.standard.total_points == 1050


@pytest.mark.parametrize(
    ("weights", "total", "minimum"),
    [({"tc6": 0}, 875, 744), ({"tc5": 0}, 925, 787), ({"tc6": 2}, 1125, 957), ({"tc5": 0, "tc6": 0}, 800, 680)],
)
def test_proportional_minimum_is_rounded_up(weights, total, minimum):
    scenario = Scenario(weights=weights, minimum_rule="proportional")
    assert possible_total(scenario, STANDARD) == total
    assert minimum_total(scenario, STANDARD, "other") == minimum
    assert scored(scenario, *BEST).minimum[0] == minimum
    fixed = scenario.with_(minimums={"other": 700})
    assert scored(fixed, *BEST).minimum[0] == 700


def test_minimum_out_of_reach_is_refused_only_where_a_unit_has_the_class():
    scenario = Scenario(weights={"tc6": 0})  # 875 points are left, below the 900 of another class
    assert scored(scenario, *BEST).minimum[0] == 850
    units, observations = one_unit(best_values(STANDARD), "central_city_ward")
    with pytest.raises(ScenarioError, match="cao hơn tổng điểm có thể đạt"):
        apply_scenario(scenario, STANDARD, units, observations)


def test_classes_and_figures_move_their_unit_only():
    observations = random_values(STANDARD, 12, 3)
    units = named_units(observations, 3)
    law = score(observations, STANDARD, units).frame().set_index("code")
    scenario = Scenario(classes={"00007": "central_city_ward"}, figures={"00008": {"officer": 1, "births": 0}})
    scenario = scenario.with_(figures={"00008": {"officer": 1 - int(observations.at["00008", "officer"])}})
    after = scored(scenario, units, observations).frame().set_index("code")
    touched = ["00007", "00008"]
    pd.testing.assert_frame_equal(law.drop(index=touched), after.drop(index=touched))
    assert after.at["00007", "minimum"] == 900
    assert after.at["00008", "1.1"] != law.at["00008", "1.1"]


def test_figures_of_a_unit_without_any_are_added():
    units, observations = BEST
    empty = observations.iloc[:0]
    _, _, changed = apply_scenario(
        Scenario(figures={"00001": best_values(STANDARD)}), STANDARD, units, empty[["births"]]
    )
    assert score(changed, STANDARD, units).status[0] == "met"


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        (band("99", 0, threshold=1), "không có chỉ tiêu “99”"),
        (band("5", 9, points=1), "không có mức 10"),
        (band("5", 1, threshold=50), r"ngưỡng mức 2 \(50\) phải cao hơn ngưỡng mức 1 \(55\)"),
        (band("2", 1, threshold=98), r"ngưỡng mức 2 \(98\) phải thấp hơn ngưỡng mức 1 \(98\)"),
        (band("8.1", 0, mountainous=20), "miền núi: ngưỡng mức 2"),
        (band("2", 0, threshold=101), "từ 0 đến 100 %"),
        (band("5", 0, threshold=-1), "từ 0 đến 10.000"),
        (band("5", 0, threshold="0.00001"), "chữ số thập phân"),
        (band("5", 0, threshold="1/3"), "chữ số thập phân"),
        (band("5", 2, threshold=70), "không có ngưỡng để đổi"),
        (band("1.1", 0, threshold=2), "không có ngưỡng để đổi"),
        (band("5", 1, points=75), "phải ít điểm hơn"),
        (band("5", 2, points=-1), "điểm phải từ 0"),
        (band("5", 0, points=10**6), "điểm phải từ 0"),
        (Scenario(weights={"tc99": 0}), "không có tiêu chí “tc99”"),
        (Scenario(weights=dict.fromkeys(CRITERIA, 0)), "không còn gì để chấm"),
        (Scenario(minimums={"other": -1}), "không được âm"),
        (Scenario(minimums={"other": 1001}), "cao hơn tổng điểm"),
        (Scenario(minimums={"thành phố": 1}), "không có loại đơn vị “thành phố”"),
        (Scenario(classes={"00001": "thành phố"}), "không có loại đơn vị"),
        (Scenario(classes={"99999": "other"}), "không có đơn vị “99999”"),
        (Scenario(mountainous={"99999": True}), "không có đơn vị"),
        (Scenario(figures={"99999": {"births": 1}}), "không có đơn vị"),
        (Scenario(figures={"00001": {"x": 1}}), "không có số liệu “x”"),
        (Scenario(figures={"00001": {"officer": 2}}), "chỉ trả lời Có"),
        (Scenario(figures={"00001": {"births": -1}}), "phải từ 0"),
        (Scenario(figures={"00001": {"children": LARGEST_COUNT + 1}}), "từ 0 đến 10.000.000"),
        (Scenario(figures={"00001": {"births_registered": 101}}), "“Số trẻ em được khai sinh đúng quy định” .101. lớn"),
        (Scenario(figures={"00001": {"births": 99}}), "lớn hơn “Số trẻ em sinh ra trong năm” .99."),
        (Scenario(figures={"00001": {"children": 99}}), "lớn hơn “Tổng số trẻ em”"),
    ],
)
def test_what_breaks_a_standard_is_refused_in_one_sentence(scenario, message):
    with pytest.raises(ScenarioError, match=message) as refused:
        apply_scenario(scenario, STANDARD, *BEST)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_two_thresholds_may_move_together():
    both = band("5", 0, threshold=65).with_band("5", 1, BandChange(threshold=70))
    assert apply_scenario(both, STANDARD, *BEST)[0] is not STANDARD
    with pytest.raises(ScenarioError):
        apply_scenario(band("5", 0, threshold=65), STANDARD, *BEST)


@pytest.mark.parametrize(
    ("scenario", "text"),
    [
        (
            band("5", 0, threshold=58),
            "Chỉ tiêu 5 (Tỷ suất trẻ em bị tai nạn, thương tích), mức 1: từ 55 thành 58 trên 10.000 trẻ",
        ),
        (band("2", 0, threshold="97.5", points=60), "mức 1: từ 98 thành 97,5 %"),
        (band("2", 0, threshold="97.5", points=60), "mức 1: từ 50 thành 60 điểm"),
        (band("8.1", 0, mountainous=16), "mức 1, miền núi: từ 15 thành 16 %"),
        (band("5", 0, threshold=57, mountainous=55), "mức 1, miền núi: giữ 55 trên 10.000 trẻ"),
        (Scenario(weights={"tc3": 0}), "Bỏ tiêu chí 3 (Trẻ em bị xâm hại), tối đa 100 điểm"),
        (
            Scenario(weights={"tc3": 2}),
            "Gấp đôi điểm tiêu chí 3 (Trẻ em bị xâm hại): tối đa từ 100 thành 200",
        ),
        (Scenario(minimums={"other": 800}), "loại “Các xã, phường, thị trấn còn lại”: từ 850 thành 800"),
        (
            Scenario(weights={"tc6": 0}, minimum_rule="proportional"),
            "từ 850 thành 744, theo tỷ lệ tổng điểm 875 trên 1.000",
        ),
        (Scenario(mountainous={"00001": True}), "Xã A (00001): từ không phải miền núi thành miền núi"),
        (Scenario(figures={"00001": {"officer": 0}}), "Có người làm công tác bảo vệ trẻ em cấp xã từ Có thành Không"),
        (Scenario(figures={"00001": {"abused": 2}}), "Xã A (00001): Số trẻ em bị xâm hại từ 0 thành 2"),
        (
            Scenario(classes={"00001": "central_city_ward"}),
            "loại đơn vị từ “Các xã, phường, thị trấn còn lại” thành “Phường thuộc quận",
        ),
    ],
)
def test_changes_read_as_lines_against_the_law(scenario, text):
    assert any(text in line for line in describe_scenario(scenario, STANDARD, *BEST))


@pytest.mark.parametrize(
    "content", [None, [], {"x": 1}, {"weights": {"tc1": 3}}, {"bands": {"5": {"0": {"threshold": "1/0"}}}}]
)
def test_other_json_is_refused(content):
    with pytest.raises(ScenarioError, match="không đọc được"):
        from_json(content)


@pytest.mark.parametrize("text", ["x", "!!!", "eJw", "đ", "eJyrVkrLz1eyUkpKLFKqBQAdegQ0"])
def test_other_links_are_refused(text):
    with pytest.raises(ScenarioError, match="Liên kết"):
        from_link(text)


def test_thresholds_are_kept_as_exact_text():
    content = as_json(band("2", 0, threshold=97.5))
    assert content == {"bands": {"2": {"0": {"threshold": "195/2"}}}}
    assert as_link(LAW) == ""
    assert from_link("") == LAW
