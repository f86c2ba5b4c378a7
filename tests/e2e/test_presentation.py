"""Trình chiếu on a projector and on a telephone: nothing lies below the screen, nothing over anything else."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import settle

PROJECTOR = (1366, 768)


@pytest.mark.parametrize("view", ["overview", "map", "districts", "knocked_out", "changes", "closest", "district-178"])
def test_the_whole_view_is_on_the_projector(open_tab, view):
    page = open_tab(f"trinh-chieu?nam=2022&trang={view}", *PROJECTOR)
    settle(page)
    expect(page.get_by_role("button", name="Sau")).to_be_in_viewport(ratio=1)


def test_figures_stand_one_below_the_other_on_a_telephone(open_tab):
    page = open_tab("trinh-chieu?nam=2022&trang=overview", 390, 3000)
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts).to_have_count(4)
    for chart, word in zip(charts.all(), ("Đạt", "Không đạt", "Chưa đủ số liệu", "tỷ lệ đạt"), strict=True):
        expect(chart.get_by_text(word).first).to_be_visible()
    boxes = [box for chart in charts.all() if (box := chart.bounding_box())]
    assert len(boxes) == 4
    assert all(box["width"] > 300 and box["x"] + box["width"] <= 390 for box in boxes)
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"]
