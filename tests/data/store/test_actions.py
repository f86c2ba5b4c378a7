"""Action lists: by unit and indicator, what is saved and dropped together in one transaction."""

from dataclasses import replace
from datetime import date

import pytest

from data.store import Action, StoreError, plan_round
from tests.data.store.samples import FIRST_UNIT, ROUND, SECOND_UNIT, save, values

FIRST = Action(FIRST_UNIT, "5", "Giảm 3 vụ tai nạn", "Trạm y tế", date(2022, 10, 31))
OTHER = Action(SECOND_UNIT, "2", "Đăng ký khai sinh")


@pytest.fixture
def opened(store):
    save(store, values())
    return store


def last_events(store) -> list[tuple[str, str]]:
    return [(event.actor, event.action) for event in store.audit.list()][-2:]


def test_actions_are_added_and_changed_in_place(opened):
    opened.actions.apply(ROUND, save=[FIRST, OTHER], actor="A")
    opened.actions.apply(ROUND, save=[replace(FIRST, owner="Hội phụ nữ", due_date=None, done=True)], actor="B")
    listed = opened.actions.list(ROUND).set_index(["unit_code", "indicator_id"])
    assert len(listed) == 2
    changed, other = listed.loc[(FIRST_UNIT, "5")], listed.loc[(SECOND_UNIT, "2")]
    assert (changed["step"], changed["owner"], changed["due_date"]) == (FIRST.step, "Hội phụ nữ", None)
    assert (changed["done"], changed["updated_by"]) == (True, "B")
    assert (other["owner"], other["done"], other["updated_by"]) == ("", False, "A")
    assert last_events(opened) == [("A", "save_actions"), ("B", "save_actions")]
    assert opened.actions.list(plan_round(2021)).empty
    assert opened.actions.list(plan_round(2021))["done"].dtype == bool


def test_due_date_comes_back_as_a_date(opened):
    opened.actions.apply(ROUND, save=[FIRST], actor="A")
    assert opened.actions.list(ROUND).at[0, "due_date"] == date(2022, 10, 31)


def test_actions_are_dropped_by_unit_and_indicator(opened):
    opened.actions.apply(ROUND, save=[FIRST, replace(FIRST, indicator_id="3")], actor="A")
    opened.actions.apply(ROUND, drop=[(FIRST_UNIT, "5"), (FIRST_UNIT, "99")], actor="B")
    assert opened.actions.list(ROUND)["indicator_id"].tolist() == ["3"]
    assert last_events(opened)[-1] == ("B", "drop_actions")


def test_saving_and_dropping_are_one_transaction(opened):
    opened.actions.apply(ROUND, save=[FIRST], actor="A")
    before = len(opened.audit.list())
    with pytest.raises(StoreError, match="dài quá 300"):
        opened.actions.apply(ROUND, save=[OTHER, replace(OTHER, step="x" * 301)], drop=[(FIRST_UNIT, "5")], actor="B")
    assert opened.actions.list(ROUND)["unit_code"].tolist() == [FIRST_UNIT]
    assert len(opened.audit.list()) == before
    opened.actions.apply(ROUND, save=[OTHER], drop=[(FIRST_UNIT, "5")], actor="B")
    assert opened.actions.list(ROUND)["unit_code"].tolist() == [SECOND_UNIT]
    assert last_events(opened) == [("B", "save_actions"), ("B", "drop_actions")]


def test_nothing_to_do_writes_nothing(opened):
    before = len(opened.audit.list())
    opened.actions.apply(ROUND, actor="A")
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
    ids=["unit", "indicator", "no step", "long step", "long owner"],
)
def test_one_wrong_action_keeps_all_out(opened, wrong, message):
    before = len(opened.audit.list())
    with pytest.raises(StoreError, match=message):
        opened.actions.apply(ROUND, save=[OTHER, wrong], actor="A")
    assert opened.actions.list(ROUND).empty
    assert len(opened.audit.list()) == before


def test_actions_of_a_round_that_is_not_open_are_refused(store):
    with pytest.raises(StoreError, match="Chưa có kỳ đánh giá"):
        store.actions.apply(ROUND, save=[FIRST], actor="A")


def test_what_somebody_else_did_to_an_action_is_not_overwritten_unseen(opened):
    opened.actions.apply(ROUND, save=[FIRST, OTHER], actor="A")
    seen = [FIRST, OTHER]
    mine, theirs = replace(FIRST, owner="Tôi"), replace(FIRST, owner="Trạm")
    opened.actions.apply(ROUND, save=[theirs], actor="B", seen=seen)
    for change in ({"save": [mine]}, {"drop": [(FIRST_UNIT, "5")]}, {"save": [replace(OTHER, done=True), mine]}):
        with pytest.raises(StoreError, match=f"chỉ tiêu 5, đơn vị {FIRST_UNIT} đã được B sửa lúc"):
            opened.actions.apply(ROUND, **change, actor="C", seen=seen)
    opened.actions.apply(ROUND, save=[theirs, replace(OTHER, done=True)], actor="C", seen=seen)
    opened.actions.apply(ROUND, drop=[(FIRST_UNIT, "5")], actor="B", seen=[theirs])
    opened.actions.apply(ROUND, drop=[(FIRST_UNIT, "5")], actor="C", seen=seen)
    with pytest.raises(StoreError, match="đã bị bỏ khỏi danh sách ở nơi khác"):
        opened.actions.apply(ROUND, save=[mine], actor="C", seen=seen)
    assert opened.actions.list(ROUND)[["unit_code", "done"]].to_numpy().tolist() == [[SECOND_UNIT, True]]
