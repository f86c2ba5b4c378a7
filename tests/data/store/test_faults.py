"""What a database can't do is one sentence; what was stored before stays, and the next call works."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import data.store.engine
from data.store import StoreFaultError, open_store
from tests.broken import OPENING, WRITING, broken
from tests.data.store.samples import FIRST_UNIT, ROUND, save, values

CONTENT = b"x" * 3_000_000


@pytest.mark.parametrize("fault", OPENING)
def test_database_that_can_not_be_opened_says_why(home, monkeypatch, fault):
    with broken(OPENING[fault], home, monkeypatch), pytest.raises(StoreFaultError, match=OPENING[fault].says) as raised:
        open_store()
    assert raised.value.__cause__ is not None


@pytest.mark.parametrize("fault", WRITING)
def test_write_that_fails_says_why_and_leaves_nothing(home, monkeypatch, fault):
    before = open_store()
    save(before, values())
    before.close()

    def write() -> None:
        open_store().drafts.save(ROUND, "a.xlsx", CONTENT)

    with broken(WRITING[fault], home, monkeypatch), pytest.raises(StoreFaultError, match=WRITING[fault].says):
        write()
    monkeypatch.undo()
    monkeypatch.setenv("APP_HOME", str(home))
    after = open_store()
    assert after.drafts.list(ROUND) == []
    assert len(after.submissions.list(ROUND)) == 1
    assert after.drafts.save(ROUND, "a.xlsx", CONTENT)
    after.close()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda url: url.set(database="khong_co"), "không có cơ sở dữ liệu mà DATABASE_URL nêu tên"),
        (lambda url: url.set(username="nguoi_la"), "từ chối tên đăng nhập hoặc mật khẩu"),
    ],
)
def test_server_that_refuses_says_why(postgres_url, change, says):
    from sqlalchemy.engine import make_url

    address = change(make_url(postgres_url)).render_as_string(hide_password=False)
    with pytest.raises(StoreFaultError, match=says):
        open_store(address)


@pytest.mark.postgres
def test_server_that_goes_away_and_comes_back(postgres_url, postgres):
    store = open_store(postgres_url)
    save(store, values())
    name = store._connections.engine.url.database

    def write_while_it_goes() -> None:
        with store.write() as transaction:
            store.drafts.save(ROUND, "a.xlsx", b"a", within=transaction)
            postgres.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            store.drafts.save(ROUND, "b.xlsx", b"b", within=transaction)

    with pytest.raises(StoreFaultError, match="Không kết nối được"):
        write_while_it_goes()
    with pytest.raises(StoreFaultError, match="Không kết nối được"):
        store.submissions.list(ROUND)
    postgres.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert store.drafts.list(ROUND) == []
    assert len(store.submissions.list(ROUND)) == 1
    store.close()


@pytest.mark.postgres
def test_writer_waits_for_another_only_so_long(postgres_url, monkeypatch):
    monkeypatch.setattr(data.store.engine, "PATIENCE", 1)
    first, second = open_store(postgres_url), open_store(postgres_url)
    save(first, values())
    with first.write() as slow:
        save(first, values(value=8), "b.xlsx", within=slow)
        with pytest.raises(StoreFaultError, match="đang bị một việc khác giữ quá lâu"):
            save(second, values(value=9), "c.xlsx")
    assert second.observations.load(ROUND).loc[FIRST_UNIT, "births"] == 8
    first.close()
    second.close()


def test_mistake_of_the_program_stays_what_it_is(store):
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(text("INSERT INTO draft (id) VALUES (1)"))
