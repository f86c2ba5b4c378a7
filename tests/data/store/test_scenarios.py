"""Saved scenarios and action lists: by name, by unit and indicator, each write audited and in one transaction."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import create_engine, inspect, text

from data.store import Action, StoreError, plan_round
from data.store.engine import migrate
from data.store.tables import Base

YEAR = 2022
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
    store.save_submission(plan_round(YEAR), observations, "a.xlsx", b"a", "A")
    return store


def audit(store) -> list[tuple[str, str]]:
    with store._engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT actor, action FROM audit_event ORDER BY id"))]


def test_scenario_is_kept_and_listed_newest_first(opened):
    first = opened.save_scenario(YEAR, "  Nới tiêu chí 3 ", CONTENT, "Lãnh đạo A")
    second = opened.save_scenario(YEAR, "Khác", {}, "B")
    assert [one.id for one in opened.list_scenarios(YEAR)] == [second, first]
    assert opened.list_scenarios(2021) == []
    saved = opened.get_scenario(first)
    assert (saved.year, saved.name, saved.author, saved.content) == (YEAR, "Nới tiêu chí 3", "Lãnh đạo A", CONTENT)
    assert audit(opened)[-2:] == [("Lãnh đạo A", "save_scenario"), ("B", "save_scenario")]


def test_name_is_once_a_year(opened):
    opened.save_scenario(YEAR, "Một", CONTENT, "A")
    before = opened.version()
    with pytest.raises(StoreError, match="đã có phương án tên “Một”"):
        opened.save_scenario(YEAR, "Một ", {}, "B")
    assert [one.content for one in opened.list_scenarios(YEAR)] == [CONTENT]
    assert opened.version() == before


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
        opened.save_scenario(year, name, CONTENT, author)
    assert opened.list_scenarios(YEAR) == []


def test_dropped_scenario_is_gone_and_audited_once(opened):
    saved = opened.save_scenario(YEAR, "Một", CONTENT, "A")
    opened.drop_scenario(saved, "B")
    opened.drop_scenario(saved, "C")
    assert opened.list_scenarios(YEAR) == []
    assert audit(opened)[-1] == ("B", "drop_scenario")
    with pytest.raises(StoreError, match="đã bị xóa"):
        opened.get_scenario(saved)
    assert opened.save_scenario(YEAR, "Một", CONTENT, "A") > saved  # an id is never used twice


def test_scenarios_touch_no_figure(opened):
    before = opened.observations(YEAR), opened.unit_classes(YEAR)
    opened.save_scenario(YEAR, "Một", {"figures": {"05971": {"births": 99}}}, "A")
    pd.testing.assert_frame_equal(opened.observations(YEAR), before[0])
    pd.testing.assert_frame_equal(opened.unit_classes(YEAR), before[1])


def test_actions_are_added_and_changed_in_place(opened):
    opened.save_actions(YEAR, [FIRST, Action("05974", "2", "Đăng ký khai sinh")], "A")
    opened.save_actions(YEAR, [replace(FIRST, owner="Hội phụ nữ", due_date=None, done=True)], "B")
    listed = opened.list_actions(YEAR).set_index(["unit_code", "indicator_id"])
    assert len(listed) == 2
    changed, other = listed.loc[("05971", "5")], listed.loc[("05974", "2")]
    assert (changed["step"], changed["owner"], changed["due_date"]) == (FIRST.step, "Hội phụ nữ", None)
    assert (changed["done"], changed["updated_by"]) == (True, "B")
    assert (other["owner"], other["done"], other["updated_by"]) == ("", False, "A")
    assert audit(opened)[-2:] == [("A", "save_actions"), ("B", "save_actions")]
    assert opened.list_actions(2021).empty
    assert opened.list_actions(2021)["done"].dtype == bool


def test_due_date_comes_back_as_a_date(opened):
    opened.save_actions(YEAR, [FIRST], "A")
    assert opened.list_actions(YEAR).at[0, "due_date"] == date(2022, 10, 31)


def test_actions_are_dropped_by_unit_and_indicator(opened):
    opened.save_actions(YEAR, [FIRST, replace(FIRST, indicator_id="3")], "A")
    opened.drop_actions(YEAR, [("05971", "5"), ("05971", "99")], "B")
    assert opened.list_actions(YEAR)["indicator_id"].tolist() == ["3"]
    assert audit(opened)[-1] == ("B", "drop_actions")


def test_nothing_to_do_writes_nothing(opened):
    before = opened.version()
    opened.save_actions(YEAR, [], "A")
    opened.drop_actions(YEAR, [], "A")
    assert opened.version() == before


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
    before = opened.version()
    with pytest.raises(StoreError, match=message):
        opened.save_actions(YEAR, [Action("05974", "2", "Đăng ký khai sinh"), wrong], "A")
    assert opened.list_actions(YEAR).empty
    assert opened.version() == before


def test_actions_of_a_year_that_is_not_open_are_refused(store):
    with pytest.raises(StoreError, match="Chưa có kỳ đánh giá"):
        store.save_actions(YEAR, [FIRST], "A")


def test_migrated_tables_are_those_of_the_models():
    migrated, modelled = (create_engine("sqlite://") for _ in range(2))
    migrate(migrated)
    Base.metadata.create_all(modelled)
    for table in ("scenario", "action_item"):
        left, right = (inspect(engine) for engine in (migrated, modelled))
        assert [(one["name"], str(one["type"]), one["nullable"]) for one in left.get_columns(table)] == [
            (one["name"], str(one["type"]), one["nullable"]) for one in right.get_columns(table)
        ]
        assert [(one["name"], one["unique"]) for one in left.get_indexes(table)] == [
            (one["name"], one["unique"]) for one in right.get_indexes(table)
        ]
        assert [one["referred_table"] for one in left.get_foreign_keys(table)] == ["assessment_year"]
