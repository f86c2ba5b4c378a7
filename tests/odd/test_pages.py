"""Every page under the odd standard: no exception, its own numbers and words, none of another standard."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.menu import SCREENS
from pages.present.order import list_slides
from scoring.gaps import find_plans
from tests.odd.words import find_foreign, read_page
from tests.pages.opening import open_page
from tests.reports.telling import find_lacking

PAGES = [screen.file for screen in SCREENS]
GROUPS = ("nguong", "tieu_chi", "loai", "so_lieu")


def check(app: AppTest) -> str:
    assert not app.exception
    text = read_page(app)
    assert find_foreign(text) == []
    return text


def choose(page: str, key: str, value: str) -> AppTest:
    app = open_page(page)
    app.selectbox(key=key).select(value).run()
    return app


@pytest.mark.parametrize("page", PAGES)
def test_page_opens(odd_home, page):
    check(open_page(page))


@pytest.mark.parametrize("page", ["map", "compare", "unit", "gaps", "district"])
def test_page_of_each_kind_of_unit(years, page):
    frame = years[-1].frame
    codes = [frame.index[frame["status"] == "met"][0], find_lacking(years[-1]), find_failing(years[-1])]
    for code in codes:
        app = open_page(page)
        if page == "district":
            app.selectbox(key="huyen").select(frame.at[code, "district"]).run()
        app.selectbox(key="don_vi").select(code).run()
        check(app)


def test_profile_says_its_own_numbers(years):
    code = find_failing(years[-1])
    text = check(choose("unit", "don_vi", code))
    assert "4 tiêu chí" in text
    assert "trên 1.000 người dưới 18 tuổi" in text
    assert f"{years[-1].frame.at[code, 'total']}" in text


def test_standard_says_its_conditions_and_units(odd_home):
    text = check(open_page("standard"))
    assert "4 tiêu chí · 100 điểm" in text
    assert "Từ 0,5 trên 1.000 người dưới 18 tuổi trở xuống" in text
    assert "Đủ tổng điểm tối thiểu của loại đơn vị." in text
    assert "Nơi xa" in text


def test_map_of_totals_has_the_standards_edges(odd_home):
    app = open_page("map")
    app.selectbox(key="mau").select("total").run()
    text = check(app)
    for label in ("0 – 24 điểm", "45 – 54 điểm", "70 – 100 điểm"):
        assert label in text


@pytest.mark.parametrize("group", GROUPS)
def test_scenario_controls(years, group):
    app = open_page("scenario")
    app.button_group(key="nhom").set_value(group).run()
    if group == "so_lieu":
        app.selectbox(key="don_vi").select(find_failing(years[-1])).run()
    check(app)


@pytest.mark.parametrize(("indicator", "label"), [("a", "Ngưỡng (trên 1.000 người dưới 18 tuổi)"), ("b", "Ngưỡng (%)")])
def test_scenario_changes_a_threshold_of_any_unit(odd_home, indicator, label):
    app = choose("scenario", "chi_tieu", indicator)
    threshold = next(one for one in app.number_input if one.label == label)
    threshold.set_value(threshold.value * 0.99).run()
    assert "thành" in check(app)


def test_every_view_of_the_presentation(years):
    slides = list_slides(years[-1], years[-2], [])
    assert "knocked_out" not in {slide.id for slide in slides}
    for slide in slides[:8]:
        check(open_page("present", hinh=slide.id))


def find_failing(assessment) -> str:
    """A unit that is not recognised and could be by improving figures."""
    frame = assessment.frame
    for code in frame.index[frame["status"] == "not_met"]:
        if find_plans(code, assessment.scores, assessment.observations, assessment.units):
            return str(code)
    raise LookupError("no unit can be improved")
