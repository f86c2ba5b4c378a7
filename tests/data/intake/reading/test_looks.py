"""What a cell looks like is told of every format of files, whatever program wrote it."""

import itertools
from datetime import date

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from data.intake.reading import worker
from data.intake.reading.cells import Sheet, read_sheets
from tests.data.intake.hostile.files import saved, unzipped, zipped
from tests.examples import examples
from tests.workbooks.written import Habits, Written, write_xlsb, write_xlsx

W = Written
HABITS = {
    "Excel": {},
    "prefix": {"prefix": "x"},
    "single quotes": {"quote": "'"},
    "attributes backwards": {"backwards": True},
    "no references": {"references": False},
    "another name of the workbook": {"book": "xl/workbook22.xml"},
    "another folder": {"book": "bao/cao/so.xml"},
    "another name of the sheet": {"sheet": "trang/so lieu.xml"},
    "backslashes in targets": {"target_slashes": "\\"},
    "backslashes in the zip": {"slashes": "\\"},
    "strict": {"strict": True},
    "shared texts": {"shared": True},
    "attributes on lines": {"spaced": True},
    "a name with signs": {"name": "Số & 'liệu' <1>"},
}
GRID = [
    [W("Đơn vị"), W("a"), W("b"), W("c"), W("d")],
    [W("Xã A"), W(1, "0%"), W(0.975, "0.0%"), W(45055, "dd/mm/yyyy"), W("#REF!", kind="e", formula="NA()")],
    [W("Xã B"), W(98, '0"%"'), W(5000, "#,##0,"), W(2, "0.000"), W(0, "#,###")],
    [W("Xã C"), W(737), W(1234, "#,##0"), W(8, '0" trẻ"'), W(0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-')],
    [W("Xã D"), W(formula="SUM(B2:B3)"), W(formula='IF(B2>0,"","")', value=""), W(12, struck=True), W(5, ";;;")],
    [
        *(W("Xã E"), W(runs=(("737", ""), ("1", "superscript"))), W(runs=(("725", "strike"), (" 737", "")))),
        *(W(runs=(("725", "strike"),)), W(45055, "General")),
    ],
]


def read_one(content: bytes) -> Sheet:
    (sheet,), findings = read_sheets(content, "a")
    assert findings == []
    return sheet


def assert_told(sheet: Sheet, unvalued: bool = True) -> None:
    assert sheet.percent == {(1, 1), (1, 2)}
    assert sheet.rows[1][1:3] == [1, 0.975]
    assert sheet.rows[1][3] == date(2023, 5, 9)
    assert sheet.rows[1][4] == "#REF!"
    assert sheet.rows[2][1] == "98%"
    assert sheet.seen == {(2, 2): "5", (2, 3): "2,000", (2, 4): "", (4, 4): ""}
    assert sheet.rows[3][1:] == [737, 1234, 8, 0]
    assert sheet.unvalued == ({(4, 1)} if unvalued else set())
    assert sheet.struck == {(4, 3), (5, 3)}
    assert sheet.rows[5][1:3] == ["737", " 737"]
    assert sheet.written == {(5, 1): "7371", (5, 2): "725 737"}
    assert sheet.rows[5][4] == 45055


@pytest.mark.parametrize("habits", HABITS.values(), ids=HABITS)
def test_looks_are_told_whatever_wrote_the_workbook(habits):
    assert_told(read_one(write_xlsx(GRID, Habits(**habits), hidden_rows=[2], hidden_columns=[3])))


@pytest.mark.parametrize(("one", "other"), itertools.combinations(sorted(HABITS), 2))
def test_habits_together(one, other):
    sheet = read_one(write_xlsx(GRID, Habits(**HABITS[one] | HABITS[other]), hidden_rows=[2], hidden_columns=[3]))
    assert_told(sheet)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {3})


def test_zeros_that_a_sheet_is_set_to_hide():
    grid = [[W("a"), W(0), W(5)], [W(""), W(0, "0.00"), W("0")]]
    assert read_one(write_xlsx(grid, show_zeros=False)).seen == {(0, 1): "", (1, 1): ""}
    assert read_one(write_xlsx(grid)).seen == {}
    book = xlwt.Workbook()
    page = book.add_sheet("S")
    page.show_zero_values = False
    page.write(0, 0, 0)
    page.write(0, 1, 5)
    assert read_one(saved(book)).seen == {(0, 0): ""}


def test_looks_of_an_xlsb():
    grid = [[cell if cell.formula is None or cell.value else None for cell in row] for row in GRID]
    sheet = read_one(write_xlsb(grid, hidden_rows=[2]))
    assert_told(sheet, unvalued=False)
    assert sheet.hidden_rows == {2}


def test_records_of_an_xlsb_that_hide_the_styles_of_cells_refuse_it():
    parts = unzipped(write_xlsb(GRID[:1]))
    part = parts["xl/worksheets/sheet1.bin"]
    sheets, (finding,) = read_sheets(zipped(parts | {"xl/worksheets/sheet1.bin": part + b"\x0f\x00"}), "a.xlsb")
    assert not sheets
    assert (finding.code, "định dạng" in finding.message) == ("not_a_workbook", True)


def test_looks_of_an_xls():
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("S")
    for row, line in enumerate(GRID):
        for column, cell in enumerate(line):
            style = xlwt.easyxf("font: struck_out on" if cell.struck else "", num_format_str=cell.code)
            if cell.runs:
                fonts = {"": "", "strike": "font: struck_out on", "superscript": "font: escapement superscript"}
                page.write_rich_text(row, column, [(text, xlwt.easyxf(fonts[look]).font) for text, look in cell.runs])
            elif cell.kind == "e":
                page.row(row).set_cell_error(column, "#REF!")
            elif cell.value not in (None, ""):
                page.write(row, column, cell.value, style)
    assert_told(read_one(saved(book)), unvalued=False)


def ods_cell(value: object, shown: str, kind: str = "float", extra: str = "", times: int = 1) -> str:
    value_ = f' office:value="{value}"' if value is not None else ""
    again = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    return f'<table:table-cell office:value-type="{kind}"{value_}{again}{extra}>{shown}</table:table-cell>'


def ods_of(*rows: str) -> bytes:
    names = {
        **{"office": "office", "table": "table", "text": "text", "style": "style"},
        **{"fo": "xsl-fo-compatible"},
    }
    declared = "".join(f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{all}:1.0"' for one, all in names.items())
    looks = (
        '<style:style style:name="old" style:family="text"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style><style:style style:name="up" style:family="text">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="gone" style:family="table-cell"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style>'
    )
    content = (
        f"<office:document-content{declared}><office:automatic-styles>{looks}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="S"><table:table-column table:number-columns-repeated="9"/>'
        f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content.encode()})


def ods_row(*cells: str, times: int = 1) -> str:
    again = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{again}>{''.join(cells)}</table:table-row>"


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_looks_of_an_ods_with_repeated_cells_and_rows():
    note = f"<office:annotation>{p('ghi chú')}</office:annotation>"
    sheet = read_one(
        ods_of(
            ods_row(ods_cell(None, p("Đơn vị"), "string", times=5)),
            ods_row(ods_cell(None, p("Xã A"), "string"), ods_cell(1, p("100%"), "percentage", times=2), times=2),
            ods_row(
                ods_cell(98, p("98%")), ods_cell(5000, p("5"), times=2), ods_cell(2, p("2.000")), ods_cell(7, p(""))
            ),
            ods_row(
                ods_cell(1234, p("1,234")), ods_cell(1234, p("1.234")), ods_cell(8, p("8 trẻ")), ods_cell(0, p("-"))
            ),
            ods_row(
                ods_cell(None, p('737<text:span text:style-name="up">1</text:span>'), "string", times=2),
                ods_cell(None, note + p('<text:span text:style-name="old">725</text:span> 737'), "string"),
                ods_cell(12, p("12"), extra=' table:style-name="gone"'),
                ods_cell(9, ""),
            ),
        )
    )
    assert sheet.percent == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert sheet.rows[3][0] == "98%"
    assert sheet.seen == {(3, 1): "5", (3, 2): "5", (3, 3): "2.000", (3, 4): ""}
    assert sheet.rows[4][:4] == [1234, 1234, 8, 0]
    assert sheet.rows[5][:3] == ["737", "737", " 737"]
    assert set(sheet.written) == {(5, 0), (5, 1), (5, 2)}
    assert sheet.struck == {(5, 3)}


@examples(40)
@given(st.data())
def test_places_are_the_same_with_and_without_references(data):
    cells = st.sampled_from([W(1, "0%"), W(7), W("x"), W("#N/A", kind="e"), W(3, "0.000"), W(formula="A1"), None])
    width = data.draw(st.integers(1, 6))
    grid = [[W("đầu")] * width, *data.draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=8))]
    habits = [HABITS[one] for one in data.draw(st.lists(st.sampled_from(sorted(HABITS)), min_size=2, max_size=4))]
    sheets = [
        worker.answer(write_xlsx(grid, Habits(**first | second))) for first, second in itertools.pairwise(habits)
    ] + [worker.answer(write_xlsx(grid))]
    keys = ("rows", "percent", "seen", "unvalued")
    assert all([sheet[key] for key in keys] == [sheets[-1][0][key] for key in keys] for (sheet,) in sheets)


def test_a_sheet_that_only_calamine_knows_is_refused(monkeypatch):
    monkeypatch.setattr(worker, "scan_xlsx", lambda package: {})
    sheets, (finding,) = read_sheets(write_xlsx(GRID), "a.xlsx")
    assert not sheets
    assert "không đọc được định dạng ô" in finding.message
