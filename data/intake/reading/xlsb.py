"""What calamine does not tell of an .xlsb: errors, hidden places, odd looks, runs of texts.

Its parts are sequences of records ([MS-XLSB] 2.1.4): a number, a length, and as many bytes.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from data.intake.reading.formats import BUILT_IN
from data.intake.reading.limits import LARGEST_COLUMNS, check_size
from data.intake.reading.looks import Look, Run, read_runs
from data.intake.reading.package import Package
from data.intake.reading.remarks import SheetRemarks
from data.intake.reading.styles import find_odd
from data.intake.reading.xml import DAMAGED
from data.processes.worker import RefusedError

_ROW, _COLUMNS, _VIEW, _MERGED, _TEXT = 0, 60, 137, 176, 19
_BLANK, _ERRORS, _SHARED_TEXT, _LAST_CELL, _RICH_TEXT = 1, (3, 11), 7, 11, 62
_SHORT_CELLS = range(12, 19)
_FORMAT, _FONT, _STYLE, _BEGIN_STYLES, _END_STYLES = 44, 43, 47, 617, 618
_BOOK, _SHEET = 153, 156
_STRUCK, _HIDDEN_ROW, _HIDDEN_COLUMNS, _ZEROS_SHOWN = 0x08, 0x10, 0x01, 0x10
_ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_SHORT = "tệp .xlsb ghi ô theo cách không đọc được định dạng"


@dataclass(frozen=True)
class _Font:
    struck: bool
    raised: bool


@dataclass(frozen=True)
class _Book:
    looks: dict[str, Look]
    texts: dict[int, str]
    since_1904: bool


def scan_xlsb(package: Package) -> dict[str, SheetRemarks]:
    """Remarks on each sheet of an .xlsb, by its name; raises RefusedError for a damaged file."""
    try:
        return _scan_book(package)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise RefusedError("not_a_workbook", reason=DAMAGED) from error


def _scan_book(package: Package) -> dict[str, SheetRemarks]:
    related = {one.id: one for one in package.relations(package.book or "")}
    looks, fonts = _read_styles(package.read_related("styles"))
    texts = _read_texts(package.read_related("sharedStrings"), fonts)
    since_1904, remarks = False, {}
    for kind, record in _records(package.read(package.book or "")):
        if kind == _BOOK:
            since_1904 = bool(record[0] & 1)
        elif kind == _SHEET:
            id, after = _read_text(record, 8)
            name, _ = _read_text(record, after)
            relation = related.get(id)
            if relation is not None and relation.kind == "worksheet":
                remarks[name] = _scan_sheet(name, package.read(relation.path), _Book(looks, texts, since_1904))
    return remarks


def _records(part: bytes) -> Iterator[tuple[int, memoryview]]:
    whole, position = memoryview(part), 0
    while position < len(whole):
        kind, position = whole[position], position + 1
        if kind & 0x80:
            kind, position = (kind & 0x7F) | (whole[position] & 0x7F) << 7, position + 1
        size = shift = 0
        while True:
            byte, position = whole[position], position + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, whole[position : position + size]
        position += size


def _read_text(record: memoryview, position: int) -> tuple[str, int]:
    """A text of two bytes a letter behind its length, and where it ends."""
    (length,) = struct.unpack_from("<I", record, position)
    if length == 0xFFFFFFFF:
        return "", position + 4
    end = position + 4 + 2 * length
    return bytes(record[position + 4 : end]).decode("utf-16-le"), end


def _read_styles(part: bytes) -> tuple[dict[str, Look], list[_Font]]:
    codes: dict[int, str] = dict(BUILT_IN)
    fonts: list[_Font] = []
    used: list[tuple[int, int]] = []
    within = False
    for kind, record in _records(part):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _read_text(record, 2)[0]
        elif kind == _FONT:
            flags, _, script = struct.unpack_from("<HHH", record, 2)
            fonts.append(_Font(bool(flags & _STRUCK), script in (1, 2)))
        elif kind in (_BEGIN_STYLES, _END_STYLES):
            within = kind == _BEGIN_STYLES
        elif kind == _STYLE and within:
            _, code, font = struct.unpack_from("<HHH", record)
            used.append((code, font))
    pairs = {str(number): pair for number, pair in enumerate(used)}
    return find_odd(pairs, codes, [font.struck for font in fonts]), fonts


def _read_texts(part: bytes, fonts: list[_Font]) -> dict[int, str]:
    """What a person reads of the shared texts that have runs, by their number."""
    texts: dict[int, str] = {}
    count = 0
    for kind, record in _records(part):
        if kind == _TEXT:
            read = _read_rich(record, 0, fonts)
            if read is not None:
                texts[count] = read
            count += 1
    return texts


def _read_rich(record: memoryview, position: int, fonts: list[_Font]) -> str | None:
    flags = record[position]
    text, position = _read_text(record, position + 1)
    if not flags & 1:
        return None
    (count,) = struct.unpack_from("<I", record, position)
    starts = [struct.unpack_from("<HH", record, position + 4 + 4 * number) for number in range(min(count, len(text)))]
    plain = _Font(False, False)
    runs = [Run(text[: starts[0][0]])] if starts else []
    for (start, number), end in zip(starts, [*(start for start, _ in starts[1:]), len(text)], strict=True):
        font = fonts[number] if number < len(fonts) else plain
        runs.append(Run(text[start:end], font.struck, font.raised))
    return read_runs([run for run in runs if run.text])


def _scan_sheet(name: str, part: bytes, book: _Book) -> SheetRemarks:
    remarks = SheetRemarks(since_1904=book.since_1904)
    row = 0
    for kind, record in _records(part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", record)
            if record[11] & _HIDDEN_ROW:
                remarks.hidden_rows.append(row)
        elif _BLANK < kind <= _LAST_CELL or kind == _RICH_TEXT:
            _remark_cell(name, remarks, row, kind, record, book)
        elif kind in _SHORT_CELLS:
            raise RefusedError("not_a_workbook", reason=_SHORT)
        elif kind == _VIEW:
            remarks.hides_zeros = not record[0] & _ZEROS_SHOWN
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<IIIIH", record)
            if flags & _HIDDEN_COLUMNS:
                remarks.hidden_columns += range(first, min(last + 1, LARGEST_COLUMNS))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", record)
            remarks.merged.append(((top, left), (bottom, right)))
    return remarks


def _remark_cell(name: str, remarks: SheetRemarks, row: int, kind: int, record: memoryview, book: _Book) -> None:
    column, style = struct.unpack_from("<II", record)
    check_size(name, row + 1, column + 1)
    look = book.looks.get(str(style & 0xFFFFFF))
    if kind in _ERRORS:
        remarks.errors[row, column] = _ERROR_TEXTS.get(record[8], "#N/A")
    elif look is not None:
        remarks.looks[look].append((row, column))
    if kind == _SHARED_TEXT:
        text = book.texts.get(struct.unpack_from("<I", record, 8)[0])
        if text is not None:
            remarks.texts[row, column] = text
