"""The main job in a real browser: a bad workbook, its findings, the good one, confirmation, map, list, profile.

Every page is opened at a desk's and a phone's width; no page shows an exception, no request leaves this machine.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.store import open_store
from data.units.lists import load_units
from tests.data.samples import edited, random_values, workbook
from tests.e2e.browser import settle, upload

PAGES = {
    "": "Tổng quan năm 2022",
    "ban-do": "Bản đồ năm 2022",
    "danh-sach": "Danh sách năm 2022",
    "ban-do-nho": "13 bản đồ nhỏ năm 2022",
    "hai-nam": "Hai năm",
    "bang-nhiet": "Bảng nhiệt năm 2022",
    "phan-bo": "Phân bố điểm năm 2022",
    "ho-so-huyen": "Hồ sơ huyện năm 2022",
    "ho-so": "Hồ sơ xã năm 2022",
    "con-thieu": "Còn thiếu gì để được công nhận, năm 2022",
    "thu-phuong-an": "Thử phương án năm 2022",
    "tai-ve": "Tải về năm 2022",
    "dia-gioi": "Địa giới",
    "nop-so-lieu": "Nộp số liệu",
    "giai-thich-loi": "Giải thích lỗi",
    "bo-tieu-chi": "Bộ tiêu chí",
}
pytestmark = pytest.mark.e2e


def test_first_deep_link_of_a_new_server_opens(open_tab):
    page = open_tab("bo-tieu-chi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bộ tiêu chí")
    settle(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
@pytest.mark.parametrize(("path", "title"), PAGES.items())
def test_every_page_opens_within_its_width(open_tab, path, title, width, height):
    page = open_tab(path, width, height)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    settle(page)
    overflow = page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth })()"
    )
    assert overflow <= 0


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option).first.click()
    settle(page)


def test_main_job(open_tab, home, tmp_path):
    units = load_units("2020", "20")
    code = units.index[0]
    values = random_values(units, 2022)
    for input_id in ("abused", "injured"):
        values.loc[code, input_id] = values.loc[code, "children"]  # knocked out on criteria 3 and 5
    good = workbook(units, values)

    def spoil(sheet, cell):
        cell(0, "births").value = "mười hai"
        cell(1, "infants").value = -4

    page = open_tab("nop-so-lieu?nam_nop=2022")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nộp số liệu")
    settle(page)

    upload(page, tmp_path, "con-loi.xlsx", edited(good, spoil))
    expect(page.get_by_text("Tệp chưa nhận được vì còn 2 lỗi")).to_be_visible()
    expect(page.get_by_role("button", name="Xác nhận và lưu")).to_have_count(0)
    assert submissions(home) == ["so-lieu-minh-hoa-2022.xlsx"]

    upload(page, tmp_path, "da-sua.xlsx", good)
    expect(page.get_by_text("4. Xem trước kết quả rồi xác nhận")).to_be_visible()
    assert submissions(home) == ["so-lieu-minh-hoa-2022.xlsx"]
    page.get_by_role("textbox", name="Người nộp", exact=True).fill("Nguyễn Văn A")
    page.get_by_role("textbox", name="Người nộp", exact=True).press("Enter")
    settle(page)
    page.get_by_role("button", name="Xác nhận và lưu").click()
    expect(page.get_by_text("Đã lưu số liệu năm 2022 của 200 đơn vị")).to_be_visible()
    assert submissions(home) == ["da-sua.xlsx", "so-lieu-minh-hoa-2022.xlsx"]

    page.get_by_role("link", name="Xem danh sách").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Danh sách năm 2022")
    settle(page)
    expect(page.get_by_text("Số liệu minh họa")).to_have_count(0)

    page.get_by_role("link", name="Bản đồ").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bản đồ năm 2022")
    settle(page)
    click_a_unit(page)
    link = page.get_by_role("link", name=re.compile("Mở hồ sơ"))
    expect(link).to_be_visible()
    name = link.inner_text().split("Mở hồ sơ ")[1].strip()
    assert "don_vi=" in page.url
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ xã năm 2022")
    expect(page.get_by_role("heading", level=2)).to_have_text(name)
    assert name in set(units["name"])
    page.reload()
    expect(page.get_by_role("heading", level=2)).to_have_text(name)

    choose(page, "Đơn vị", f"{units.loc[code, 'name']} – {units.loc[code, 'district']}")
    expect(page.get_by_text("Tiêu chí 3 (Trẻ em bị xâm hại) bị 0 điểm")).to_be_visible()
    expect(page.get_by_text("da-sua.xlsx").locator("visible=true").first).to_be_visible()


def click_a_unit(page: Page) -> None:
    """Click the middle of the largest unit drawn on the map."""
    shapes = page.get_by_test_id("stVegaLiteChart").locator("path[aria-roledescription='geoshape']")
    shapes.first.wait_for()
    boxes = [shapes.nth(place).bounding_box() for place in range(shapes.count())]
    sizes = [one["width"] * one["height"] if one else 0 for one in boxes]
    largest = shapes.nth(sizes.index(max(sizes)))
    largest.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = largest.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)


def submissions(home: Path) -> list[str]:
    store = open_store(f"sqlite:///{(home / 'app.sqlite').as_posix()}")
    names = [one.file_name for one in store.list_submissions(2022)]
    store.close()
    return names
