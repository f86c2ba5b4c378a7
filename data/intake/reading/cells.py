"""The cell layer: the sheets of a workbook as plain values, with refusals instead of exceptions."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from data.intake.findings.finding import Finding, make_finding
from data.intake.reading.limits import MEMORY
from data.intake.reading.limits import Place as Place
from data.processes.pool import Answerer, Pool, UnavailableError
from data.processes.worker import Cause, RefusedError, UnansweredError
from data.text.legacy_fonts import convert_legacy
from data.units.vocabulary import load_vocabulary
from scoring.refusal import Refusal
from scoring.words import format_date, format_number

SECONDS = 30  # the longest that a file may take to be read
_READER = (sys.executable, "-m", "data.intake.reading.worker")
_SHOWN_TEXT = 80
_LARGEST_SHOWN = 1e15  # larger numbers, and NaN, are shown as they are

readers: Answerer = Pool(_READER, seconds=SECONDS)


class UnreadError(Refusal):
    """A file that no reader took, which says nothing of the file; the message is a Vietnamese sentence."""


@dataclass(frozen=True)
class Sheet:
    """A sheet, or a sheet turned on its side so that units run down.

    `rows` are lists of values from cell A1 on (str, float, int, bool, date, or "" for an empty cell), all of one
    length. The other places are 0-based (row, column) in the same orientation: `data.intake.reading.worker` says what
    they are. `name_cell` names a place as the officer sees it in the file.
    """

    name: str
    rows: list[list[Any]]
    visible: bool = True
    merged: tuple[tuple[Place, Place], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unvalued: frozenset[Place] = frozenset()
    percent: frozenset[Place] = frozenset()
    struck: frozenset[Place] = frozenset()
    seen: Mapping[Place, str] = field(default_factory=dict)
    written: Mapping[Place, str] = field(default_factory=dict)
    turned: bool = field(default=False)

    def name_cell(self, row: int, column: int) -> str:
        """“H12” of 0-based row and column."""
        return cell_name(column, row) if self.turned else cell_name(row, column)

    def name_cells(self, rows: Iterable[int], column: int) -> list[str]:
        """Names of several cells of a column."""
        if self.turned:
            return [f"{column_letters(row)}{column + 1}" for row in rows]
        letters = column_letters(column)
        return [f"{letters}{row + 1}" for row in rows]

    def name_column(self, column: int) -> str:
        """“cột H”, or “dòng 8” of a turned sheet."""
        return f"dòng {column + 1}" if self.turned else f"cột {column_letters(column)}"

    def name_row(self, row: int) -> str:
        """“dòng 12”, or “cột L” of a turned sheet."""
        return f"cột {column_letters(row)}" if self.turned else f"dòng {row + 1}"

    def turn(self) -> "Sheet":
        """The sheet with rows and columns exchanged."""

        def swap(places: Iterable[Place]) -> frozenset[Place]:
            return frozenset((column, row) for row, column in places)

        return replace(
            self,
            rows=[list(column) for column in zip(*self.rows, strict=True)],
            merged=tuple((first[::-1], last[::-1]) for first, last in self.merged),
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            unvalued=swap(self.unvalued),
            percent=swap(self.percent),
            struck=swap(self.struck),
            seen=_turn_texts(self.seen),
            written=_turn_texts(self.written),
            turned=not self.turned,
        )


def read_sheets(content: bytes, file_name: str) -> tuple[list[Sheet], list[Finding]]:
    """All sheets of a file (xlsx, xlsm, xls, ods, csv) with its text in Unicode.

    Returns
    -------
    list of Sheet
        Empty when the file can't be read; then a finding says why.
    list of Finding
        The refusal, or what was repaired (an old font).

    Raises
    ------
    UnreadError
        When the machine is too busy to read any file.
    """
    try:
        answer = readers.ask(content)
    except RefusedError as refused:
        return [], [make_finding(refused.what, **({"file": file_name} | refused.words))]
    except UnansweredError as unanswered:
        return [], [_refuse(unanswered.cause, file_name)]
    except UnavailableError as error:
        busy = f"Tệp “{file_name}” chưa đọc được vì máy chủ đang quá tải. Đợi một phút rồi thử lại."
        raise UnreadError(busy) from error
    sheets = [
        Sheet(
            name=one["name"],
            rows=one["rows"],
            visible=one["visible"],
            merged=tuple(one["merged"]),
            hidden_rows=frozenset(one["hidden_rows"]),
            hidden_columns=frozenset(one["hidden_columns"]),
            unvalued=frozenset(one["unvalued"]),
            percent=frozenset(one["percent"]),
            struck=frozenset(one["struck"]),
            seen=one["seen"],
            written=one["written"],
        )
        for one in answer
    ]
    font = convert_legacy([sheet.rows for sheet in sheets], load_vocabulary)
    return sheets, [make_finding("legacy_font", font=font)] if font else []


def edit_sheets(sheets: list[Sheet], edits: Mapping[tuple[str, str], Any]) -> list[Sheet]:
    """The sheets with cells replaced: `edits` gives the new value by sheet name and cell (“H12”)."""
    edited = []
    for sheet in sheets:
        own = {cell: value for (name, cell), value in edits.items() if name == sheet.name}
        if own:
            rows = [list(row) for row in sheet.rows]
            for cell, value in own.items():
                row, column = cell_place(cell)
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = value
            places = {cell_place(cell) for cell in own}
            sheet = replace(
                sheet,
                rows=rows,
                unvalued=sheet.unvalued - places,
                percent=sheet.percent - places,
                struck=sheet.struck - places,
                seen={place: text for place, text in sheet.seen.items() if place not in places},
                written={place: text for place, text in sheet.written.items() if place not in places},
            )
        edited.append(sheet)
    return edited


def _turn_texts(texts: Mapping[Place, str]) -> dict[Place, str]:
    return {(column, row): text for (row, column), text in texts.items()}


def cell_name(row: int, column: int) -> str:
    """“H12” of 0-based row and column."""
    return f"{column_letters(column)}{row + 1}"


def cell_place(name: str) -> Place:
    """0-based row and column of “H12”."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


def column_letters(column: int) -> str:
    """“H” of a 0-based column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank(raw: Any) -> bool:
    """Whether a cell is empty or holds spaces only."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def show_value(raw: Any) -> str:
    """A cell's value as the officer reads it in Excel, shortened."""
    if isinstance(raw, date | datetime):
        return format_date(raw)
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float):
        if not abs(raw) < _LARGEST_SHOWN:
            return str(raw)
        return format_number(int(raw)) if raw.is_integer() else format_number(raw, 6)
    return " ".join(str(raw).split())[:_SHOWN_TEXT]


def _refuse(cause: Cause, file_name: str) -> Finding:
    """The finding of a file that its reader could not cope with."""
    if cause == "fault":
        return make_finding("not_a_workbook", file=file_name, reason="tệp hỏng hoặc bị cắt ngang")
    limits = {
        "time": f"{SECONDS} giây để đọc",
        "memory": f"{MEMORY // 2**20} MB bộ nhớ khi đọc",
        "death": "bộ nhớ để đọc",  # an allocation that the limit forbids ends a library of Rust
    }
    return make_finding("too_large", file=file_name, limit=limits[cause])
