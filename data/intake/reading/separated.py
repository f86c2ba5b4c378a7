"""A text of separated values as a sheet: encoding by its marks, separator by the widest regular table that it gives."""

import csv
import re

from data.intake.reading.limits import LARGEST_ROWS, LARGEST_TEXT, Answer, check_size
from data.processes.worker import RefusedError

_SEPARATORS = ",;\t|"
_NO_TABLE = "không phải dạng Excel, ODS hay CSV"
_MOST_NAMED = 5  # lines that a refusal names
_SIGNS = {"\t": "dấu tab"}
_FIGURE = re.compile(r"\s*-?\d[\d.,]*\s*%?\s*")
_HEAD, _TAIL = re.compile(r"\s*[1-9]\d{0,2}"), re.compile(r"0\d\d\s*")


def read_separated(content: bytes) -> Answer:
    """The one sheet of a text; raises RefusedError for what is no text of separated values, or not surely read."""
    text = _decode(content)
    if "\0" in text or sum(not one.isprintable() and one not in "\r\n\t\xad" for one in text[:5000]) > 20:
        raise RefusedError("not_a_workbook", reason=_NO_TABLE)
    first, _, rest = text.partition("\n")
    said = first.strip().lower()
    separators, skipped = _SEPARATORS, 0
    if said.startswith("sep=") and len(said) == 5:
        separators, text, skipped = said[4], rest, 1
    lines = text.splitlines(keepends=True)
    if len(lines) > LARGEST_ROWS:
        raise RefusedError("too_large", limit=f"{len(lines)} dòng")
    csv.field_size_limit(LARGEST_TEXT)
    try:
        separator = max(separators, key=lambda one: _regularity(lines[:300], one))
        reader = csv.reader(lines, delimiter=separator)
        rows, ends = [], []
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error as error:
        raise RefusedError("too_large", limit=f"ô dài hơn {LARGEST_TEXT} ký tự") from error
    width = max(map(len, rows), default=0)
    check_size("CSV", len(rows), width)
    if width < 2:
        raise RefusedError("not_a_workbook", reason=_NO_TABLE)
    _check_rows(rows, [(end + skipped, lines[end - 1]) for end in ends], separator)
    return {"name": "CSV", "visible": True, "rows": [row + [""] * (width - len(row)) for row in rows]}


def _check_rows(rows: list[list[str]], lines: list[tuple[int, str]], separator: str) -> None:
    """Refuse what has cells in the wrong columns: longer than the header, other separators, thousands cut in two."""
    first = next((number for number, row in enumerate(rows) if any(map(_FIGURE.fullmatch, row))), len(rows))
    width = max(map(len, rows[:first]), default=0)
    if width < 2:
        return
    below = list(zip(rows[first:], lines[first:], strict=True))
    sign = _SIGNS.get(separator, f"dấu “{separator}”")
    longer = [number for row, (number, _) in below if any(cell.strip() for cell in row[width:])]
    if longer:
        raise RefusedError("csv_row_longer", lines=_name_lines(longer), separator=sign, width=width)
    others = [one for one in _SEPARATORS if one != separator]
    mixed = [
        number
        for row, (number, line) in below
        if len(row) < width and any(len(next(csv.reader([line], delimiter=one), [])) == width for one in others)
    ]
    if mixed:
        raise RefusedError("csv_separators_mixed", lines=_name_lines(mixed), separator=sign)
    cut = [number for row, (number, _) in below if separator == "," and any(map(_is_cut, row, row[1:]))]
    if cut:
        raise RefusedError("csv_number_cut", lines=_name_lines(cut))


def _is_cut(cell: str, after: str) -> bool:
    """Whether two cells are one number whose comma was taken for a separator: “1,037”."""
    return bool(_HEAD.fullmatch(cell) and _TAIL.fullmatch(after))


def _name_lines(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:_MOST_NAMED])) + (" …" if len(numbers) > _MOST_NAMED else "")


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
