"""Scenarios: each a “what if” that was named and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from data.store.audit import record
from data.store.connections import Connections
from data.store.errors import StoreError
from data.store.rounds import Round, RoundKey
from data.store.rows import ROUND_COLUMNS, id_of, lock_round, read_key, round_detail
from data.store.tables import AssessmentRound, SavedScenario
from data.store.texts import check_text

_LONGEST_NAME = 100


@dataclass(frozen=True)
class ScenarioInfo:
    """A saved scenario; `content` is what `scoring.scenario.from_json` reads."""

    id: int
    round: RoundKey
    name: str
    author: str
    saved_at: datetime
    content: dict[str, Any]


class Scenarios:
    """Reads and writes of scenarios."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def save(
        self,
        round: Round | RoundKey,
        name: str,
        content: dict[str, Any],
        author: str,
        within: Connection | None = None,
    ) -> int:
        """Keep a scenario by name.

        Returns
        -------
        int
            Its id.

        Raises
        ------
        StoreError
            For an empty or too long name or author, a name that the round has already, a round that is not open.
        """
        name = check_text(name, "Tên phương án", _LONGEST_NAME)
        author = check_text(author, "Tên người lưu", _LONGEST_NAME)
        with self._connections.write(within) as connection:
            round_id, opened = lock_round(connection, round)
            same_name = (SavedScenario.round_id == round_id, SavedScenario.name == name)
            if connection.scalar(select(SavedScenario.id).where(*same_name)) is not None:
                raise StoreError(f"Năm {opened.year} đã có phương án tên “{name}”. Đặt tên khác.")
            values = {
                "round_id": round_id,
                "name": name,
                "author": author,
                "saved_at": datetime.now(UTC),
                "content": content,
            }
            query = insert(SavedScenario).returning(SavedScenario.id)
            saved = int(connection.execute(query, values).scalar_one())
            record(connection, author, "save_scenario", round_detail(opened) | {"id": saved, "name": name, **content})
            return saved

    def list(self, round: Round | RoundKey) -> Sequence[ScenarioInfo]:
        """Scenarios of a round, the newest first."""
        query = _select_scenarios().where(SavedScenario.round_id == id_of(round)).order_by(SavedScenario.id.desc())
        with self._connections.read() as connection:
            return [_scenario(row) for row in connection.execute(query)]

    def get(self, scenario_id: int) -> ScenarioInfo:
        """A scenario by its id.

        Raises
        ------
        StoreError
            When it was dropped meanwhile.
        """
        with self._connections.read() as connection:
            row = connection.execute(_select_scenarios().where(SavedScenario.id == scenario_id)).one_or_none()
        if row is None:
            raise StoreError("Phương án này đã bị xóa. Tải lại trang để xem danh sách mới.")
        return _scenario(row)

    def drop(self, scenario_id: int, actor: str, within: Connection | None = None) -> None:
        """Forget a scenario; the audit event keeps what it was. One that is gone already is no error."""
        with self._connections.write(within) as connection:
            row = connection.execute(_select_scenarios().where(SavedScenario.id == scenario_id)).one_or_none()
            if row is None:
                return
            dropped = connection.execute(delete(SavedScenario).where(SavedScenario.id == scenario_id))
            if dropped.rowcount:
                detail = {"id": scenario_id, "name": row.name, **row.content}
                record(connection, actor, "drop_scenario", round_detail(read_key(row)) | detail)


def _select_scenarios() -> Any:
    columns = (
        SavedScenario.id,
        SavedScenario.name,
        SavedScenario.author,
        SavedScenario.saved_at,
        SavedScenario.content,
    )
    return select(*columns, *ROUND_COLUMNS).join(AssessmentRound)


def _scenario(row: Any) -> ScenarioInfo:
    return ScenarioInfo(
        id=row.id, round=read_key(row), name=row.name, author=row.author, saved_at=row.saved_at, content=row.content
    )
