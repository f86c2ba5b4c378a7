"""Classes of units: by default when a round opens, corrected all at once."""

import threading

import pandas as pd
import pytest

from data.store import StoreError, plan_round
from tests.data.store.samples import FIRST_UNIT, ROUND, SECOND_UNIT, save, values

CORRECTED = pd.DataFrame({"unit_class": ["other"], "mountainous": [False], "provenance": ["seen"]}, index=[SECOND_UNIT])


def test_units_have_their_default_classes_first(store):
    save(store, values())
    counted = store.classes.load(ROUND)["unit_class"].value_counts()
    assert counted.to_dict() == {"mountain_island_or_disadvantaged": 195, "other": 5}


def test_class_of_a_unit_can_be_corrected(store):
    save(store, values())
    before = store.classes.load(ROUND)
    store.classes.save(ROUND, CORRECTED.assign(unit_class="central_city_ward"), "Sở")
    after = store.classes.load(ROUND)
    assert after.loc[SECOND_UNIT].to_dict() == {
        "unit_class": "central_city_ward",
        "mountainous": False,
        "provenance": "seen",
    }
    pd.testing.assert_frame_equal(after.drop(SECOND_UNIT), before.drop(SECOND_UNIT))
    assert store.audit.list()[-1].detail["units"] == [SECOND_UNIT]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (CORRECTED.assign(unit_class="city"), "không có loại đơn vị “city”"),
        (CORRECTED.rename(index={SECOND_UNIT: "99999"}), "không có đơn vị 99999"),
        (CORRECTED.rename(index={SECOND_UNIT: "00001"}), "không có đơn vị 00001"),
    ],
)
def test_wrong_class_or_unit_is_refused_with_all_others(store, wrong, message):
    save(store, values())
    before = store.classes.load(ROUND)
    with pytest.raises(StoreError, match=message):
        store.classes.save(ROUND, pd.concat([CORRECTED.rename(index={SECOND_UNIT: FIRST_UNIT}), wrong]), "Sở")
    pd.testing.assert_frame_equal(store.classes.load(ROUND), before)


def test_classes_of_a_round_that_is_not_open_are_refused(store):
    assert store.classes.load(ROUND).empty
    with pytest.raises(StoreError, match="Chưa có kỳ đánh giá 2023"):
        store.classes.save(plan_round(2023), CORRECTED, "Sở")


def test_corrections_in_opposite_orders_do_not_wait_for_each_other(store):
    save(store, values())
    classes = store.classes.load(ROUND)
    errors = []

    def correct(frame: pd.DataFrame) -> None:
        try:
            for _ in range(5):
                store.classes.save(ROUND, frame, "Sở")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=correct, args=(frame,)) for frame in (classes, classes.iloc[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert store.rounds.facts_version(ROUND) == 11
