"""The main job in a real browser: a bad workbook, its findings, the good one, confirmation, map, list, profile."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.store import open_store
from data.units.lists import load_units
from tests.data.samples import edited, random_values, workbook
from tests.e2e.browser import ask, click_middle, fill, press, settle, upload
from tests.e2e.conftest import FOLDER, Server, run_server


@pytest.fixture(scope="module")
def server(browser_path, tmp_path_factory) -> Iterator[Server]:
    """A server of the module's own, from an empty state folder, as a province starts it."""
    with run_server(tmp_path_factory.mktemp("e2e") / FOLDER) as started:
        yield started


def test_first_deep_link_of_a_new_server_opens(open_tab):
    page = open_tab("bo-tieu-chi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bộ tiêu chí")
    settle(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).click()
    ask(page, page.get_by_role("option", name=option).first.click)


def test_main_job(open_tab, server, tmp_path):
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
    assert submissions(server.home) == ["so-lieu-minh-hoa-2022.xlsx"]

    upload(page, tmp_path, "da-sua.xlsx", good)
    expect(page.get_by_text("4. Xem trước kết quả rồi xác nhận")).to_be_visible()
    assert submissions(server.home) == ["so-lieu-minh-hoa-2022.xlsx"]
    fill(page, "Người nộp", "Nguyễn Văn A")
    press(page, "Xác nhận và lưu")
    expect(page.get_by_text("Đã lưu số liệu năm 2022 của 200 đơn vị")).to_be_visible()
    assert submissions(server.home) == ["da-sua.xlsx", "so-lieu-minh-hoa-2022.xlsx"]

    ask(page, page.get_by_role("link", name="Xem danh sách").click)
    expect(page.get_by_role("heading", level=1)).to_have_text("Danh sách năm 2022")
    expect(page.get_by_text("Số liệu minh họa")).to_have_count(0)

    ask(page, page.get_by_role("link", name="Bản đồ").first.click)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bản đồ năm 2022")
    click_a_unit(page)
    link = page.get_by_role("link", name=re.compile("Mở hồ sơ"))
    expect(link).to_be_visible()
    name = link.inner_text().split("Mở hồ sơ ")[1].strip()
    assert "don_vi=" in page.url
    ask(page, link.click)
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
    click_middle(page, shapes.nth(sizes.index(max(sizes))))


def submissions(home: Path) -> list[str]:
    store = open_store(f"sqlite:///{(home / 'app.sqlite').as_posix()}")
    names = [one.file_name for one in store.submissions.list(store.rounds.choose(2022))]
    store.close()
    return names
