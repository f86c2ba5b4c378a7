"""Hostile and broken files are refused in a sentence, in bounded time and memory; nothing of them is kept."""

import datetime
import json
import random
import re
import select
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.cell.cell import MergedCell

from data.intake.door import Intake
from data.intake.findings.catalogue import CATALOGUE
from data.intake.form import DATA_SHEET, FORM_SHEET, LABEL_ROW
from data.intake.read import Ingest, open_workbook, read_submission
from data.intake.reading import cells
from data.intake.reading.archive import list_files
from data.intake.schema import OBSERVATIONS
from data.paths import PROJECT_ROOT
from data.store import Store, open_store, plan_round
from scoring.limits import LARGEST_COUNT
from tests.data.samples import STANDARD, UNITS, YEAR, edited, random_values, workbook

SOME = UNITS.head(3)
REAL = workbook(SOME, random_values(SOME, 1))
NAME = "Số liệu quý.IV.xlsx"
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELATIONS, STYLES = "xl/_rels/workbook.xml.rels", "xl/styles.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MARK = 123454321  # a number that is found again in the XML
SECONDS, MEMORY = 30, 500 * 2**20

ENTITIES = b'<!DOCTYPE x [<!ENTITY a "hahahahaha">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (name, b"&%c;" % before * 10) for before, name in zip(b"abcdefgh", b"bcdefghi", strict=True)
)
EXTERNAL = b'<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
ENGLISH = re.compile(
    r"\b(?:archive|bytes?|cell|column|corrupt|entity|encoding|error|exception|fail(?:ed)?|file|format|invalid|limit"
    r"|memory|none|null|password|row|seconds?|sheet|string|timeout|traceback|true|unknown|workbook)\b",
    re.IGNORECASE,
)


def read(content: bytes, name: str = NAME) -> Ingest:
    return read_submission(content, name, STANDARD, SOME, YEAR)


# Files


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
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(path, "w") as file:
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
        f'<c r="{cells.cell_name(row - 1, column)}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
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
    book = OpenDocumentSpreadsheet()
    table = Table(name=DATA_SHEET)
    for values in real_rows():
        row = TableRow()
        for value in values:
            typed = {"valuetype": "float", "value": value} if isinstance(value, int) else {"valuetype": "string"}
            cell = TableCell(**typed if value is not None else {})
            if value is not None:
                cell.addElement(P(text=str(value)))
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    return saved(book)


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


# Refusals

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (bomb, "too_large"),
    "bomb of one block": (bomb_of_one_block, "too_large"),
    "bomb that lies": (bomb_that_lies, "not_a_workbook"),
    "entities in a sheet": (lambda: laughs(SHEET), "not_a_workbook"),
    "entities in the texts": (lambda: laughs(STRINGS), "not_a_workbook"),
    "external entity in a sheet": (lambda: laughs(SHEET, EXTERNAL), "not_a_workbook"),
    "external entity in the texts": (lambda: laughs(STRINGS, EXTERNAL), "not_a_workbook"),
    "value in the last cell": (far_cell, "too_large"),
    "value in the last cell, other quotes": (lambda: far_cell(b"'"), "too_large"),
    "text of 100 MB": (long_text, "too_large"),
    "long text everywhere": (long_text_everywhere, "too_large"),
    "repeated cells": (lambda: repeated_ods_cells(b"<text:p>1</text:p>"), "too_large"),
    "repeated cells without text": (lambda: repeated_ods_cells(b""), "not_a_workbook"),
    "500 columns": (many_columns, "too_large"),
    "password": (lambda: ole("EncryptedPackage"), "not_a_workbook"),
    "empty": (lambda: b"", "not_a_workbook"),
    "spaces": (lambda: b" \r\n" * 100, "not_a_workbook"),
    "no sheets": (without_sheets, "not_a_workbook"),
    "no list of sheets": (without_book, "not_a_workbook"),
    "no tables": (without_tables, "not_a_workbook"),
    "broken zip": (lambda: b"PK\x03\x04" + bytes(1000), "not_a_workbook"),
    "broken xls": (lambda: OLE + bytes(1000), "not_a_workbook"),
    "random bytes": (lambda: random.Random(1).randbytes(5000), "not_a_workbook"),
    "zip without a workbook": (lambda: zipped({"a.txt": b"a"}), "other_format"),
    "docx": (lambda: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "other_format"),
    "doc": (lambda: ole("WordDocument"), "other_format"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "other_format"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "other_format"),
    "html": (lambda: b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "other_format"),
    "xml spreadsheet": (
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "other_format",
    ),
    "rtf": (lambda: rb"{\rtf1\ansi Xin ch\u224?o}", "other_format"),
    "rar": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100), "other_format"),
}


def is_sentence(text: str) -> bool:
    """Whether a text is one Vietnamese sentence; what it quotes and the dots of large numbers do not count."""
    said = re.sub(r"“[^”]*”", "“”", text)
    said = re.sub(r"(?<=\d)\.(?=\d)", "", said)
    return bool(re.fullmatch(r"[A-ZĐ][^.\n]*\.", said)) and not ENGLISH.search(said) and len(text) < 400


def assert_refused(ingest: Ingest, code: str) -> None:
    assert [one.code for one in ingest.findings] == [code]
    (finding,) = ingest.errors
    assert code in CATALOGUE
    assert is_sentence(finding.message), finding.message
    assert NAME in finding.message
    assert finding.mend
    assert ingest.observations.empty
    assert (ingest.rows, ingest.units) == (0, 0)


@pytest.mark.parametrize(("build", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_is_refused_in_a_sentence(build, code):
    assert_refused(read(build()), code)


@pytest.mark.parametrize("build", [lambda: REAL, as_xls, as_ods], ids=["xlsx", "xls", "ods"])
def test_truncated_file_is_refused(build):
    content = build()
    for share in (0.01, 0.3, 0.6, 0.9, 0.99):
        assert_refused(read(content[: int(len(content) * share)]), "not_a_workbook")


@pytest.mark.parametrize("path", [SHEET, STRINGS, BOOK, STYLES, RELATIONS])
def test_truncated_part_is_refused(path):
    part = unzipped(REAL)[path]
    end = part.find(b"</sheetData>") if path == SHEET else len(part) - 3
    for length in (end // 3, end * 9 // 10, end):
        assert_refused(read(with_part(path, [part[:length]])), "not_a_workbook")


@pytest.mark.parametrize("build", [lambda: REAL, as_xls, as_ods, as_csv], ids=["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "a.pdf", "../../a\x00{}"])
def test_content_decides_not_the_name(build, name):
    ingest = read(build(), name)
    assert ingest.accepted
    assert ingest.wide().equals(read(REAL).wide())


@pytest.mark.parametrize("build", [empty_rows, long_shared_text, far_format], ids=["rows", "text", "format"])
def test_what_is_large_but_says_nothing_is_read(build):
    """1,048,576 empty rows; a text of 100 MB that no cell uses; a format in the last cell."""
    ingest = read(build())
    assert not ingest.findings
    assert ingest.wide().equals(read(REAL).wide())


def with_numbers(input_id: str, numbers: list[str], shown_as: str = "General") -> bytes:
    """The real workbook with numbers in the column of an input, as they would stand in the XML."""

    def edit(sheet, cell):
        for row in range(len(numbers)):
            cell(row, input_id).value = MARK + row
            cell(row, input_id).number_format = shown_as

    parts = unzipped(edited(REAL, edit))
    for row, number in enumerate(numbers):
        parts[SHEET] = parts[SHEET].replace(b"%d" % (MARK + row), number.encode())
    return zipped(parts)


@pytest.mark.parametrize("number", ["1e22", "-1e22", "1e308", "1e-320", "NaN", "-inf", "inf", "1e999"])
@pytest.mark.parametrize("others", [[], ["0.5", "0.6"]], ids=["alone", "among shares"])
@pytest.mark.parametrize("shown_as", ["General", "0%"])
def test_number_that_counts_nothing_is_refused(number, others, shown_as):
    ingest = read(with_numbers("births", [*others, number], shown_as))
    assert f"H{5 + len(others)}" in {one.cell for one in ingest.errors}


@pytest.mark.parametrize("number", ["1e22", "-1e22", "NaN", "-inf"])
def test_number_that_is_no_answer_is_refused(number):
    (finding,) = read(with_numbers("officer", [number])).errors
    assert finding.code == "answer_unclear"


@pytest.mark.parametrize(
    "text", ["1" * 5000, "1" + ".111" * 5000, "1," + "1" * 5000, "-" + "1" * 5000, "1" * 5000 + "%"]
)
def test_endless_number_is_refused(text):
    def edit(sheet, cell):
        cell(0, "births").value = text

    (finding,) = read(edited(REAL, edit)).errors
    assert finding.input == "births"
    assert len(finding.message) < 400


@pytest.mark.parametrize(("place", "code"), [("B1", "wrong_standard"), ("B2", "wrong_year")])
def test_what_the_file_says_is_told_in_short(place, code):
    def edit(sheet, cell):
        sheet.parent[FORM_SHEET][place].value = "x. y" * 8000

    (finding,) = read(edited(REAL, edit)).errors
    assert finding.code == code
    assert len(finding.message) < 400


# Time and memory


def long_titles() -> bytes:
    """Titles that speak of thousands of districts."""
    return added_cells(1, ["huyện x " * 4000] * 300)


def long_headers() -> bytes:
    """Headers of thousands of words that no label has."""
    letters = random.Random(1)
    words = ["".join(letters.choices("bcdghklmnpqrstvx", k=6)) for _ in range(20_000)]
    return added_cells(LABEL_ROW + 1, (" ".join(letters.choices(words, k=4000)) for _ in range(300)))


def long_legacy_texts() -> bytes:
    """Texts in an old font, 90 MB of them."""
    text = "Sè trÎ em " * 3000
    rows = (f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{text}{r}</t></is></c></row>' for r in range(9, 2509))
    return added_rows("".join(rows).encode())


def long_texts() -> bytes:
    """As much text as the reading process can hold."""
    text = "a" * 30_000
    rows = (f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{text}{r}</t></is></c></row>' for r in range(9, 4009))
    return added_rows("".join(rows).encode())


def many_sums() -> bytes:
    rows = (
        f'<row r="{row}"><c r="B{row}" t="inlineStr"><is><t>Tổng cộng</t></is></c>'
        + "".join(f'<c r="{cells.cell_name(row - 1, column)}"><v>5</v></c>' for column in range(3, 44))
        + "</row>"
        for row in range(8, 19_000)
    )
    return added_rows("".join(rows).encode())


def many_merged_cells() -> bytes:
    parts = unzipped(added_cells(LABEL_ROW + 1, [f"Cột {column}" for column in range(350)]))
    ranges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(100, 300_100))
    merged = f"</sheetData><mergeCells>{ranges}</mergeCells>".encode()
    return zipped(parts | {SHEET: parts[SHEET].replace(b"</sheetData>", merged)})


def many_sheets() -> bytes:
    """The same table on a thousand sheets."""
    parts = unzipped(REAL)
    sheets, relations = "", ""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    for number in range(1000):
        sheets += f'<sheet name="T{number}" sheetId="{number + 50}" r:id="rIdT{number}"/>'
        relations += f'<Relationship Id="rIdT{number}" Type="{kind}" Target="worksheets/t{number}.xml"/>'
        parts[f"xl/worksheets/t{number}.xml"] = parts[SHEET]
    parts[BOOK] = parts[BOOK].replace(b"</sheets>", sheets.encode() + b"</sheets>")
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    return zipped(parts)


def many_unknown_units() -> bytes:
    rows = (
        f'<row r="{row}"><c r="B{row}" t="inlineStr"><is><t>Xã Hoa Binh {row}</t></is></c>'
        f'<c r="H{row}"><v>5</v></c></row>'
        for row in range(8, 19_000)
    )
    return added_rows("".join(rows).encode())


WORST: dict[str, Callable[[], bytes]] = {
    "bomb": bomb,
    "bomb that lies": bomb_that_lies,
    "value in the last cell": far_cell,
    "value in the last cell, other quotes": lambda: far_cell(b"'"),
    "text of 100 MB": long_text,
    "long text everywhere": long_text_everywhere,
    "entities in a sheet": lambda: laughs(SHEET),
    "entities in the texts": lambda: laughs(STRINGS),
    "repeated cells": lambda: repeated_ods_cells(b""),
    "1,048,576 empty rows": empty_rows,
    "long titles": long_titles,
    "long headers": long_headers,
    "long texts in an old font": long_legacy_texts,
    "long texts": long_texts,
    "many sums": many_sums,
    "many merged cells": many_merged_cells,
    "many sheets": many_sheets,
    "many unknown units": many_unknown_units,
}


class Measurer:
    """A process that reads files as the app does and tells what each took; a fresh one after a file that took much."""

    def __init__(self, folder: Path):
        self.path = folder / "file"
        self.process: subprocess.Popen[str] | None = None

    def measure(self, content: bytes) -> dict:
        """`seconds`; bytes that the `app` grew by and that a `reader` had at most; `accepted`."""
        self.path.write_bytes(content)
        process, self.process = self.process or self.start(), None
        process.stdin.write(f"{self.path}\n")
        process.stdin.flush()
        if not select.select([process.stdout], [], [], SECONDS + 5)[0]:
            process.kill()
            process.communicate()
            pytest.fail(f"still reading after {SECONDS + 5} s")
        taken = json.loads(process.stdout.readline())
        if taken["app"] < MEMORY / 10:
            self.process = process
        else:  # the highest marks of memory never fall
            process.communicate()
        return taken

    def start(self) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.data.test_hostile"],
            cwd=PROJECT_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "ready\n"
        return process


@pytest.fixture(scope="module")
def measurer(tmp_path_factory):
    pytest.importorskip("resource")
    one = Measurer(tmp_path_factory.mktemp("measured"))
    yield one
    if one.process is not None:
        one.process.communicate()


def measure_files() -> None:
    import resource

    def peak(whose: int) -> int:
        return resource.getrusage(whose).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

    read(REAL)
    idle = peak(resource.RUSAGE_SELF)
    print("ready", flush=True)
    for line in sys.stdin:
        content = Path(line.strip()).read_bytes()
        start = time.perf_counter()
        ingest = read(content)
        taken = {
            "seconds": time.perf_counter() - start,
            "app": peak(resource.RUSAGE_SELF) - idle,
            "reader": peak(resource.RUSAGE_CHILDREN),
            "accepted": ingest.accepted,
        }
        print(json.dumps(taken), flush=True)


@pytest.mark.parametrize("build", WORST.values(), ids=WORST)
def test_worst_files_take_little_time_and_memory(build, measurer):
    taken = measurer.measure(build())
    assert taken["seconds"] < SECONDS
    assert taken["app"] < MEMORY
    assert taken["reader"] < MEMORY


# The app goes on


@pytest.fixture
def readers(monkeypatch):
    """Readers of this test alone."""
    own = cells._Readers()
    monkeypatch.setattr(cells, "_readers", own)
    yield own
    own.close()


def start_with(code: str, started: list) -> staticmethod:
    """A reader that runs other code."""

    def start():
        process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        started.append(process)
        return process

    return staticmethod(start)


@pytest.mark.parametrize("name", ["bomb", "value in the last cell, other quotes", "broken xls"])
def test_next_file_is_read_after_a_hostile_one(name, readers):
    build, code = HOSTILE[name]
    content = build()
    for _ in range(2):
        assert_refused(read(content), code)
        assert read(REAL).accepted


def test_reader_that_hangs_is_killed(readers, monkeypatch):
    started: list[subprocess.Popen] = []
    with monkeypatch.context() as patch:
        patch.setattr(cells, "SECONDS", 0.5)
        patch.setattr(cells._Readers, "_start", start_with("import time; time.sleep(60)", started))
        start = time.perf_counter()
        assert_refused(read(REAL), "too_large")
        assert time.perf_counter() - start < 10
        taken = [one for one in started if one is not readers._spare]
        assert taken
        assert all(one.poll() is not None for one in taken)
    readers.close()
    assert read(REAL).accepted


@pytest.mark.parametrize(
    "code", ["import os; os.abort()", "raise SystemExit(1)", "import sys; sys.stdin.buffer.read()"]
)
def test_reader_that_dies_or_says_nothing_is_a_refusal(code, readers, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(cells._Readers, "_start", start_with(code, []))
        assert_refused(read(REAL), "too_large")
    readers.close()
    assert read(REAL).accepted


def test_waiting_reader_that_died_is_replaced(readers):
    assert read(REAL).accepted
    readers._spare.kill()
    readers._spare.wait()
    assert read(REAL).accepted


def test_good_files_are_read_beside_hostile_ones(readers):
    names = ["bomb that lies", "entities in a sheet", "value in the last cell, other quotes", "broken zip"]
    hostile = [(build(), code) for build, code in map(HOSTILE.get, names)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(read, [content for one, _ in hostile for content in (one, REAL)]))
    for ingest, (_, code) in zip(found[::2], hostile, strict=True):
        assert_refused(ingest, code)
    assert all(ingest.accepted for ingest in found[1::2])


# Fuzz


def assert_sound(ingest: Ingest) -> None:
    """What holds of every file: findings of the catalogue, told in short, and a clean frame of units of the round."""
    for one in ingest.findings:
        assert one.severity == CATALOGUE[one.code].severity
        assert 0 < len(one.message) < 1000
        assert one.mend
    OBSERVATIONS.validate(ingest.observations)
    assert set(ingest.observations["unit_code"]) <= set(SOME.index)
    assert set(ingest.observations["input_id"]) <= set(STANDARD.inputs)
    assert (ingest.observations["value"].dropna() <= LARGEST_COUNT).all()
    if ingest.accepted:
        assert not ingest.observations.empty
        assert ingest.units == ingest.observations["unit_code"].nunique()


SOURCES: dict[str, Callable[[], bytes]] = {"xlsx": lambda: REAL, "xls": as_xls, "ods": as_ods, "csv": as_csv}
PLACES = [
    *[("xlsx", path) for path in (SHEET, SHEET, SHEET, STRINGS, STRINGS, BOOK, STYLES, RELATIONS, None)],
    *[("xls", None), ("xls", None), ("ods", "content.xml"), ("ods", "content.xml"), ("ods", None)],
    *[("csv", None), ("csv", None)],
]
TOKENS = [
    *[b"", b"0", b"-1", b"0.5", b"NaN", b"-inf", b"1e22", b"1e308", b"99999999999999999999", b"1" * 5000, b"65535"],
    *[b"\0", b"\xff\xfe", b"&#1;", b"&i;", b"<", b">", b'"', b"'", b"]]>", b"<!--", b"<!DOCTYPE x>", b"\r\n", b";;"],
    *[b"XFD1048576", b"A0", b"A5:C7", b't="e"', b't="s"', b't="b"', b't="d"', b's="9"', b'hidden="1"', b"#REF!"],
    *[b"<f>1+1</f>", b"=1+1", b"@x", b"05971", "Xã".encode(), "Tổng cộng".encode(), "Huyện Bình Gia".encode(), b"x"],
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "insert", "delete", "repeat", "number", "number", "text", "text"]),
        st.integers(0, 2**20 - 1),
        st.integers(1, 300),
        st.sampled_from(TOKENS) | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=4,
)
NUMBER, TEXT = re.compile(rb"\d+"), re.compile(rb'(?<=>)[^<>]+(?=<)|(?<=")[^"]+(?=")')


def mutate(content: bytes, steps: list[tuple[str, int, int, bytes]]) -> bytes:
    """The content with slices flipped, put in, taken out or repeated, numbers and texts replaced."""
    for kind, where, length, token in steps:
        at = where * len(content) >> 20
        end = min(at + length, len(content))
        if kind in ("number", "text"):
            found = (NUMBER if kind == "number" else TEXT).search(content, at)
            at, end = found.span() if found else (at, at)
        slices = {
            "flip": bytes(one ^ (length & 255) for one in content[at : at + 1]) + content[at + 1 : end],
            "insert": token + content[at:end],
            "delete": b"",
            "repeat": content[at:end] * 2,
        }
        content = content[:at] + slices.get(kind, token) + content[end:]
    return content


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PLACES), STEPS)
def test_mutated_bytes_never_raise(place, steps):
    kind, path = place
    content = SOURCES[kind]()
    if path is None:
        content = mutate(content, steps)
    else:
        parts = unzipped(content)
        content = zipped(parts | {path: mutate(parts[path], steps)})
    ingest = read(content, f"a.{kind}")
    assert_sound(ingest)
    if ingest.accepted and path is None and kind in ("xlsx", "ods"):  # the checksums of a zip tell of any damage
        assert ingest.wide().equals(read(REAL).wide())


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_mutated_zip_of_files_never_raises(steps):
    files, findings = list_files("a.zip", mutate(zipped({"Huyện A/a.csv": as_csv(), "b.xls": as_xls()}), steps))
    assert files or findings
    assert all(0 < len(one.message) < 1000 and one.code in CATALOGUE for one in findings)


@pytest.mark.parametrize("damage", [b"\xff", b"\x07" * 20, bytes(200)], ids=["a byte", "some bytes", "many bytes"])
def test_damaged_file_in_a_zip_is_refused(damage):
    content = bytearray(zipped({"a.csv": as_csv()}))
    content[100 : 100 + len(damage)] = damage
    files, (finding,) = list_files(NAME, bytes(content))
    assert not files
    assert finding.code == "not_a_workbook"
    assert is_sentence(finding.message)


TEXTS = [
    *["=1+1", "=HYPERLINK(1)", "+1", "@x", "-", "…", "x", "Có", "KHÔNG", "98 %", "1.234", "1,5", "#REF!", "Err:502"],
    *[
        "1" * 5000,
        "x" * 32_767,
        "Xã " * 8000,
        "  ",
        "\n",
        "_x0001_",
        "\ue000",
        "a\ue000b",
        "\u202e",
        "\u0301",
        "²",
        "٣",
    ],
    *["Xã Hoà Bình", "Phường Hoàng Văn Thụ", "Huyện Bình Gia", "Tổng cộng", "05971", "5971", "99999", "năm 2019"],
    *["Mã đơn vị", "Tên đơn vị", "Huyện", "STT", "Ghi chú", "Tỷ lệ", "births", "children", "Đối tượng", "Trả lời"],
    *[one.label for one in STANDARD.inputs.values()],
    *SOME["name"],
    *SOME.index,
]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**8),
    st.floats(),
    st.floats(0, 2),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(9999, 12, 31)),
    st.times(),
    st.timedeltas(datetime.timedelta(0), datetime.timedelta(days=100)),
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
)
CELLS = st.lists(
    st.tuples(
        st.sampled_from([DATA_SHEET, DATA_SHEET, DATA_SHEET, FORM_SHEET]),
        st.integers(1, 9),
        st.integers(1, 46),
        VALUES,
        st.sampled_from([None, None, "0%", "dd/mm/yyyy", "@"]),
    ),
    min_size=1,
    max_size=8,
)


@cache
def small() -> bytes:
    """The real workbook without its sheets of explanations."""
    book = openpyxl.load_workbook(BytesIO(REAL))
    for name in set(book.sheetnames) - {DATA_SHEET, FORM_SHEET}:
        del book[name]
    return saved(book)


def with_cells(values) -> bytes:
    """The real workbook with values in cells; U+E000 stands for a control character, which openpyxl does not write."""
    book = openpyxl.load_workbook(BytesIO(small()))
    for sheet, row, column, value, shown_as in values:
        cell = book[sheet].cell(row, column)
        if isinstance(cell, MergedCell):
            continue
        cell.value = value
        if shown_as is not None:
            cell.number_format = shown_as
    parts = unzipped(saved(book))
    return zipped({path: part.replace("\ue000".encode(), b"&#1;") for path, part in parts.items()})


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory) -> tuple[Store, Path]:
    """An empty store and its file."""
    path = tmp_path_factory.mktemp("hostile") / "app.sqlite"
    store = open_store(f"sqlite:///{path.as_posix()}")
    yield store, path
    store.close()


def offer(content: bytes, empty_store: tuple[Store, Path]) -> Ingest:
    """Hand a file in as the command line does, and assert that the store has all of it or nothing."""
    store, path = empty_store
    intake = Intake(store, plan_round(YEAR), SOME)
    ingest = intake.check(open_workbook(content, NAME), content)
    assert_sound(ingest)
    if not ingest.accepted:
        with pytest.raises(ValueError, match="never stored"):
            intake.accept(ingest, NAME, content, "A")
    else:
        copy = path.with_name("copy.sqlite")
        shutil.copy(path, copy)
        filled = open_store(f"sqlite:///{copy.as_posix()}")
        filled.save_submission(plan_round(YEAR), ingest.observations, NAME, content, "A")
        stored, wide = filled.observations(YEAR), ingest.wide()
        filled.close()
        assert stored[list(wide)].loc[wide.index].equals(wide)
        assert stored.notna().sum().sum() == wide.notna().sum().sum()
        assert set(stored.index) == set(wide.index)
    assert store.list_years() == []
    return ingest


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS)
def test_mutated_cells_are_stored_whole_or_not_at_all(empty_store, values):
    offer(with_cells(values), empty_store)


@pytest.mark.parametrize("name", ["bomb of one block", "no sheets", "long text everywhere", "password", "pdf", "empty"])
def test_nothing_of_a_hostile_file_is_stored(name, empty_store):
    build, code = HOSTILE[name]
    assert_refused(offer(build(), empty_store), code)


def test_good_file_is_stored_whole(empty_store):
    assert offer(REAL, empty_store).accepted


if __name__ == "__main__":
    measure_files()
