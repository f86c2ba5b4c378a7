"""A marked copy costs little whatever the file speaks of; where none can be made, one sentence says so."""

import pickle
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from data.intake.findings.finding import Finding, make_finding
from data.intake.form import DATA_SHEET, FINDINGS_SHEET, FIRST_UNIT_ROW
from data.intake.ingest import Ingest
from data.intake.parameters import Reading
from data.intake.read import read_workbook
from data.intake.reading.cells import Sheet, cell_name
from data.intake.returned import marked, worker
from data.intake.returned.marked import UnmarkedError, build_marked_copy
from data.intake.workbook import Workbook, open_workbook
from data.processes.worker import UnansweredError
from tests.data.intake.hostile.cases import is_sentence
from tests.data.intake.hostile.files import REAL, SHEET, SOME, STYLES, added_rows, patched, unzipped, zipped
from tests.data.processes.toys import make_pool
from tests.data.samples import STANDARD, YEAR

UNITS_FROM = FIRST_UNIT_ROW + 1


def after_cells(xml: str) -> bytes:
    return patched(SHEET, b"</sheetData>", b"</sheetData>" + xml.encode())


def merged(*areas: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return patched(SHEET, b"</mergeCells>", cells.encode() + b"</mergeCells>")


def linked(area: str) -> bytes:
    return after_cells(f'<hyperlinks><hyperlink ref="{area}" location="A1"/></hyperlinks>')


def nested(part: str, end: bytes) -> bytes:
    return patched(part, end, b"<extLst>" + b"<a>" * 10**5 + b"</a>" * 10**5 + b"</extLst>" + end)


def painted(rows: Iterable[int]) -> bytes:
    """Rows of cells that hold nothing but a colour."""
    return added_rows(
        "".join(
            f'<row r="{row}">'
            + "".join(f'<c r="{cell_name(row - 1, column)}" s="1"/>' for column in range(40))
            + "</row>"
            for row in rows
        ).encode()
    )


SMALL_BUT_VAST = {
    "one merge over the whole sheet": lambda: merged("A1:XFD1048576"),
    "whole columns merged": lambda: merged(*(f"{column}1:{column}1048576" for column in "ABCDEFGHIJ")),
    "many merges over each other": lambda: merged(*["A100:XFD1048576"] * 20_000, *["A1:AQ11"] * 20_000),
    "a link over the whole sheet": lambda: linked("A1:XFD1048576"),
    "nested styles": lambda: nested(STYLES, b"</styleSheet>"),
    "nested sheet": lambda: nested(SHEET, b"</worksheet>"),
    "painted cells": lambda: painted(range(100, 2500)),
}


def read(content: bytes) -> tuple[Workbook, Ingest]:
    workbook = open_workbook(content, "a.xlsx")
    return workbook, read_workbook(workbook, Reading(STANDARD, SOME, YEAR))


def copy(content: bytes, edits: dict[tuple[str, str], Any] | None = None) -> openpyxl.Workbook:
    workbook, ingest = read(content)
    made = build_marked_copy(content, workbook.sheets, ingest.findings, STANDARD, SOME["name"].to_dict(), edits or {})
    return openpyxl.load_workbook(BytesIO(made))


def copy_values(sheets: Iterable[Sheet], findings: Iterable[Finding] = ()) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(build_marked_copy(b"", list(sheets), list(findings), STANDARD, {}, {})))


@pytest.mark.process
@pytest.mark.parametrize("name", SMALL_BUT_VAST)
def test_small_files_that_speak_of_vast_ranges_come_back_whole(name):
    content = SMALL_BUT_VAST[name]()
    assert len(content) < 300_000
    book = copy(content)
    figures = next(sheet for sheet in open_workbook(content, "a.xlsx").sheets if sheet.name == DATA_SHEET)
    for row, values in enumerate(figures.rows, start=1):
        for column, value in enumerate(values, start=1):
            assert (book[DATA_SHEET].cell(row, column).value or "") == value


def test_merges_stay_as_far_as_there_are_cells():
    content = merged("A100:C101", "E101:XFD1048576", f"A{UNITS_FROM}:C{UNITS_FROM}", "XFC9:XFD9")
    cells = b'<row r="100"><c r="A100"><v>1</v></c></row><row r="101"><c r="C101" s="1"/></row></sheetData>'
    parts = unzipped(content)
    book = copy(zipped(parts | {SHEET: parts[SHEET].replace(b"</sheetData>", cells)}))
    before = {str(area) for area in openpyxl.load_workbook(BytesIO(REAL))[DATA_SHEET].merged_cells.ranges}
    assert {str(area) for area in book[DATA_SHEET].merged_cells.ranges} == before | {"A100:C101", "E101:AR101"}


class Markers:
    """Makers of copies that can't keep the layout of a file, or can't make any copy."""

    def __init__(self, only_values: bool):
        self.only_values = only_values
        self.asked: list[bool] = []

    def ask(self, request: bytes) -> bytes:
        order = pickle.loads(request)
        self.asked.append(order.content is not None)
        if order.content is None and self.only_values:
            return worker.mark(request)
        raise UnansweredError("memory")


def test_layout_gives_way_to_the_values_with_the_same_marks(monkeypatch):
    content = added_rows(b'<row r="11"><c r="B11" t="inlineStr"><is><t>=x</t></is></c><c r="H11"><v>-5</v></c></row>')
    edits = {(DATA_SHEET, "H9"): "=1+1", (DATA_SHEET, "AZ40"): "7"}
    styled = copy(content, edits)
    markers = Markers(only_values=True)
    monkeypatch.setattr(marked, "markers", markers)
    plain = copy(content, edits)
    assert markers.asked == [True, False]
    for sheet in styled.worksheets:
        assert plain[sheet.title].dimensions == sheet.dimensions
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            twin = plain[sheet.title][cell.coordinate]
            assert cell.data_type == twin.data_type != "f"
            assert cell.value == twin.value
            if cell.comment and cell.comment.author == "Phần mềm":
                assert cell.comment.text == twin.comment.text
                assert cell.fill.fgColor.rgb == twin.fill.fgColor.rgb
            else:
                assert not twin.comment
    assert plain[DATA_SHEET]["AZ40"].comment


def refuse(content: bytes = REAL) -> str:
    workbook, ingest = read(content)
    with pytest.raises(UnmarkedError) as refusal:
        build_marked_copy(content, workbook.sheets, ingest.findings, STANDARD, {}, {})
    assert is_sentence(str(refusal.value))
    return str(refusal.value)


def test_no_copy_is_a_sentence(monkeypatch):
    monkeypatch.setattr(marked, "markers", Markers(only_values=False))
    assert "quá lớn hoặc hỏng" in refuse()


def test_more_cells_than_a_copy_may_hold_are_not_tried(monkeypatch):
    markers = Markers(only_values=True)
    monkeypatch.setattr(marked, "markers", markers)
    monkeypatch.setattr(marked, "MOST_VALUES", 100)
    assert "hơn 100 ô" in refuse()
    assert not markers.asked


@pytest.fixture
def use_markers(tmp_path, monkeypatch):
    """Lets copies be made by processes that run other code."""
    pools = []

    def use(code: str, **options) -> None:
        pools.append(make_pool(tmp_path, code, **options))
        monkeypatch.setattr(marked, "markers", pools[-1])

    yield use
    for pool in pools:
        pool.close()


ENDS = {
    "memory": ("worker.serve(lambda request: bytes(10**9), MEMORY)", "quá lớn hoặc hỏng"),
    "time": ("worker.serve(lambda request: time.sleep(60), MEMORY)", "quá lớn hoặc hỏng"),
    "death": ("worker.serve(lambda request: os.abort(), MEMORY)", "quá lớn hoặc hỏng"),
    "no start": ("raise SystemExit(1)", "quá tải"),
}


@pytest.mark.process
@pytest.mark.parametrize("end", ENDS)
def test_makers_that_end_are_a_sentence_and_leave_nothing_behind(use_markers, end, tmp_path, monkeypatch):
    code, words = ENDS[end]
    left = tmp_path / "left"
    left.mkdir()
    monkeypatch.setattr(marked.tempfile, "tempdir", str(left))
    use_markers(code, seconds=0.3)
    assert words in refuse()
    assert not list(left.iterdir())


def test_names_and_values_that_no_workbook_can_hold():
    """What a text file, an old workbook or an open document may say, and the library refuses."""
    names = ["Xã A/B", "a" * 40, "A" * 40, "[x]:*?", "\ud83d", FINDINGS_SHEET, "'"]
    values = [
        "\x01a\x0b",
        "\ud83dx",
        "=1+1",
        "#N/A",
        float("inf"),
        float("nan"),
        date(1, 1, 1),
        date(1900, 1, 5),
        True,
        "",
    ]
    sheets = [Sheet(name, [values, ["x", *[""] * 9]]) for name in names]
    wrong = [make_finding("no_table", sheet=name) for name in names]
    wrong = [replace(finding, cell="A2") for finding in wrong]
    book = copy_values(sheets, wrong)
    assert len(book.sheetnames) == len({name.casefold() for name in book.sheetnames}) == len(names)
    for sheet in book.worksheets[1:]:
        read_back = [cell.value for cell in sheet[1]]
        assert read_back == ["a", "x", "=1+1", "#N/A", "inf", "nan", "0001-01-01", "1900-01-05", True]
        assert all(cell.data_type != "f" for cell in sheet[1])
        assert sheet["A2"].comment
    places = [
        row[0].hyperlink.location
        for row in book[FINDINGS_SHEET].iter_rows(min_row=6, min_col=3, max_col=3)
        if row[0].hyperlink
    ]
    assert [place.rpartition("!")[0].strip("'") for place in places] == book.sheetnames[1:]
