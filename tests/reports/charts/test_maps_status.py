"""The map and the bars: every unit is drawn once, the legend counts, odd data does not break them."""

import json

import pandas as pd
import pytest

from reports.charts.classes import classify_status
from reports.charts.maps.status import MAP_SELECTION, draw_district_bars, draw_map, highlight_unit
from reports.facts.assessment import load_assessment
from reports.facts.counts import summarise_districts
from shapes.layers.layers import load_layer


@pytest.fixture(scope="module")
def assessment(demo_store):
    return load_assessment(demo_store, 2022)


def features(spec: dict, number: int) -> list:
    return spec["layer"][number]["data"]["values"]["features"]


def drawn(assessment, frame: pd.DataFrame, view: str, chosen: str | None = None) -> dict:
    layer = load_layer("2020", "20", view)
    spec = draw_map(layer, frame, classify_status(frame), assessment.total_heading, 500)
    if chosen:
        highlight_unit(spec, layer, chosen)
    return spec


@pytest.mark.parametrize("view", ["boundaries", "hexagons"])
def test_every_unit_is_drawn_with_its_class(assessment, view, home):
    frame = assessment.frame
    spec = drawn(assessment, frame, view, "05971")
    shown = {one["properties"]["code"]: one["properties"] for one in features(spec, 0)}
    assert set(shown) == set(frame.index)
    labels = classify_status(frame).labels
    assert all(shown[code]["label"] == labels[code] for code in frame.index)
    assert len(features(spec, 1)) == 11
    assert [one["properties"]["code"] for one in features(spec, 2)] == ["05971"]
    assert MAP_SELECTION in json.dumps(spec["params"] if "params" in spec else spec["layer"][0]["params"])
    assert len(json.dumps(spec)) < 350_000


def test_filter_draws_only_its_district(assessment, home):
    frame = assessment.frame
    spec = drawn(assessment, frame[frame["district_code"] == "189"], "boundaries")
    assert len(features(spec, 0)) == 12
    assert [one["properties"]["code"] for one in features(spec, 1)] == ["189"]
    assert features(spec, 2) == []


def test_one_unit_and_none(assessment, home):
    for some in (assessment.frame.head(1), assessment.frame.head(0)):
        assert len(features(drawn(assessment, some, "boundaries"), 0)) == len(some)
        bars = draw_district_bars(summarise_districts(some, 95), 95, "Huyện").to_dict()
        assert bars["layer"]


def test_no_link_to_another_host(assessment, home):
    spec = drawn(assessment, assessment.frame, "boundaries")
    spec.pop("$schema", None)
    assert "http" not in json.dumps(spec)
