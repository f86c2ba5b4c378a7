"""Saved scenarios: by name in a round, each write audited."""

import pandas as pd
import pytest

from data.store import StoreError, plan_round
from tests.data.store.samples import FIRST_UNIT, ROUND, YEAR, save, values

CONTENT = {"weights": {"tc3": 0}}


@pytest.fixture
def opened(store):
    save(store, values())
    return store


def last_events(store) -> list[tuple[str, str]]:
    return [(event.actor, event.action) for event in store.audit.list()][-2:]


def test_scenario_is_kept_and_listed_newest_first(opened):
    first = opened.scenarios.save(ROUND, "  Nới tiêu chí 3 ", CONTENT, "Lãnh đạo A")
    second = opened.scenarios.save(ROUND, "Khác", {}, "B")
    assert [scenario.id for scenario in opened.scenarios.list(ROUND)] == [second, first]
    assert opened.scenarios.list(plan_round(2021)) == []
    saved = opened.scenarios.get(first)
    assert (saved.round, saved.name, saved.author, saved.content) == (
        ROUND.key,
        "Nới tiêu chí 3",
        "Lãnh đạo A",
        CONTENT,
    )
    assert last_events(opened) == [("Lãnh đạo A", "save_scenario"), ("B", "save_scenario")]


def test_name_is_once_a_round(opened):
    opened.scenarios.save(ROUND, "Một", CONTENT, "A")
    before = len(opened.audit.list())
    with pytest.raises(StoreError, match="đã có phương án tên “Một”"):
        opened.scenarios.save(ROUND, "Một ", {}, "B")
    assert [scenario.content for scenario in opened.scenarios.list(ROUND)] == [CONTENT]
    assert len(opened.audit.list()) == before


@pytest.mark.parametrize(
    ("year", "name", "author", "message"),
    [
        (YEAR, " ", "A", "Tên phương án còn để trống"),
        (YEAR, "\x00", "A", "Tên phương án còn để trống"),
        (YEAR, "x" * 101, "A", "dài quá 100"),
        (YEAR, "x", "", "Tên người lưu còn để trống"),
        (1999, "x", "A", "Chưa có kỳ đánh giá 1999"),
    ],
    ids=["no name", "no text", "too long", "no author", "not open"],
)
def test_scenario_without_name_author_or_round_is_refused(opened, year, name, author, message):
    with pytest.raises(StoreError, match=message):
        opened.scenarios.save(plan_round(year), name, CONTENT, author)
    assert opened.scenarios.list(ROUND) == []


def test_dropped_scenario_is_gone_and_audited_once(opened):
    saved = opened.scenarios.save(ROUND, "Một", CONTENT, "A")
    opened.scenarios.drop(saved, "B")
    opened.scenarios.drop(saved, "C")
    assert opened.scenarios.list(ROUND) == []
    assert last_events(opened)[-1] == ("B", "drop_scenario")
    with pytest.raises(StoreError, match="đã bị xóa"):
        opened.scenarios.get(saved)
    assert opened.scenarios.save(ROUND, "Một", CONTENT, "A") > saved  # an id is never used twice


def test_scenarios_touch_no_figure(opened):
    before = opened.observations.load(ROUND), opened.classes.load(ROUND)
    opened.scenarios.save(ROUND, "Một", {"figures": {FIRST_UNIT: {"births": 99}}}, "A")
    pd.testing.assert_frame_equal(opened.observations.load(ROUND), before[0])
    pd.testing.assert_frame_equal(opened.classes.load(ROUND), before[1])
