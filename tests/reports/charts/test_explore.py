"""Charts of the pages beside the map: what they count agrees with the figures, every one of them becomes a picture."""

import json
import struct
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from reports.charts.classes import classify_criterion
from reports.charts.heat import colour_heat, draw_heat, heat_table, sort_units, style_heat
from reports.charts.maps.changes import (
    classify_changes,
    compare_assessments,
    compare_criteria,
    compare_unit,
    draw_change_map,
    draw_criterion_changes,
)
from reports.charts.maps.small import (
    POINT_CLASSES,
    count_zeros,
    draw_each_small_map,
    draw_points_legend,
    draw_small_maps,
)
from reports.charts.maps.status import highlight_unit
from reports.charts.margins import draw_margin_bars, draw_margins
from reports.charts.picture import caption_of, render_picture
from reports.charts.theme import finish_chart
from reports.facts.assessment import Assessment, load_assessment
from scoring.engine import score
from shapes.layers.coarse import coarse_layer, count_vertices, find_common_shape
from shapes.layers.layers import load_layer

VERTICES_OF_A_PAGE = 20_000


def with_figures(assessment: Assessment, observations: pd.DataFrame) -> Assessment:
    scores = score(observations, assessment.standard, assessment.units)
    return replace(assessment, observations=observations, scores=scores)


@pytest.fixture(scope="module")
def assessment(demo_store) -> Assessment:
    return load_assessment(demo_store, 2022)


@pytest.fixture(scope="module")
def before(demo_store) -> Assessment:
    return load_assessment(demo_store, 2021)


@pytest.fixture(scope="module")
def scenes(assessment) -> dict[str, Assessment]:
    """The demo province, one unit, no figures at all, none met, no units."""
    nothing = assessment.observations.map(lambda _: pd.NA).astype("Int64")
    return {
        "demo": assessment,
        "one": assessment.restrict(["05971"]),
        "missing": with_figures(assessment, nothing),
        "none_met": with_figures(assessment, nothing.fillna(0)),
        "empty": assessment.restrict([]),
    }


@pytest.fixture(params=["hexagons", "boundaries"])
def layer(request, home):
    found = load_layer("2020", "20", request.param)
    return coarse_layer(found, VERTICES_OF_A_PAGE // 13)


def draw_all(scene: Assessment, before: Assessment, large: bool) -> dict[str, dict]:
    """Every chart of a scene."""
    frame, standard = scene.frame, scene.standard
    layer = load_layer("2020", "20", "hexagons")
    changes = compare_assessments(scene, before).units
    return {
        "small_maps": draw_small_maps(layer, frame, standard, large=large),
        "legend": finish_chart(draw_points_legend(large=large)),
        "heat": draw_heat(frame.head(12), standard, large=large),
        "margins": draw_margins(frame, large=large),
        "margin_bars": draw_margin_bars(frame, 10),
        "change_map": draw_change_map(layer, changes, (2021, 2022), large=large),
        "criterion_changes": draw_criterion_changes(
            compare_criteria(frame, before.frame.loc[frame.index], standard), large=large
        ),
    }


def png_size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


@pytest.mark.parametrize("scene", ["demo", "one", "missing", "none_met", "empty"])
def test_every_chart_becomes_a_picture(scenes, before, home, scene):
    caption = caption_of(scenes["demo"], "Hình", date(2022, 12, 1))
    for name, spec in draw_all(scenes[scene], before, large=scene == "none_met").items():
        picture = render_picture(spec, caption, "png", 700, 0.5)
        assert min(png_size(picture)) > 20, name
        assert "datasets" not in spec, name
        assert "http" not in json.dumps({key: value for key, value in spec.items() if key != "$schema"}), name


def test_a_picture_shows_what_the_chart_counts(scenes, before, home):
    charts = draw_all(scenes["demo"], before, large=False)
    caption = caption_of(scenes["demo"], "Hình", date(2022, 12, 1))
    counts = count_zeros(scenes["demo"].frame, scenes["demo"].standard)
    maps = render_picture(charts["small_maps"], caption, "svg", 1200).decode()
    assert all(f"{text.split(',')[0]}" in maps for text in counts["text"])
    assert maps.count("geoshape") >= 13 * 200
    heat = render_picture(charts["heat"], caption, "svg", 900).decode()
    assert "× 0" in heat
    assert "Số liệu minh họa" in heat


def test_small_maps_draw_each_unit_once_with_its_class(assessment, layer):
    maps = draw_each_small_map(layer, assessment.frame, assessment.standard)
    assert list(maps) == [one.id for one in assessment.standard.criteria]
    names = list(POINT_CLASSES)
    for id_, spec in maps.items():
        rows = {row["code"]: row for row in spec["data"]["values"]}
        assert set(rows) == set(assessment.frame.index)
        labels = classify_criterion(assessment.frame, assessment.standard, id_).labels
        for code, row in rows.items():
            name = names[row["class"]]
            assert labels[code].startswith("Đủ" if name == "Đủ điểm" else name)


def test_small_maps_keep_to_the_budget(assessment, layer, home):
    assert count_vertices(layer) * len(assessment.standard.criteria) <= VERTICES_OF_A_PAGE
    maps = draw_each_small_map(layer, assessment.frame, assessment.standard)
    size = sum(len(json.dumps(spec, ensure_ascii=False).encode()) for spec in maps.values())
    assert size < (350_000 if find_common_shape(layer) else 1_000_000)
    assert len(json.dumps(draw_small_maps(layer, assessment.frame, assessment.standard))) < 150_000


def test_small_maps_of_a_district_only_draw_it(assessment, layer):
    frame = assessment.frame[assessment.frame["district_code"] == "189"]
    maps = draw_each_small_map(layer, frame, assessment.standard)
    assert {row["code"] for row in maps["tc5"]["data"]["values"]} == set(frame.index)


def test_counts_below_small_maps(assessment):
    counts = count_zeros(assessment.frame, assessment.standard)
    points = assessment.frame["tc5"]
    assert counts.at["tc5", "zeros"] == (points == 0).sum() > 0
    assert counts["missing"].sum() == assessment.frame[list(counts.index)].isna().sum().sum()
    assert counts.at["tc5", "text"] == f"{(points == 0).sum()} đơn vị 0 điểm, {points.isna().sum()} chưa có số liệu"


def test_heat_orders(assessment):
    frame = assessment.frame
    assert sort_units(frame, "total")["total"].is_monotonic_decreasing
    assert sort_units(frame, "zeros")["zeros"].str.split().str.len().is_monotonic_decreasing
    by_criterion = sort_units(frame, "tc8")["tc8"]
    assert by_criterion.dropna().is_monotonic_increasing
    assert by_criterion.tail(frame["tc8"].isna().sum()).isna().all()
    names = sort_units(frame, "name")["name"].tolist()
    assert names.index("Xã Đại Đồng") > names.index("Xã Cường Lợi")
    assert list(sort_units(frame, "district").index) == list(frame.index)


def test_heat_table_holds_numbers_and_marks_zero_and_missing(assessment):
    frame = assessment.frame
    table = heat_table(assessment, frame)
    assert table["TC5"].equals(frame["tc5"].rename("TC5"))
    html = style_heat(table, colour_heat(table, frame, assessment.standard)).to_html()
    assert html.count("× 0") == (frame[[one.id for one in assessment.standard.criteria]] == 0).sum().sum()
    assert html.count(">–<") == frame[[one.id for one in assessment.standard.criteria]].isna().sum().sum()


def test_heat_chart_keeps_units_of_one_name_apart(assessment):
    frame = assessment.frame.head(2).assign(name="Xã A", district="Huyện B")
    spec = draw_heat(frame, assessment.standard)
    rows = spec["vconcat"][1]["data"]["values"]
    assert len({(row["row"], row["criterion"]) for row in rows}) == 26


def test_years_in_either_order_compare_the_same(assessment, before):
    one, other = compare_assessments(assessment, before), compare_assessments(before, assessment)
    assert one.before is other.before is before
    assert one.obstacle is None
    pd.testing.assert_frame_equal(one.units, other.units)


def test_units_of_other_vintages_and_points_of_other_standards_are_not_compared(assessment, before):
    merged = replace(assessment, round=replace(assessment.round, year=2026, vintage="2025-07"))
    compared = compare_assessments(before, merged)
    assert (compared.obstacle, len(compared.units)) == ("units", 0)
    other = assessment.standard.model_copy(update={"id": "khac"})
    assert compare_assessments(before, replace(assessment, standard=other)).obstacle == "standard"


def test_change_map_counts_every_unit_and_marks_gained_and_lost(assessment, before, layer):
    compared = compare_assessments(before, assessment).units
    classes = classify_changes(compared)
    assert sum(int(label.rsplit("(", 1)[1].rstrip(")")) for label in classes.colours) == len(compared)
    spec = draw_change_map(layer, compared, (2021, 2022))
    drawn = {one["properties"]["code"] for one in spec["layer"][0]["data"]["values"]["features"]}
    assert drawn == set(compared.index)
    marked = {one["code"] for one in spec["layer"][2]["data"]["values"]}
    assert marked == set(compared.index[compared["kind"].isin(["gained", "lost"])])
    highlight_unit(spec, layer, "05971")
    assert [one["properties"]["code"] for one in spec["layer"][-1]["data"]["values"]["features"]] == ["05971"]


def test_changes_by_criterion_agree_with_a_recount(assessment, before):
    changes = compare_criteria(assessment.frame, before.frame, assessment.standard)
    for id_, row in changes.iterrows():
        pairs = [
            (now, then)
            for now, then in zip(assessment.frame[id_], before.frame[id_], strict=True)
            if not pd.isna(now) and not pd.isna(then)
        ]
        assert row["units"] == len(pairs)
        assert row["risen"] == sum(now > then for now, then in pairs)
        assert row["fallen"] == sum(now < then for now, then in pairs)
        assert row["new_zeros"] == sum(now == 0 < then for now, then in pairs)
        assert row["cleared_zeros"] == sum(then == 0 < now for now, then in pairs)
        assert row["change"] == sum(now - then for now, then in pairs)


def test_greatest_change_of_a_unit_first_and_missing_last(assessment, before):
    code = assessment.frame.index[(assessment.frame["missing"] > 0)][0]
    table = compare_unit(assessment.frame.loc[code], before.frame.loc[code], assessment.standard)
    known = table["change"].dropna().abs()
    assert known.is_monotonic_decreasing
    assert table["change"].tail(table["change"].isna().sum()).isna().all()
    assert len(table) == 13
