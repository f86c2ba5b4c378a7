"""Files of the corpus in the browser: mapped, corrected in place, refused in a sentence, many at once."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.store import open_store
from tests.e2e.browser import ask, fill, open_popover, press, settle, upload, write_into_cell
from tests.e2e.conftest import FOLDER, Server, run_server
from tests.workbooks.make import TRUTH, make_all

YEAR = 2022


@pytest.fixture(scope="module")
def server(demo_file, browser_path, tmp_path_factory) -> Iterator[Server]:
    """A server of the module's own: files are stored."""
    home = tmp_path_factory.mktemp("e2e") / FOLDER
    home.mkdir()
    shutil.copy(demo_file, home / "app.sqlite")
    with run_server(home) as started:
        yield started


@pytest.fixture
def home(server) -> Path:
    return server.home


@pytest.fixture
def submit_page(open_tab) -> Page:
    page = open_tab(f"nop-so-lieu?nam_nop={YEAR}", 1366, 900)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nộp số liệu")
    settle(page)
    return page


def send(page: Page, folder: Path, name: str) -> None:
    upload(page, folder, name, make_all()[name])


def confirm(page: Page) -> None:
    fill(page, "Người nộp", "Nguyễn Văn A")
    press(page, "Xác nhận và lưu")
    expect(page.get_by_text(f"Đã lưu số liệu năm {YEAR}")).to_be_visible()


def stored(home: Path) -> list[str]:
    store = open_store(f"sqlite:///{(home / 'app.sqlite').as_posix()}")
    names = [one.file_name for one in store.submissions.list(store.rounds.choose(YEAR))]
    store.close()
    return names


def figures(home: Path):
    store = open_store(f"sqlite:///{(home / 'app.sqlite').as_posix()}")
    frame = store.observations.load(store.rounds.choose(YEAR))
    store.close()
    return frame


def test_hand_made_table_with_headings_and_sums(submit_page, home, tmp_path):
    send(submit_page, tmp_path, "dong-huyen-va-cong.xlsx")
    expect(submit_page.get_by_text("không có lỗi: 39 dòng, 39 đơn vị")).to_be_visible()
    expect(submit_page.get_by_text("Giá trị đổi")).to_be_visible()
    confirm(submit_page)
    assert stored(home)[0] == "dong-huyen-va-cong.xlsx"
    assert figures(home).at["06613", "children"] == TRUTH.at["06613", "children"]


def test_short_headers_are_confirmed_once_and_remembered(submit_page, home, tmp_path):
    page = submit_page
    send(page, tmp_path, "nhan-viet-tat.xlsx")
    expect(page.get_by_text("Đối chiếu cột: còn 8 cột cần xác nhận")).to_be_visible()
    expect(page.get_by_role("button", name="Xác nhận và lưu")).to_have_count(0)
    fill(page, "Người xác nhận", "Trần Thị B")
    press(page, "Xác nhận đối chiếu cột")
    expect(page.get_by_text("không có lỗi: 12 dòng, 12 đơn vị")).to_be_visible()
    confirm(page)
    assert "nhan-viet-tat.xlsx" in stored(home)
    upload(page, tmp_path, "lan-sau.xlsx", changed(make_all()["nhan-viet-tat.xlsx"]))
    expect(page.get_by_text("“lan-sau.xlsx” không có lỗi")).to_be_visible()
    open_popover(page, "Bỏ tệp này")
    press(page, "Đúng, bỏ tệp này")


def changed(content: bytes) -> bytes:
    """The same table with another figure: another file of the same shape."""
    from io import BytesIO

    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content))
    book.active["J3"].value = 4
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_wrong_cell_is_corrected_in_place_and_survives_a_lost_connection(submit_page, open_tab, home, tmp_path):
    send(submit_page, tmp_path, "ngay-thang.xlsx")
    expect(submit_page.get_by_text("Tệp chưa nhận được vì còn 1 lỗi")).to_be_visible()
    page = open_tab(f"nop-so-lieu?nam_nop={YEAR}", 1366, 900)
    settle(page)
    expect(page.get_by_text("Tệp chưa nhận được vì còn 1 lỗi")).to_be_visible()
    expander = page.get_by_test_id("stExpander").filter(has_text="Sửa ngay trên màn hình")
    write_into_cell(page, expander.get_by_test_id("stDataFrame"), 2, "12")  # the wrong one is the last
    press(page, "Lưu và kiểm tra lại")
    expect(page.get_by_text("không có lỗi: 12 dòng, 12 đơn vị")).to_be_visible()
    confirm(page)
    store = open_store(f"sqlite:///{(home / 'app.sqlite').as_posix()}")
    source = store.observations.load_sources(store.rounds.choose(YEAR), "06616").loc["villages"]
    store.close()
    assert (source["value"], source["original"]) == (12, "“12/05/2022”")


def test_file_that_cannot_be_read_is_refused_in_a_sentence(submit_page, home, tmp_path):
    before = stored(home)
    send(submit_page, tmp_path, "co-mat-khau.xlsx")
    expect(submit_page.get_by_text("tệp có mật khẩu")).to_be_visible()
    expect(submit_page.get_by_text("3. Kiểm tra và xác nhận")).to_have_count(0)
    assert stored(home) == before


def test_eleven_districts_in_one_zip(submit_page, home, tmp_path):
    page = submit_page
    send(page, tmp_path, "muoi-mot-huyen.zip")
    button = page.get_by_role("button", name=re.compile("Xác nhận cả 11 tệp không có lỗi"))
    expect(button).to_be_visible()
    fill(page, "Người nộp các tệp", "Nguyễn Văn A")
    ask(page, button.click)
    expect(page.get_by_text("của 200 đơn vị từ tệp")).to_be_visible()
    assert len([name for name in stored(home) if name.startswith("Số liệu ")]) == 11
    assert (figures(home)["births"] == TRUTH["births"]).all()
