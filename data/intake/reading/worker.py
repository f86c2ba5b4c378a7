"""Reads the sheets of an untrusted file in a process of its own: `python -m data.intake.reading.worker`.

A hostile file can make a reader hang, exhaust memory or abort; here that ends this process and nothing else.
`data.intake.reading.cells` asks it by a `data.processes` pool and turns its answer into findings. It imports neither
pandas nor any other room, so that it starts in a blink.

Answer: a list of dicts: `name`, `visible`, `rows` (lists of values from A1 on), and 0-based places told beside the
values: `merged` (first and last cell of ranges), `hidden_rows`, `hidden_columns`, `unvalued` (formulas without a stored
value), `percent` (cells shown as percentages). Refusals are codes of findings and the words of their messages.
"""

import csv
import io
import zipfile
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from data.intake.reading.limits import (
    LARGEST_CELLS,
    LARGEST_FILE,
    LARGEST_ROWS,
    LARGEST_TEXT,
    LARGEST_TEXTS,
    LARGEST_UNPACKED,
    MEMORY,
    Answer,
    check_size,
)
from data.intake.reading.remarks import scan_ods, scan_xls, scan_xlsx
from data.processes.worker import RefusedError, serve

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF (Word)"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"Rar!", "nén RAR"),
    (b"7z\xbc\xaf", "nén 7-Zip"),
    (b"MZ", "chương trình"),
)
_SEPARATORS = ",;\t|"


def main() -> None:
    """Answer what `data.processes` asks: a file."""
    serve(answer, MEMORY)


def answer(content: bytes) -> list[Answer]:
    """The sheets of a file, told apart by what it holds, not by its name; raises RefusedError."""
    if len(content) > LARGEST_FILE:
        raise RefusedError("too_large", limit=f"{LARGEST_FILE // 2**20} MB")
    if not content.strip():
        raise RefusedError("not_a_workbook", reason="tệp rỗng")
    for start, kind in _FOREIGN:
        if content.startswith(start):
            raise RefusedError("other_format", kind=kind)
    if content.startswith(_ZIP):
        return _read_zip(content)
    if content.startswith(_OLE):
        return _read_xls(content)
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<"):
        kind = "XML" if head.startswith(b"<?xml") and b"<html" not in head else "trang web (HTML)"
        raise RefusedError("other_format", kind=kind)
    return _read_text(content)


def _read_zip(content: bytes) -> list[Answer]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if sum(one.file_size for one in archive.infolist()) > LARGEST_UNPACKED:
                raise RefusedError("too_large", limit=f"{LARGEST_UNPACKED // 2**20} MB sau khi giải nén")
            if any(name.startswith("xl/") for name in names):
                remarks = scan_xlsx(archive)
            elif "content.xml" in names:
                remarks = scan_ods(archive)
            elif any(name.startswith(("word/", "ppt/")) for name in names):
                raise RefusedError("other_format", kind="Word hoặc PowerPoint")
            else:
                raise RefusedError("other_format", kind="nén ZIP")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise RefusedError("not_a_workbook", reason="tệp hỏng hoặc bị cắt ngang") from error
    return _read_calamine(content, remarks)


def _read_xls(content: bytes) -> list[Answer]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise RefusedError("not_a_workbook", reason="tệp có mật khẩu")
    if "WordDocument".encode("utf-16-le") in content:
        raise RefusedError("other_format", kind="Word")
    sheets = _read_calamine(content, {})
    remarks = scan_xls(content)
    return [_with_remarks(sheet, remarks.get(sheet["name"])) for sheet in sheets]


def _read_calamine(content: bytes, remarks: dict[str, Answer]) -> list[Answer]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise RefusedError("not_a_workbook", reason="tệp có mật khẩu") from error
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise RefusedError("not_a_workbook", reason="tệp hỏng hoặc bị cắt ngang") from error
    sheets: list[Answer] = []
    cells = 0
    for one in book.sheets_metadata:
        if one.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(one.name)
            end = sheet.end or (0, 0)
            check_size(one.name, end[0] + 1, end[1] + 1)
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        except (CalamineError, OSError, ValueError, KeyError) as error:
            raise RefusedError("not_a_workbook", reason=f"trang “{one.name[:60]}” hỏng") from error
        cells += sum(len(row) for row in rows)
        if cells > LARGEST_CELLS:
            raise RefusedError("too_large", limit=f"{LARGEST_CELLS:,} ô".replace(",", "."))
        _check_texts(one.name, rows)
        read_sheet = {
            "name": one.name,
            "visible": one.visible == SheetVisibleEnum.Visible,
            "rows": rows,
            "merged": [(tuple(first), tuple(last)) for first, last in merged],
        }
        sheets.append(_with_remarks(read_sheet, remarks.get(one.name)))
    if not sheets:
        raise RefusedError("not_a_workbook", reason="tệp không có trang tính nào")
    return sheets


def _check_texts(name: str, rows: list[list[Any]]) -> None:
    whole = 0
    for number, row in enumerate(rows, start=1):
        for value in row:
            if type(value) is str:
                whole += len(value)
                if len(value) > LARGEST_TEXT:
                    limit = f"trang “{name[:60]}” dòng {number} có ô dài {len(value)} ký tự"
                    raise RefusedError("too_large", limit=limit)
    if whole > LARGEST_TEXTS:
        raise RefusedError("too_large", limit=f"trang “{name[:60]}” có {whole} ký tự")


def _with_remarks(sheet: Answer, remarks: Answer | None) -> Answer:
    """Add what the values do not tell; errors (#REF!) are put in their cells, calamine reads them as empty."""
    empty: Answer = {"merged": [], "hidden_rows": [], "hidden_columns": [], "unvalued": [], "percent": []}
    remarks = dict(remarks or {})
    for (row, column), value in remarks.pop("errors", {}).items():
        if row < len(sheet["rows"]) and column < len(sheet["rows"][row]):
            sheet["rows"][row][column] = value
    return empty | sheet | {key: value for key, value in remarks.items() if value}


def _read_text(content: bytes) -> list[Answer]:
    """A text of separated values: encoding by its marks, separator by the widest regular table that it gives."""
    text = _decode(content)
    if "\0" in text or sum(not one.isprintable() and one not in "\r\n\t\xad" for one in text[:5000]) > 20:
        raise RefusedError("not_a_workbook", reason="không phải dạng Excel, ODS hay CSV")
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    separators = _SEPARATORS
    if told.startswith("sep=") and len(told) == 5:
        separators, text = told[4], rest
    lines = text.splitlines(keepends=True)
    if len(lines) > LARGEST_ROWS:
        raise RefusedError("too_large", limit=f"{len(lines)} dòng")
    csv.field_size_limit(LARGEST_TEXT)
    try:
        separator = max(separators, key=lambda one: _regularity(lines[:300], one))
        rows = list(csv.reader(lines, delimiter=separator))
    except csv.Error as error:
        raise RefusedError("too_large", limit=f"ô dài hơn {LARGEST_TEXT} ký tự") from error
    width = max(map(len, rows), default=0)
    check_size("CSV", len(rows), width)
    if width < 2:
        raise RefusedError("not_a_workbook", reason="không phải dạng Excel, ODS hay CSV")
    padded = [row + [""] * (width - len(row)) for row in rows]
    return [_with_remarks({"name": "CSV", "visible": True, "rows": padded}, None)]


def _decode(content: bytes) -> str:
    """Unicode where it is; else byte by byte (Latin-1), for `legacy_fonts` to recognise TCVN3, VNI, Windows-1258."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if content[1:200:2].count(0) > 50:
        return content.decode("utf-16-le", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _regularity(lines: list[str], separator: str) -> int:
    widths = [len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1]
    return max(((width - 1) * widths.count(width) for width in set(widths)), default=0)


if __name__ == "__main__":
    main()
