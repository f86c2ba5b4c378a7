"""Ten questions that a leader asks, each answered from the start page in at most four clicks, as the engine answers."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from reports.facts.assessment import load_assessment
from reports.facts.comparison import compare
from reports.facts.counts import count_knocked_out, count_statuses, list_furthest, summarise_districts
from reports.facts.criteria import count_zeros
from reports.facts.likeness import rank_units
from reports.facts.sentences import describe_step
from reports.facts.what_if import assess_scenario
from scoring.gaps import find_focuses, find_plans
from scoring.scenario_model import Scenario
from scoring.words import format_number, format_percent
from tests.e2e.browser import ask, ask_until_heard, settle

MOST_CLICKS = 4


class Leader:
    """Someone who clicks, from the start page; the clicks are counted."""

    def __init__(self, page: Page):
        self.page, self.clicks = page, 0
        expect(page.get_by_role("heading", level=1)).to_have_text("Tổng quan năm 2022")
        settle(page)

    def click(self, target: Locator) -> None:
        """A click that the app answers."""
        self._count()
        ask(self.page, target.click)

    def _count(self) -> None:
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS

    def open(self, page: str) -> None:
        self.click(self.page.get_by_test_id("stSidebar").get_by_role("link", name=page, exact=True))

    def pick(self, label: str, option: str) -> None:
        """Open a choice and pick from it; in a long list the name is typed, as one does."""
        self._count()
        choice = self.page.get_by_role("combobox", name=re.compile(label)).first
        choice.click()
        expect(choice).to_be_focused()
        self.page.keyboard.type(option, delay=10)
        expect(choice).to_have_value(option)
        self.click(self.page.get_by_role("option", name=option).first)

    def sees(self, text: str) -> None:
        expect(self.page.get_by_test_id("stMain").get_by_text(text).first).to_be_visible()


@pytest.fixture
def leader(open_tab) -> Leader:
    return Leader(open_tab("", height=2400))


@pytest.fixture(scope="module")
def years(demo_store):
    return load_assessment(demo_store, demo_store.rounds.choose(2022)), load_assessment(
        demo_store, demo_store.rounds.choose(2021)
    )


def named(assessment, code: str) -> str:
    row = assessment.frame.loc[code]
    return f"{row['name']} – {row['district']} ({code})"


def test_how_many_lack_to_the_target(leader, years):
    counts = count_statuses(years[0].frame, 95)
    leader.sees(f"Còn thiếu {counts.short_of_target} đơn vị")


def test_which_district_is_furthest_from_the_target(leader, years):
    furthest = list_furthest(summarise_districts(years[0].frame, 95))
    expect(leader.page.get_by_text("Xa mục tiêu 95 % nhất")).to_contain_text(", ".join(furthest))


def test_which_criterion_knocks_out_most(leader, years):
    first = count_knocked_out(years[0]).iloc[0]
    line = leader.page.get_by_text("Làm nhiều đơn vị bị loại nhất")
    expect(line).to_contain_text(f"tiêu chí {first['number']} – {first['name']}")
    expect(line).to_contain_text(f"{first['units']} đơn vị")


def test_who_lost_the_standard_since_last_year(leader, years):
    changes = compare(years[1], years[0]).units
    lost = changes[changes["kind"] == "lost"]
    leader.open("Trình chiếu")
    for number in range(2, 6):
        expect(leader.page.get_by_text(f"{number - 1}/17 ")).to_be_visible()
        ask_until_heard(leader.page, lambda: leader.page.keyboard.press("ArrowRight"))
    expect(leader.page.get_by_text("5/17 ")).to_be_visible()
    leader.sees(f"Mất kết quả đạt: {len(lost)}")
    for name in lost["name"].head(5):
        expect(leader.page.locator("svg text", has_text=name).first).to_be_attached()


def test_what_would_recognise_a_commune(leader, years):
    now = years[0]
    code = now.frame.index[(now.frame["status"] == "not_met") & (count_zeros(now.frame) == 0)][0]
    leader.open("Còn thiếu gì")
    leader.pick("Đơn vị", named(now, code))
    plan = find_plans(code, now.scores, now.observations, now.units)[0]
    leader.sees("Phương án 1")
    for step in plan.steps:
        leader.sees(describe_step(step, now.standard))


def test_which_indicators_to_work_on_first(leader, years):
    now = years[0]
    best = find_focuses(now.scores, now.observations, now.units, 1, 1)[0]
    leader.open("Còn thiếu gì")
    line = leader.page.get_by_text("Chỉ cần làm tốt")
    expect(line).to_contain_text(f"{best.indicator_ids[0]} ")
    expect(line).to_contain_text(f"{len(best.plans)} đơn vị đạt")


def test_how_a_commune_ranks_among_its_like(leader, years):
    now = years[0]
    ranks = rank_units(now)
    code = ranks.index[ranks["rank"].notna()][40]
    leader.open("Hồ sơ xã")
    leader.pick("Đơn vị", named(now, code))
    metric = leader.page.get_by_test_id("stMetric").filter(has_text="Hạng trong nhóm")
    expect(metric).to_contain_text(f"{ranks.at[code, 'rank']} / {ranks.at[code, 'complete']}")


def test_who_lacks_figures(leader, years):
    counts = count_statuses(years[0].frame, 95)
    leader.open("Danh sách")
    leader.pick("Kết quả", "Chưa đủ số liệu")
    leader.sees(f"{counts.incomplete} / 200 đơn vị")


def test_how_a_district_does(leader, years):
    part = years[0].frame.query("district == 'Huyện Chi Lăng'")
    counts = count_statuses(part, 95)
    leader.open("Hồ sơ huyện")
    leader.pick("Huyện", "Huyện Chi Lăng")
    expect(leader.page.get_by_role("heading", name="Huyện Chi Lăng").first).to_be_visible()
    metric = leader.page.get_by_test_id("stMetric").filter(has_text="Tỷ lệ đạt")
    expect(metric).to_contain_text(format_percent(counts.met, counts.units))


def test_what_if_a_criterion_were_dropped(leader, years):
    now = years[0]
    met = int((assess_scenario(now, Scenario(weights={"tc5": 0})).frame["status"] == "met").sum())
    leader.open("Thử phương án")
    leader.click(leader.page.get_by_test_id("stMain").get_by_text("Tiêu chí", exact=True))
    leader.pick("Bỏ tiêu chí", "Tiêu chí 5: ")
    metric = leader.page.get_by_test_id("stMetric").filter(has_text="Đạt theo phương án")
    expect(metric).to_contain_text(format_number(met))
