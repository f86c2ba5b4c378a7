"""The sheet in front of a marked copy: every finding with its place, what is wrong and how to mend it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from data.intake.returned.order import SummaryRow

FILLS = {"error": "FFC7CE", "warning": "FFEB9C", "note": "DDEBF7"}
_HEADERS = ("Mức", "Trang tính", "Ô", "Đơn vị", "Chỉ tiêu", "Sai ở đâu", "Cách sửa")
_WIDTHS = (10, 18, 9, 30, 36, 60, 60)
_SHEET, _CELL = 1, 2  # positions in a row
_COLOURS = "Ô đỏ: lỗi phải sửa; ô vàng: cảnh báo; ô xanh lam: ghi chú; ô xanh lá: đã sửa trên màn hình."


def write_summary(
    sheet: Worksheet,
    counted: str,
    rows: Sequence[SummaryRow],
    titles: Mapping[str, str],
    make_cell: Callable[[Worksheet, Any], Cell],
) -> None:
    """Write the findings into an empty sheet, row by row, so that a sheet that is only written takes them too.

    `titles` gives the title that each sheet of the file has in the copy; `make_cell` makes a cell of a text.
    """
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    title = make_cell(sheet, "Kết quả kiểm tra tệp")
    title.font = Font(bold=True, size=14)
    sheet.append([title])
    sheet.append([make_cell(sheet, f"{counted}. {_COLOURS}")])
    sheet.append(
        [make_cell(sheet, "Sửa trong các trang sau rồi nộp lại tệp này. Công thức đã được thay bằng giá trị.")]
    )
    sheet.append([])
    headers = [make_cell(sheet, header) for header in _HEADERS]
    for cell in headers:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DCE6F1")
    sheet.append(headers)
    for number, row in enumerate(rows, start=6):
        sheet.append(_draw_row(sheet, number, row, titles, make_cell))


def _draw_row(
    sheet: Worksheet,
    number: int,
    row: SummaryRow,
    titles: Mapping[str, str],
    make_cell: Callable[[Worksheet, Any], Cell],
) -> list[Cell]:
    texts = list(row.texts)
    target = titles.get(texts[_SHEET])
    texts[_SHEET] = target or texts[_SHEET]
    cells = [make_cell(sheet, text) for text in texts]
    for cell in cells:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    cells[0].fill = PatternFill("solid", fgColor=FILLS[row.severity])
    if target and texts[_CELL]:
        quoted = target.replace("'", "''")
        link = Hyperlink(ref="", location=f"'{quoted}'!{texts[_CELL]}")
        cells[_CELL].hyperlink = link
        link.ref = f"C{number}"  # the cell does not know yet where it will stand
        cells[_CELL].font = Font(underline="single", color="0563C1")
    return cells
