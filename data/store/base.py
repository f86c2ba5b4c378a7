"""What every part of the store shares: the connection, the lock for writing, the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from data.store.tables import AuditEvent


class StoreError(Exception):
    """A request that the store refuses; the message is a Vietnamese sentence for the user."""


class StoreBase:
    """The connection to one database."""

    def __init__(self, engine: Engine):
        self._engine = engine

    def close(self) -> None:
        """Release the connections; the store can't be used afterwards."""
        self._engine.dispose()

    def version(self) -> int:
        """A number that grows with every write; caches of what is read here are keyed by it."""
        with self._read() as connection:
            return connection.scalar(select(func.max(AuditEvent.id))) or 0

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._engine.execution_options(for_writing=True).begin() as connection:
            yield connection


def record(connection: Connection, actor: str, action: str, detail: dict[str, Any]) -> None:
    """Add an audit event."""
    connection.execute(
        insert(AuditEvent), {"at": datetime.now(UTC), "actor": actor, "action": action, "detail": detail}
    )
