"""What the fuzzer of forms taught: tables below with headers written otherwise, titles with days of letters."""

import pytest

from tests.data.intake.table.forms import COUNTS, PLACES, assert_right, district_of, head, read, rows, truth_of


@pytest.fixture(params=PLACES, ids=str)
def place(request):
    province, district = request.param
    units = district_of(province, district)
    return province, units, truth_of(units)


@pytest.mark.parametrize("write", ["{0} năm 2023", "{0} (người)", "{0}. {0}", "3. {0}", "{0} "])
@pytest.mark.parametrize("first", [False, True])
def test_tables_whose_headers_are_written_otherwise_are_both_read_or_asked(place, write, first):
    province, units, truth = place
    headers = [head(), [*head()[:2], *(write.format(label) for label in head()[2:])]]
    upper, lower = headers[::-1] if first else headers
    parts = units.iloc[:4], units.iloc[4:]
    ingest = read(province, S=[upper, *rows(parts[0], truth), [], lower, *rows(parts[1], truth)])
    if ingest.accepted or write != "{0}. {0}":
        assert_right(ingest, truth)


@pytest.mark.parametrize("write", ["{0} năm 2023", "{0} (người)", "2. {0}"])
def test_tables_beside_each_other_whose_headers_are_written_otherwise(place, write):
    province, units, truth = place
    right = ["STT", "Tên đơn vị", *(write.format(label) for label in head()[2:])]
    pairs = zip(rows(units.iloc[:4], truth), rows(units.iloc[4:], truth), strict=True)
    assert_right(read(province, S=[[*head(), *right], *([*a, *b] for a, b in pairs)]), truth)


def test_second_table_with_codes_is_no_page_of_the_first(place):
    province, units, truth = place
    parts = units.iloc[:4], units.iloc[4:]
    coded = [[code, *row[1:]] for code, row in zip(parts[0].index, rows(parts[0], truth), strict=True)]
    grid = [["Mã xã", *head()[1:]], *coded, [], head(), *rows(parts[1], truth)]
    assert_right(read(province, S=grid), truth)


@pytest.mark.parametrize(
    "line",
    [
        "(Kèm theo Công văn số 12/LĐTBXH ngày 05/01/2024)",
        "Lạng Sơn, ngày 05 tháng 01 năm 2024",
        "Theo Quyết định số 06/QĐ-TTg năm 2019",
    ],
)
def test_day_of_a_letter_is_not_the_year_of_the_figures(place, line):
    province, units, truth = place
    item, other = COUNTS[:2], COUNTS[2:]
    ingest = read(
        province, A=[[line], head(item), *rows(units, truth, item)], B=[head(other), *rows(units, truth, other)]
    )
    assert_right(ingest, truth)
    assert not [warning for warning in ingest.warnings if "year" in warning.code]


def test_year_of_the_column_holds_against_the_one_of_the_group(place):
    province, units, truth = place
    top = ["STT", "Tên đơn vị", *(text for label in head()[2:] for text in (f"{label} năm 2023", None))]
    bottom = [None, None, *(2023, 2022) * len(COUNTS)]
    lines = [[*row[:2], *(cell for value in row[2:] for cell in (value, 1))] for row in rows(units, truth)]
    assert_right(read(province, S=[top, bottom, *lines]), truth)


def test_last_unit_that_says_no_everywhere_is_read(place):
    province, units, truth = place
    inputs = ("officer", "play_place")
    said = truth.copy()
    said.iloc[-1, [said.columns.get_loc(item) for item in inputs]] = 0
    top = ["STT", "Tên đơn vị", *(text for label in head(inputs)[2:] for text in (label, None))]
    lines = [
        [number, f"{unit['name']}, {unit['district']}",
         *(mark for item in inputs for mark in (("x", None) if said.at[code, item] else (None, "x")))]
        for number, (code, unit) in enumerate(units.iterrows())
    ]  # fmt: skip
    grid = [top, [None, None, *("Có", "Không") * 2], *lines]
    assert_right(read(province, S=grid), said, inputs)


def test_header_repeated_after_a_few_rows_of_texts_loses_none(place):
    province, units, truth = place
    texts = [[str(cell) for cell in row] for row in rows(units, truth)]
    assert_right(read(province, S=[head(), *texts[:2], head(), *texts[2:]]), truth)


def test_populations_written_as_text_make_no_column_of_codes(place):
    province, units, truth = place
    others = list(units.index[::-1])
    grid = [[row[0], f"{row[1]} ({code})", other, *row[2:]]
            for row, code, other in zip(rows(units, truth), units.index, others, strict=True)]  # fmt: skip
    assert_right(read(province, S=[["STT", "Tên đơn vị", "Dân số", *head()[2:]], *grid]), truth)
