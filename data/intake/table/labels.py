"""Rows that are nobody's figures: headings of districts, sums, means, by their names or by what they add up to."""

from data.intake.table.groups import (
    Groups,
    is_computed,
    is_district_like,
    is_subtotal,
    strip_count,
    strip_list_mark,
)
from data.intake.table.row_names import RowNames
from data.intake.table.sums import Sums
from data.intake.table.unit_taking import LONGEST_NAMED, UnitRows


class LabelReader:
    """Tells the rows that are labels; what they mean for the rows that follow is kept in `groups`."""

    def __init__(self, cells: RowNames, groups: Groups, taken: UnitRows, sums: Sums):
        self.cells, self.groups, self.taken, self.sums = cells, groups, taken, sums
        self.names = cells.names

    def read(self, row: int, filled: bool) -> bool:
        """Whether a row is a subtotal, the heading of a district, or computed from others, by what it is called."""
        units = len(self.taken.units)
        for label in self._labels(row):
            if is_subtotal(label) and not self.names.find_unit(label):
                if filled:
                    self.groups.add_subtotal(row, label, self.names.find_district(label), units)
                return True
            if is_computed(label):
                return True
            if self.names.is_province(label):
                if filled:
                    self.groups.add_subtotal(row, label, frozenset(), units)
                return True
            bare = not filled or self.names.match_exactly(label).how == "unknown"  # no unit is called so
            districts = self.names.match_district(label, bare=bare)
            if districts or is_district_like(label):
                self._add_heading(row, label, districts, filled)
                return True
        return False

    def read_by_sums(self, row: int) -> bool:
        """Whether a row adds up to the units around it, whatever it is called."""
        if not self.sums.is_sum(row):
            return False
        labels = self._labels(row)
        for label in labels:
            districts = self.names.match_district(label)
            if districts:
                self._add_heading(row, label, districts, filled=True)
                return True
        self.groups.add_subtotal(row, labels[-1] if labels else "", frozenset(), len(self.taken.units))
        return True

    def _labels(self, row: int) -> list[str]:
        """The texts of a row without marks of lists and numbers of units; a mark alone says nothing."""
        texts = [strip_count(strip_list_mark(text)) for text in self.cells.label_texts(row)]
        return [text for text in texts if text]

    def _add_heading(self, row: int, label: str, districts: frozenset[str], filled: bool) -> None:
        if not districts:
            cell = self.cells.table.sheet.name_cell(row, self.cells.columns["name"] or self.cells.table.first_column)
            self.taken.find("district_unknown", cell, value=label[:LONGEST_NAMED])
        self.groups.add_heading(row, label, districts, len(self.taken.units), with_sums=filled)
