"""What each row of a table is: a unit, a heading of a district, a subtotal, or nothing that counts."""

from dataclasses import dataclass
from typing import Any

from data.intake.findings.finding import Finding
from data.intake.parameters import Reading
from data.intake.reading.cells import is_blank
from data.intake.table.columns import CODE, DISTRICT, NAME
from data.intake.table.groups import Groups, Subtotal
from data.intake.table.labels import LabelReader
from data.intake.table.row_names import RowNames
from data.intake.table.strangers import Strangers
from data.intake.table.sums import Sums
from data.intake.table.surroundings import find_district_around, find_end, find_title_unit, holds_figure
from data.intake.table.table import Table
from data.intake.table.unit_columns import code_text
from data.intake.table.unit_taking import LONGEST_NAMED, UnitQuestion, UnitRows
from data.units.matching import UnitMatch
from data.units.spelling import split_name
from data.units.written import match_written

_ROWS_NAMED = 8
_OF_ANOTHER_CODE = 90  # confidence, percent, in the unit that a name means beside a code that is none
_ZEROS = frozenset(("0", "0.0"))
_SAME_LETTERS = 90  # confidence, percent, from which a name is another unit's without its marks
_OR_DISTRICT = 60  # confidence, percent, in a unit whose bare name is a district's too
_FEWEST_AROUND = 3  # units of a district, among which its own name without a type is the unit's


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


def read_rows(table: Table, reading: Reading) -> Rows:
    """Tell the rows of a table apart."""
    return _RowReader(table, reading).read()


class _RowReader:
    def __init__(self, table: Table, reading: Reading):
        self.table, self.names, self.year = table, reading.names, reading.year
        self.taken = UnitRows(table, reading.names, reading.choices.units, reading.accept)
        self.cells = RowNames(table, reading.names)
        self.inputs = table.figure_columns
        self.around = find_district_around(table, reading.names)
        self.groups = Groups()
        counts = [column for one, column in table.inputs.items() if reading.standard.inputs[one].kind == "count"]
        self.sums = Sums(table, self.cells.is_unit, counts)
        self.labels = LabelReader(self.cells, self.groups, self.taken, self.sums)
        self.left_out: list[int] = []
        self.zeros = 0
        self.strangers = Strangers(reading.units)

    def read(self) -> Rows:
        for row in range(self.table.first_row, find_end(self.table, self.names)):
            if row not in self.table.skipped:
                self._read_row(row, self.table.sheet.rows[row])
        subtotals = self.groups.list_subtotals(len(self.taken.units))
        if self.strangers:
            self.taken.find("units_of_other_province", **self.strangers.words())
        elif not self.taken.units and not self.taken.questions:
            self._take_title_unit()
        if self.left_out:
            rows = ", ".join(self.table.sheet.name_row(row).split()[-1] for row in self.left_out[:_ROWS_NAMED])
            more = " …" if len(self.left_out) > _ROWS_NAMED else ""
            self.taken.find("rows_left_out", count=len(self.left_out), rows=rows + more)
        if self.zeros:
            self.taken.find("zero_rows_left_out", count=self.zeros)
        taken = self.taken
        return Rows(taken.units, subtotals, taken.findings, taken.questions, taken.unread)

    def _read_row(self, row: int, cells: list[Any]) -> None:
        code_raw = self.cells.value(row, CODE)
        text = self.cells.name(row)
        if not is_blank(code_raw) and code_text(code_raw).isdigit():
            self._read_coded_row(row, code_text(code_raw), text)
            return
        filled = any(holds_figure(cells[column]) for column in self.inputs)
        if not filled and not text and is_blank(code_raw) and not self.cells.label_texts(row):
            return
        districts = self.cells.districts(row, self.groups.districts)
        match = self.names.match_exactly(text, districts) if text else UnitMatch("unknown")
        if match.how == "ambiguous" and not districts and self.around:
            match = self.names.match_exactly(text, self.around)
        if match.how == "bare" and self.names.match_district(text):
            match = self._tell_from_district(row, match, filled, districts)
        elif match.how == "unknown" and text:
            match = match_written(text, self.names, districts or self.around)
        if match.code is not None:
            self.taken.take_named(row, text, match)
            return
        if match.how == "unknown" and self.labels.read(row, filled):
            self.left_out.append(row)
            return
        if match.how == "unknown" and text:
            match = self.names.match_name(text, districts)
        if match.how == "former":
            self.taken.take_named(row, text, match)
        elif filled and match.how != "ambiguous" and self.labels.read_by_sums(row):
            self.left_out.append(row)
        elif filled and not text and is_blank(code_raw) and self._holds_zeros(cells):
            self.zeros += 1
        elif filled or match.how in ("ambiguous", "merged", "close", "conflict"):
            self.taken.ask(row, text or code_text(code_raw), match, districts, filled)

    def _holds_zeros(self, cells: list[Any]) -> bool:
        """Whether the figures of a row are the zeros of formulas that were prepared for units to come."""
        return all(is_blank(cells[column]) or str(cells[column]).strip() in _ZEROS for column in self.inputs)

    def _tell_from_district(self, row: int, match: UnitMatch, filled: bool, districts: frozenset[str]) -> UnitMatch:
        """A name without type that is a unit's and a district's: the unit among its like, the sum of all, or asked."""
        code = match.code or ""
        if not filled or self.sums.is_sum(row):
            return UnitMatch("unknown")
        district, units = self.names.district[code], self.cells.units
        if not self.names.has_districts or (self.cells.columns[DISTRICT] is not None and districts == {district}):
            return match
        headed = self.groups.districts == {district} or self.around == {district}
        like = sum(self.names.district[unit] == district for unit in units)
        if (headed or like == len(units)) and like >= _FEWEST_AROUND and not self.sums.exceeds_others(row):
            return match
        return UnitMatch("close", candidates=((code, _OR_DISTRICT),))

    def _read_coded_row(self, row: int, text: str, name: str) -> None:
        code = self.names.match_code(text)
        official = self.names.name.get(code or "", "")
        unsure = bool(name) and name != official and not self._is_name_of(name, code)
        if unsure and self.names.match_exactly(name).how == "unknown" and self.labels.read(row, filled=True):
            self.left_out.append(row)
            return
        cell = self.table.sheet.name_cell(row, self.cells.columns[CODE] or 0)
        if code is None:
            self._read_unknown_code(row, cell, text, name)
        elif unsure and self._names_another(row, code, text, name):
            return
        elif self.taken.take(row, code) and code != text:
            self.taken.find("zero_restored", cell, unit=code, value=text, name=official)

    def _is_name_of(self, name: str, code: str | None) -> bool:
        """Whether a name is the one of a unit in one of its spellings; much faster than to search for the name."""
        if code is None:
            return False
        unit_type, bare = split_name(name)
        own_type, own_bare = split_name(self.names.name[code])
        return bare == own_bare and unit_type in (None, own_type)

    def _names_another(self, row: int, code: str, text: str, name: str) -> bool:
        """Whether a name beside a code is another unit's, which is asked; a name that is nobody's is told."""
        district = frozenset([self.names.district[code]])
        if self.names.match_name(name, district).code == code or match_written(name, self.names, district).code == code:
            return False
        match = self.names.match_exactly(name)
        match = match if match.how != "unknown" else match_written(name, self.names)
        match = match if match.how != "unknown" else self.names.match_name(name)
        near = match.how == "close" and match.candidates[0][1] < _SAME_LETTERS
        if near or code in dict(match.candidates) or (match.code is None and not match.candidates):
            name_cell = self.table.sheet.name_cell(row, self.cells.columns[NAME] or 0)
            words = {"value": name[:LONGEST_NAMED], "official": self.names.name[code]}
            self.taken.find("name_differs", name_cell, unit=code, **words)
            return False
        other = match.code or match.candidates[0][0]
        conflict = UnitMatch("conflict", candidates=((code, 0), (other, 0)))
        self.taken.ask(row, f"{text} {name}"[:LONGEST_NAMED], conflict, frozenset(), True)
        return True

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
        found = find_title_unit(self.table, self.names, self.year)
        if found is None:
            return
        solved = ("unit_absent", "unit_unknown")
        self.taken.findings = [finding for finding in self.taken.findings if finding.code not in solved]
        if isinstance(found, str):
            self.taken.find("form_of_smaller_area" if found == "smaller" else "form_of_several")
            return
        row, code = found
        self.left_out = [other for other in self.left_out if other != row]
        if self.taken.take(row, code):
            self.taken.unread = 0
            self.taken.find("unit_from_title", unit=code, name=self.names.describe(code))
