"""Saved scenarios and action lists: by name, by unit and indicator, each write audited and in one transaction."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.store import Action, StoreError, plan_round

YEAR = 2022
ROUND = plan_round(YEAR)
CONTENT = {"weights": {"tc3": 0}}
FIRST = Action("05971", "5", "Giảm 3 vụ tai nạn", "Trạm y tế", date(2022, 10, 31))


@pytest.fixture
def opened(store):
    observations = pd.DataFrame(
        {
            "unit_code": ["05971"],
            "input_id": ["births"],
            "value": pd.array([7], dtype="Int64"),
            "sheet": ["S"],
            "cell": ["D4"],
            "original": [""],
        }
    )
    store.submissions.save(ROUND, observations, "a.xlsx", b"a", "A")
    return store


def audit(store) -> list[tuple[str, str]]:
    return [(event.actor, event.action) for event in store.audit.list()]


def test_scenario_is_kept_and_listed_newest_first(opened):
    first = opened.scenarios.save(ROUND, "  Nới tiêu chí 3 ", CONTENT, "Lãnh đạo A")
    second = opened.scenarios.save(ROUND, "Khác", {}, "B")
    assert [one.id for one in opened.scenarios.list(ROUND)] == [second, first]
    assert opened.scenarios.list(plan_round(2021)) == []
    saved = opened.scenarios.get(first)
    assert (saved.round.year, saved.name, saved.author, saved.content) == (
        YEAR,
        "Nới tiêu chí 3",
        "Lãnh đạo A",
        CONTENT,
    )
    assert audit(opened)[-2:] == [("Lãnh đạo A", "save_scenario"), ("B", "save_scenario")]


def test_name_is_once_a_year(opened):
    opened.scenarios.save(ROUND, "Một", CONTENT, "A")
    before = len(opened.audit.list())
    with pytest.raises(StoreError, match="đã có phương án tên “Một”"):
        opened.scenarios.save(ROUND, "Một ", {}, "B")
    assert [one.content for one in opened.scenarios.list(ROUND)] == [CONTENT]
    assert len(opened.audit.list()) == before


@pytest.mark.parametrize(
    ("year", "name", "author", "message"),
    [
        (YEAR, " ", "A", "Tên phương án còn để trống"),
        (YEAR, "x" * 101, "A", "dài quá 100"),
        (YEAR, "x", "", "Tên người lưu còn để trống"),
        (1999, "x", "A", "Chưa có kỳ đánh giá 1999"),
    ],
)
def test_scenario_without_name_author_or_year_is_refused(opened, year, name, author, message):
    with pytest.raises(StoreError, match=message):
        opened.scenarios.save(plan_round(year), name, CONTENT, author)
    assert opened.scenarios.list(ROUND) == []


def test_dropped_scenario_is_gone_and_audited_once(opened):
    saved = opened.scenarios.save(ROUND, "Một", CONTENT, "A")
    opened.scenarios.drop(saved, "B")
    opened.scenarios.drop(saved, "C")
    assert opened.scenarios.list(ROUND) == []
    assert audit(opened)[-1] == ("B", "drop_scenario")
    with pytest.raises(StoreError, match="đã bị xóa"):
        opened.scenarios.get(saved)
    assert opened.scenarios.save(ROUND, "Một", CONTENT, "A") > saved  # an id is never used twice


def test_scenarios_touch_no_figure(opened):
    before = opened.observations.load(ROUND), opened.classes.load(ROUND)
    opened.scenarios.save(ROUND, "Một", {"figures": {"05971": {"births": 99}}}, "A")
    pd.testing.assert_frame_equal(opened.observations.load(ROUND), before[0])
    pd.testing.assert_frame_equal(opened.classes.load(ROUND), before[1])


def test_actions_are_added_and_changed_in_place(opened):
    opened.actions.apply(ROUND, save=[FIRST, Action("05974", "2", "Đăng ký khai sinh")], actor="A")
    opened.actions.apply(ROUND, save=[replace(FIRST, owner="Hội phụ nữ", due_date=None, done=True)], actor="B")
    listed = opened.actions.list(ROUND).set_index(["unit_code", "indicator_id"])
    assert len(listed) == 2
    changed, other = listed.loc[("05971", "5")], listed.loc[("05974", "2")]
    assert (changed["step"], changed["owner"], changed["due_date"]) == (FIRST.step, "Hội phụ nữ", None)
    assert (changed["done"], changed["updated_by"]) == (True, "B")
    assert (other["owner"], other["done"], other["updated_by"]) == ("", False, "A")
    assert audit(opened)[-2:] == [("A", "save_actions"), ("B", "save_actions")]
    assert opened.actions.list(plan_round(2021)).empty
    assert opened.actions.list(plan_round(2021))["done"].dtype == bool


def test_due_date_comes_back_as_a_date(opened):
    opened.actions.apply(ROUND, save=[FIRST], actor="A")
    assert opened.actions.list(ROUND).at[0, "due_date"] == date(2022, 10, 31)


def test_actions_are_dropped_by_unit_and_indicator(opened):
    opened.actions.apply(ROUND, save=[FIRST, replace(FIRST, indicator_id="3")], actor="A")
    opened.actions.apply(ROUND, drop=[("05971", "5"), ("05971", "99")], actor="B")
    assert opened.actions.list(ROUND)["indicator_id"].tolist() == ["3"]
    assert audit(opened)[-1] == ("B", "drop_actions")


def test_nothing_to_do_writes_nothing(opened):
    before = len(opened.audit.list())
    opened.actions.apply(ROUND, save=[], actor="A")
    opened.actions.apply(ROUND, drop=[], actor="A")
    assert len(opened.audit.list()) == before


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (replace(FIRST, unit_code="99999"), "không có đơn vị 99999"),
        (replace(FIRST, indicator_id="99"), "không có chỉ tiêu 99"),
        (replace(FIRST, step=" "), "còn để trống"),
        (replace(FIRST, step="x" * 301), "dài quá 300"),
        (replace(FIRST, owner="x" * 101), "dài quá 100"),
    ],
)
def test_one_wrong_action_keeps_all_out(opened, wrong, message):
    before = len(opened.audit.list())
    with pytest.raises(StoreError, match=message):
        opened.actions.apply(ROUND, save=[Action("05974", "2", "Đăng ký khai sinh"), wrong], actor="A")
    assert opened.actions.list(ROUND).empty
    assert len(opened.audit.list()) == before


def test_actions_of_a_year_that_is_not_open_are_refused(store):
    with pytest.raises(StoreError, match="Chưa có kỳ đánh giá"):
        store.actions.apply(ROUND, save=[FIRST], actor="A")
