"""Tables as officers lay them out, and the files that they save them in. Used by the corpus and the layout property."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter
import xlwt
from odfdo import Cell, Document, Row, Table

from scoring.standard import get_standard

STANDARD = get_standard()
INPUTS = (
    "officer",
    "births",
    "births_registered",
    "children",
    "infants",
    "infants_immunised",
    "play_place",
    "villages",
)
Grid = list[list[Any]]


@dataclass
class Sheet:
    """A sheet to be written: `rows` from A1 on; `merges` as (row, column, last row, last column); None is empty."""

    rows: Grid
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    hidden: bool = False
    percent: Sequence[tuple[int, int]] = ()


def labels(inputs: Sequence[str] = INPUTS) -> dict[str, str]:
    """The official label of each input."""
    return {one: STANDARD.inputs[one].label for one in inputs}


def show_answer(value: Any, input_id: str) -> Any:
    """A figure as a cell: Có or Không for answers, numbers else, None where missing."""
    if pd.isna(value):
        return None
    if STANDARD.inputs[input_id].kind == "answer":
        return "Có" if value else "Không"
    return int(value)


def unit_rows(
    units: pd.DataFrame,
    values: pd.DataFrame,
    inputs: Sequence[str] = INPUTS,
    lead: Callable[[int, str, pd.Series], list[Any]] = lambda number, code, unit: [number, unit["name"]],
    show: Callable[[Any, str], Any] = show_answer,
) -> Grid:
    """A row a unit: what `lead` puts first, then the figures."""
    return [
        [*lead(number, str(code), unit), *(show(values.at[code, one], one) for one in inputs)]
        for number, (code, unit) in enumerate(units.iterrows(), start=1)
    ]


def total_row(label: str, values: pd.DataFrame, inputs: Sequence[str] = INPUTS, lead: int = 2) -> list[Any]:
    """A row of sums."""
    sums = [None if STANDARD.inputs[one].kind == "answer" else int(values[one].sum()) for one in inputs]
    return [*([None] * (lead - 1)), label, *sums]


TITLE: Grid = [
    ["ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [None, None, None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["SỐ LIỆU TRẺ EM NĂM 2022"],
    ["(Kèm theo Công văn số 123/SLĐTBXH ngày 10 tháng 11 năm 2022)"],
    [],
]
SIGNATURES: Grid = [
    [],
    [None, "Người lập biểu", None, None, "GIÁM ĐỐC"],
    [None, "(Ký, ghi rõ họ tên)"],
    [None, "Nguyễn Thị A"],
]


def to_xlsx(sheets: Mapping[str, Sheet]) -> bytes:
    """An .xlsx; strings that begin with “=” become formulas without a stored value."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2022, 11, 10)})
        percent = book.add_format({"num_format": "0%"})
        date_format = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, sheet in sheets.items():
            page = book.add_worksheet(name)
            for row, values in enumerate(sheet.rows):
                for column, value in enumerate(values):
                    _write_xlsx(
                        page, row, column, value, percent if (row, column) in sheet.percent else None, date_format
                    )
            for merge in sheet.merges:
                page.merge_range(*merge, sheet.rows[merge[0]][merge[1]])
            for row in sheet.hidden_rows:
                page.set_row(row, None, None, {"hidden": True})
            for column in sheet.hidden_columns:
                page.set_column(column, column, None, None, {"hidden": True})
            if sheet.hidden:
                page.hide()
    return buffer.getvalue()


def _write_xlsx(page: Any, row: int, column: int, value: Any, style: Any, date_format: Any) -> None:
    if value is None:
        return
    if isinstance(value, str) and value.startswith("="):
        page.write_formula(row, column, value, style, "")
    elif isinstance(value, str) and value.startswith("#"):
        page.write_formula(row, column, "=NA()", style, value)
    elif hasattr(value, "year"):
        page.write_datetime(row, column, value, date_format)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    else:
        page.write(row, column, value, style)


def to_xls(sheets: Mapping[str, Sheet]) -> bytes:
    """The binary format of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, sheet in sheets.items():
        page = book.add_sheet(name)
        covered = {
            (row, column)
            for top, left, bottom, right in sheet.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if value is not None and (row, column) not in covered:
                    page.write(row, column, value)
        for top, left, bottom, right in sheet.merges:
            page.write_merge(top, bottom, left, right, sheet.rows[top][left])
        for row in sheet.hidden_rows:
            page.row(row).hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def to_ods(sheets: Mapping[str, Sheet]) -> bytes:
    """OpenDocument, as LibreOffice saves it."""
    return ods({name: sheet.rows for name, sheet in sheets.items()})


def ods(grids: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """An OpenDocument of sheets of values; None is an empty cell."""
    document = Document("spreadsheet")
    document.body.clear()
    for name, grid in grids.items():
        table = Table(name)
        for values in grid:
            row = Row()
            for value in values:
                row.append_cell(Cell(value))
            table.append_row(row)
        document.body.append(table)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def to_csv(rows: Grid, encoding: str, separator: str) -> bytes:
    """Separated values."""
    width = max(map(len, rows))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerows([["" if one is None else one for one in row] + [""] * (width - len(row)) for row in rows])
    return buffer.getvalue().encode(encoding)


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 11, 10, 0, 0, 0)), content)
    return buffer.getvalue()
