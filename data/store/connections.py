"""The connections to one database that all parts of the store share, and the transactions on them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

from data.store.errors import translating


class Connections:
    """Transactions on one database; safe to share between threads, for each takes a connection of its own."""

    def __init__(self, engine: Engine):
        self.engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with translating(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self, within: Connection | None = None) -> Iterator[Connection]:
        """A transaction that writes: committed at the end of the block, taken back whole by an exception.

        `within`: a part of that transaction instead, which an exception takes back alone.
        """
        if within is not None:
            with translating(), within.begin_nested():
                yield within
            return
        with translating(), self.engine.execution_options(for_writing=True).begin() as connection:
            yield connection

    def close(self) -> None:
        """Release the connections."""
        self.engine.dispose()


def insert_unless_there(
    connection: Connection, table: type[DeclarativeBase], key: Sequence[str], values: Mapping[str, Any]
) -> None:
    """Insert a row unless another writer has inserted one of the same key."""
    connection.execute(_insert(connection, table).values(**values).on_conflict_do_nothing(index_elements=key))


def insert_or_replace(
    connection: Connection, table: type[DeclarativeBase], key: Sequence[str], values: Mapping[str, Any]
) -> None:
    """Insert a row, or set the values of the row of the same key."""
    changed = {name: value for name, value in values.items() if name not in key}
    statement = _insert(connection, table).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))


def _insert(connection: Connection, table: type[DeclarativeBase]) -> Any:
    dialects = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    return dialects[connection.dialect.name](table)
