"""What nobody can read for certain: a file with one of these must be asked, or still be right."""

from collections.abc import Callable
from typing import Any

from tests.workbooks.sheets import Sheet

Sheets = dict[str, Sheet]


def _figures(sheet: Sheet) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if isinstance(value, int) and column > 1 and not isinstance(value, bool)
    ]


def _set(sheets: Sheets, change: Callable[[Any], Any]) -> bool:
    """Change a figure in the middle of the first sheet; False where it has none."""
    sheet = next(iter(sheets.values()))
    places = _figures(sheet)
    if not places:
        return False
    row, column = places[len(places) // 2]
    sheet.rows[row] = list(sheet.rows[row])
    sheet.rows[row][column] = change(sheet.rows[row][column])
    return True


def two_numbers(sheets: Sheets) -> bool:
    """Last year's figure above this year's in one cell."""
    return _set(sheets, lambda value: f"{value + 3}\n{value}")


def error_value(sheets: Sheets) -> bool:
    """A formula that went wrong."""
    return _set(sheets, lambda _: "#REF!")


def with_a_note(sheets: Sheets) -> bool:
    """A figure with a note that changes its meaning."""
    return _set(sheets, lambda value: f"{value} (1)")


def sheet_with_another_figure(sheets: Sheets) -> bool:
    """A copy of a sheet in which a figure was changed."""
    name, sheet = next(iter(sheets.items()))
    copied = {"bản sao": Sheet([list(row) for row in sheet.rows], list(sheet.merges))}
    if not _set(copied, lambda value: value + 1):
        return False
    sheets[f"{name} (2)"] = copied["bản sao"]
    return True


TRAPS: list[Callable[[Sheets], bool]] = [two_numbers, error_value, with_a_note, sheet_with_another_figure]
