"""Rounds (assessment years) and the class of each unit in a year."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select, update

from data.store.base import StoreBase, StoreError, record
from data.store.tables import AssessmentYear, UnitClass
from data.units import lists as unit_lists
from scoring.standard import get_standard, standard_for_year

DEFAULT_PROVINCE = "20"  # Lạng Sơn
DEFAULT_TARGET_PERCENT = 95  # the 2022 plan's target


@dataclass(frozen=True)
class Round:
    """An assessment year: `province_code` None means the whole nation."""

    year: int
    province_code: str | None
    vintage: str
    standard_id: str
    target_percent: int


def plan_round(year: int, province_code: str | None = DEFAULT_PROVINCE, vintage: str | None = None) -> Round:
    """The round that a year would have: the unit list and the standard in force on its 31 December."""
    return Round(
        year=year,
        province_code=province_code,
        vintage=vintage or unit_lists.vintage_for_year(year),
        standard_id=standard_for_year(year).id,
        target_percent=DEFAULT_TARGET_PERCENT,
    )


class Rounds(StoreBase):
    """Reads and writes of rounds and unit classes."""

    def find_year(self, year: int) -> Round | None:
        """The round of a year, or None when it is not open."""
        with self._read() as connection:
            return get_round(connection, year)

    def list_years(self) -> list[int]:
        """Years that are open, newest first."""
        with self._read() as connection:
            return list(connection.scalars(select(AssessmentYear.year).order_by(AssessmentYear.year.desc())))

    def get_year(self, year: int) -> Round:
        """The round of a year.

        Raises
        ------
        StoreError
            When the year is not open.
        """
        found = self.find_year(year)
        if found is None:
            raise StoreError(f"Chưa có kỳ đánh giá {year}. Nộp số liệu của năm {year} trước.")
        return found

    def unit_classes(self, year: int) -> pd.DataFrame:
        """Classes of a year's units: index `code`, columns `unit_class`, `mountainous`, `provenance`."""
        query = select(UnitClass.unit_code, UnitClass.unit_class, UnitClass.mountainous, UnitClass.provenance).where(
            UnitClass.year == year
        )
        with self._read() as connection:
            rows = connection.execute(query).all()
        frame = pd.DataFrame(rows, columns=["code", "unit_class", "mountainous", "provenance"]).set_index("code")
        return frame.astype({"mountainous": bool})

    def save_unit_classes(self, year: int, classes: pd.DataFrame, actor: str) -> None:
        """Correct the class of units in a year.

        Parameters
        ----------
        classes : DataFrame
            Index unit code, columns `unit_class`, `mountainous`, `provenance`.

        Raises
        ------
        StoreError
            For a class that the standard does not know or a unit that the year does not have.
        """
        known_classes = get_standard(self.get_year(year).standard_id).recognition.minimum_total
        known_units = self.unit_classes(year).index
        for code, row in classes.iterrows():
            if row["unit_class"] not in known_classes:
                raise StoreError(
                    f"Đơn vị {code}: không có loại đơn vị “{row['unit_class']}”. Các loại: {', '.join(known_classes)}."
                )
            if code not in known_units:
                raise StoreError(f"Kỳ {year} không có đơn vị {code}. Kiểm tra lại mã đơn vị.")
        with self._write() as connection:
            for row in _class_rows(year, classes):
                connection.execute(
                    update(UnitClass)
                    .where(UnitClass.year == year, UnitClass.unit_code == row["unit_code"])
                    .values(**row)
                )
            record(connection, actor, "correct_classes", {"year": year, "units": list(classes.index)})


def get_round(connection: Connection, year: int) -> Round | None:
    """The round of a year, within a transaction."""
    row = connection.execute(select(AssessmentYear.__table__).where(AssessmentYear.year == year)).one_or_none()
    return None if row is None else Round(**row._mapping)


def open_round(connection: Connection, planned: Round) -> None:
    """Open a round with its units' default classes, unless it is open; one that is open otherwise is refused."""
    # The lock makes two files for the same year take turns on PostgreSQL too.
    connection.execute(select(AssessmentYear.year).where(AssessmentYear.year == planned.year).with_for_update())
    found = get_round(connection, planned.year)
    if found is None:
        connection.execute(insert(AssessmentYear).values(**vars(planned)))
        classes = unit_lists.default_classes(planned.vintage, planned.province_code)
        connection.execute(insert(UnitClass), _class_rows(planned.year, classes))
        record(connection, "system", "open_year", vars(planned))
    elif (found.vintage, found.standard_id) != (planned.vintage, planned.standard_id):
        raise StoreError(
            f"Kỳ {found.year} đã mở với danh mục đơn vị {found.vintage} và bộ tiêu chí {found.standard_id}; "
            f"không đổi được sang {planned.vintage}, {planned.standard_id}."
        )


def _class_rows(year: int, classes: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "year": year,
            "unit_code": code,
            "unit_class": row.unit_class,
            "mountainous": bool(row.mountainous),
            "provenance": row.provenance,
        }
        for code, row in zip(classes.index, classes.itertuples(index=False), strict=True)
    ]
