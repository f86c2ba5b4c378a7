"""The profiles of a unit and of a district: what they say agrees with the figures, whatever the province is like."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from streamlit.testing.v1 import AppTest

from data.intake.read import read_submission
from data.store import open_store, plan_round
from data.units.lists import load_units
from reports.facts.assessment import load_assessment
from reports.facts.districts import describe_district_rank, rank_districts
from reports.facts.likeness import describe_rank, list_strengths, rank_units
from tests.data.samples import STANDARD, random_values, workbook
from tests.e2e.browser import SECONDS, settle
from tests.e2e.conftest import wait_until_healthy
from tests.pages.opening import open_page, words_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def demo(demo_file, monkeypatch, home):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{demo_file.as_posix()}")
    store = open_store()
    yield load_assessment(store, 2022)
    store.close()


def save(units, values, year: int) -> None:
    store = open_store()
    ingest = read_submission(workbook(units, values, year), "a.xlsx", STANDARD, units, year)
    assert ingest.accepted
    store.save_submission(plan_round(year), ingest.observations, "a.xlsx", b"a", "A")
    store.close()


def open_unit(code: str) -> AppTest:
    app = open_page("unit")
    app.selectbox(key="don_vi").select(code).run()
    assert not app.exception
    return app


def open_district(name: str) -> AppTest:
    app = open_page("district")
    app.selectbox(key="huyen").select(name).run()
    assert not app.exception
    return app


def metrics_of(app: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in app.metric}


def test_profile_ranks_among_like_units(demo):
    app = open_unit("05992")
    ranked = rank_units(demo).loc["05992"]
    assert metrics_of(app)["Hạng trong nhóm"] == f"{ranked['rank']} / {ranked['complete']}"
    text = words_of(app)
    assert describe_rank(ranked) in text
    strengths, weaknesses = list_strengths(demo, "05992")
    for one in (strengths.iloc[0], weaknesses.iloc[0]):
        assert f"{one['name']}: **{one['points']}/{one['max_points']}** điểm" in text
    assert "mẫu số chỉ 45: mỗi trường hợp ứng với 2,2 điểm phần trăm" in text
    assert [one.value for one in app.subheader][:2] == [
        "Còn thiếu gì để được công nhận",
        "Mạnh, yếu so với đơn vị cùng nhóm",
    ]


def test_profile_of_a_unit_that_lacks_figures_has_no_rank(demo):
    app = open_unit("06388")
    assert "Hạng trong nhóm" not in metrics_of(app)
    assert metrics_of(app)["Còn có thể đạt tới"] == str(demo.frame.at["06388", "ceiling"])
    assert "Chưa xếp hạng vì còn 4 chỉ tiêu chưa có số liệu" in words_of(app)


@pytest.fixture
def tab(demo_file, browser_path, tmp_path):
    """The profile of a unit of 2021 in a browser, from a copied link: AppTest knows no pages inside a callback."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    settings = {"APP_HOME": str(tmp_path), "DATABASE_URL": f"sqlite:///{demo_file.as_posix()}", "PYTHONUTF8": "1"}
    command = [sys.executable, "commands.py", "start", "--headless", "--port", str(port)]
    with (
        subprocess.Popen(command, env=os.environ | settings, cwd=ROOT, stdout=subprocess.DEVNULL) as server,
        sync_playwright() as playwright,
    ):
        wait_until_healthy(f"http://localhost:{port}")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.set_default_timeout(30 * SECONDS)
        page.goto(f"http://localhost:{port}/ho-so?nam=2021&don_vi=Xã Mai Pha – Thành phố Lạng Sơn (05992)")
        yield page
        browser.close()
        server.terminate()


@pytest.mark.e2e
def test_profile_leads_up_with_its_year_district_and_unit(tab):
    profile = tab.url
    for button, title in (
        ("Hồ sơ Thành phố Lạng Sơn", "Hồ sơ huyện năm 2021"),
        ("Xem trên bản đồ", "Bản đồ năm 2021"),
        ("Cần làm gì để đạt", "Còn thiếu gì để được công nhận, năm 2021"),
    ):
        tab.goto(profile)
        expect(tab.get_by_role("heading", level=2)).to_have_text("Xã Mai Pha", timeout=60 * SECONDS)
        settle(tab)
        tab.get_by_role("button", name=button).click()
        expect(tab.get_by_role("heading", level=1)).to_have_text(title, timeout=60 * SECONDS)
        settle(tab)
        expect(tab.get_by_role("heading", name="Xã Mai Pha").first).to_be_visible()
        assert "huyen=Th%C3%A0nh" in tab.url
        assert "don_vi=X%C3%A3" in tab.url


def test_district_page_asks_for_a_district_and_lists_them(demo):
    app = open_page("district")
    assert "Chọn một địa bàn" in app.info[0].value
    listed = app.dataframe[0].value
    assert listed["Huyện, thành phố"].tolist() == list(demo.frame["district"].unique())
    assert listed["Hạng"].tolist() == rank_districts(demo)["rank"].tolist()
    assert not app.metric


def test_district_says_its_counts_rank_and_coverage(demo):
    app = open_district("Huyện Hữu Lũng")
    assert metrics_of(app) == {
        "Tỷ lệ đạt / mục tiêu 95 %": "70,8 %",
        "Đạt": "17 / 24",
        "Không đạt": "5 / 24",
        "Chưa đủ số liệu": "2 / 24",
    }
    assert app.metric[0].delta == "Còn thiếu 6 đơn vị"
    text = words_of(app)
    assert describe_district_rank(rank_districts(demo).loc["186"]) in text
    assert "Tổng điểm (tạm tính) trung bình của các đơn vị đủ số liệu: **898**" in text
    zeros = demo.frame.loc[demo.frame["district_code"] == "186", "zeros"]
    knocked_out = app.dataframe[0].value
    assert {row["number"]: row["units"] for row in knocked_out.to_dict("records")} == {
        one.number: count for one in demo.standard.criteria if (count := sum(one.id in zero.split() for zero in zeros))
    }
    assert app.dataframe[1].value["Mã"].tolist() == list(zeros.index)
    assert app.table[0].value.index.tolist() == ["2020", "2021", "2022"]


def test_district_with_a_chosen_unit_shows_its_card(demo):
    app = open_district("Thành phố Lạng Sơn")
    app.selectbox(key="don_vi").select("05992").run()
    assert not app.exception
    assert "#### Xã Mai Pha" in words_of(app)


def test_profiles_with_one_unit_that_has_figures(home):
    units = load_units("2020", "20").head(1)
    save(units, random_values(units, 2), 2022)
    app = open_unit(units.index[0])
    assert "Hạng 1 / 1 phường miền núi đủ số liệu, 4 đơn vị chưa đủ" in words_of(app)
    assert "Không có chỉ tiêu nào: không khác mức giữa" in words_of(app)
    assert "1/8 đơn vị đủ số liệu" in words_of(open_district("Thành phố Lạng Sơn"))
    other = open_district("Huyện Hữu Lũng")
    assert "Chưa xếp hạng vì chưa có đơn vị nào đủ số liệu (0/24" in words_of(other)
    assert "Không có tiêu chí nào bị 0 điểm" in words_of(other)


def test_profiles_after_the_districts_are_gone_and_across_the_change(home):
    old, new = load_units("2020", "20"), load_units("2025-07", "20")
    save(old, random_values(old, 1), 2022)
    save(new, random_values(new, 2), 2026)
    app = open_unit("05977")
    assert "Địa giới đã đổi" in words_of(app)
    district = open_district("Thành phố Lạng Sơn")
    assert district.title[0].value == "Hồ sơ địa bàn huyện cũ năm 2026"
    assert district.selectbox(key="huyen").label == "Địa bàn huyện cũ"
    assert "đã sắp xếp lại" in district.table[0].value["Lưu ý"].iloc[-1]


@pytest.mark.parametrize("page", ["unit", "district"])
def test_profiles_without_any_data(home, page):
    assert "Chưa có số liệu nào" in words_of(open_page(page))
