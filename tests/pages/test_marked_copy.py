"""The officer's workbook back: made when asked for; where there can be none, the page says so and goes on."""

import pytest

from data.intake.returned import marked
from data.processes.worker import UnansweredError
from data.units.lists import load_units
from tests.data.samples import edited, random_values, workbook
from tests.pages.opening import open_page, words_of
from tests.workbooks.sheets import Sheet, to_xlsx

WITHOUT = "không lập được vì tệp quá lớn hoặc hỏng"


class Broken:
    def ask(self, request: bytes) -> bytes:
        raise UnansweredError("memory")


@pytest.fixture
def content() -> bytes:
    units = load_units("2020", "20").head(3)

    def spoil(sheet, cell):
        cell(0, "births").value = "mười hai"

    return edited(workbook(units, random_values(units, 7)), spoil)


def submit(content: bytes):
    app = open_page("submit")
    app.selectbox(key="nam_nop").select(2022).run()
    app.file_uploader[0].upload("một.xlsx", content).run()
    assert not app.exception
    return app


def downloads(app) -> list[str]:
    return [button.proto.label for button in app.get("download_button") if "đánh dấu" in button.proto.label]


def make_copy(app) -> None:
    next(button for button in app.button if "đánh dấu ô sai" in button.label).click().run()
    assert not app.exception


def test_copy_is_made_when_asked_for(demo_home, content):
    app = submit(content)
    assert not downloads(app)
    make_copy(app)
    assert downloads(app) == ["Tải tệp Excel đã đánh dấu ô sai"]


def test_page_goes_on_without_the_copy(demo_home, content, monkeypatch):
    monkeypatch.setattr(marked, "markers", Broken())
    app = submit(content)
    make_copy(app)
    assert [error.value for error in app.error if WITHOUT in error.value]
    assert not downloads(app)
    assert any(button.label == "Lưu và kiểm tra lại" for button in app.button)


def test_file_without_a_table_has_no_copy(demo_home):
    app = submit(to_xlsx({"S": Sheet([["a", "b"], ["c", "d"]])}))
    assert "không có bảng số liệu nào đọc được" in words_of(app)
    assert not any("đánh dấu ô sai" in button.label for button in app.button)
