"""The connection to the database: SQLite or PostgreSQL by URL, its settings, its schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

PATIENCE = 10  # seconds that a writer waits for another before it is refused
_MIGRATION_LOCK = 620_190_103  # any number that only we use


def connect(url: str) -> Engine:
    """An engine for `url`; connections with the execution option `for_writing` lock the database at once."""
    database = make_url(url).database
    if make_url(url).get_backend_name() != "sqlite":
        return _connect_server(url)
    engine = create_engine(url)
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we emit BEGIN ourselves, below
        for pragma in ("journal_mode=WAL", f"busy_timeout={PATIENCE * 1000}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later can't wait for another writer.
        writing = connection.get_execution_options().get("for_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _connect_server(url: str) -> Engine:
    engine = create_engine(url, pool_pre_ping=True)  # a server may have closed an idle connection

    @event.listens_for(engine, "do_connect")
    def limit(_dialect: Any, _record: Any, _arguments: Any, options: dict[str, Any]) -> None:
        options.setdefault("connect_timeout", PATIENCE)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
        connection.commit()

    return engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to the newest migration, or to one, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    writing = engine.execution_options(for_writing=True)
    with writing.connect() as connection, _keys_unchecked(connection), connection.begin():
        if engine.dialect.name == "postgresql":  # two replicas that start at once take turns
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        before = _revision(connection)
        command.upgrade(config, revision)
        if _revision(connection) != before and _breaks_references(connection):
            raise RuntimeError("the migration broke a reference between tables")


def _breaks_references(connection: Connection) -> bool:
    """Whether a row refers to one that is not there; only SQLite, where keys are unchecked meanwhile, lets that be."""
    return (
        connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first() is not None
    )


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _keys_unchecked(connection: Connection) -> Iterator[None]:
    """Let SQLite replace a table that others refer to; it takes this setting outside of a transaction only."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
