"""The pages beside the map: they open on any data, agree with the figures and keep to the chosen district."""

import pytest

from data.intake.read import read_submission
from data.store import open_store, plan_round
from data.text.labels import CHANGE_WORDS
from data.units.lists import load_units
from reports.charts.maps.small import count_zeros
from reports.facts.assessment import load_assessment
from reports.facts.counts import compare_years
from reports.facts.margins import summarise_margins
from tests.data.samples import STANDARD, random_values, workbook
from tests.pages.opening import open_page, words_of

PAGES = ["small_maps", "compare", "heat", "distribution"]


def save_year(year: int, vintage: str, units: int | None = None) -> None:
    """A year of random figures, for all units of a vintage or the first ones."""
    listed = load_units(vintage, "20")
    listed = listed if units is None else listed.head(units)
    store = open_store()
    ingest = read_submission(workbook(listed, random_values(listed, year), year), "a.xlsx", STANDARD, listed, year)
    assert ingest.accepted
    store.save_submission(plan_round(year), ingest.observations, "a.xlsx", str(year).encode(), "A")
    store.close()


@pytest.mark.parametrize("page", PAGES)
def test_page_with_the_demo_province_says_what_is_in_doubt(demo_home, page):
    text = words_of(open_page(page))
    assert "Số liệu minh họa" in text
    assert "tạm tính" in text


@pytest.mark.parametrize("page", PAGES)
def test_page_without_any_data(home, page):
    assert "Chưa có số liệu nào" in words_of(open_page(page))


@pytest.mark.parametrize("page", PAGES)
def test_page_with_figures_of_one_unit(home, page):
    save_year(2022, "2020", units=1)
    assert "Số liệu minh họa" not in words_of(open_page(page))


@pytest.mark.parametrize("page", PAGES)
def test_page_of_the_vintage_without_districts(home, page):
    save_year(2026, "2025-07")
    app = open_page(page)
    if page != "compare":
        assert app.selectbox(key="huyen").label == "Địa bàn huyện cũ"


@pytest.mark.parametrize("page", PAGES)
def test_page_of_one_district(demo_home, page):
    app = open_page(page)
    app.selectbox(key="huyen").select("Huyện Đình Lập").run()
    assert not app.exception
    if page in ("small_maps", "heat"):
        assert "12 đơn vị." in words_of(app)


def test_small_maps_count_zeros_and_are_sorted_by_them(demo_home):
    store = open_store()
    counts = count_zeros(load_assessment(store, 2022).frame, STANDARD)
    store.close()
    app = open_page("small_maps")
    shown = [one.value for one in app.caption]
    assert all(text in shown for text in counts["text"])
    app.selectbox(key="xep_nho").select("zeros").run()
    titles = [one.value for one in app.markdown if one.value.startswith("**")]
    worst = counts.sort_values("zeros").iloc[-1]
    assert titles.index(f"**{worst['number']}. {worst['name']}**") < titles.index(
        "**9. Trẻ em được khám sức khỏe định kỳ**"
    )
    app.segmented_control(key="kieu_nho").set_value("boundaries").run()
    assert not app.exception
    assert "Bản đồ sơ đồ" in words_of(app)


def test_compare_counts_agree_with_the_figures(demo_home):
    store = open_store()
    kinds = compare_years(load_assessment(store, 2022).frame, load_assessment(store, 2020).frame)["kind"].value_counts()
    store.close()
    app = open_page("compare")
    app.selectbox(key="nam_truoc").select(2020).run()
    assert not app.exception
    assert {metric.label: metric.value for metric in app.metric} == {
        word: str(kinds.get(kind, 0)) for kind, word in CHANGE_WORDS.items()
    }
    app.selectbox(key="thay_doi").select("gained").run()
    assert set(app.dataframe[-1].value["kind"]) == {"Mới đạt"}


def test_compare_puts_the_earlier_year_first(demo_home):
    app = open_page("compare")
    gained = app.metric[0].value
    app.selectbox(key="nam").select(2021).run()
    app.selectbox(key="nam_truoc").select(2022).run()
    assert not app.exception
    assert app.metric[0].value == gained
    assert "Thay đổi từ 2021 đến 2022" in words_of(app)


def test_compare_of_a_unit_shows_its_criteria(demo_home):
    app = open_page("compare")
    app.selectbox(key="don_vi").select("05971").run()
    assert not app.exception
    table = app.dataframe[0].value
    assert len(table) == 13
    assert table["change"].dropna().abs().is_monotonic_decreasing


def test_compare_with_one_year_says_so(home):
    save_year(2022, "2020")
    assert "Mới có số liệu năm 2022" in words_of(open_page("compare"))


def test_units_of_two_vintages_are_not_compared(home):
    save_year(2022, "2020")
    save_year(2026, "2025-07")
    app = open_page("compare")
    text = words_of(app)
    assert "năm 2022 có 200 đơn vị, năm 2026 có 65 đơn vị" in text
    assert not app.metric
    assert not app.dataframe


def test_heat_is_sorted_and_shows_the_card_of_a_unit(demo_home):
    app = open_page("heat")
    app.selectbox(key="xep_nhiet").select("total").run()
    assert not app.exception
    assert app.dataframe[0].value["Tổng điểm (tạm tính)"].is_monotonic_decreasing
    app.selectbox(key="don_vi").select("05971").run()
    assert not app.exception
    assert "Phường Hoàng Văn Thụ" in words_of(app)


@pytest.mark.parametrize("within", [25, 100])
def test_distribution_lists_agree_with_the_figures(demo_home, within):
    store = open_store()
    margins = summarise_margins(load_assessment(store, 2022).frame, within)
    store.close()
    app = open_page("distribution")
    app.segmented_control(key="khoang").set_value(within).run()
    assert not app.exception
    headings = [one.value for one in app.subheader]
    assert f"Thiếu không quá {within} điểm ({len(margins.below)})" in headings
    assert f"Vượt không quá {within} điểm ({len(margins.above)})" in headings
    assert f"Bị loại vì tiêu chí 0 điểm ({len(margins.zero)})" in headings
