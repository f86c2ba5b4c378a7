"""Two provinces in one year: the rounds are chosen by name, and each page shows the chosen one only."""

import pytest

from data.store import StoreError, open_store, plan_round
from data.units.lists import load_units
from pages.menu import SCREENS
from reports.facts.assessment import load_assessment
from tests.pages.conftest import save_year
from tests.pages.opening import open_page, words_of

HA_NOI, LANG_SON = "2022 – Thành phố Hà Nội", "2022 – Tỉnh Lạng Sơn"
ROUND = plan_round(2022, "01")


@pytest.fixture
def two_provinces(read_only):
    """The demo province, and thirty units of Hà Nội in one of its years."""
    return read_only("two_provinces")


def test_rounds_are_chosen_by_year_and_province(two_provinces):
    app = open_page("units")
    assert app.selectbox(key="nam").options == [LANG_SON, HA_NOI, "2021", "2020"]
    assert len(app.dataframe[0].value) == 200
    app.selectbox(key="nam").select(ROUND.key).run()
    assert not app.exception
    listed = app.dataframe[0].value
    assert len(listed) == len(load_units("2020", "01"))
    assert "Số liệu minh họa" not in words_of(app)


@pytest.mark.parametrize("page", [screen.file for screen in SCREENS])
def test_every_page_opens_by_a_link_to_a_province(two_provinces, page):
    app = open_page(page, nam=HA_NOI)
    assert "Số liệu minh họa" not in words_of(app)
    if page != "present/present":
        assert app.selectbox(key="nam").value == ROUND.key


@pytest.mark.parametrize(("name", "area"), [("2022", "20"), (LANG_SON, "20"), (HA_NOI, "01")])
def test_link_by_the_bare_year_opens_the_first_round_of_it(two_provinces, name, area):
    app = open_page("units", nam=name)
    assert app.selectbox(key="nam").value == plan_round(2022, area).key


def test_lists_of_a_province_stay_with_it(demo_home):
    save_year(2022, "2020", 30, "01")
    store = open_store()
    frame = load_assessment(store, ROUND).frame
    lacking = frame.index[frame["status"] == "not_met"][0]
    app = open_page("gaps", nam=HA_NOI)
    app.selectbox(key="don_vi").select(lacking).run()
    app.button(key=f"viec_{lacking}_1").click().run()
    assert not app.exception
    assert app.toast
    assert set(store.actions.list(ROUND)["unit_code"]) == {lacking}
    assert store.actions.list(plan_round(2022)).empty
    store.close()


def test_success_is_said_after_success_only(demo_home, monkeypatch):
    app = open_page("gaps")
    app.selectbox(key="don_vi").select("05983").run()

    def refuse(*_arguments, **_options):
        raise StoreError("Kỳ này đã khóa. Mở lại kỳ rồi thử lại.")

    monkeypatch.setattr("data.store.actions.Actions.apply", refuse)
    app.button(key="viec_05983_1").click().run()
    assert not app.exception
    assert not app.toast
    assert "Kỳ này đã khóa" in app.error[0].value


def test_files_are_brought_to_the_chosen_round(two_provinces):
    app = open_page("submit")
    options = app.selectbox(key="nam_nop").options
    assert options[-4:] == [LANG_SON, HA_NOI, "2021", "2020"]
    assert all(name.endswith(("Tỉnh Lạng Sơn", "Thành phố Hà Nội")) for name in options[:-4])
    app.selectbox(key="nam_nop").select(ROUND.key).run()
    assert not app.exception
    (scope,) = [box for box in app.selectbox if box.label == "Biểu mẫu cho"]
    assert "Quận Ba Đình" in scope.options
    assert any("a.xlsx" in str(frame.value) for frame in app.dataframe)
