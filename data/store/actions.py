"""Action lists: what people undertook to do so that units are recognised."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, insert, select, update

from data.store.audit import record
from data.store.connections import Connections
from data.store.errors import StoreError
from data.store.rounds import Round, RoundKey
from data.store.rows import id_of, list_units, lock_round, round_detail
from data.store.tables import ActionItem
from data.store.texts import check_text, fit_text
from scoring.standard import get_standard
from scoring.words import format_moment

_LONGEST_STEP, _LONGEST_OWNER = 300, 100
_COLUMNS = ("unit_code", "indicator_id", "step", "owner", "due_date", "done", "updated_at", "updated_by")


@dataclass(frozen=True)
class Action:
    """What is to be done for an indicator of a unit, by whom, until when."""

    unit_code: str
    indicator_id: str
    step: str
    owner: str = ""
    due_date: date | None = None
    done: bool = False


class Actions:
    """Reads and writes of action lists."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def apply(
        self,
        round: Round | RoundKey,
        *,
        save: Iterable[Action] = (),
        drop: Iterable[tuple[str, str]] = (),
        actor: str,
        seen: Iterable[Action] | None = None,
        within: Connection | None = None,
    ) -> None:
        """Change the list of a round, all or nothing.

        Parameters
        ----------
        save : iterable of Action
            Actions to add, or to put in the place of those of the same unit and indicator.
        drop : iterable of (str, str)
            Unit code and indicator id of each action to take off the list; one that is gone already is no error.
        seen : iterable of Action, optional
            The list as it was shown to who changes it; without it, whatever stands there is replaced.

        Raises
        ------
        StoreError
            When an action to be saved or dropped was changed, dropped or added since it was shown. For a unit or an
            indicator that the round does not have, an empty or too long step, a too long owner, a round that is not
            open. Then nothing is stored.
        """
        actions, dropped = list(save), [list(key) for key in drop]
        if not actions and not dropped:
            return
        with self._connections.write(within) as connection:
            round_id, opened = lock_round(connection, round)
            _check(opened, list_units(connection, round_id), actions)
            if seen is not None:
                _refuse_unseen(connection, round_id, seen, actions, dropped)
            for action in actions:
                _put(connection, round_id, action, actor)
            for unit_code, indicator_id in dropped:
                connection.execute(delete(ActionItem).where(*_is_of(round_id, unit_code, indicator_id)))
            if actions:
                detail = {"actions": [_as_detail(action) for action in actions]}
                record(connection, actor, "save_actions", round_detail(opened) | detail)
            if dropped:
                record(connection, actor, "drop_actions", round_detail(opened) | {"actions": dropped})

    def list(self, round: Round | RoundKey) -> pd.DataFrame:
        """The action list of a round, by unit and indicator.

        Returns
        -------
        DataFrame
            `unit_code`, `indicator_id`, `step`, `owner` (str), `due_date` (date or None), `done` (bool), `updated_at`,
            `updated_by`.
        """
        columns = [getattr(ActionItem, name) for name in _COLUMNS]
        query = select(*columns).where(ActionItem.round_id == id_of(round))
        with self._connections.read() as connection:
            rows = connection.execute(query.order_by(ActionItem.unit_code, ActionItem.id)).all()
        return pd.DataFrame(rows, columns=list(_COLUMNS)).astype({"done": bool, "due_date": object})


def _check(opened: Round, units: set[str], actions: Sequence[Action]) -> None:
    indicators = {indicator.id for indicator in get_standard(opened.standard_id).indicators}
    for action in actions:
        if action.unit_code not in units:
            raise StoreError(f"Kỳ {opened.year} không có đơn vị {action.unit_code}. Kiểm tra lại mã đơn vị.")
        if action.indicator_id not in indicators:
            raise StoreError(f"Bộ tiêu chí của kỳ {opened.year} không có chỉ tiêu {action.indicator_id}.")
        check_text(action.step, "Việc cần làm", _LONGEST_STEP)
        if len(action.owner) > _LONGEST_OWNER:
            raise StoreError(f"Người phụ trách dài quá {_LONGEST_OWNER} ký tự.")


def _refuse_unseen(
    connection: Connection,
    round_id: int,
    seen: Iterable[Action],
    actions: Sequence[Action],
    dropped: Iterable[Sequence[str]],
) -> None:
    """Refuse to replace what somebody else did to an action since it was shown; what is the same already is fine."""
    columns = [getattr(ActionItem, name) for name in _COLUMNS]
    rows = connection.execute(select(*columns).where(ActionItem.round_id == round_id))
    stored = {(row.unit_code, row.indicator_id): row for row in rows}
    shown = {(action.unit_code, action.indicator_id): action for action in seen}
    wanted: dict[tuple[str, ...], Action | None] = {
        (action.unit_code, action.indicator_id): action for action in actions
    }
    wanted |= {tuple(key): None for key in dropped}
    for (unit_code, indicator_id), action in wanted.items():
        row = stored.get((unit_code, indicator_id))
        now = None if row is None else Action(*row[:6])
        if now not in (shown.get((unit_code, indicator_id)), action):
            what = (
                "đã bị bỏ khỏi danh sách ở nơi khác"
                if row is None
                else f"đã được {row.updated_by} sửa lúc {format_moment(row.updated_at)}"
            )
            raise StoreError(
                f"Việc của chỉ tiêu {indicator_id}, đơn vị {unit_code} {what}. Chưa lưu việc nào; xem danh sách mới "
                "rồi sửa tiếp."
            )


def _put(connection: Connection, round_id: int, action: Action, actor: str) -> None:
    values = asdict(action) | {
        "round_id": round_id,
        "step": fit_text(action.step, _LONGEST_STEP),
        "owner": fit_text(action.owner, _LONGEST_OWNER),
        "updated_at": datetime.now(UTC),
        "updated_by": fit_text(actor, 100),
    }
    its_row = _is_of(round_id, action.unit_code, action.indicator_id)
    if not connection.execute(update(ActionItem).where(*its_row).values(values)).rowcount:
        connection.execute(insert(ActionItem), values)


def _is_of(round_id: int, unit_code: str, indicator_id: str) -> tuple[Any, ...]:
    return (
        ActionItem.round_id == round_id,
        ActionItem.unit_code == unit_code,
        ActionItem.indicator_id == indicator_id,
    )


def _as_detail(action: Action) -> dict[str, Any]:
    return asdict(action) | {"due_date": action.due_date.isoformat() if action.due_date else None}
