"""Files that an attacker or an accident makes, most of them out of one real workbook."""

import re
import zipfile
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

import openpyxl
import xlwt

from data.intake.form import DATA_SHEET
from data.intake.reading.cells import cell_name
from tests.data.samples import UNITS, random_values, workbook
from tests.workbooks.sheets import ods

SOME = UNITS.head(3)
REAL = workbook(SOME, random_values(SOME, 1))
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELATIONS, STYLES = "xl/_rels/workbook.xml.rels", "xl/styles.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")

ENTITIES = b'<!DOCTYPE x [<!ENTITY a "hahahahaha">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (name, b"&%c;" % before * 10) for before, name in zip(b"abcdefgh", b"bcdefghi", strict=True)
)
EXTERNAL = b'<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def with_part(path: str, blocks: Iterable[bytes]) -> bytes:
    """The real workbook with one part written block by block."""
    parts = unzipped(REAL)
    del parts[path]
    buffer = BytesIO(zipped(parts))
    archive = zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open(path, "w") as file:
        for block in blocks:
            file.write(block)
    return buffer.getvalue()


def patched(path: str, old: bytes, new: bytes) -> bytes:
    """The real workbook with a text of one of its parts replaced where it first stands."""
    part = unzipped(REAL)[path]
    assert old in part
    return with_part(path, [part.replace(old, new, 1)])


def added_rows(xml: bytes) -> bytes:
    return patched(SHEET, b"</sheetData>", xml + b"</sheetData>")


def added_cells(row: int, texts: Iterable[str], content: bytes = REAL) -> bytes:
    """The real workbook with texts after the last cell of a row."""
    parts = unzipped(content)
    xml = "".join(
        f'<c r="{cell_name(row - 1, column)}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for column, text in enumerate(texts, start=44)
    )
    start, end = f'<row r="{row}" '.encode(), b"</row>"
    before, found, after = parts[SHEET].partition(start)
    own, _, rest = after.partition(end)
    return zipped(parts | {SHEET: before + found + own + xml.encode() + end + rest})


@cache
def bomb() -> bytes:
    """500 MB of zeros in half a MB."""
    return with_part(STRINGS, [bytes(2**20)] * 500)


def bomb_of_one_block() -> bytes:
    """50 entries that all stand for the same 10 MB, in some KB."""
    buffer = BytesIO(zipped(unzipped(REAL) | {"xl/media/zeros": bytes(10 * 2**20)}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.filelist += [archive.getinfo("xl/media/zeros")] * 49
        archive._didModify = True
    return buffer.getvalue()


def bomb_that_lies() -> bytes:
    """The list of entries says 100 bytes where there are 500 MB."""
    content = bytearray(bomb())
    entry = content.rindex(STRINGS.encode()) - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def laughs(path: str, declared: bytes = ENTITIES) -> bytes:
    """Entities declared at the head of a part and used in its first text."""
    part = unzipped(REAL)[path]
    head, rest = part.split(b"?>", 1)
    place = b"<t>" if path == STRINGS else b"<v>"
    return with_part(path, [head, b"?>", declared, rest.replace(place, place + b"&i;", 1)])


def empty_rows() -> bytes:
    return added_rows(b"".join(b'<row r="%d"/>' % row for row in range(8, 2**20 + 1)))


def far_cell(quote: bytes = b'"') -> bytes:
    return added_rows(b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>".replace(b"'", quote))


def far_format() -> bytes:
    return added_rows(b'<row r="1048576"><c r="XFD1048576" s="1"/></row>')


@cache
def long_text() -> bytes:
    """A text of 100 MB in a cell."""
    head, tail = unzipped(REAL)[SHEET].split(b"</sheetData>")
    start, end = b'<row r="8"><c r="A8" t="inlineStr"><is><t>', b"</t></is></c></row></sheetData>"
    return with_part(SHEET, [head, start, *[b"a" * 10**6] * 100, end, tail])


def long_shared_text() -> bytes:
    """A text of 100 MB in the list of shared texts, which no cell uses."""
    return patched(STRINGS, b"</sst>", b"<si><t>" + b"a" * 10**8 + b"</t></si></sst>")


def long_text_everywhere() -> bytes:
    """A text as long as Excel allows, once in the file and in 20,000 cells."""
    parts = unzipped(REAL)
    number = parts[STRINGS].count(b"<si>")
    texts = parts[STRINGS].replace(b"</sst>", b"<si><t>" + b"a" * 32_000 + b"</t></si></sst>")
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{one}{row}" t="s"><v>{number}</v></c>' for one in "ABCDEFGHIJ") + "</row>"
        for row in range(8, 2008)
    )
    sheet = parts[SHEET].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    return zipped(parts | {STRINGS: texts, SHEET: sheet})


def saved(book) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def many_columns() -> bytes:
    book = openpyxl.Workbook()
    book.active.append([f"Cột {number}" for number in range(500)])
    return saved(book)


def real_rows() -> list[list]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(REAL))[DATA_SHEET].iter_rows()]


@cache
def as_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet(DATA_SHEET)
    for row, values in enumerate(real_rows()):
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, value)
    return saved(book)


@cache
def as_ods() -> bytes:
    return ods({DATA_SHEET: real_rows()})


@cache
def as_csv() -> bytes:
    lines = (";".join("" if one is None else f'"{one}"' for one in row) for row in real_rows())
    return "".join(f"{line}\r\n" for line in lines).encode()


def repeated_ods_cells(text: bytes) -> bytes:
    row = (
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float"'
        b' office:value="1" table:number-columns-repeated="16384">%s</table:table-cell></table:table-row>' % text
    )
    parts = unzipped(as_ods())
    return zipped(parts | {"content.xml": parts["content.xml"].replace(b"</table:table>", row + b"</table:table>", 1)})


def without_sheets() -> bytes:
    return with_part(BOOK, [re.sub(rb"<sheet name.*?/>", b"", unzipped(REAL)[BOOK])])


def without_book() -> bytes:
    return zipped({path: part for path, part in unzipped(REAL).items() if path != BOOK})


def without_tables() -> bytes:
    parts = unzipped(as_ods())
    bare = re.sub(rb"<table:table .*</table:table>", b"", parts["content.xml"])
    return zipped(parts | {"content.xml": bare})


def ole(stream: str) -> bytes:
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(5000)
