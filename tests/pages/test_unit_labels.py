"""Units as a choice lists them: in Vietnamese order, made once, new with other names."""

import pandas as pd
import pytest

from data.text.collation import vietnamese_key
from pages.parts.unit_labels import label_unit, label_units
from reports.facts.assessment import load_assessment


@pytest.fixture(scope="module")
def frame(demo_store):
    return load_assessment(demo_store, demo_store.rounds.choose(2022)).frame


def list_plainly(frame: pd.DataFrame) -> list[tuple[str, str]]:
    rows = [(code, row["name"], row["district"]) for code, row in frame.iterrows()]
    ordered = sorted(rows, key=lambda row: vietnamese_key.__wrapped__(f"{row[1]} {row[2]}"))
    return [(code, f"{name} – {district} ({code})") for code, name, district in ordered]


def test_labels_and_order_are_those_of_a_plain_sort(frame):
    assert list(label_units(frame).items()) == list_plainly(frame)
    some = frame[frame["district"] == frame["district"].iloc[0]]
    assert list(label_units(some).items()) == list_plainly(some)


def test_same_units_are_labelled_once_and_other_names_anew(frame):
    first = label_units(frame)
    assert label_units(frame.copy()) is first
    renamed = frame.assign(name=frame["name"].where(frame.index != "05971", "Đổi Tên"))
    assert label_units(renamed)["05971"] == label_unit("05971", "Đổi Tên", frame.at["05971", "district"])
    assert label_units(frame)["05971"] == first["05971"]


def test_kept_labels_cannot_be_changed(frame):
    with pytest.raises(TypeError):
        label_units(frame)["05971"] = "x"
