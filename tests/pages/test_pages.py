"""Every page opens without an exception: real data, empty data, one unit; what it says agrees with the store."""

import pytest
from streamlit.testing.v1 import AppTest

from data.intake.findings.catalogue import CATALOGUE
from data.intake.findings.finding import make_finding
from data.store import open_store, plan_round
from data.units.lists import load_units
from data.version import VERSION
from pages.menu import SCREENS
from reports.facts.assessment import load_assessment
from reports.facts.counts import count_statuses
from tests.data.samples import random_values, workbook
from tests.pages.opening import open_page, words_of
from tests.workbooks.make import make_all

OF_A_YEAR = [screen.file for screen in SCREENS if screen.of_a_round and not screen.whole_screen]
PAGES = [screen.file for screen in SCREENS]


@pytest.mark.parametrize("page", PAGES)
def test_page_with_the_demo_province(demo, page):
    app = open_page(page)
    assert app.title
    versions = [caption for caption in app.caption if caption.value == f"Phiên bản {VERSION}"]
    assert len(versions) == (page != "present/present")
    if page in OF_A_YEAR:
        assert "Số liệu minh họa" in words_of(app)
        assert "tạm tính" in words_of(app)


@pytest.mark.parametrize("page", PAGES)
def test_page_without_any_data(read_only, page):
    read_only("nothing")
    app = open_page(page)
    if page in OF_A_YEAR:
        assert "Chưa có số liệu nào" in words_of(app)


@pytest.mark.parametrize("page", PAGES)
def test_page_with_one_unit(read_only, page):
    read_only("one_unit")
    assert "Số liệu minh họa" not in words_of(open_page(page))


@pytest.mark.parametrize("page", OF_A_YEAR)
def test_page_of_the_vintage_without_districts(read_only, page):
    read_only("no_districts")
    app = open_page(page)
    if page in ("map", "small_maps", "heat", "distribution", "units"):
        assert app.selectbox(key="huyen").label == "Địa bàn huyện cũ"


def test_overview_counts_agree_with_the_store(demo):
    store = open_store()
    counts = count_statuses(load_assessment(store, store.rounds.choose(2022)).frame, 95)
    store.close()
    app = open_page("overview")
    assert [metric.value for metric in app.metric[:3]] == [str(counts.met), str(counts.not_met), str(counts.incomplete)]


def test_year_of_the_sidebar_changes_the_page(demo):
    app = open_page("overview")
    app.selectbox(key="nam").select(2020).run()
    assert not app.exception
    assert app.title[0].value == "Tổng quan năm 2020"
    assert "Chưa có số liệu năm trước" in words_of(app)


@pytest.mark.parametrize("measure", ["total", "tc5", "tc13"])
def test_map_colours_and_hexagons(demo, measure):
    app = open_page("map")
    app.selectbox(key="mau").select(measure).run()
    app.segmented_control(key="kieu").set_value("hexagons").run()
    assert not app.exception


def test_map_filter_and_card(demo):
    app = open_page("map")
    app.selectbox(key="huyen").select("Huyện Đình Lập").run()
    assert not app.exception
    assert app.subheader[0].value == "12 đơn vị"
    code = load_units("2020", "20").query("district == 'Huyện Đình Lập'").index[0]
    app.selectbox(key="don_vi").select(code).run()
    assert not app.exception
    assert load_units("2020").loc[code, "name"] in words_of(app)


def test_list_filters(demo):
    app = open_page("units")
    app.selectbox(key="ket_qua").select("not_met").run()
    app.selectbox(key="diem_0").select("tc5").run()
    assert not app.exception
    table = app.dataframe[0].value
    assert set(table["Kết quả"]) == {"Không đạt"}
    assert all("5" in zeros.split(", ") for zeros in table["Tiêu chí 0 điểm"])
    app.slider(key="diem").set_value((0, 10)).run()
    assert "Không có đơn vị nào khớp" in words_of(app)


def test_list_sorts_in_vietnamese_order(demo):
    names = list(open_page("units").dataframe[0].value["Đơn vị"])
    assert names.index("Xã Đại Đồng") > names.index("Xã Cường Lợi")
    assert names[0].startswith("Phường")
    assert names[-1].startswith("Xã Yên")


def test_profile_traces_to_the_cell(demo):
    app = open_page("unit")
    app.selectbox(key="don_vi").select("05971").run()
    assert not app.exception
    text = words_of(app)
    assert "Phường Hoàng Văn Thụ" in text
    assert "so-lieu-minh-hoa-2022.xlsx" in text
    assert "ô D5" in text
    assert len(app.expander) == 13


def test_submit_shows_findings_then_preview_then_stores_on_confirmation(demo_home):
    units = load_units("2020", "20").head(3)
    values = random_values(units, 7)
    good = workbook(units, values)
    app = open_page("submit")
    app.selectbox(key="nam_nop").select(2022).run()
    app.file_uploader[0].upload("hong.xlsx", b"khong phai excel").run()
    assert not app.exception
    assert "Tệp chưa nhận được" in app.error[0].value
    assert not [button for button in app.button if "Xác nhận" in button.label]
    app.file_uploader[0].upload("tot.xlsx", good).run()
    assert not app.exception
    store = open_store()
    assert len(store.submissions.list(store.rounds.choose(2022))) == 1
    app.text_input(key="nguoi_nop").set_value("Nguyễn Văn A").run()
    next(button for button in app.button if button.label == "Xác nhận và lưu").click().run()
    assert not app.exception
    assert "Đã lưu số liệu năm 2022 của 3 đơn vị" in app.success[0].value
    assert store.submissions.list(store.rounds.choose(2022))[0].file_name == "tot.xlsx"
    assert len(store.observations.list_demo_units(store.rounds.choose(2022))) == 197
    store.close()


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].upload(name, content).run()
    assert not app.exception
    return app


def test_draft_shows_what_is_to_be_confirmed_and_a_second_session_finds_it(demo_home):
    app = open_page("submit")
    app.selectbox(key="nam_nop").select(2022).run()
    upload(app, "tên_![lạ](http://a.vn).xlsx", make_all()["nhan-viet-tat.xlsx"])
    assert "còn 8 lỗi" in app.error[0].value
    assert any(one.label.startswith("Đối chiếu cột: còn 8 cột") for one in app.expander)
    other = open_page("submit")
    other.selectbox(key="nam_nop").select(2022).run()
    assert "còn 8 lỗi" in other.error[0].value
    store = open_store()
    (draft,) = store.drafts.list(plan_round(2022))
    next(one for one in other.text_input if one.label == "Người xác nhận").set_value("Trần Thị B").run()
    next(one for one in other.button if one.label == "Xác nhận đối chiếu cột").click().run()
    assert not other.exception
    assert "không có lỗi" in other.success[0].value
    assert store.drafts.find(draft.id).choices.columns
    next(one for one in other.button if one.label == "Đúng, bỏ tệp này").click().run()
    assert not other.exception
    assert store.drafts.list(plan_round(2022)) == []
    store.close()


def test_explanation_is_on_the_profile(demo_home):
    store = open_store()
    finding = make_finding("survey_small", "S", "A1", "05971", "surveyed_adults", "12", least=30, step="8,3")
    store.explanations.save(plan_round(2022), [(finding, "Chỉ có 12 hộ")], "Cán bộ C")
    store.close()
    app = open_page("unit")
    app.selectbox(key="don_vi").select("05971").run()
    assert "Chỉ có 12 hộ" in words_of(app)
    assert "Cán bộ C" in words_of(app)


def test_help_page_is_made_from_the_catalogue(demo):
    app = open_page("findings")
    text = words_of(app)
    assert [kind.title for kind in CATALOGUE.values() if kind.title not in text] == []
    app.text_input[0].set_value("mat khau khong co").run()
    assert "Không có mục nào khớp" in words_of(app)
    app.text_input[0].set_value("phần trăm").run()
    assert "Ghi tỷ lệ thay cho số đếm" in words_of(app)


def test_page_opens_after_the_files_to_take_away(demo_home):
    app = open_page("download")
    app.switch_page("pages/figures/submit.py").run()
    assert not app.exception
    assert "Nộp số liệu" in words_of(app)
