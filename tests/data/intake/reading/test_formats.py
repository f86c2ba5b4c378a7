"""What a number format shows, and whether a person reads in it the number that is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.reading.formats import (
    BUILT_IN,
    hides_texts,
    is_date_format,
    is_percent_format,
    is_plain_format,
    says_number,
    show_number,
)
from tests.examples import examples

PLAIN = [
    *["General", "0", "00000", "#,##0", "0.00", "#,##0.0", "0.###", "@", '0" trẻ"', '#,##0 "đứa"', '"Số: "0', "0_ "],
    *["#,##0_);(#,##0)", '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "[Red]#,##0", "[$-42A]#,##0", "#,##0 [$VND]"],
    *['[=0]"Không";0', '0;-0;"-"', 'General" em"', "# ?/?", "0;[Red]0", "0\\ \\t\\r\\ẻ", "", "#,##0;;"[:5]],
]
ODD = {
    "0,": (5000, "5"),
    '#,##0,"K"': (5000, "5K"),
    "0.0,,": (1_500_000, "1,5"),
    '0 "nghìn"': (5, "5 nghìn"),
    '0.0" triệu"': (2, "2,0 triệu"),
    ";;;": (737, ""),
    "0;-0;;@": (0, ""),
    "#": (0, ""),
    "#,###": (0, ""),
    "0.000": (2, "2,000"),
    "#,##0.000": (12, "12,000"),
    '0"%"': (98, "98%"),
    "0\\%": (98, "98%"),
    "?/?": (8, "8/1"),
    "0.0E+00": (737, "7,4E+2"),
    '"1"0': (37, "137"),
    "-0": (8, "-8"),
    "(0)": (8, "(8)"),
    '0"/10"': (8, "8/10"),
    '0"."0': (737, "73.7"),
    '"Có"': (1, "Có"),
    '[>5]"nhiều";0': (7, "nhiều"),
    '[<1000]0;0.0,"k"': (1200, "1,2k"),
    "0": (7.6, "8"),
}
DATES = ["dd/mm/yyyy", "d-mmm", "[h]:mm", 'yyyy"năm"', "[$-42A]d mmmm", "hh:mm AM/PM", "mm:ss.0"]


@pytest.mark.parametrize("code", PLAIN)
@pytest.mark.parametrize("number", [0, 1, 7, 98, 737, 1000, 1234, 1_234_567])
def test_a_count_reads_as_it_is_stored(code, number):
    assert says_number(show_number(number, code), number)
    assert is_plain_format(code)
    assert not is_date_format(code)
    assert not is_percent_format(code)


@pytest.mark.parametrize(("code", "number", "seen"), [(code, *pair) for code, pair in ODD.items()], ids=ODD)
def test_what_is_seen_otherwise(code, number, seen):
    assert show_number(number, code) == seen
    assert not says_number(seen, number)
    assert code == "0" or not is_plain_format(code)


@pytest.mark.parametrize("code", DATES)
def test_dates(code):
    assert is_date_format(code)
    assert not is_plain_format(code)


@pytest.mark.parametrize("number", [*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
def test_dates_that_files_name_by_number(number):
    assert is_date_format(BUILT_IN[number])


@pytest.mark.parametrize("code", ["0%", "0.00 %", "[Red]0%", "0%;-0%", "%0"])
def test_percentages(code):
    assert is_percent_format(code)
    assert show_number(1, code).replace("%", "").replace(",00", "").strip() == "100"


def test_texts_are_hidden_by_the_fourth_part():
    assert hides_texts(";;;")
    assert not hides_texts('0;0;0;"mã "@')
    assert not hides_texts("0;;")


@pytest.mark.parametrize(
    ("text", "number", "says"),
    [
        *(("1.234", 1234, True), ("1,234", 1234, True), ("1 234", 1234, True), ("1.234", 1.234, False)),
        *(("8,5", 8.5, True), ("8.5", 8.5, True), ("8", 8.000000000000002, True), ("8", 8.4, False)),
        *(("737 trẻ em", 737, True), ("737 (1)", 737, False), ("7 3 7", 737, False), ("-", 0, True), ("-", 5, False)),
        *(("", 0, False), ("không", 0, True), ("không", 1, False), ("00737", 737, True), ("737%", 737, False)),
    ],
)
def test_what_a_person_reads(text, number, says):
    assert says_number(text, number) is says


@examples(300)
@given(st.text('0#?,.;%"\\_*[]()-/Ee+@ydhmsGeneral Rđ=<>1', max_size=16), st.integers(0, 10**7) | st.floats(0, 10**6))
def test_any_format_is_read(code, number):
    """None raises; a plain format shows whole numbers as they are."""
    assert isinstance(show_number(number, code), str)
    hides_texts(code)
    if is_plain_format(code) and float(number).is_integer() and number < 10_000 and "[" not in code:
        assert says_number(show_number(number, code), number)
