"""The pages beside the map: they open on any data, agree with the figures and keep to the chosen district."""

import pytest

from data.store import open_store
from data.text.labels import CHANGE_WORDS
from reports.facts.assessment import load_assessment
from reports.facts.comparison import compare, count_kinds
from reports.facts.counts import count_by_criterion
from reports.facts.margins import summarise_margins
from reports.facts.sentences import describe_criterion_counts
from tests.data.samples import STANDARD
from tests.pages.opening import open_page, words_of
from tests.reports.provinces import make_years_apart

PAGES = ["small_maps", "compare", "heat", "distribution"]


@pytest.mark.parametrize("page", PAGES)
def test_page_of_one_district(demo, page):
    app = open_page(page)
    app.selectbox(key="huyen").select("Huyện Đình Lập").run()
    assert not app.exception
    if page in ("small_maps", "heat"):
        assert "12 đơn vị." in words_of(app)


def test_small_maps_count_zeros_and_are_sorted_by_them(demo):
    store = open_store()
    counts = count_by_criterion(load_assessment(store, store.rounds.choose(2022)).frame, STANDARD)
    store.close()
    app = open_page("small_maps")
    shown = [one.value for one in app.caption]
    assert all(describe_criterion_counts(row["zeros"], row["missing"]) in shown for _, row in counts.iterrows())
    app.selectbox(key="xep_nho").select("zeros").run()
    titles = [one.value for one in app.markdown if one.value.startswith("**")]
    worst = counts.sort_values("zeros").iloc[-1]
    assert titles.index(f"**{worst['number']}. {worst['name']}**") < titles.index(
        "**9. Trẻ em được khám sức khỏe định kỳ**"
    )
    app.segmented_control(key="kieu_nho").set_value("boundaries").run()
    assert not app.exception
    assert "Bản đồ sơ đồ" in words_of(app)


def test_compare_counts_agree_with_the_figures(demo):
    store = open_store()
    years = [load_assessment(store, store.rounds.choose(year)) for year in (2020, 2022)]
    kinds = count_kinds(compare(*years).units)
    store.close()
    app = open_page("compare")
    app.selectbox(key="nam_truoc").select(2020).run()
    assert not app.exception
    assert {metric.label: metric.value for metric in app.metric} == {
        word: str(kinds[kind]) for kind, word in CHANGE_WORDS.items()
    }
    app.selectbox(key="thay_doi").select("gained").run()
    assert set(app.dataframe[-1].value["kind"]) == {"Mới đạt"}


def test_compare_puts_the_earlier_year_first(demo):
    app = open_page("compare")
    gained = app.metric[0].value
    app.selectbox(key="nam").select(2021).run()
    app.selectbox(key="nam_truoc").select(2022).run()
    assert not app.exception
    assert app.metric[0].value == gained
    assert "Thay đổi từ 2021 đến 2022" in words_of(app)


def test_compare_of_a_unit_shows_its_criteria(demo):
    app = open_page("compare")
    app.selectbox(key="don_vi").select("05971").run()
    assert not app.exception
    table = app.dataframe[0].value
    assert len(table) == 13
    assert table["change"].dropna().abs().is_monotonic_decreasing


def test_compare_with_one_year_says_so(read_only):
    read_only("one_year")
    assert "Mới có số liệu năm 2022" in words_of(open_page("compare"))


def test_units_of_two_vintages_are_not_compared(read_only):
    read_only("two_vintages")
    app = open_page("compare")
    text = words_of(app)
    assert "năm 2022 có 200 đơn vị, năm 2026 có 65 đơn vị" in text
    assert not app.metric
    assert not app.dataframe


def test_heat_is_sorted_and_shows_the_card_of_a_unit(demo):
    app = open_page("heat")
    app.selectbox(key="xep_nhiet").select("total_down").run()
    assert not app.exception
    assert app.dataframe[0].value["Tổng điểm (tạm tính)"].is_monotonic_decreasing
    app.selectbox(key="don_vi").select("05971").run()
    assert not app.exception
    assert "Phường Hoàng Văn Thụ" in words_of(app)


@pytest.mark.parametrize("within", [25, 100])
def test_distribution_lists_agree_with_the_figures(demo, within):
    store = open_store()
    margins = summarise_margins(load_assessment(store, store.rounds.choose(2022)).frame, within)
    store.close()
    app = open_page("distribution")
    app.segmented_control(key="khoang").set_value(within).run()
    assert not app.exception
    headings = [one.value for one in app.subheader]
    assert f"Thiếu không quá {within} điểm ({len(margins.below)})" in headings
    assert f"Vượt không quá {within} điểm ({len(margins.above)})" in headings
    assert f"Bị loại vì tiêu chí 0 điểm ({len(margins.zero)})" in headings


@pytest.fixture
def years_apart(home):
    """Two stored years whose unit lists differ."""
    store = open_store()
    for assessment in make_years_apart():
        long = assessment.observations.rename_axis("unit_code").reset_index()
        long = long.melt(id_vars="unit_code", var_name="input_id").assign(sheet="", cell="", original="")
        store.submissions.save(assessment.round, long, "a.xlsx", str(assessment.round.year).encode(), "A")
    store.close()


@pytest.mark.parametrize("page", ["overview", "compare"])
def test_units_of_another_list_are_not_compared(years_apart, page):
    app = open_page(page)
    words = words_of(app)
    assert "Không so sánh từng đơn vị: năm 2025 có 194 đơn vị, năm 2026 có 65 đơn vị" in words
    assert not [metric.delta for metric in app.metric if "2025" in metric.delta]
    assert not {metric.label for metric in app.metric} & set(CHANGE_WORDS.values())
