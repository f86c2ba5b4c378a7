"""What stands around the rows of a table: where they end, which district or unit the title and the sheet speak of."""

from data.intake.table.columns import CODE, NAME
from data.intake.table.table import Table
from data.intake.table.unit_columns import code_text
from data.intake.values.answers import is_figure
from data.units.matching import UnitNames


def find_end(table: Table, names: UnitNames) -> int:
    """The row after the last that holds figures, answers or a unit: below stand the signatures."""
    rows, code_column, name_column = table.sheet.rows, table.role(CODE), table.role(NAME)
    for row in range(len(rows) - 1, table.first_row - 1, -1):
        code = rows[row][code_column] if code_column is not None else ""
        name = rows[row][name_column] if name_column is not None else ""
        if any(is_figure(rows[row][column]) for column in table.inputs.values()) or names.match_code(code_text(code)):
            return row + 1
        if isinstance(name, str) and name and names.match_exactly(name).how == "name":
            return row + 1
    return table.first_row


def find_district_around(table: Table, names: UnitNames) -> frozenset[str]:
    """The district that the sheet's name or the title speaks of; it only tells units of one name apart."""
    of_sheet = names.match_district(table.sheet.name) or names.find_district(table.sheet.name)
    if len(of_sheet) == 1:
        return of_sheet
    of_title = frozenset(district for text in table.title for district in names.find_district(text))
    return of_title if len(of_title) == 1 else frozenset()


def find_title_unit(table: Table, names: UnitNames) -> tuple[int, str] | None:
    """The row and the unit of a form of one unit, which only its title or its sheet names."""
    rows, columns = table.sheet.rows, list(table.inputs.values())
    filled = [
        row
        for row in range(table.first_row, len(rows))
        if sum(is_figure(rows[row][column]) for column in columns) * 2 > len(columns)
    ]
    codes = {code for text in (*table.title, table.sheet.name) if (code := names.find_unit(text))}
    return (filled[0], codes.pop()) if len(filled) == len(codes) == 1 else None
