"""The officer's workbook back: wrong cells coloured and commented, a summary in front, no live formula."""

from io import BytesIO

import openpyxl
import pytest

from data.intake.form import DATA_SHEET, FINDINGS_SHEET
from data.intake.parameters import Reading
from data.intake.read import read_submission, read_workbook
from data.intake.returned.marked import build_marked_copy
from data.intake.workbook import open_workbook
from tests.data.samples import STANDARD, UNITS, YEAR, edited, random_values, workbook
from tests.workbooks.make import DINH_LAP, HEAD, make_all, plain_rows
from tests.workbooks.sheets import Sheet, to_csv, to_xls, to_xlsx

SOME = UNITS.head(4)
NAMES = UNITS["name"].to_dict()


def marked(content: bytes, name: str = "a.xlsx", edits=None):
    opened = open_workbook(content, name)
    ingest = read_workbook(opened, Reading(STANDARD, UNITS, YEAR, edits=edits or {}))
    copy = build_marked_copy(content, opened.sheets, ingest.findings, STANDARD, NAMES, edits or {})
    return ingest, openpyxl.load_workbook(BytesIO(copy)), copy


def test_wrong_cells_are_coloured_and_commented():
    def spoil(sheet, cell):
        cell(0, "births").value = "mười hai"
        cell(1, "infants").value = -4

    ingest, book, _ = marked(edited(workbook(SOME, random_values(SOME, 1)), spoil))
    assert book.sheetnames[0] == FINDINGS_SHEET
    sheet = book[DATA_SHEET]
    for error in ingest.errors:
        cell = sheet[error.cell]
        assert cell.fill.fgColor.rgb == "00FFC7CE"
        assert error.message in cell.comment.text
        assert error.mend in cell.comment.text
    rows = list(book[FINDINGS_SHEET].iter_rows(min_row=6, values_only=True))
    assert [row[5] for row in rows] == [one.message for one in ingest.findings]
    assert book[FINDINGS_SHEET]["C6"].hyperlink.location == f"'{DATA_SHEET}'!{ingest.findings[0].cell}"


def test_marked_copy_can_be_sent_in_again():
    def spoil(sheet, cell):
        cell(0, "births").value = "mười hai"

    first, _, copy = marked(edited(workbook(SOME, random_values(SOME, 1)), spoil))
    again = read_submission(copy, "b.xlsx", Reading(STANDARD, UNITS, YEAR))
    assert [(one.code, one.cell) for one in again.errors] == [(one.code, one.cell) for one in first.errors]


def test_corrections_on_screen_are_in_the_copy():
    def spoil(sheet, cell):
        cell(0, "births").value = "mười hai"

    content = edited(workbook(SOME, random_values(SOME, 1)), spoil)
    wrong = read_submission(content, "a.xlsx", Reading(STANDARD, UNITS, YEAR)).errors[0]
    ingest, book, _ = marked(content, edits={(wrong.sheet, wrong.cell): "3000"})
    assert ingest.accepted
    assert book[DATA_SHEET][wrong.cell].value == "3000"
    assert book[DATA_SHEET][wrong.cell].fill.fgColor.rgb == "00C6EFCE"


@pytest.mark.parametrize("write", [to_xlsx, to_xls, lambda sheets: to_csv(sheets["S"].rows, "utf-8-sig", ",")])
def test_no_live_formula_leaves(write):
    rows = plain_rows()
    rows[0][3] = "=1+1" if write is to_xlsx else "@SUM(1)"
    rows[1][1] = "+84 xã lạ" if write is not to_xlsx else "-xã lạ"
    _, book, copy = marked(write({"S": Sheet([HEAD, *rows])}))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert openpyxl.load_workbook(BytesIO(copy), data_only=True)


def test_every_readable_file_of_the_corpus_comes_back():
    for name, content in make_all().items():
        opened = open_workbook(content, name)
        if not opened.sheets or name.endswith(".zip"):
            continue
        ingest = read_workbook(opened, Reading(STANDARD, UNITS, YEAR))
        copy = build_marked_copy(content, opened.sheets, ingest.findings, STANDARD, NAMES, {})
        book = openpyxl.load_workbook(BytesIO(copy))
        assert set(book.sheetnames) == {FINDINGS_SHEET, *(sheet.name for sheet in opened.sheets)}, name
        commented = {
            (sheet.title, cell.coordinate)
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment
        }
        for error in ingest.errors:
            if error.cell and error.sheet:
                assert commented, name


def test_merged_header_gets_the_comment_of_its_hidden_part():
    rows = [["STT", "Xã", "Trẻ dưới 1 tuổi", None], [None, None, "TCMR đủ", "Tổng TE <1 tuổi"], *plain_rows(DINH_LAP)]
    content = to_xlsx({"S": Sheet([row[:4] for row in rows], merges=[(0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1)])})
    ingest, book, _ = marked(content)
    assert ingest.errors
    assert any(cell.comment for row in book["S"].iter_rows(max_row=2) for cell in row)
