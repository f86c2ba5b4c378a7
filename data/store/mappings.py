"""Mappings: what officers confirmed for files of one shape, used again for the next."""

from datetime import UTC, datetime

from sqlalchemy import Connection, select

from data.store.audit import record
from data.store.choices import Choices, read_choices
from data.store.connections import Connections, insert_or_replace
from data.store.tables import ColumnMapping
from data.store.texts import fit_text
from scoring.words import format_date


class Mappings:
    """Reads and writes of remembered mappings."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def save(
        self, shape: str, standard_id: str, choices: Choices, actor: str, within: Connection | None = None
    ) -> None:
        """Remember what was confirmed for files of a shape; it takes the place of what was remembered before."""
        values = {
            "shape": shape,
            "standard_id": standard_id,
            "choices": choices.as_json(),
            "confirmed_by": fit_text(actor, 100),
            "confirmed_at": datetime.now(UTC),
        }
        with self._connections.write(within) as connection:
            insert_or_replace(connection, ColumnMapping, ("shape", "standard_id"), values)
            record(connection, actor, "confirm_mapping", {"shape": shape, **choices.as_json()})

    def find(self, shape: str, standard_id: str) -> Choices | None:
        """What was confirmed for files of a shape, if anything."""
        query = select(ColumnMapping.__table__).where(
            ColumnMapping.shape == shape, ColumnMapping.standard_id == standard_id
        )
        with self._connections.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return read_choices(row.choices, f"{row.confirmed_by} ngày {format_date(row.confirmed_at)}")

    def list_versions(self, standard_id: str) -> dict[str, str]:
        """By shape a text that changes with what is remembered for files of it."""
        query = select(ColumnMapping.shape, ColumnMapping.confirmed_at).where(ColumnMapping.standard_id == standard_id)
        with self._connections.read() as connection:
            return {row.shape: row.confirmed_at.isoformat() for row in connection.execute(query)}
