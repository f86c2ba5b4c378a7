"""Observations: the values of inputs of units, with the cells that they came from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import select

from data.store.connections import Connections
from data.store.rounds import Round, RoundKey, key_of
from data.store.rows import id_of
from data.store.tables import Observation, Submission
from scoring.standard import get_standard


class Observations:
    """Reads of values; files bring them (`Submissions.save`)."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def load(self, round: Round | RoundKey, standard_id: str | None = None) -> pd.DataFrame:
        """Current values of a round: index `code`, a column an input, Int64, NA = missing; empty before its first file.

        The columns are the inputs of the round's standard, or of another.
        """
        inputs = get_standard(standard_id or key_of(round).standard_id).inputs
        query = select(Observation.unit_code, Observation.input_id, Observation.value).where(
            Observation.round_id == id_of(round), Observation.superseded_by.is_(None)
        )
        with self._connections.read() as connection:
            rows = connection.execute(query).all()
        return spread_values(rows, list(inputs))

    def load_cells(self, round: Round | RoundKey) -> pd.DataFrame:
        """Every current value of a round with the cell that it came from, by unit and then in the standard's order.

        Returns
        -------
        DataFrame
            Columns `unit_code`, `input_id`, `value` (Int64, NA = left empty), `file`, `sheet`, `cell`, `submission`
            (its id); a row a value.
        """
        columns: list[Any] = [
            Observation.unit_code,
            Observation.input_id,
            Observation.value,
            Submission.file_name.label("file"),
            Observation.sheet,
            Observation.cell,
            Submission.id.label("submission"),
        ]
        query = (
            select(*columns)
            .join(Submission, Observation.submission_id == Submission.id)
            .where(Observation.round_id == id_of(round), Observation.superseded_by.is_(None))
        )
        with self._connections.read() as connection:
            rows = connection.execute(query).all()
        order = {input_id: number for number, input_id in enumerate(get_standard(key_of(round).standard_id).inputs)}
        rows = sorted(rows, key=lambda row: (row.unit_code, order.get(row.input_id, len(order))))
        return pd.DataFrame(rows, columns=[column.key for column in columns]).astype({"value": "Int64"})

    def load_sources(self, round: Round | RoundKey, code: str) -> pd.DataFrame:
        """Where each current value of a unit came from.

        Returns
        -------
        DataFrame
            Index `input_id`, columns `value`, `sheet`, `cell`, `original`, `file_name`, `file_hash`, `submission_id`,
            `submitted_by`, `submitted_at`, `demo`.
        """
        frame = self._load_history(round, code, Observation.superseded_by.is_(None))
        return frame.drop(columns="superseded_by").set_index("input_id")

    def load_history(self, round: Round | RoundKey, code: str, input_id: str) -> pd.DataFrame:
        """Every value that an input of a unit ever had in a round, newest first; columns as `load_sources`."""
        frame = self._load_history(round, code, Observation.input_id == input_id)
        return frame.sort_values("submission_id", ascending=False, ignore_index=True)

    def list_demo_units(self, round: Round | RoundKey) -> set[str]:
        """Codes of the units of which any current value is illustrative."""
        query = (
            select(Observation.unit_code)
            .distinct()
            .join(Submission, Observation.submission_id == Submission.id)
            .where(Observation.round_id == id_of(round), Observation.superseded_by.is_(None), Submission.demo)
        )
        with self._connections.read() as connection:
            return set(connection.scalars(query))

    def _load_history(self, round: Round | RoundKey, code: str, condition: Any) -> pd.DataFrame:
        columns: list[Any] = [
            Observation.input_id,
            Observation.value,
            Observation.sheet,
            Observation.cell,
            Observation.original,
            Observation.superseded_by,
            Submission.file_name,
            Submission.file_hash,
            Submission.id.label("submission_id"),
            Submission.submitted_by,
            Submission.submitted_at,
            Submission.demo,
        ]
        query = (
            select(*columns)
            .join(Submission, Observation.submission_id == Submission.id)
            .where(Observation.round_id == id_of(round), Observation.unit_code == code, condition)
        )
        with self._connections.read() as connection:
            rows = connection.execute(query).all()
        frame = pd.DataFrame(rows, columns=[column.key for column in columns])
        return frame.astype({"value": "Int64"})


def spread_values(rows: Sequence[Any], input_ids: Sequence[str]) -> pd.DataFrame:
    """Spread long rows (unit code, input id, value) to one row a unit: a column an input, Int64, NA = missing."""
    codes = sorted({row[0] for row in rows})
    row_of = {code: number for number, code in enumerate(codes)}
    column_of = {input_id: number for number, input_id in enumerate(input_ids)}
    values = np.zeros((len(codes), len(input_ids)), dtype=np.int64)
    missing = np.ones_like(values, dtype=bool)
    for code, input_id, value in rows:
        if value is not None and input_id in column_of:
            position = row_of[code], column_of[input_id]
            values[position] = value
            missing[position] = False
    columns = {
        input_id: pd.arrays.IntegerArray(values[:, number].copy(), missing[:, number].copy())
        for input_id, number in column_of.items()
    }
    return pd.DataFrame(columns, index=pd.Index(codes, name="code", dtype="str"))
