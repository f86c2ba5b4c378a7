"""What calamine does not tell of the old binary format: errors, hidden places, odd looks, runs of texts, by xlrd."""

import itertools
import os
from typing import Any

from data.intake.reading.formats import BUILT_IN
from data.intake.reading.looks import Look, Run, read_runs
from data.intake.reading.remarks import SheetRemarks
from data.intake.reading.xml import DAMAGED
from data.processes.worker import RefusedError


def scan_xls(content: bytes) -> list[SheetRemarks]:
    """Remarks on the sheets of an .xls, in the workbook's order; raises RefusedError for a damaged file."""
    import xlrd

    with open(os.devnull, "w", encoding="utf-8") as silence:  # noqa: PTH123 - a device, not a path
        try:
            book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=silence)
            looks = _read_looks(book)
            return [_scan_sheet(book, sheet, looks) for sheet in book.sheets()]
        except Exception as error:  # xlrd raises anything on a damaged file
            raise RefusedError("not_a_workbook", reason=DAMAGED) from error


def _read_looks(book: Any) -> dict[int, Look]:
    """The odd looks by the number of the style that cells name."""
    looks: dict[int, Look] = {}
    for number, style in enumerate(book.xf_list):
        known = book.format_map.get(style.format_key)
        code = known.format_str if known is not None and known.format_str else BUILT_IN.get(style.format_key, "General")
        look = Look(code, bool(book.font_list[style.font_index].struck_out))
        if look.odd:
            looks[number] = look
    return looks


def _scan_sheet(book: Any, sheet: Any, looks: dict[int, Look]) -> SheetRemarks:
    import xlrd

    remarks = SheetRemarks(since_1904=bool(book.datemode))
    remarks.hides_zeros = not sheet.show_zero_values
    remarks.hidden_rows = [row for row, info in sheet.rowinfo_map.items() if info.hidden]
    remarks.hidden_columns = [column for column, info in sheet.colinfo_map.items() if info.hidden]
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                code = sheet.cell_value(row, column)
                remarks.errors[row, column] = xlrd.error_text_from_code.get(code, "#N/A")
            elif kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                look = looks.get(sheet.cell_xf_index(row, column))
                if look is not None:
                    remarks.looks[look].append((row, column))
    for (row, column), runs in sheet.rich_text_runlist_map.items():
        read = read_runs(_part_runs(book, sheet, row, column, runs))
        if read is not None:
            remarks.texts[row, column] = read
    return remarks


def _part_runs(book: Any, sheet: Any, row: int, column: int, runs: list[tuple[int, int]]) -> list[Run]:
    """The pieces of a text; `runs` says from which letter on which font holds."""
    text = str(sheet.cell_value(row, column))
    first = book.xf_list[sheet.cell_xf_index(row, column)].font_index
    starts = [(0, first), *runs, (len(text), first)]
    parts = []
    for (start, number), (end, _) in itertools.pairwise(starts):
        font = book.font_list[number]
        parts.append(Run(text[start:end], bool(font.struck_out), font.escapement in (1, 2)))
    return [part for part in parts if part.text]
