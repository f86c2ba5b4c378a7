"""Transactions: several writes as one, and readers beside writers on PostgreSQL."""

import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import text

from data.store import Action, Choices, StoreError, open_store
from data.store.store import Store
from tests.data.store.samples import FIRST_UNIT, HA_NOI, HA_NOI_UNIT, ROUND, SECOND_UNIT, save, values


def test_several_writes_are_stored_together_or_not_at_all(store):
    action = Action(FIRST_UNIT, "2", "Đăng ký khai sinh")

    def write_both(indicator: str) -> None:
        with store.write() as transaction:
            save(store, values(), within=transaction)
            listed = [replace(action, indicator_id=indicator)]
            store.actions.apply(ROUND, save=listed, actor="A", within=transaction)

    with pytest.raises(StoreError, match="không có chỉ tiêu 99"):
        write_both("99")
    assert store.rounds.list() == []
    assert store.audit.list() == []
    with store.write() as transaction:
        save(store, values(), within=transaction)
        store.actions.apply(ROUND, save=[action], actor="A", within=transaction)
        store.scenarios.save(ROUND, "Một", {}, "A", within=transaction)
        store.classes.save(ROUND, store.classes.load(HA_NOI).head(0), "A", within=transaction)
        store.mappings.save("shape", ROUND.standard_id, Choices({"a": "births"}), "A", within=transaction)
    assert len(store.actions.list(ROUND)) == len(store.scenarios.list(ROUND)) == len(store.rounds.list()) == 1


def test_write_that_is_refused_takes_back_its_own_part_only(store):
    with store.write() as transaction:
        save(store, values(input_id="children", value=100), within=transaction)
        with pytest.raises(StoreError, match="lớn hơn"):  # known only once it is written
            save(store, values(input_id="injured", value=101), "b.xlsx", within=transaction)
    assert store.observations.load(ROUND).loc[FIRST_UNIT].dropna().to_dict() == {"children": 100}
    assert [file.file_name for file in store.submissions.list(ROUND)] == ["a.xlsx"]
    assert store.rounds.facts_version(ROUND) == 1


@pytest.fixture
def replicas(postgres_url) -> tuple[Store, Store]:
    """Two stores on one PostgreSQL, as two processes have them."""
    stores = open_store(postgres_url), open_store(postgres_url)
    yield stores
    for store in stores:
        store.close()


@pytest.mark.postgres
def test_version_is_not_stale_after_writers_that_interleave(replicas):
    """REVIEW 1.5: the first writer takes its number first and commits last."""
    first, second = replicas
    save(first, values(value=7))
    save(first, values(HA_NOI_UNIT, 1), "h.xlsx", HA_NOI)
    with first.write() as slow:
        save(first, values(value=8), "b.xlsx", within=slow)
        second.scenarios.save(HA_NOI, "Một", {}, "B")
        save(second, values(HA_NOI_UNIT, 2), "c.xlsx", HA_NOI)
        seen = second.rounds.facts_version(ROUND)
        assert second.observations.load(ROUND).loc[FIRST_UNIT, "births"] == 7
    assert second.rounds.facts_version(ROUND) > seen
    assert second.observations.load(ROUND).loc[FIRST_UNIT, "births"] == 8


@pytest.mark.postgres
def test_writers_of_one_round_wait_and_each_raises_its_version(replicas):
    first, second = replicas
    save(first, values())
    before = first.rounds.facts_version(ROUND)
    waiting = threading.Thread(target=save, args=(second, values(value=9), "c.xlsx"))
    with first.write() as slow:
        save(first, values(value=8), "b.xlsx", within=slow)
        waiting.start()
        wait_for_lock(first)
    waiting.join()
    assert first.rounds.facts_version(ROUND) == before + 2
    assert first.observations.load_history(ROUND, FIRST_UNIT, "births")["value"].tolist() == [9, 8, 7]


@pytest.mark.postgres
def test_two_first_files_of_a_round_open_it_once(replicas):
    first, second = replicas
    other = threading.Thread(target=save, args=(second, values(SECOND_UNIT), "b.xlsx"))
    with first.write() as slow:
        save(first, values(), within=slow)
        other.start()
        wait_for_lock(first)
    other.join()
    assert [file.file_name for file in first.submissions.list(ROUND)] == ["b.xlsx", "a.xlsx"]
    assert [event.action for event in first.audit.list()].count("open_round") == 1


@pytest.mark.postgres
def test_connection_that_the_server_has_closed_is_replaced(replicas, postgres):
    first, _ = replicas
    save(first, values())
    postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test_%'")
    assert len(first.submissions.list(ROUND)) == 1


@pytest.mark.postgres
def test_replicas_that_start_at_once_migrate_once(empty_postgres_url):
    answers = []

    def start() -> None:
        try:
            store = open_store(empty_postgres_url)
            answers.append(len(store.rounds.list()))
            store.close()
        except Exception as error:
            answers.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [0, 0, 0]


def wait_for_lock(store: Store) -> None:
    """Wait until another connection waits for what this one holds."""
    query = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    for _ in range(500):
        with store._connections.read() as connection:
            if connection.scalar(query):
                return
        time.sleep(0.01)
    raise AssertionError("the other writer does not wait")
