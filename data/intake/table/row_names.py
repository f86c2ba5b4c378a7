"""What the cells of a row say of its unit, merged cells read over their whole range."""

from functools import cached_property
from typing import Any

from data.intake.reading.cells import is_blank, show_value
from data.intake.table.columns import CODE, DISTRICT, NAME
from data.intake.table.table import Table
from data.intake.table.unit_columns import code_text
from data.units.matching import UnitNames
from data.units.written import match_written


class RowNames:
    """The cells of codes, names and districts of the rows of a table. `columns`: the column of each role, or None."""

    def __init__(self, table: Table, names: UnitNames):
        self.table, self.names = table, names
        self.columns = {role: table.role(role) for role in (CODE, NAME, DISTRICT)}
        first = min(table.inputs.values(), default=0)
        self._labels = [column for column in range(table.first_column, first) if column != self.columns[DISTRICT]]
        name = self.columns[NAME]
        if name is not None and name not in self._labels:
            self._labels.append(name)
        self._below = ""  # the district that the column named last, for the rows that leave it blank

    def value(self, row: int, role: str) -> Any:
        """The value of a role's cell, as it came; blank where the table has no such column."""
        column = self.columns[role]
        return "" if column is None else self.table.sheet.rows[row][column]

    def name(self, row: int) -> str:
        """The name of the unit as written."""
        raw = self.value(row, NAME)
        return raw.strip() if isinstance(raw, str) else show_value(raw)

    def label_texts(self, row: int) -> list[str]:
        """Texts of a row to the left of the figures, and in the column of names."""
        cells = self.table.sheet.rows[row]
        return [cells[column] for column in self._labels if isinstance(cells[column], str) and cells[column].strip()]

    def districts(self, row: int, heading: frozenset[str]) -> frozenset[str]:
        """The district of a row: by its own cell, the one above where that is left blank, or the heading."""
        column = self.columns[DISTRICT]
        if column is None:
            return heading
        raw = self.table.sheet.rows[row][column]
        if is_blank(raw) and (row, column) in self.table.merged:
            place = self.table.merged[row, column]
            raw = self.table.sheet.rows[place[0]][place[1]]
        if isinstance(raw, str) and raw.strip():
            self._below = raw
        return self.names.match_district(self._below) or heading

    def is_unit(self, row: int) -> bool:
        """Whether a row certainly is a unit: by its code, or by its name with a type."""
        return self._unit_of(row) is not None

    @cached_property
    def units(self) -> list[str]:
        """Codes of the units that the rows certainly are; of units of one name the first."""
        rows = range(self.table.first_row, min(self.table.stop, len(self.table.sheet.rows)))
        return [code for row in rows if (code := self._unit_of(row)) is not None]

    def _unit_of(self, row: int) -> str | None:
        code = code_text(self.value(row, CODE))
        text = self.name(row)
        if code.isdigit() and (known := self.names.match_code(code)) and len(code) > 3:
            return known
        match = self.names.match_exactly(text) if text else None
        if match is not None and match.how == "unknown":
            match = match_written(text, self.names)
        if match is None or match.how not in ("name", "ambiguous", "bare"):
            return None
        if match.how == "bare" and self.names.match_district(text):
            return None
        return match.code or match.candidates[0][0]
