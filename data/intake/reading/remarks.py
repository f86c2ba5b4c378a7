"""What calamine does not tell of a workbook: errors, hidden rows and columns, formulas without value, percentages.

Each function gives remarks by sheet name, as `data.intake.reading.worker` describes them, with `errors`: text by place.
"""

import itertools
import os
import re
import zipfile
from typing import Any

from data.intake.reading.limits import LARGEST_COLUMNS, LARGEST_ROWS, Answer, check_size
from data.processes.worker import RefusedError

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


def scan_xlsx(archive: zipfile.ZipFile) -> dict[str, Answer]:
    """Remarks on an .xlsx or .xlsm."""
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
            _CELL + rb'[^>]*?\bs="(?:' + styles + rb')"(?![^>]*\bt="(?!n"))[^>]*>(?:' + _FORMULA + rb")?" + _VALUE
        )
        remarks["percent"] = [_place(found[1]) for found in cells.finditer(xml)]
    if _FAR_CELL.search(xml):
        for found in _VALUED_CELL.finditer(xml):
            row, column = _place(found[1])
            check_size(name, row + 1, column + 1)
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


def scan_ods(archive: zipfile.ZipFile) -> dict[str, Answer]:
    """Remarks on an OpenDocument sheet, its merged ranges too."""
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
                check_size("", row + row_times, column + times)
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


def scan_xls(content: bytes) -> dict[str, Answer]:
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
