"""The audit trail: what happened, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from data.store.connections import Connections
from data.store.tables import AuditEvent
from data.store.texts import fit_text


@dataclass(frozen=True)
class Event:
    """A write, with who did it."""

    id: int
    at: datetime
    actor: str
    action: str
    detail: dict[str, Any]


class Audit:
    """Reads of the audit trail; the parts of the store add to it as they write."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def list(self) -> Sequence[Event]:
        """Every event, the oldest first."""
        with self._connections.read() as connection:
            rows = connection.execute(select(AuditEvent.__table__).order_by(AuditEvent.id))
            return [Event(**row._mapping) for row in rows]


def record(connection: Connection, actor: str, action: str, detail: Mapping[str, Any]) -> None:
    """Add an event to the audit trail."""
    values = {"at": datetime.now(UTC), "actor": fit_text(actor, 100), "action": action, "detail": dict(detail)}
    connection.execute(insert(AuditEvent), values)
