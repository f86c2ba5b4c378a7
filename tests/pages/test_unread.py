"""While no reader takes files, the page says so in a sentence; the same file is read when one does."""

from typing import Any

import pytest
import streamlit as st

from data.intake.reading import cells
from data.processes.pool import UnavailableError
from data.units.lists import load_units
from pages.parts import uploads
from tests.data.samples import random_values, workbook
from tests.pages.opening import open_page

BUSY = "chưa đọc được vì máy chủ đang quá tải"


class Readers:
    """Readers that may be too busy."""

    def __init__(self) -> None:
        self.too_busy = True
        self._readers = cells.readers

    def ask(self, request: bytes) -> Any:
        if self.too_busy:
            raise UnavailableError
        return self._readers.ask(request)


@pytest.fixture
def readers(monkeypatch) -> Readers:
    readers = Readers()
    monkeypatch.setattr(cells, "readers", readers)
    return readers


def test_file_is_not_refused_for_good(demo_home, readers):
    units = load_units("2020", "20").head(3)
    content = workbook(units, random_values(units, 7))
    app = open_page("submit")
    app.selectbox(key="nam_nop").select(2022).run()
    app.file_uploader[0].upload("một.xlsx", content).run()
    assert BUSY in app.error[0].value
    readers.too_busy = False
    app.file_uploader[0].upload("hai.xlsx", content).run()
    assert not app.error
    assert any(button.label == "Xác nhận và lưu" for button in app.button)

    st.cache_resource.clear()
    readers.too_busy = True
    app = open_page("submit")
    app.selectbox(key="nam_nop").select(2022).run()
    assert not app.exception
    assert BUSY in app.error[0].value
    readers.too_busy = False
    app.run()
    assert not app.error
    assert any(button.label == "Xác nhận và lưu" for button in app.button)


def test_file_that_the_server_did_not_take_is_said_and_the_others_are_read(demo_home, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_WORKBOOK", 0.03)
    units = load_units("2020", "20").head(3)
    app = open_page("submit")
    app.selectbox(key="nam_nop").select(2022).run()
    uploader = app.file_uploader[0].upload("to.xlsx", bytes(40_000))
    uploader.upload("vừa.xlsx", workbook(units, random_values(units, 7))).run()
    (error,) = app.error
    assert "“to.xlsx” lớn hơn 0.03 MB" in error.value.replace("\\", "")
    assert any(button.label == "Xác nhận và lưu" for button in app.button)
