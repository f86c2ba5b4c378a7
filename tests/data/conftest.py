"""Each test of the store and of intake that opens a store runs on SQLite and on PostgreSQL."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.store.engine import connect, migrate
from tests.postgres import Server, running_server

_TEMPLATE = "template_of_tests"
_numbers = itertools.count(1)
DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL of the session, with a database of our tables that each test gets a copy of."""
    with running_server() as server:
        server.execute(f"CREATE DATABASE {_TEMPLATE}")
        engine = connect(server.url(_TEMPLATE))
        migrate(engine)
        engine.dispose()
        yield server


@contextmanager
def copied_database(server: Server, template: str = _TEMPLATE) -> Iterator[str]:
    """The URL of a fresh database on PostgreSQL, with our tables."""
    name = f"test_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """A fresh database on PostgreSQL, with our tables."""
    with copied_database(postgres) as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres: Server) -> Iterator[str]:
    """A fresh database on PostgreSQL, without any table."""
    with copied_database(postgres, "template0") as url:
        yield url


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A fresh database, which `DATABASE_URL` names for whoever opens one: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{(home / 'app.sqlite').as_posix()}"
    url: str = request.getfixturevalue("postgres_url")
    monkeypatch.setenv("DATABASE_URL", url)
    return url


@pytest.fixture
def store(database_url: str, store):
    """An empty store on each of the databases."""
    return store
