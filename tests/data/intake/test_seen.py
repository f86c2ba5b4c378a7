"""A figure is stored as a person sees it in its cell, or the officer is asked: through the whole intake."""

import pytest

from data.intake.ingest import Ingest
from data.intake.parameters import Reading
from data.intake.read import read_submission
from tests.data.samples import STANDARD, UNITS, YEAR
from tests.workbooks.written import Written, write_xlsb, write_xlsx

W = Written
CODES = list(UNITS.index[:3])


def read(*cells: Written, input_id: str = "children", write=write_xlsx) -> Ingest:
    head = [W(text) for text in ("Mã đơn vị", "Tên đơn vị", "villages", input_id)]
    rows = [[W(code), W(UNITS.at[code, "name"]), W(5), cell] for code, cell in zip(CODES, cells, strict=False)]
    return read_submission(write([head, *rows]), "a", Reading(STANDARD, UNITS, YEAR))


def stored(ingest: Ingest, input_id: str = "children") -> list[int | None]:
    values = ingest.wide()[input_id]
    return [None if missing else int(value) for value, missing in zip(values, values.isna(), strict=True)]


@pytest.mark.parametrize("write", [write_xlsx, write_xlsb])
@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        (W(1, "0%"), "percent_given", "100 %"),
        (W(98, '0"%"'), "percent_given", "98%"),
        (W(5000, "#,##0,"), "seen_otherwise", "lưu 5.000 nhưng hiện là “5”"),
        (W(2, "0.000"), "seen_otherwise", "lưu 2 nhưng hiện là “2,000”"),
        (W(0, "#,###"), "seen_otherwise", "lưu 0 nhưng hiện trống"),
        (W(737, ";;;"), "seen_otherwise", "lưu 737 nhưng hiện trống"),
        (W("737", ";;;"), "seen_otherwise", "hiện trống"),
        (W(5, '0" nghìn"'), "seen_otherwise", "“5 nghìn”"),
        (W(45055, "d/m"), "date_value", "09/05/2023"),
        (W(737, struck=True), "struck_out", "“737” bị gạch ngang"),
        (W(runs=(("725", "strike"),)), "struck_out", "“725” bị gạch ngang"),
        (W("702\n737"), "several_numbers", "“702 737”"),
        (W("702; 737"), "several_numbers", "702; 737"),
        (W("#REF!", kind="e", formula="A1"), "error_value", "#REF!"),
    ],
)
def test_what_looks_otherwise_is_asked(cell, code, words, write):
    (finding,) = read(W(7), cell, write=write).errors
    assert (finding.code, finding.cell, finding.unit, finding.input) == (code, "D3", CODES[1], "children")
    assert words in finding.message


@pytest.mark.parametrize("write", [write_xlsx, write_xlsb])
@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (W(737, '0" trẻ"'), 737),
        (W(1234, "#,##0"), 1234),
        (W(8.000000000000002), 8),
        (W("８８５"), 885),
        (W("\u200b737\ufeff"), 737),
        (W("1 234"), 1234),
        (W(runs=(("737", ""), ("1", "superscript"))), 737),
        (W(runs=(("725", "strike"), ("737", ""))), 737),
    ],
)
def test_what_a_person_reads_is_stored(cell, value, write):
    ingest = read(W(7), cell, write=write)
    assert ingest.errors == []
    assert stored(ingest) == [7, value]


def test_what_was_left_out_of_a_text_is_said():
    (note,) = (one for one in read(W(7), W(runs=(("725", "strike"), ("737", "")))).notes if one.cell == "D3")
    assert note.code == "marks_left_out"
    assert "“725737” được đọc là “737”" in note.message


def test_an_answer_is_read_as_it_is_seen():
    code = '[=1]"Không";[=2]"Có";General'
    assert stored(read(W(1, code), W(2, code), input_id="officer"), "officer") == [0, 1]
    (finding,) = read(W(1, ";;;"), input_id="officer").errors
    assert finding.code == "seen_otherwise"


@pytest.mark.parametrize("formula", ['IF(A1>0,"",A1)', "A1"])
def test_a_formula_that_gives_an_empty_text_has_its_value(formula):
    ingest = read(W(7), W("", formula=formula, kind="str"))
    assert stored(ingest) == [7, None]
    assert "formula_without_value" not in {finding.code for finding in ingest.findings}


def test_a_formula_without_value_is_told_beside_one_that_gives_an_empty_text():
    ingest = read(W(formula='IF(A1>0,"",A1)', value=""), W(formula="SUM(A1:A2)", value=""))
    assert [finding.cell for finding in ingest.findings if finding.code == "formula_without_value"] == ["D3"]


def test_three_decimals_of_a_database_are_asked():
    ingest = read(*(W(f"{number}.000") for number in (8, 9, 10)))
    assert {finding.code for finding in ingest.errors} == {"number_unclear"}
    assert {finding.code for finding in read(W("0.000"), W("8.000")).errors} == {"number_unclear"}
    assert stored(read(W("1.000"), W("12"))) == [1000, 12]
