"""What leaders try out and what they have undertaken: saved scenarios, action lists of units."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.store.base import StoreError, record
from data.store.drafts import Drafts
from data.store.rounds import get_round
from data.store.tables import ActionItem, AssessmentYear, SavedScenario, UnitClass
from scoring.standard import get_standard

_LONGEST_NAME, _LONGEST_STEP = 100, 300
_ACTION_COLUMNS = ("unit_code", "indicator_id", "step", "owner", "due_date", "done", "updated_at", "updated_by")


@dataclass(frozen=True)
class ScenarioInfo:
    """A saved scenario; `content` is what `scoring.scenario.from_json` reads."""

    id: int
    year: int
    name: str
    author: str
    saved_at: datetime
    content: dict[str, Any]


@dataclass(frozen=True)
class Action:
    """What is to be done for an indicator of a unit, by whom, until when."""

    unit_code: str
    indicator_id: str
    step: str
    owner: str = ""
    due_date: date | None = None
    done: bool = False


class Scenarios(Drafts):
    """Reads and writes of scenarios and action lists."""

    def save_scenario(self, year: int, name: str, content: dict[str, Any], author: str) -> int:
        """Keep a scenario by name.

        Returns
        -------
        int
            Its id.

        Raises
        ------
        StoreError
            For an empty or too long name or author, a name that the year has already, a year that is not open.
        """
        name, author = (
            _check_text(text, what, _LONGEST_NAME)
            for text, what in ((name, "Tên phương án"), (author, "Tên người lưu"))
        )
        values = {"year": year, "name": name, "author": author, "saved_at": datetime.now(UTC), "content": content}
        self.get_year(year)
        try:
            with self._write() as connection:
                query = insert(SavedScenario).returning(SavedScenario.id)
                saved = int(connection.execute(query, values).scalar_one())
                record(connection, author, "save_scenario", {"year": year, "id": saved, "name": name, **content})
                return saved
        except IntegrityError:
            raise StoreError(f"Năm {year} đã có phương án tên “{name}”. Đặt tên khác.") from None

    def list_scenarios(self, year: int) -> list[ScenarioInfo]:
        """Scenarios of a year, the newest first."""
        query = select(SavedScenario.__table__).where(SavedScenario.year == year).order_by(SavedScenario.id.desc())
        with self._read() as connection:
            return [ScenarioInfo(**row._mapping) for row in connection.execute(query)]

    def get_scenario(self, scenario_id: int) -> ScenarioInfo:
        """A scenario by its id.

        Raises
        ------
        StoreError
            When it was dropped meanwhile.
        """
        with self._read() as connection:
            query = select(SavedScenario.__table__).where(SavedScenario.id == scenario_id)
            row = connection.execute(query).one_or_none()
        if row is None:
            raise StoreError("Phương án này đã bị xóa. Tải lại trang để xem danh sách mới.")
        return ScenarioInfo(**row._mapping)

    def drop_scenario(self, scenario_id: int, actor: str) -> None:
        """Forget a scenario; the audit event keeps what it was. One that is gone already is no error."""
        with self._write() as connection:
            query = (
                delete(SavedScenario)
                .where(SavedScenario.id == scenario_id)
                .returning(SavedScenario.year, SavedScenario.name, SavedScenario.content)
            )
            row = connection.execute(query).one_or_none()
            if row is not None:
                detail = {"year": row.year, "id": scenario_id, "name": row.name, **row.content}
                record(connection, actor, "drop_scenario", detail)

    def save_actions(self, year: int, rows: Iterable[Action], actor: str) -> None:
        """Add actions to the list of a year, or change those that it has for the same unit and indicator.

        Raises
        ------
        StoreError
            For a unit or an indicator that the year does not have, an empty or too long step, a too long owner; then
            nothing is stored.
        """
        actions = list(rows)
        if not actions:
            return
        now = datetime.now(UTC)
        with self._write() as connection:
            _lock_year(connection, year)
            _check_actions(connection, year, actions)
            for action in actions:
                place = _action_place(year, action.unit_code, action.indicator_id)
                values = {"year": year, **asdict(action), "updated_at": now, "updated_by": actor[:100]}
                if not connection.execute(update(ActionItem).where(*place).values(values)).rowcount:
                    connection.execute(insert(ActionItem), values)
            detail = {"year": year, "actions": [_as_detail(action) for action in actions]}
            record(connection, actor, "save_actions", detail)

    def list_actions(self, year: int) -> pd.DataFrame:
        """The action list of a year, by unit and indicator.

        Returns
        -------
        DataFrame
            `unit_code`, `indicator_id`, `step`, `owner` (str), `due_date` (date or None), `done` (bool), `updated_at`,
            `updated_by`.
        """
        columns = [getattr(ActionItem, name) for name in _ACTION_COLUMNS]
        query = select(*columns).where(ActionItem.year == year).order_by(ActionItem.unit_code, ActionItem.id)
        with self._read() as connection:
            rows = connection.execute(query).all()
        return pd.DataFrame(rows, columns=list(_ACTION_COLUMNS)).astype({"done": bool, "due_date": object})

    def drop_actions(self, year: int, keys: Iterable[tuple[str, str]], actor: str) -> None:
        """Take actions off the list of a year; `keys`: unit code and indicator id of each."""
        dropped = [list(key) for key in keys]
        if not dropped:
            return
        with self._write() as connection:
            for unit_code, indicator_id in dropped:
                connection.execute(delete(ActionItem).where(*_action_place(year, unit_code, indicator_id)))
            record(connection, actor, "drop_actions", {"year": year, "actions": dropped})


def _lock_year(connection: Connection, year: int) -> None:
    """Writers of one year's list take turns on PostgreSQL too."""
    connection.execute(select(AssessmentYear.year).where(AssessmentYear.year == year).with_for_update())


def _check_actions(connection: Connection, year: int, actions: list[Action]) -> None:
    opened = get_round(connection, year)
    if opened is None:
        raise StoreError(f"Chưa có kỳ đánh giá {year}. Nộp số liệu của năm {year} trước.")
    units = set(connection.scalars(select(UnitClass.unit_code).where(UnitClass.year == year)))
    indicators = {one.id for one in get_standard(opened.standard_id).indicators}
    for action in actions:
        if action.unit_code not in units:
            raise StoreError(f"Kỳ {year} không có đơn vị {action.unit_code}. Kiểm tra lại mã đơn vị.")
        if action.indicator_id not in indicators:
            raise StoreError(f"Bộ tiêu chí của kỳ {year} không có chỉ tiêu {action.indicator_id}.")
        _check_text(action.step, "Việc cần làm", _LONGEST_STEP)
        if len(action.owner) > _LONGEST_NAME:
            raise StoreError(f"Người phụ trách dài quá {_LONGEST_NAME} ký tự.")


def _check_text(text: str, what: str, longest: int) -> str:
    text = text.strip()
    if not text:
        raise StoreError(f"{what} còn để trống.")
    if len(text) > longest:
        raise StoreError(f"{what} dài quá {longest} ký tự.")
    return text


def _action_place(year: int, unit_code: str, indicator_id: str) -> tuple[Any, ...]:
    return ActionItem.year == year, ActionItem.unit_code == unit_code, ActionItem.indicator_id == indicator_id


def _as_detail(action: Action) -> dict[str, Any]:
    return asdict(action) | {"due_date": action.due_date.isoformat() if action.due_date else None}
