"""Numbers and texts that no officer means are refused, in short."""

import pytest
from xlsxwriter.utility import xl_col_to_name

from data.intake.form import FIRST_UNIT_ROW, FORM_SHEET, UNIT_HEADERS
from tests.data.intake.hostile.cases import read
from tests.data.intake.hostile.files import REAL, SHEET, unzipped, zipped
from tests.data.samples import STANDARD, edited

MARK = 123454321  # a number that is found again in the XML


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
    column = xl_col_to_name(len(UNIT_HEADERS) + list(STANDARD.inputs).index("births"))
    assert f"{column}{FIRST_UNIT_ROW + 1 + len(others)}" in {one.cell for one in ingest.errors}


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
