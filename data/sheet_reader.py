"""Reads the sheets of an untrusted file in a process of its own: `python -m data.sheet_reader`, file in, pickle out.

A hostile file can make a reader hang, exhaust memory or abort; here that ends this process and nothing else.
`data.ingest.cells` starts it, bounds its time, and turns its answer into findings. It imports neither pandas nor any
other room, so that it starts in a blink.

Answer: a dict, either `refusal` (code of a finding, its words) or `sheets`, a list of dicts: `name`, `visible`, `rows`
(lists of values from A1 on), and 0-based places told beside the values: `merged` (first and last cell of ranges),
`hidden_rows`, `hidden_columns`, `unvalued` (formulas without a stored value), `percent` (cells shown as percentages).
"""

import csv
import io
import itertools
import os
import pickle
import re
import sys
import zipfile
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

LARGEST_FILE = 25 * 2**20
LARGEST_UNPACKED = 200 * 2**20
LARGEST_ROWS = 20_000
LARGEST_COLUMNS = 400
LARGEST_CELLS = 2_000_000
LARGEST_TEXT = 32_767  # characters that Excel itself allows in a cell
MEMORY = 450 * 2**20

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

Answer = dict[str, Any]


class RefusedError(Exception):
    """The file can't be read: code of the finding and the words of its message."""

    def __init__(self, code: str, **words: object):
        super().__init__(code)
        self.answer: Answer = {"refusal": (code, words)}


def main() -> None:
    """Read a file from standard input, answer on standard output."""
    _limit_memory()
    content = sys.stdin.buffer.read()
    try:
        answer: Answer = {"sheets": read(content)}
    except RefusedError as refused:
        answer = refused.answer
    except MemoryError:
        answer = {"refusal": ("too_large", {"limit": f"{MEMORY // 2**20} MB bộ nhớ khi đọc"})}
    except BaseException:  # PanicException of a Rust library derives from BaseException
        answer = {"refusal": ("not_a_workbook", {"reason": "tệp hỏng hoặc bị cắt ngang"})}
    sys.stdout.buffer.write(pickle.dumps(answer, protocol=5))
    sys.stdout.buffer.flush()


def read(content: bytes) -> list[Answer]:
    """The sheets of a file, told apart by what it holds, not by its name."""
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


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the limits of size and the parent's clock remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _read_zip(content: bytes) -> list[Answer]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if sum(one.file_size for one in archive.infolist()) > LARGEST_UNPACKED:
                raise RefusedError("too_large", limit=f"{LARGEST_UNPACKED // 2**20} MB sau khi giải nén")
            if any(name.startswith("xl/") for name in names):
                remarks = _scan_xlsx(archive)
            elif "content.xml" in names:
                remarks = _scan_ods(archive)
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
    remarks = _scan_xls(content)
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
            _check_size(one.name, end[0] + 1, end[1] + 1)
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
    return sheets


def _check_size(name: str, rows: int, columns: int) -> None:
    if rows > LARGEST_ROWS or columns > LARGEST_COLUMNS:
        raise RefusedError("too_large", limit=f"trang “{name[:60]}” có {rows} dòng, {columns} cột")


def _check_texts(name: str, rows: list[list[Any]]) -> None:
    for number, row in enumerate(rows, start=1):
        for value in row:
            if type(value) is str and len(value) > LARGEST_TEXT:
                raise RefusedError("too_large", limit=f"trang “{name[:60]}” dòng {number} có ô dài {len(value)} ký tự")


def _with_remarks(sheet: Answer, remarks: Answer | None) -> Answer:
    """Add what the values do not tell; errors (#REF!) are put in their cells, calamine reads them as empty."""
    empty: Answer = {"merged": [], "hidden_rows": [], "hidden_columns": [], "unvalued": [], "percent": []}
    remarks = dict(remarks or {})
    for (row, column), value in remarks.pop("errors", {}).items():
        if row < len(sheet["rows"]) and column < len(sheet["rows"][row]):
            sheet["rows"][row][column] = value
    return empty | sheet | {key: value for key, value in remarks.items() if value}


# What calamine does not tell, from the file's own XML: errors, hidden rows and columns, formulas, percentages.

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_FAR_CELL = re.compile(rb'r="(?:[A-Z]{3}\d+|[A-Z]{0,2}\d{6,7})"')
_PERCENT_FORMATS = {"9", "10"}
_ENTITIES = "tệp chứa khai báo XML lạ, không an toàn"
_CELL = rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"'
_FORMULA = rb"\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
_VALUE = rb"\s*<(?:\w+:)?(?:v|is)\b[^>/]*>[^<]"
_VALUED_CELL = re.compile(_CELL + rb"[^>]*(?<!/)>(?:" + _FORMULA + rb")?" + _VALUE)
_ERROR_CELL = re.compile(_CELL + rb'[^>]*?\bt="e"[^>]*>(?:' + _FORMULA + rb")?\s*<(?:\w+:)?v>([^<]{1,20})<")
_UNVALUED_CELL = re.compile(
    _CELL + rb"[^>]*>" + _FORMULA + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|</(?:\w+:)?c>)"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_HIDDEN_COLUMNS = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')


def _scan_xlsx(archive: zipfile.ZipFile) -> dict[str, Answer]:
    percent = _percent_styles(archive)
    remarks = {}
    for name, path in _sheet_paths(archive).items():
        xml = archive.read(path)
        shown = {one for one in percent if b's="%s"' % one.encode() in xml}
        remarks[name] = _scan_sheet(xml, name, shown)
    return remarks


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Path in the archive of each sheet, by its name."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            sheets[attributes.get("name", "")] = attributes.get("id", "")

    _parse(archive.read("xl/_rels/workbook.xml.rels"), relation)
    _parse(archive.read("xl/workbook.xml"), sheet)
    return {name: targets[key] for name, key in sheets.items() if targets.get(key) in names}


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Numbers of the cell styles that show a value as a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    formats, found = set(_PERCENT_FORMATS), set()
    inside, number = False, itertools.count()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt" and "%" in attributes.get("formatCode", ""):
            formats.add(attributes.get("numFmtId", ""))
        elif tag in ("cellXfs", "cellStyles", "dxfs"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            style = str(next(number))
            if attributes.get("numFmtId") in formats:
                found.add(style)

    _parse(archive.read("xl/styles.xml"), start)
    return found


def _scan_sheet(xml: bytes, name: str, percent: set[str]) -> Answer:
    """By patterns: a full walk of the XML takes ten times as long as reading the values."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise RefusedError("not_a_workbook", reason=_ENTITIES)
    remarks: Answer = {"errors": {}}
    if b"hidden=" in xml:
        remarks["hidden_rows"] = [int(found[1]) - 1 for found in _HIDDEN_ROW.finditer(xml)]
        head = xml[: xml.find(b"sheetData")]
        remarks["hidden_columns"] = [
            column
            for found in _HIDDEN_COLUMNS.finditer(head)
            for column in range(_number(found[0], b"min") - 1, min(_number(found[0], b"max"), LARGEST_COLUMNS))
        ]
    if b't="e"' in xml:
        for found in _ERROR_CELL.finditer(xml):
            remarks["errors"][_place(found[1])] = found[2].decode("ascii", "replace")
    if _has_formulas(xml):
        remarks["unvalued"] = [_place(found[1]) for found in _UNVALUED_CELL.finditer(xml)]
    if percent:
        styles = b"|".join(one.encode() for one in sorted(percent))
        cells = re.compile(
            _CELL + rb'[^>]*?\bs="(?:' + styles + rb')"(?![^>]*\bt=)[^>]*>(?:' + _FORMULA + rb")?" + _VALUE
        )
        remarks["percent"] = [_place(found[1]) for found in cells.finditer(xml)]
    if _FAR_CELL.search(xml):
        for found in _VALUED_CELL.finditer(xml):
            row, column = _place(found[1])
            _check_size(name, row + 1, column + 1)
    return remarks


def _has_formulas(xml: bytes) -> bool:
    return any(mark in xml for mark in (b"<f>", b"<f ", b":f>", b":f "))


def _place(reference: bytes) -> tuple[int, int]:
    found = _REFERENCE.match(reference.decode("ascii"))
    return (int(found[2]) - 1, _column(found[1])) if found else (0, 0)


def _number(tag: bytes, attribute: bytes) -> int:
    found = re.search(rb"\b" + attribute + rb'="(\d{1,5})"', tag)
    return int(found[1]) if found else 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _scan_ods(archive: zipfile.ZipFile) -> dict[str, Answer]:
    remarks: dict[str, Answer] = {}
    table: Answer = {}
    row, column, row_times, row_hidden, style_hidden = 0, 0, 1, False, False
    cell: dict[str, str] = {}
    text, texts = "", False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal table, row, column, row_times, row_hidden, style_hidden, cell, text, texts
        if tag == "table":
            table = {key: [] for key in ("hidden_rows", "hidden_columns", "unvalued", "percent", "merged")}
            table["errors"] = {}
            remarks[attributes.get("name", "")] = table
            row, column = 0, 0
        elif tag == "table-column":
            times = _times(attributes, "number-columns-repeated")
            if attributes.get("visibility", "visible") != "visible":
                table["hidden_columns"] += range(column, min(column + times, LARGEST_COLUMNS))
            column += times
        elif tag == "table-row":
            column, row_times = 0, _times(attributes, "number-rows-repeated")
            row_hidden = attributes.get("visibility", "visible") != "visible"
        elif tag in ("table-cell", "covered-table-cell"):
            cell, text = attributes, ""
        elif tag == "p" and cell:
            texts = True

    def characters(data: str) -> None:
        nonlocal text
        if texts and len(text) < 100:
            text += data

    def end(tag: str) -> None:
        nonlocal row, column, cell, texts
        if tag == "p":
            texts = False
        elif tag in ("table-cell", "covered-table-cell") and table:
            _remark_ods_cell(table, cell, text, row, column)
            times = _times(cell, "number-columns-repeated")
            if text:
                _check_size("", row + row_times, column + times)
            column += times
            cell = {}
        elif tag == "table-row" and table:
            if row_hidden:
                table["hidden_rows"] += range(row, min(row + row_times, LARGEST_ROWS))
            row += row_times

    _parse(archive.read("content.xml"), start, characters, end)
    return remarks


def _times(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isdigit() and len(text) < 9 else 1


def _remark_ods_cell(table: Answer, cell: dict[str, str], text: str, row: int, column: int) -> None:
    across, down = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
    if across > 1 or down > 1:
        table["merged"].append(((row, column), (row + down - 1, column + across - 1)))
    if cell.get("formula") and (text.startswith("#") or text.startswith("Err:")):
        table["errors"][row, column] = text
    elif cell.get("formula") and not text:
        table["unvalued"].append((row, column))
    if cell.get("value-type") == "percentage":
        table["percent"].append((row, column))


def _parse(xml: bytes, start: Any, text: Any = None, end: Any = None) -> None:
    """Walk an XML document by expat; names without namespaces. A document that declares entities is refused."""
    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator="\n")

    def plain(name: str) -> str:
        return name.rpartition("\n")[2]

    def refuse(*_: Any) -> None:
        raise RefusedError("not_a_workbook", reason=_ENTITIES)

    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(
        plain(name), {plain(key): value for key, value in attributes.items()}
    )
    if text is not None:
        parser.CharacterDataHandler = text
    if end is not None:
        parser.EndElementHandler = lambda name: end(plain(name))
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise RefusedError("not_a_workbook", reason="tệp hỏng hoặc bị cắt ngang") from error


def _scan_xls(content: bytes) -> dict[str, Answer]:
    """Errors, hidden rows and columns and percentages of the old binary format, which only xlrd tells."""
    import xlrd

    with open(os.devnull, "w", encoding="utf-8") as silence:  # noqa: PTH123 - a device, not a path
        try:
            book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=silence)
        except Exception as error:  # xlrd raises anything on a damaged file
            raise RefusedError("not_a_workbook", reason="tệp hỏng hoặc bị cắt ngang") from error
    remarks: dict[str, Answer] = {}
    for sheet in book.sheets():
        table: Answer = {"unvalued": [], "percent": [], "errors": {}}
        table["hidden_rows"] = [row for row, info in sheet.rowinfo_map.items() if info.hidden]
        table["hidden_columns"] = [column for column, info in sheet.colinfo_map.items() if info.hidden]
        for row, column in itertools.product(range(sheet.nrows), range(sheet.ncols)):
            kind = sheet.cell_type(row, column)
            if kind == xlrd.XL_CELL_ERROR:
                code = sheet.cell_value(row, column)
                table["errors"][row, column] = xlrd.error_text_from_code.get(code, "#N/A")
            elif kind == xlrd.XL_CELL_NUMBER:
                style = book.xf_list[sheet.cell_xf_index(row, column)]
                if "%" in book.format_map[style.format_key].format_str:
                    table["percent"].append((row, column))
        remarks[sheet.name] = table
    return remarks


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
    _check_size("CSV", len(rows), width)
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
