"""What each row of a table is: a unit, a heading of a district, a subtotal, or nothing that counts."""

from dataclasses import dataclass
from typing import Any

from data.intake.findings.finding import Finding
from data.intake.parameters import Reading
from data.intake.reading.cells import is_blank, show_value
from data.intake.table.columns import CODE, DISTRICT, NAME
from data.intake.table.groups import Groups, Subtotal, is_district_like, is_subtotal, strip_list_mark
from data.intake.table.strangers import Strangers
from data.intake.table.surroundings import find_district_around, find_end, find_title_unit
from data.intake.table.table import Table
from data.intake.table.unit_columns import code_text
from data.intake.table.unit_taking import LONGEST_NAMED, UnitQuestion, UnitRows
from data.intake.values.answers import is_figure
from data.units.matching import UnitMatch

_ROWS_NAMED = 8
_OF_ANOTHER_CODE = 90  # confidence, percent, in the unit that a name means beside a code that is none


@dataclass(frozen=True)
class Rows:
    """The rows of one table: `units` are (row, unit code) in the order of the table.

    `unread`: number of rows with figures whose unit is not known.
    """

    units: list[tuple[int, str]]
    subtotals: list[Subtotal]
    findings: list[Finding]
    questions: list[UnitQuestion]
    unread: int


def read_rows(table: Table, reading: Reading, known_cells: dict[str, str]) -> Rows:
    """Tell the rows of a table apart.

    Parameters
    ----------
    known_cells : dict
        Cell of each unit already read from the file; the units of this table are added.
    """
    return _RowReader(table, reading, known_cells).read()


class _RowReader:
    def __init__(self, table: Table, reading: Reading, known_cells: dict[str, str]):
        self.table, self.names = table, reading.names
        self.taken = UnitRows(table, reading.names, reading.choices.units, reading.accept, known_cells)
        self.code, self.name, self.district = (table.role(role) for role in (CODE, NAME, DISTRICT))
        self.inputs = list(table.inputs.values())
        self.labels = [column for column in range(min(self.inputs, default=0)) if column != self.district]
        self.around = find_district_around(table, reading.names)
        self.groups = Groups()
        self.left_out: list[int] = []
        self.strangers = Strangers(reading.units)

    def read(self) -> Rows:
        for row in range(self.table.first_row, find_end(self.table, self.names)):
            self._read_row(row, self.table.sheet.rows[row])
        subtotals = self.groups.list_subtotals(len(self.taken.units))
        if self.strangers:
            self.taken.find("units_of_other_province", **self.strangers.words())
        elif not self.taken.units and not self.taken.questions:
            self._take_title_unit()
        if self.left_out:
            rows = ", ".join(str(row + 1) for row in self.left_out[:_ROWS_NAMED])
            more = " …" if len(self.left_out) > _ROWS_NAMED else ""
            self.taken.find("rows_left_out", count=len(self.left_out), rows=rows + more)
        taken = self.taken
        return Rows(taken.units, subtotals, taken.findings, taken.questions, taken.unread)

    def _read_row(self, row: int, cells: list[Any]) -> None:
        code_raw = cells[self.code] if self.code is not None else ""
        name_raw = cells[self.name] if self.name is not None else ""
        text = name_raw.strip() if isinstance(name_raw, str) else show_value(name_raw)
        if not is_blank(code_raw) and code_text(code_raw).isdigit():
            self._read_coded_row(row, code_text(code_raw), text)
            return
        filled = any(is_figure(cells[column]) for column in self.inputs)
        if not filled and not text and is_blank(code_raw) and not self._label_texts(cells):
            return
        districts = self._row_districts(cells)
        match = self.names.match_exactly(text, districts) if text else UnitMatch("unknown")
        if match.how == "ambiguous" and not districts and self.around:
            match = self.names.match_exactly(text, self.around)
        if match.code is not None and (filled or match.how == "name" or not self._heading_of(text, bare=True)):
            self.taken.take_named(row, text, match)
            return
        if match.how == "unknown" and self._is_label_row(row, cells, filled):
            self.left_out.append(row)
            return
        if match.how == "unknown" and text:
            match = self.names.match_name(text, districts)
        if match.how == "former":
            self.taken.take_named(row, text, match)
        elif filled or match.how in ("ambiguous", "merged", "close"):
            self.taken.ask(row, text or code_text(code_raw), match, districts, filled)

    def _row_districts(self, cells: list[Any]) -> frozenset[str]:
        if self.district is not None and isinstance(cells[self.district], str) and cells[self.district].strip():
            return self.names.match_district(cells[self.district]) or self.groups.districts
        return self.groups.districts

    def _label_texts(self, cells: list[Any]) -> list[str]:
        """Texts to the left of the figures."""
        return [cells[column] for column in self.labels if isinstance(cells[column], str) and cells[column].strip()]

    def _is_label_row(self, row: int, cells: list[Any], filled: bool) -> bool:
        """Whether a row is a subtotal or the heading of a district; its meaning for what follows is kept."""
        units = len(self.taken.units)
        for label in map(strip_list_mark, self._label_texts(cells)):
            if is_subtotal(label):
                if filled:
                    self.groups.add_subtotal(row, label, self.names.find_district(label), units)
                return True
            districts = self._heading_of(label, bare=not filled)
            if districts or is_district_like(label):
                if not districts:
                    cell = self.table.sheet.name_cell(row, self.labels[0])
                    self.taken.find("district_unknown", cell, value=label[:LONGEST_NAMED])
                self.groups.add_heading(row, label, districts, units, with_sums=filled)
                return True
        return False

    def _heading_of(self, text: str, bare: bool) -> frozenset[str]:
        return self.names.match_district(strip_list_mark(text), bare=bare)

    def _read_coded_row(self, row: int, text: str, name: str) -> None:
        cell = self.table.sheet.name_cell(row, self.code or 0)
        code = self.names.match_code(text)
        if code is None:
            self._read_unknown_code(row, cell, text, name)
            return
        if not self.taken.take(row, code):
            return
        official = self.names.name[code]
        if code != text:
            self.taken.find("zero_restored", cell, unit=code, value=text, name=official)
        district = frozenset([self.names.district[code]])
        if name and name != official and self.names.match_name(name, district).code != code:
            name_cell = self.table.sheet.name_cell(row, self.name or 0)
            self.taken.find("name_differs", name_cell, unit=code, value=name[:60], official=official)

    def _read_unknown_code(self, row: int, cell: str, text: str, name: str) -> None:
        if self.strangers.take(cell, text, name):
            self.taken.unread += 1
            return
        match = self.names.match_name(name, self.groups.districts or self.around) if name else UnitMatch("unknown")
        candidates = ((match.code, _OF_ANOTHER_CODE),) if match.code else match.candidates
        written = f"{text} {name}".strip()[:LONGEST_NAMED]
        if candidates:
            self.taken.ask(row, written, UnitMatch("close", candidates=candidates), frozenset(), True)
        else:
            self.taken.unread += 1
            self.taken.find("unit_unknown", cell, value=written)

    def _take_title_unit(self) -> None:
        """Take the one row of a form of one unit, which only its title names."""
        found = find_title_unit(self.table, self.names)
        if found is None:
            return
        row, code = found
        if self.taken.take(row, code):
            solved = ("unit_absent", "unit_unknown")
            self.taken.findings = [finding for finding in self.taken.findings if finding.code not in solved]
            self.taken.unread = 0
            self.taken.find("unit_from_title", unit=code, name=self.names.describe(code))
