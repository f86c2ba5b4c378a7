"""Clicks on the pages beside the map, from a year and a district that stand in the URL."""

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.e2e.browser import ask, click_in, click_middle

DISTRICT = "Huyện Chi Lăng"


def click_unit(page: Page, chart: int, place: int) -> None:
    shapes = page.get_by_test_id("stVegaLiteChart").nth(chart).locator("path[aria-roledescription='geoshape']")
    shapes.first.wait_for()
    click_middle(page, shapes.nth(place))


def test_click_on_a_small_map_opens_the_unit_on_the_big_map_of_its_criterion(open_tab):
    page = open_tab(f"ban-do-nho?nam=2021&huyen={quote(DISTRICT)}", height=1000)
    click_unit(page, 3, 4)  # the legend is the first chart, so this is the third criterion
    expect(page.get_by_role("heading", level=1)).to_have_text("Bản đồ năm 2021")
    expect(page.get_by_role("combobox", name="Tô màu theo")).to_have_value("Tiêu chí 3: Trẻ em bị xâm hại")
    expect(page.get_by_role("combobox", name="Huyện, thành phố")).to_have_value(DISTRICT)
    expect(page.get_by_role("link", name="Mở hồ sơ")).to_be_visible()


def test_button_of_a_small_map_opens_the_big_map(open_tab):
    page = open_tab(f"ban-do-nho?nam=2021&huyen={quote(DISTRICT)}", height=1000)
    buttons = page.get_by_role("button", name="Bản đồ lớn")
    expect(buttons).to_have_count(13)
    ask(page, buttons.nth(4).click)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bản đồ năm 2021")
    expect(page.get_by_role("combobox", name="Tô màu theo")).to_have_value("Tiêu chí 5: Trẻ em bị tai nạn, thương tích")


def test_click_on_the_map_of_changes_shows_the_units_criteria(open_tab):
    page = open_tab("hai-nam?nam=2021&nam_truoc=2020", height=2000)
    click_unit(page, 2, 60)
    expect(page.get_by_role("link", name="Mở hồ sơ")).to_be_visible()
    assert "don_vi=" in page.url


def test_click_on_a_cell_of_the_heat_table_shows_the_units_card(open_tab):
    page = open_tab("bang-nhiet", height=1000)
    click_in(page, page.locator("canvas").first, 330, 100)
    expect(page.get_by_role("link", name="Mở hồ sơ")).to_be_visible()
    assert "don_vi=" in page.url


def test_bar_of_a_district_opens_its_profile_in_the_year_of_the_url(open_tab):
    page = open_tab("?nam=2021", height=2400)
    bars = page.get_by_test_id("stVegaLiteChart").first.locator("path[aria-roledescription='bar']")
    bars.first.wait_for()
    name = re.search(r"Huyện, thành phố: ([^;]+)", bars.first.get_attribute("aria-label")).group(1)
    click_middle(page, bars.first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ huyện năm 2021")
    expect(page.get_by_role("heading", level=2).first).to_have_text(name)


def test_button_of_a_row_opens_the_profile_in_the_year_and_district_of_the_url(open_tab):
    page = open_tab(f"danh-sach?nam=2021&huyen={quote(DISTRICT)}", height=1000)
    click_in(page, page.locator("canvas").first, 165, 53)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ xã năm 2021")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Thị trấn Chi Lăng")
