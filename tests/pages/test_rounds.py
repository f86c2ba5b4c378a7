"""Two provinces in one year: the rounds are chosen by name, and each page shows the chosen one only."""

import pytest
from streamlit.testing.v1 import AppTest

from data.intake.read import read_submission
from data.store import StoreError, open_store, plan_round
from data.units.lists import load_units
from pages.menu import SCREENS
from reports.facts.assessment import load_assessment
from tests.data.samples import STANDARD, random_values, workbook
from tests.pages.opening import APP, open_page, words_of

HA_NOI, LANG_SON = "2022 – Thành phố Hà Nội", "2022 – Tỉnh Lạng Sơn"
ROUND = plan_round(2022, "01")
UNITS = load_units("2020", "01").head(30)


@pytest.fixture
def two_provinces(demo_home):
    """The demo province, and thirty units of Hà Nội in one of its years."""
    store = open_store()
    ingest = read_submission(workbook(UNITS, random_values(UNITS, 1)), "a.xlsx", STANDARD, UNITS, 2022)
    store.submissions.save(ROUND, ingest.observations, "a.xlsx", b"a", "A")
    yield store
    store.close()


def open_by_link(page: str, name: str) -> AppTest:
    """The page as a link with the round's name opens it."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["nam"] = name
    app.run()
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


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
    app = open_by_link(page, HA_NOI)
    assert "Số liệu minh họa" not in words_of(app)
    if page != "present/present":
        assert app.selectbox(key="nam").value == ROUND.key


@pytest.mark.parametrize(("name", "area"), [("2022", "20"), (LANG_SON, "20"), (HA_NOI, "01")])
def test_link_by_the_bare_year_opens_the_first_round_of_it(two_provinces, name, area):
    app = open_by_link("explore/units", name)
    assert app.selectbox(key="nam").value == plan_round(2022, area).key


def test_lists_of_a_province_stay_with_it(two_provinces):
    assessment = load_assessment(two_provinces, ROUND)
    lacking = assessment.frame.index[assessment.frame["status"] == "not_met"][0]
    app = open_by_link("decide/gaps", HA_NOI)
    app.selectbox(key="don_vi").select(lacking).run()
    app.button(key=f"viec_{lacking}_1").click().run()
    assert not app.exception
    assert [element.value for element in app.toast]
    assert set(two_provinces.actions.list(ROUND)["unit_code"]) == {lacking}
    assert two_provinces.actions.list(plan_round(2022)).empty


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
