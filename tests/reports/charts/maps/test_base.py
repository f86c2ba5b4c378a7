"""What every map of units promises, tried with each of them."""

import json

import pytest

from reports.charts.classes import classify_status
from reports.charts.maps.base import MAP_SELECTION, ON_PAGE, ON_PROJECTOR, ON_SLIDE, draw_units, highlight_unit
from reports.charts.maps.changes import draw_change_map
from reports.charts.maps.status import draw_map
from reports.charts.maps.what_if import draw_what_if_map
from reports.facts.comparison import compare
from shapes.layers.layers import load_layer
from tests.reports.scenarios import BOTH, compare_scenario


@pytest.fixture(params=["boundaries", "hexagons"])
def layer(request, home):
    """The province as pages draw it."""
    return load_layer("2020", "20", request.param)


@pytest.fixture(params=["status", "changes", "what_if"])
def draw(request, assessment, before):
    """Draws a map of some units, in one of the ways that there are."""
    frame, changes = assessment.frame, compare(before, assessment).units
    compared = compare_scenario(assessment, BOTH)
    return {
        "status": lambda layer, codes: draw_map(
            layer, frame.loc[codes], classify_status(frame.loc[codes]), assessment.total_heading, 500
        ),
        "changes": lambda layer, codes: draw_change_map(layer, changes.loc[codes], (2021, 2022)),
        "what_if": lambda layer, codes: draw_what_if_map(layer, compared.loc[codes], "Tổng điểm", 500),
    }[request.param]


def codes_of(part: dict) -> list[str]:
    return [feature["properties"]["code"] for feature in part["data"]["values"]["features"]]


def test_every_unit_is_drawn_once_with_its_class(draw, layer, assessment):
    spec = draw(layer, assessment.frame.index)
    units, districts, *_, chosen = spec["layer"]
    assert sorted(codes_of(units)) == sorted(assessment.frame.index)
    domain = units["encoding"]["color"]["scale"]["domain"]
    labels = [feature["properties"]["label"] for feature in units["data"]["values"]["features"]]
    assert set(labels) <= set(domain)
    for label in domain:
        assert label.endswith(f"({labels.count(label)})")
    assert len(codes_of(districts)) == 11
    assert codes_of(chosen) == []
    named = {feature["properties"]["code"]: feature["properties"] for feature in units["data"]["values"]["features"]}
    fields = [tooltip["field"].removeprefix("properties.") for tooltip in units["encoding"]["tooltip"]]
    assert all(set(fields) <= set(properties) for properties in named.values())
    assert named["05971"]["name"] == "Phường Hoàng Văn Thụ"


def test_a_click_gives_the_code_and_the_chosen_unit_is_outlined(draw, layer, assessment):
    spec = draw(layer, assessment.frame.index)
    (pick,) = spec["params"]
    assert pick["name"] == MAP_SELECTION
    assert pick["select"]["fields"] == ["code"]
    assert spec["layer"][0]["transform"][0]["as"] == "code"
    highlight_unit(spec, layer, "05971")
    assert codes_of(spec["layer"][-1]) == ["05971"]


def test_filter_draws_only_its_district(draw, layer, assessment):
    codes = assessment.frame.index[assessment.frame["district_code"] == "189"]
    units, districts, *_, chosen = draw(layer, codes)["layer"]
    assert sorted(codes_of(units)) == sorted(codes)
    assert codes_of(districts) == ["189"]
    assert codes_of(chosen) == []


def test_one_unit_and_none(draw, layer, assessment):
    for codes in (assessment.frame.index[:1], assessment.frame.index[:0]):
        assert codes_of(draw(layer, codes)["layer"][0]) == list(codes)


def test_nothing_leaves_the_machine_and_the_map_is_small(draw, layer, assessment):
    spec = draw(layer, assessment.frame.index)
    assert len(json.dumps(spec)) < 350_000
    spec.pop("$schema")
    assert "http" not in json.dumps(spec)


def test_legends_grow_with_the_distance():
    sizes = [legend.draw().to_dict()["labelFontSize"] for legend in (ON_PAGE, ON_PROJECTOR, ON_SLIDE)]
    assert sizes == sorted(set(sizes))
    assert ON_PROJECTOR.draw().to_dict()["orient"] == "right"


def test_only_units_with_a_shape_are_drawn(assessment, layer):
    frame = assessment.frame.head(1).rename(index={assessment.frame.index[0]: "99999"})
    values = frame[["name"]]
    spec = draw_units(layer, values, classify_status(frame), {"name": "Đơn vị"}, 300)
    assert codes_of(spec["layer"][0]) == []
