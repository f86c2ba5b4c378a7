"""Pictures say their title, source, date and doubts, in the bundled font; they survive every kind of province."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from reports.charts.classes import classify, list_measures
from reports.charts.maps.status import draw_district_bars, draw_map
from reports.charts.picture import FONT, caption_of, list_doubts, render_picture
from reports.charts.projector import draw_big_numbers, draw_knocked_out, draw_rows
from reports.facts.assessment import load_assessment
from reports.facts.counts import count_knocked_out, summarise_districts
from shapes.layers.layers import load_layer
from tests.reports.provinces import PROVINCES, make_province

DAY = date(2022, 12, 1)
TITLE = "Kết quả đánh giá xã, phường, thị trấn phù hợp với trẻ em của tất cả các huyện, thành phố trong tỉnh năm 2022"


@pytest.fixture(scope="module")
def assessment(demo_store):
    return load_assessment(demo_store, 2022)


def texts_of(svg: bytes) -> str:
    root = ElementTree.fromstring(svg.decode())
    return " ".join(one.text or "" for one in root.iter() if one.tag.endswith(("text", "tspan")))


def test_svg_says_title_doubts_source_and_date(assessment):
    spec = draw_district_bars(summarise_districts(assessment.frame, 95), 95, "Huyện").to_dict()
    svg = render_picture(spec, caption_of(assessment, TITLE, DAY, "Bản đồ sơ đồ."), "svg")
    said = " ".join(texts_of(svg).split())
    assert TITLE in said
    assert "Bản đồ sơ đồ. Ngày lập: 01/12/2022." in said
    for doubt in list_doubts(assessment):
        assert doubt in said
    assert "Số liệu minh họa" in said
    assert "tạm tính" in said
    assert FONT in svg.decode()


def test_no_text_leaves_the_picture(assessment):
    layer = load_layer("2020", "20", "boundaries")
    frame = assessment.frame
    spec = draw_map(layer, frame, classify(frame, assessment.standard, "tc6"), assessment.total_heading, 500)
    narrow = render_picture(spec, caption_of(assessment, TITLE, DAY, layer.source), "svg", width=400)
    root = ElementTree.fromstring(narrow.decode())
    lines = [len(one.text or "") for one in root.iter() if one.tag.endswith(("text", "tspan"))]
    assert max(lines) * 7 < float(root.get("width"))


@pytest.mark.parametrize("province", PROVINCES)
def test_every_map_and_chart_of_every_province(demo_store, province):
    assessment = make_province(demo_store, province)
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


def test_rows_beyond_the_most_are_counted(assessment):
    said = str(draw_rows(assessment.frame[["name"]], (30,), most=5).to_dict())
    assert "và 195 dòng khác" in said
