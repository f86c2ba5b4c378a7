"""The map of a scenario signs who changes status."""

import pandas as pd
import pytest

from reports.charts.maps.what_if import draw_what_if_map
from reports.facts.what_if import count_scenario
from shapes.layers.layers import load_layer
from tests.reports.scenarios import BOTH, compare_scenario


@pytest.mark.parametrize("view", ["boundaries", "hexagons"])
def test_map_marks_what_changes_without_colour_too(assessment, view, home):
    rows = compare_scenario(assessment, BOTH)
    units, _, signs, _ = draw_what_if_map(load_layer("2020", "20", view), rows, "Tổng điểm", 500)["layer"]
    drawn = pd.Series([row["sign"] for row in signs["data"]["values"]]).value_counts()
    counts = count_scenario(rows)
    assert drawn.to_dict() == {"+": counts.gained, "−": counts.lost}
    assert all(6 <= row["size"] <= 22 for row in signs["data"]["values"])
    tooltips = [(tooltip["field"], tooltip["title"]) for tooltip in units["encoding"]["tooltip"]]
    assert ("properties.label", "So với luật") in tooltips
    assert ("properties.status", "Kết quả theo phương án") in tooltips


def test_nobody_changes_and_no_units(assessment, home):
    rows = compare_scenario(assessment, BOTH)
    layer = load_layer("2020", "20", "hexagons")
    for units in (rows[rows["kind"] == "same"].head(1), rows.head(0)):
        spec = draw_what_if_map(layer, units, "Tổng điểm", 300)
        assert len(spec["layer"][0]["data"]["values"]["features"]) == len(units)
        assert spec["layer"][2]["data"]["values"] == []
