"""Every page is visited once: it opens, stays within its width, and has no serious finding of axe-core.

At a desk's and a phone's width, in the light and the dark theme; keys alone reach the menu and a view.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pages.menu import HOME, SCREENS
from tests.e2e.browser import ask_until_heard, settle, wait_in_page

TITLES = {"": HOME.title} | {screen.path: screen.title for screen in SCREENS}
[PRESENTATION] = (screen.path for screen in SCREENS if screen.whole_screen)
PHONE = {"width": 390, "height": 844}


def wait_until_it_fits(page: Page) -> None:
    """Wait until the page is no wider than its window: a chart is drawn anew a while after the window changed."""
    wait_in_page(
        page,
        "(() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth <= m.clientWidth })()",
    )


def serious_findings(page: Page) -> list[tuple[str, str]]:
    """Rules of axe-core that the page breaks, with the element; once nothing moves or fades any more."""
    wait_in_page(page, "document.getAnimations().every(animation => animation.playState !== 'running')")
    return [
        (violation["id"], node["html"][:300])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("path", TITLES)
def test_page_opens_within_its_width_and_is_accessible(open_tab, path):
    page = open_tab(path)
    heading = page.get_by_role("heading", level=1)
    if path == PRESENTATION:  # fills the screen, for a projector
        expect(heading).to_be_visible()
        settle(page)
    else:
        expect(heading).to_have_text(re.compile(f"^{TITLES[path]}"))
        settle(page)
        wait_until_it_fits(page)
    assert serious_findings(page) == []
    if path != PRESENTATION:
        desk = page.viewport_size
        page.set_viewport_size(PHONE)
        wait_in_page(page, "window.innerWidth === document.querySelector('[data-testid=stApp]').clientWidth")
        settle(page)
        wait_until_it_fits(page)
        page.set_viewport_size(desk)
    page.emulate_media(color_scheme="dark")
    page.reload()
    expect(heading).to_be_visible()
    settle(page)
    assert serious_findings(page) == []


def test_keys_alone_go_through_the_presentation(open_tab):
    page = open_tab("trinh-chieu")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("phù hợp với trẻ em")
    expect(page.get_by_role("button", name="Sau")).to_be_visible()
    for key, number, title in (
        ("ArrowRight", 2, "bản đồ"),
        ("ArrowRight", 3, "Kết quả theo huyện"),
        ("ArrowLeft", 2, "bản đồ"),
    ):
        ask_until_heard(page, lambda key=key: page.keyboard.press(key))
        expect(page.get_by_text(f"{number}/17 ")).to_be_visible()  # the line at the end: the view is whole
        expect(heading).to_contain_text(title)
    assert "trang=map" in page.url
    ask_until_heard(page, lambda: page.keyboard.press("Escape"))
    expect(heading).to_contain_text("Tổng quan năm 2022")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


def test_tab_key_reaches_the_menu_and_the_year(open_tab):
    page = open_tab("")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settle(page)
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.innerText || '').trim()"))
    assert {"Bản đồ", "Hồ sơ xã", "Trình chiếu", "Địa giới"} <= {one.split("\n")[-1] for one in reached}
