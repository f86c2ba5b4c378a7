"""The map of changes marks who gained and who lost."""

import pandas as pd
import pytest

from reports.charts.classes import CHANGE_MARKS
from reports.charts.maps.changes import draw_change_map
from reports.facts.comparison import Comparison, compare
from scoring.words import NO_DATA
from tests.reports.provinces import make_years_apart


@pytest.fixture(scope="module")
def comparison(assessment, before) -> Comparison:
    return compare(before, assessment)


def test_units_that_gained_or_lost_bear_a_mark(comparison, layer):
    spec = draw_change_map(layer, comparison.units, comparison.years)
    changed = comparison.units[comparison.units["kind"].isin(["gained", "lost"])]
    marks = {row["code"]: row["properties"]["mark"] for row in spec["layer"][2]["data"]["values"]}
    assert marks == {code: CHANGE_MARKS[kind] for code, kind in changed["kind"].items()}
    assert all({"x", "y"} <= set(row) for row in spec["layer"][2]["data"]["values"])


def test_both_years_and_what_is_not_known_are_said(comparison, layer):
    units = draw_change_map(layer, comparison.units, comparison.years)["layer"][0]
    headings = [tooltip["title"] for tooltip in units["encoding"]["tooltip"]]
    assert headings == ["Đơn vị", "Địa bàn", "Tổng điểm 2021", "Tổng điểm 2022", "Tăng, giảm"]
    properties = {
        feature["properties"]["code"]: feature["properties"] for feature in units["data"]["values"]["features"]
    }
    for code, unit in comparison.units.iterrows():
        assert (properties[code]["change"] == NO_DATA) == pd.isna(unit["change"])


def test_years_that_are_not_compared_draw_nothing(layer):
    comparison = compare(*make_years_apart())
    spec = draw_change_map(layer, comparison.units, comparison.years)
    assert spec["layer"][0]["data"]["values"]["features"] == spec["layer"][2]["data"]["values"] == []
