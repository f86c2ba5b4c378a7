"""The looks of the workbook with formulas: formats, headings, print set-up. What a colour says, a word says too."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scoring.words import NO_DATA, STATUS_WORDS

TITLE_ROW, DOUBT_ROW, REMARK_ROW, HEADER_ROW, ID_ROW, FIRST_ROW = range(6)

_FONT = {"font_name": "Times New Roman", "font_size": 11}
_A4 = 9
LINE_HEIGHT = 15.5  # points
_PERCENT = "0.0%"
_PAGE_WIDTH = 200  # characters of a column that a page shows legibly


@dataclass(frozen=True)
class Formats:
    """Formats of cells; the names say what stands in them. `given` cells are those that officers may change."""

    title: Format
    doubt: Format
    remark: Format
    strong: Format
    header: Format
    header_id: Format
    group: Format
    code: Format
    text: Format
    below: Format
    closing: Format
    given: Format
    given_text: Format
    given_centred: Format
    given_threshold: Format
    whole: Format
    points: Format
    average: Format
    share: Format
    word: Format
    total: Format
    total_text: Format
    total_share: Format
    met: Format
    not_met: Format
    incomplete: Format
    no_data: Format
    zero: Format
    wrong: Format
    empty: Format


def make_formats(book: xlsxwriter.Workbook) -> Formats:
    """The formats of a workbook."""
    boxed = _FONT | {"border": 1, "border_color": "#9aa5b1", "valign": "vcenter"}
    number = boxed | {"align": "right", "num_format": "#,##0"}
    centred = boxed | {"align": "center", "num_format": "#,##0"}
    sides = _FONT | {"left": 1, "right": 1, "border_color": "#9aa5b1"}
    given = {"bg_color": "#fff9df"}
    head = boxed | {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#dce6f1"}
    text = boxed | {"text_wrap": True, "indent": 1}
    strong = {"bold": True}
    summed = {"bold": True, "bg_color": "#e8eef4", "top": 2}
    styles: dict[str, dict[str, Any]] = {
        "title": _FONT | {"bold": True, "font_size": 14},
        "doubt": _FONT | {"bold": True, "italic": True, "font_color": "#a03c00"},
        "remark": _FONT | {"italic": True, "font_color": "#444444"},
        "strong": text | strong,
        "header": head,
        "header_id": head | {"font_size": 9},
        "group": text | strong | {"bg_color": "#f0f3f7"},
        "code": boxed | {"indent": 1, "num_format": "@"},
        "text": text,
        "below": sides,
        "closing": sides | {"bottom": 1},
        "given": number | given,
        "given_text": text | given,
        "given_centred": centred | given,
        "given_threshold": centred | given | {"num_format": "General"},
        "whole": number,
        "points": centred,
        "average": number | {"num_format": "#,##0.0"},
        "share": number | {"num_format": _PERCENT},
        "word": centred | {"text_wrap": True},
        "total": number | summed,
        "total_text": text | summed,
        "total_share": number | summed | {"num_format": _PERCENT},
        "met": {"bg_color": "#d1e5f0", "bold": True},
        "not_met": {"bg_color": "#f9d5c4", "bold": True},
        "incomplete": {"bg_color": "#fdf3c0", "italic": True},
        "no_data": {"font_color": "#666666", "italic": True},
        "zero": {"font_color": "#b2182b", "bold": True, "underline": 1},
        "wrong": {"bg_color": "#ffc7ce", "font_color": "#9c0006", "bold": True, "underline": 1},
        "empty": {"pattern": 14, "fg_color": "#b0b0b0"},
    }
    return Formats(**{name: book.add_format(style) for name, style in styles.items()})


def start_sheet(
    sheet: Worksheet, formats: Formats, title: str, doubts: Sequence[str], remark: str = "", column: int = 0
) -> None:
    """Title, what is in doubt, and the set-up of the page: A4, landscape, numbered.

    `column`: where the title stands; beside columns that are printed on every page, which would cut it off.
    """
    for row, text, style in (
        (TITLE_ROW, title, formats.title),
        (DOUBT_ROW, ". ".join(doubts), formats.doubt),
        (REMARK_ROW, remark, formats.remark),
    ):
        if text:
            sheet.write_string(row, column, text, style)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{'. '.join(doubts)}&RTrang &P/&N")
    sheet.hide_gridlines(2)


def write_headers(sheet: Worksheet, formats: Formats, row: int, headers: Sequence[str]) -> None:
    """A row of headings from the first column on."""
    for column, header in enumerate(headers):
        sheet.write_string(row, column, header, formats.header)


def write_high_headers(sheet: Worksheet, formats: Formats, headers: Sequence[tuple[str, str]], width: int) -> None:
    """Two rows of headings, name and id, high enough for the names in columns of `width`; without an id, one cell."""
    for column, (name, id_) in enumerate(headers):
        if id_:
            sheet.write_string(HEADER_ROW, column, name, formats.header)
            sheet.write_string(ID_ROW, column, id_, formats.header_id)
        else:
            sheet.merge_range(HEADER_ROW, column, ID_ROW, column, "", formats.header)
            sheet.write_string(HEADER_ROW, column, name, formats.header)
    lines = max(count_lines(name, width) for name, id_ in headers if id_)
    sheet.set_row(HEADER_ROW, LINE_HEIGHT * lines)
    sheet.set_row(ID_ROW, LINE_HEIGHT * 2)


def count_lines(text: str, width: float) -> int:
    """Lines that a text takes in a column, at most."""
    return ceil(len(text) / width)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Widths of the columns, and as many pages side by side as it takes to read them."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.fit_to_pages(ceil(sum(widths) / _PAGE_WIDTH), 0)


def mark_statuses(sheet: Worksheet, formats: Formats, *area: int) -> None:
    """A look for each status word in an area: first row, first column, last row, last column."""
    for status, style in (("met", formats.met), ("not_met", formats.not_met), ("incomplete", formats.incomplete)):
        sheet.conditional_format(*area, _equal_to(STATUS_WORDS[status], style))


def mark_points(sheet: Worksheet, formats: Formats, *area: int) -> None:
    """A look for missing figures and for 0 points in an area."""
    sheet.conditional_format(*area, _equal_to(NO_DATA, formats.no_data))
    sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": 0, "format": formats.zero})


def _equal_to(word: str, style: Format) -> dict[str, Any]:
    return {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
