"""Pictures say their title, source, date and doubts, in the bundled font; every chart survives every province."""

import json
import struct
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from reports.charts.bars import draw_criterion_changes, draw_district_bars, draw_knocked_out
from reports.charts.classes import classify, classify_status, list_measures
from reports.charts.heat import draw_heat
from reports.charts.legend import draw_points_legend
from reports.charts.maps.base import ON_SLIDE
from reports.charts.maps.changes import draw_change_map
from reports.charts.maps.small import draw_small_maps
from reports.charts.maps.status import draw_map
from reports.charts.maps.what_if import draw_what_if_map
from reports.charts.margins import draw_margin_bars, draw_margins
from reports.charts.picture import PICTURE_FONT, caption_of, caption_what_if, render_bare, render_picture
from reports.charts.projector import draw_big_numbers, draw_rows
from reports.charts.theme import finish_chart
from reports.facts.assessment import Assessment
from reports.facts.comparison import compare, compare_criteria
from reports.facts.counts import count_by_criterion, count_knocked_out, summarise_districts
from reports.facts.doubts import find_doubts
from reports.facts.what_if import assess_scenario, compare_with_law
from scoring.words import SCENARIO_LABEL
from shapes.layers.layers import load_layer
from tests.reports.provinces import PROVINCES
from tests.reports.scenarios import BOTH

DAY = date(2022, 12, 1)
TITLE = "Kết quả đánh giá xã, phường, thị trấn phù hợp với trẻ em của tất cả các huyện, thành phố trong tỉnh năm 2022"


def texts_of(svg: bytes) -> str:
    root = ElementTree.fromstring(svg.decode())
    return " ".join(element.text or "" for element in root.iter() if element.tag.endswith(("text", "tspan")))


def test_svg_says_title_doubts_source_and_date(assessment):
    spec = draw_district_bars(summarise_districts(assessment.frame, 95), 95, "Huyện").to_dict()
    svg = render_picture(spec, caption_of(assessment, TITLE, DAY, "Bản đồ sơ đồ."), "svg")
    words = " ".join(texts_of(svg).split())
    assert TITLE in words
    assert "Bản đồ sơ đồ. Ngày lập: 01/12/2022." in words
    for doubt in find_doubts(assessment).sentences:
        assert doubt in words
    assert "Số liệu minh họa" in words
    assert "tạm tính" in words
    assert PICTURE_FONT in svg.decode()


def test_no_text_leaves_the_picture(assessment):
    layer = load_layer("2020", "20", "boundaries")
    frame = assessment.frame
    spec = draw_map(layer, frame, classify(frame, assessment.standard, "tc6"), assessment.total_heading, 500)
    narrow = render_picture(spec, caption_of(assessment, TITLE, DAY, layer.source), "svg", width=400)
    root = ElementTree.fromstring(narrow.decode())
    lines = [len(element.text or "") for element in root.iter() if element.tag.endswith(("text", "tspan"))]
    assert max(lines) * 7 < float(root.get("width"))


@pytest.mark.parametrize("province", PROVINCES)
def test_every_map_and_chart_of_every_province(province_of, province):
    assessment = province_of(province)
    frame = assessment.frame
    layer = load_layer("2020", "20", "hexagons")
    specs = [
        draw_map(layer, frame, classify(frame, assessment.standard, measure), assessment.total_heading, 300)
        for measure in list_measures(assessment.standard)[:3]
    ]
    specs.append(draw_district_bars(summarise_districts(frame, 95), 95, "Huyện", large=True).to_dict())
    specs.append(draw_knocked_out(count_knocked_out(assessment)).to_dict())
    specs.append(draw_big_numbers([("1", "đơn vị", "")]).to_dict())
    specs.append(draw_rows(frame[["name", "district"]], (30, 30)).to_dict())
    for spec in specs:
        picture = Image.open(BytesIO(render_picture(spec, caption_of(assessment, "Thử", DAY), "png", 500, 1)))
        assert picture.width > 300
        assert len(picture.convert("L").getcolors(256) or []) > 1


def test_png_has_the_asked_size(assessment):
    spec = draw_big_numbers([("139", "đạt", "")], height=100).to_dict()
    small, large = (
        Image.open(BytesIO(render_picture(spec, caption_of(assessment, "Thử", DAY), "png", 400, scale)))
        for scale in (1, 3)
    )
    assert large.width == pytest.approx(3 * small.width, abs=3)


def png_size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


def draw_all(scene: Assessment, before: Assessment, large: bool) -> dict[str, dict]:
    """Every chart of a scene."""
    frame, standard = scene.frame, scene.standard
    layer = load_layer("2020", "20", "hexagons")
    comparison = compare(before, scene)
    return {
        "small_maps": draw_small_maps(layer, frame, standard, large=large),
        "legend": finish_chart(draw_points_legend(large=large)),
        "heat": draw_heat(frame.head(12), standard, large=large),
        "margins": draw_margins(frame, large=large),
        "margin_bars": draw_margin_bars(frame, 10),
        "change_map": draw_change_map(layer, comparison.units, comparison.years, large=large),
        "criterion_changes": draw_criterion_changes(compare_criteria(comparison), large=large),
    }


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
    counts = count_by_criterion(scenes["demo"].frame, scenes["demo"].standard)
    maps = render_picture(charts["small_maps"], caption, "svg", 1200).decode()
    assert all(f"{zeros} đơn vị 0 điểm" in maps for zeros in counts["zeros"])
    assert maps.count("geoshape") >= 13 * 200
    heat = render_picture(charts["heat"], caption, "svg", 900).decode()
    assert "× 0" in heat
    assert "Số liệu minh họa" in heat


def test_picture_says_that_it_is_no_result(assessment, home):
    changed = assess_scenario(assessment, BOTH)
    caption = caption_what_if(changed, "Thử", date(2026, 1, 1), "Nguồn.")
    assert caption.doubts[0] == f"{SCENARIO_LABEL}."
    assert any("minh họa" in doubt for doubt in caption.doubts)
    assert SCENARIO_LABEL in caption.source
    rows = compare_with_law(assessment, changed)
    svg = render_picture(draw_what_if_map(load_layer("2020", "20"), rows, "Điểm", 400), caption, "svg").decode()
    assert SCENARIO_LABEL in svg
    assert "Đạt nhờ phương án" in svg


def test_a_bare_picture_has_the_width_and_no_caption(assessment):
    layer = load_layer("2020", "20", "hexagons")
    frame = assessment.frame
    spec = draw_map(layer, frame, classify_status(frame), "Tổng", 300, legend=ON_SLIDE)
    picture = Image.open(BytesIO(render_bare(spec, 400)))
    assert 400 * 1.5 <= picture.width < 400 * 1.5 + 40
    assert "width" not in spec
