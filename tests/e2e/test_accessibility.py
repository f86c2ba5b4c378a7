"""No page has a serious finding of axe-core, in the light and the dark theme; keys alone reach the menu and a view."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.browser import settle
from tests.e2e.test_main_job import PAGES

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PAGES, "trinh-chieu"])
def test_no_serious_finding(open_tab, path, scheme):
    page = open_tab(path, scheme=scheme)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settle(page)
    page.wait_for_timeout(1000)
    serious = [
        (found["id"], node["html"][:300])
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]
    assert serious == []


def test_keys_alone_go_through_the_presentation(open_tab):
    page = open_tab("trinh-chieu")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("phù hợp với trẻ em")
    expect(page.get_by_role("button", name="Sau")).to_be_visible()
    settle(page)
    page.wait_for_timeout(2000)  # the keys are heard once the page is drawn
    for key, number, title in (
        ("ArrowRight", 2, "bản đồ"),
        ("ArrowRight", 3, "Kết quả theo huyện"),
        ("ArrowLeft", 2, "bản đồ"),
    ):
        page.wait_for_timeout(1500)
        page.keyboard.press(key)
        expect(page.get_by_text(f"{number}/17 ")).to_be_visible(
            timeout=30_000
        )  # the line at the end: the view is whole
        expect(heading).to_contain_text(title)
        settle(page)
    assert "trang=map" in page.url
    page.keyboard.press("Escape")
    expect(heading).to_contain_text("Tổng quan năm 2022")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


def test_tab_key_reaches_the_menu_and_the_year(open_tab):
    page = open_tab("")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settle(page)
    page.wait_for_timeout(2000)
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.innerText || '').trim()"))
    assert {"Bản đồ", "Hồ sơ xã", "Trình chiếu", "Địa giới"} <= {one.split("\n")[-1] for one in reached}
