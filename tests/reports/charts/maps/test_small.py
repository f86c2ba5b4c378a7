"""Small maps: each unit once with its class, within the budget of the page."""

import json

from reports.charts.classes import POINT_CLASSES, classify_criterion
from reports.charts.maps.small import draw_each_small_map, draw_small_maps
from reports.facts.counts import count_by_criterion
from shapes.boundaries.coverage import count_vertices
from shapes.layers.coarse import find_common_shape
from tests.reports.charts.conftest import VERTICES_OF_A_PAGE


def test_small_maps_draw_each_unit_once_with_its_class(assessment, layer):
    maps = draw_each_small_map(layer, assessment.frame, assessment.standard)
    assert list(maps) == [criterion.id for criterion in assessment.standard.criteria]
    names = list(POINT_CLASSES)
    for id_, spec in maps.items():
        rows = {row["code"]: row for row in spec["data"]["values"]}
        assert set(rows) == set(assessment.frame.index)
        labels = classify_criterion(assessment.frame, assessment.standard, id_).labels
        for code, row in rows.items():
            name = names[row["class"]]
            assert labels[code].startswith("Đủ" if name == "Đủ điểm" else name)


def test_small_maps_keep_to_the_budget(assessment, layer, home):
    assert count_vertices(layer.units.geometry) * len(assessment.standard.criteria) <= VERTICES_OF_A_PAGE
    maps = draw_each_small_map(layer, assessment.frame, assessment.standard)
    size = sum(len(json.dumps(spec, ensure_ascii=False).encode()) for spec in maps.values())
    assert size < (350_000 if find_common_shape(layer) else 1_000_000)
    assert len(json.dumps(draw_small_maps(layer, assessment.frame, assessment.standard))) < 150_000


def test_small_maps_of_a_district_only_draw_it(assessment, layer):
    frame = assessment.frame[assessment.frame["district_code"] == "189"]
    maps = draw_each_small_map(layer, frame, assessment.standard)
    assert {row["code"] for row in maps["tc5"]["data"]["values"]} == set(frame.index)


def test_one_picture_has_the_maps_that_are_asked_for_in_line(assessment, layer):
    spec = draw_small_maps(layer, assessment.frame, assessment.standard, criteria=["tc5", "tc1"], columns=2)
    titles = [view["title"] for view in spec["vconcat"][1]["concat"]]
    assert [" ".join(title["text"]).split(".")[0] for title in titles] == ["5", "1"]
    counts = count_by_criterion(assessment.frame, assessment.standard)
    assert f"{counts.at['tc5', 'zeros']} đơn vị 0 điểm" in " ".join(titles[0]["subtitle"])
    assert len({len(title["text"]) + len(title["subtitle"]) for title in titles}) == 1
    rows = spec["vconcat"][1]["data"]["values"]
    assert {row["code"] for row in rows} == set(assessment.frame.index)
    assert {"tc5", "tc1"} <= set(rows[0])
