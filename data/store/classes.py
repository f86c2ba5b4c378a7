"""The class and the place of each unit in a round."""

import pandas as pd
from sqlalchemy import Connection, select, update

from data.store.audit import record
from data.store.connections import Connections
from data.store.errors import StoreError
from data.store.rounds import Round, RoundKey
from data.store.rows import class_rows, id_of, list_units, lock_round, mark_changed, round_detail
from data.store.tables import UnitClass
from scoring.standard import get_standard


class Classes:
    """Reads and writes of unit classes."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def load(self, round: Round | RoundKey) -> pd.DataFrame:
        """Classes of a round's units: index `code`, columns `unit_class`, `mountainous`, `provenance`."""
        query = select(UnitClass.unit_code, UnitClass.unit_class, UnitClass.mountainous, UnitClass.provenance).where(
            UnitClass.round_id == id_of(round)
        )
        with self._connections.read() as connection:
            rows = connection.execute(query.order_by(UnitClass.unit_code)).all()
        frame = pd.DataFrame(rows, columns=["code", "unit_class", "mountainous", "provenance"]).set_index("code")
        return frame.astype({"mountainous": bool})

    def save(
        self, round: Round | RoundKey, classes: pd.DataFrame, actor: str, within: Connection | None = None
    ) -> None:
        """Correct the class of units in a round.

        Parameters
        ----------
        classes : DataFrame
            Index unit code, columns `unit_class`, `mountainous`, `provenance`.

        Raises
        ------
        StoreError
            For a class that the standard does not know, a unit that the round does not have, a round that is not open;
            then nothing is stored.
        """
        with self._connections.write(within) as connection:
            round_id, opened = lock_round(connection, round)
            known_classes = get_standard(opened.standard_id).recognition.minimum_total
            known_units = list_units(connection, round_id)
            rows = class_rows(round_id, classes)
            for row in rows:
                code = row["unit_code"]
                if row["unit_class"] not in known_classes:
                    raise StoreError(
                        f"Đơn vị {code}: không có loại đơn vị “{row['unit_class']}”. "
                        f"Các loại: {', '.join(known_classes)}."
                    )
                if code not in known_units:
                    raise StoreError(f"Kỳ {opened.year} không có đơn vị {code}. Kiểm tra lại mã đơn vị.")
            for row in rows:
                its_row = (UnitClass.round_id == round_id, UnitClass.unit_code == row["unit_code"])
                connection.execute(update(UnitClass).where(*its_row).values(**row))
            mark_changed(connection, round_id)
            record(connection, actor, "correct_classes", round_detail(opened) | {"units": list(classes.index)})
