"""Where things stand in the workbook with formulas: names of sheets, columns, references to cells and areas."""

from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from reports.exports.excel.live.style import FIRST_ROW
from scoring.standard import Standard

GUIDE_SHEET = "Đọc trước"
DATA_SHEET = "Số liệu"
STANDARD_SHEET = "Mức điểm"
SCORES_SHEET = "Chấm điểm"
SUMMARY_SHEET = "Tổng hợp"
CHECK_SHEET = "Đối chiếu"

CODE, NAME = 0, 1  # on every sheet with a row a unit
DATA_DISTRICT_CODE, DATA_DISTRICT, DATA_CLASS, DATA_MOUNTAINOUS, DATA_WRONG, FIRST_INPUT = range(2, 8)
DISTRICT, STATUS, TOTAL, MINIMUM, MISSING, ZEROS, WRONG, FIRST_CRITERION = range(2, 10)


@dataclass(frozen=True)
class Places:
    """The places of a standard's figures for a number of units. Rows and columns count from 0."""

    standard: Standard
    units: int

    @property
    def last_row(self) -> int:
        """Row of the last unit, on every sheet with a row a unit."""
        return FIRST_ROW + self.units - 1

    @property
    def first_indicator(self) -> int:
        """Column of the first indicator on the sheet of scores."""
        return FIRST_CRITERION + len(self.standard.criteria)

    @property
    def last_indicator(self) -> int:
        """Column of the last indicator on the sheet of scores."""
        return self.first_indicator + len(self.standard.indicators) - 1

    def input_column(self, input_id: str) -> int:
        """Column of an input on the sheet of figures; raises ValueError."""
        return FIRST_INPUT + list(self.standard.inputs).index(input_id)

    def indicators_of(self, criterion_id: str) -> tuple[int, int]:
        """First and last column of a criterion's indicators on the sheet of scores."""
        first = self.first_indicator
        for criterion in self.standard.criteria:
            last = first + len(criterion.indicators) - 1
            if criterion.id == criterion_id:
                return first, last
            first = last + 1
        raise KeyError(criterion_id)

    def units_area(self, sheet: str, column: int) -> str:
        """The cells of all units in a column of a sheet."""
        return area_on(sheet, FIRST_ROW, column, self.last_row, column)


def cell_on(sheet: str, row: int, column: int, fixed: bool = False) -> str:
    """A reference to a cell of another sheet: `'Số liệu'!$B6`, or with `fixed` `'Số liệu'!$B$6`."""
    return f"'{sheet}'!{xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=True)}"


def area_on(sheet: str, *corners: int) -> str:
    """A reference to an area of another sheet: first row, first column, last row, last column."""
    return f"'{sheet}'!{xl_range_abs(*corners)}"
