"""The map of a year says result and total of each unit."""

import pytest

from reports.charts.classes import classify, list_measures
from reports.charts.maps.base import ON_SLIDE
from reports.charts.maps.status import draw_map
from scoring.words import STATUS_WORDS, format_number
from shapes.layers.layers import load_layer


@pytest.fixture
def layer(home):
    return load_layer("2020", "20", "hexagons")


def test_units_say_result_and_total(assessment, layer):
    for measure in list_measures(assessment.standard)[:3]:
        classes = classify(assessment.frame, assessment.standard, measure)
        units = draw_map(layer, assessment.frame, classes, assessment.total_heading, 500)["layer"][0]
        for feature in units["data"]["values"]["features"]:
            properties = feature["properties"]
            unit = assessment.frame.loc[properties["code"]]
            assert properties["status"] == STATUS_WORDS[unit["status"]]
            assert properties["total"] == format_number(int(unit["total"]))
            assert properties["label"] == classes.labels[properties["code"]]
        headings = [tooltip["title"] for tooltip in units["encoding"]["tooltip"]]
        assert headings == ["Đơn vị", "Địa bàn", "Kết quả", "Tổng điểm (tạm tính)"]


def test_legend_of_the_page_of_the_projector_and_of_a_slide(assessment, layer):
    classes = classify(assessment.frame, assessment.standard, "status")
    page, projector, slide = (
        draw_map(layer, assessment.frame, classes, "Tổng", 500, **style)["layer"][0]["encoding"]["color"]["legend"]
        for style in ({}, {"large": True}, {"legend": ON_SLIDE})
    )
    assert page["labelFontSize"] < projector["labelFontSize"] < slide["labelFontSize"]
    assert (page["orient"], projector["orient"], slide["orient"]) == ("bottom", "right", "bottom")
