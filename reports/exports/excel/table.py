"""The Excel file of what a table shows."""

from io import BytesIO

import pandas as pd
import xlsxwriter

_WIDEST = 48  # characters of a column


def build_workbook(table: pd.DataFrame, title: str, notes: list[str]) -> bytes:
    """An .xlsx of a table as it is on screen.

    Parameters
    ----------
    table : DataFrame
        Column names are the headers; numbers stay numbers, everything else is written as text, never as a formula.
        Missing values are empty cells.
    title : str
        Stands above the table.
    notes : list of str
        Below the title: what is provisional or illustrative, the filter, the date.

    Returns
    -------
    bytes
        The file.
    """
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("Danh sách")
        heading = book.add_format({"bold": True, "font_size": 14})
        remark = book.add_format({"italic": True, "font_color": "#555555"})
        header = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "border": 1,
                "bg_color": "#e8eef4",
            }
        )
        cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
        number = book.add_format({"border": 1, "valign": "top", "num_format": "#,##0.##"})
        whole = book.add_format({"border": 1, "valign": "top", "num_format": "#,##0"})
        sheet.write_string(0, 0, title, heading)
        for row, note in enumerate(notes, start=1):
            sheet.write_string(row, 0, note, remark)
        top = len(notes) + 2
        for column, name in enumerate(table.columns):
            sheet.write_string(top, column, str(name), header)
            sheet.set_column(column, column, _width(table.iloc[:, column], str(name)))
            for row, value in enumerate(table.iloc[:, column], start=top + 1):
                if pd.isna(value) or value == "":
                    sheet.write_blank(row, column, None, cell)
                elif isinstance(value, bool | str) or not pd.api.types.is_number(value):
                    sheet.write_string(row, column, str(value), cell)
                else:
                    sheet.write_number(row, column, value, whole if float(value).is_integer() else number)
        sheet.set_row(top, 45)
        sheet.freeze_panes(top + 1, 2)
        sheet.autofilter(top, 0, top + max(len(table), 1), len(table.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
    return buffer.getvalue()


def _width(values: pd.Series, name: str) -> int:
    longest = max((len(str(value)) for value in values.dropna()), default=0)
    return min(_WIDEST, max(longest + 2, len(name) // 2 + 2, 8))
