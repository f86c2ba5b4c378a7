"""Reads the sheets of an untrusted file in a process of its own: `python -m data.intake.reading.worker`.

A hostile file can make a reader hang, exhaust memory or abort; here that ends this process and nothing else.
`data.intake.reading.cells` asks it by a `data.processes` pool and turns its answer into findings. It imports neither
pandas nor any other room, so that it starts in a blink.

Answer: a list of dicts: `name`, `visible`, `rows` (lists of values from A1 on), and 0-based places told beside the
values: `merged` (first and last cell of ranges), `hidden_rows`, `hidden_columns`, `unvalued` (formulas without a stored
value), `percent` (cells shown as percentages), `struck` (cells struck through), `seen` (by place, what a person sees of
a value that looks like something else), `written` (by place, texts of which a part is struck or raised and not read).
Refusals are codes of findings and the words of their messages.

Values come from calamine. What it does not tell comes from the readers of the formats (`xlsx`, `xlsb`, `ods`, `xls`); a
sheet that they can't read is refused.
"""

import io
import zipfile
from collections.abc import Callable

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from data.intake.reading.limits import (
    LARGEST_CELLS,
    LARGEST_FILE,
    LARGEST_UNPACKED,
    MEMORY,
    Answer,
    check_size,
    check_texts,
)
from data.intake.reading.locked import unlock
from data.intake.reading.ods import scan_ods
from data.intake.reading.package import Package, read_entry
from data.intake.reading.remarks import SheetRemarks, lay_remarks
from data.intake.reading.separated import read_separated
from data.intake.reading.xls import scan_xls
from data.intake.reading.xlsb import scan_xlsb
from data.intake.reading.xlsx import scan_xlsx
from data.intake.reading.xml import DAMAGED
from data.processes.worker import RefusedError, serve
from data.zips import ZIP_FAULTS

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
    if head.startswith((b"mime-version:", b"content-type: multipart/")):
        raise RefusedError("other_format", kind="trang web lưu một tệp (MHTML)")
    if head.startswith(b"<"):
        kind = "XML" if head.startswith(b"<?xml") and b"<html" not in head else "trang web (HTML)"
        raise RefusedError("other_format", kind=kind)
    return [lay_remarks(read_separated(content), SheetRemarks())]


def _read_zip(content: bytes) -> list[Answer]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST_UNPACKED:
                raise RefusedError("too_large", limit=f"{LARGEST_UNPACKED // 2**20} MB sau khi giải nén")
            package = Package(archive)
            if package.book is not None:
                remarks = scan_xlsb(package) if package.book.endswith(".bin") else scan_xlsx(package)
                content = content if package.is_usual else package.in_usual_names()
            elif "content.xml" in archive.namelist():
                remarks = scan_ods(read_entry(archive, "content.xml"))
            else:
                raise _refuse_zip(package)
    except ZIP_FAULTS as error:
        raise RefusedError("not_a_workbook", reason=DAMAGED) from error
    try:
        return _read_calamine(content, remarks)
    except PasswordError as error:
        raise RefusedError("not_a_workbook", reason="tệp có mật khẩu") from error


def _refuse_zip(package: Package) -> RefusedError:
    if package.has_folder("xl"):
        return RefusedError("not_a_workbook", reason=DAMAGED)
    if package.has_folder("word") or package.has_folder("ppt"):
        return RefusedError("other_format", kind="Word hoặc PowerPoint")
    return RefusedError("other_format", kind="nén ZIP")


def _read_xls(content: bytes) -> list[Answer]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        unlocked = unlock(content)
        if not unlocked.startswith(_ZIP):
            raise RefusedError("not_a_workbook", reason=DAMAGED)
        return _read_zip(unlocked)
    if "WordDocument".encode("utf-16-le") in content:
        raise RefusedError("other_format", kind="Word")
    try:
        return _read_calamine(content, lambda: scan_xls(content))
    except PasswordError:
        unlocked = unlock(content)
    try:
        return _read_calamine(unlocked, lambda: scan_xls(unlocked))
    except PasswordError as error:
        raise RefusedError("not_a_workbook", reason=DAMAGED) from error


def _read_calamine(content: bytes, remarks: dict[str, SheetRemarks] | Callable[[], list[SheetRemarks]]) -> list[Answer]:
    """The sheets with their remarks: by name, or a function that gives them in the workbook's order."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise RefusedError("not_a_workbook", reason=DAMAGED) from error
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
        cells += sum(map(len, rows))
        if cells > LARGEST_CELLS:
            raise RefusedError("too_large", limit=f"{LARGEST_CELLS:,} ô".replace(",", "."))
        check_texts(one.name, rows)
        sheets.append(
            {
                "name": one.name,
                "visible": one.visible == SheetVisibleEnum.Visible,
                "rows": rows,
                "merged": [(tuple(first), tuple(last)) for first, last in merged],
            }
        )
    if not sheets:
        raise RefusedError("not_a_workbook", reason="tệp không có trang tính nào")
    return _lay_all(sheets, remarks)


def _lay_all(sheets: list[Answer], remarks: dict[str, SheetRemarks] | Callable[[], list[SheetRemarks]]) -> list[Answer]:
    """Each sheet with its remarks; a sheet whose looks are not known is refused, for its figures may look otherwise."""
    if callable(remarks):
        listed = remarks()
        told = {sheet["name"]: one for sheet, one in zip(sheets, listed, strict=False)}
        known = len(listed) == len(sheets)
    else:
        told, known = remarks, True
    unknown = next((sheet["name"] for sheet in sheets if sheet["name"] not in told), None)
    if unknown is not None or not known:
        raise RefusedError("not_a_workbook", reason="không đọc được định dạng ô của tệp")
    return [lay_remarks(sheet, told[sheet["name"]]) for sheet in sheets]


if __name__ == "__main__":
    main()
