"""Cells are read by the column they stand in: what could be read in two ways is a finding, never a guess."""

import datetime
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.values.answers import read_answers
from data.intake.values.column import MISSING
from data.intake.values.counts import read_counts, would_count
from scoring.limits import LARGEST_COUNT
from tests.examples import examples

YES, NO = 1, 0
DATES = [datetime.datetime(2022, 5, 1, 12), datetime.date(2022, 5, 1), datetime.time(7, 30), datetime.timedelta(days=3)]
DASHES = ["-", "–", "—", "…", "...", "..", " - "]
ERRORS = ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NULL!", "#NUM!", " #ref! ", "Err:502"]


def counts(*raws, percent=()):
    """Each cell as its value, or as the code of what is wrong with it; None for a missing one."""
    return told(raws, read_counts(raws, frozenset(percent)))


def answers(*raws):
    return told(raws, read_answers(raws))


def told(raws, column):
    problems = {position: code for position, code, _ in column.problems}
    assert len(problems) == len(column.problems)
    assert len(column.values) == len(raws)
    assert all(column.values[position] == MISSING for position in problems)
    assert all(value >= MISSING for value in column.values)
    values = [None if value == MISSING else int(value) for value in column.values]
    return [problems.get(position, value) for position, value in enumerate(values)]


@pytest.mark.parametrize(
    ("raws", "read"),
    [
        (["1.234", "12"], [1234, 12]),
        (["1,234", "12"], [1234, 12]),
        (["1.234"], [1234]),
        (["1,234"], [1234]),
        (["1.234.567", "1.000"], [1_234_567, 1000]),
        (["1,234,567", "1,000"], [1_234_567, 1000]),
        (["1.234,0", "5"], [1234, 5]),
        (["1,234.0", "5"], [1234, 5]),
        (["1.234,5", "1.234"], ["decimal", 1234]),
        (["1,234.5", "1,234"], ["decimal", 1234]),
        (["12,5", "1.234"], ["decimal", 1234]),
        (["12.5", "1,234"], ["decimal", 1234]),
        (["12,0", "1.234"], [12, 1234]),
        (["12.0", "1,234"], [12, 1234]),
        (["1.234.567", "1,234"], [1_234_567, "decimal"]),
        (["1,000"], [1000]),
        (["1.000"], [1000]),
        (["1,000", "20,000", 7], [1000, 20_000, 7]),
        (["1,234.5", "1.234"], ["decimal", "decimal"]),
        (["1 234", "12"], [1234, 12]),
        (["1\u00a0234\u00a0567", "1\u202f234"], [1_234_567, 1234]),
        (["1 234", "1.234"], [1234, 1234]),
        (["1.234 trẻ", "2.345"], [1234, 2345]),
        (["-1.234", "1.234"], ["negative", 1234]),
        # a column that groups in both ways says nothing of either
        (["1.234", "1,234"], ["number_unclear", "number_unclear"]),
        (["1.234", "1,234", "12", 5, 1234.0], ["number_unclear", "number_unclear", 12, 5, 1234]),
        (["1.234.567", "1,234,567"], ["number_unclear", "number_unclear"]),
        (["1.234 trẻ", "1,234 trẻ"], ["number_unclear", "number_unclear"]),
        (["1.000", "1,000"], ["number_unclear", "number_unclear"]),
        (["1,000", "1.234"], ["number_unclear", "number_unclear"]),
        (["1.000", "1,234"], ["number_unclear", "number_unclear"]),
        # a point with one digit after it groups nothing, so neither do the others of the column
        (["1.5", "1.234"], ["decimal", "decimal"]),
        (["1.234", "1.5", "7"], ["decimal", "decimal", 7]),
        (["1,5", "1,234"], ["decimal", "decimal"]),
        # what is no number says nothing of how the others are written
        (["1.234", "khoảng 1,5"], [1234, "not_a_number"]),
        (["1.234", "n/a", "1.2.3"], [1234, "not_a_number", "not_a_number"]),
    ],
)
def test_thousands_are_told_by_the_column(raws, read):
    for order in permutations(range(len(raws))):
        assert counts(*(raws[place] for place in order)) == [read[place] for place in order]


WORDS = ["trẻ", "TRẺ EM", "cháu", "em", "người", "vụ", "ca", "thôn", "tre\u0309"]


@pytest.mark.parametrize(
    "text",
    ["12", "12 ", " 12", "12\n", "12\u00a0", "\u00a012\u202f", "'12", "012", *(f"12 {one}" for one in WORDS), "12trẻ"],
)
def test_number_in_a_text(text):
    column = read_counts([text, 12, 12.0])
    assert column.values.tolist() == [12, 12, 12]
    assert column.problems == []
    assert column.repaired == ([] if text.strip() in ("12", "012") else [0])


@pytest.mark.parametrize("text", ["1.234", "1,234", "1 234", "1.234 cháu"])
def test_number_that_was_rewritten_is_told(text):
    column = read_counts([5, text, "6"])
    assert (column.values.tolist(), column.repaired) == ([5, 1234, 6], [1])


@pytest.mark.parametrize("raw", [None, "", "  ", "\u00a0", *DASHES])
def test_missing_is_neither_zero_nor_wrong(raw):
    assert counts(raw, 3, raw) == [None, 3, None]
    assert answers(raw, "Có", raw) == [None, YES, None]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        *((one, "error_value") for one in ERRORS),
        *((one, "date_value") for one in DATES),
        (True, "not_a_number"),
        (False, "not_a_number"),
        (-1, "negative"),
        (-3.0, "negative"),
        ("-3", "negative"),
        (-0.5, "negative"),
        (1.5, "decimal"),
        (0.98, "decimal"),
        ("1,5", "decimal"),
        (1e-9, "decimal"),
        (LARGEST_COUNT + 1, "number_too_large"),
        (float(LARGEST_COUNT + 1), "number_too_large"),
        ("10.000.001", "number_too_large"),
        (1e300, "number_too_large"),
        (10**400, "number_too_large"),
        ("9" * 40, "number_too_large"),
        ("9" * 5000, "number_too_large"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (float("-inf"), "not_a_number"),
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        ("1e3", "not_a_number"),
        ("mười hai", "not_a_number"),
        ("x", "not_a_number"),
        ("12a", "not_a_number"),
        ("12-13", "not_a_number"),
        ("1/2", "not_a_number"),
        ("5/12", "not_a_number"),
        ("12.", "not_a_number"),
        (".5", "not_a_number"),
        ("1..234", "not_a_number"),
        ("1.23.456", "not_a_number"),
        ("1 23", "not_a_number"),
        ("12 34 567", "not_a_number"),
        ("01/05/2022", "not_a_number"),
        ("²", "not_a_number"),
        ("#", "not_a_number"),
        ("trẻ", "not_a_number"),
        ("12 con gà", "not_a_number"),
    ],
    ids=lambda one: repr(one)[:20],
)
def test_what_is_no_count(raw, code):
    assert counts(raw, 7, "8", None) == [code, 7, 8, None]


@pytest.mark.parametrize(
    ("raw", "value"),
    [(0, 0), (0.0, 0), ("0", 0), (-0.0, 0), (LARGEST_COUNT, LARGEST_COUNT), ("10.000.000", LARGEST_COUNT)],
)
def test_bounds_of_a_count(raw, value):
    assert counts(raw) == [value]


def shares(*raws, percent=()):
    """Shares that the percentages of a column are said to be, by position."""
    column = read_counts(raws, frozenset(percent))
    assert {code for _, code, _ in column.problems} <= {"percent_given"}
    return {position: words.get("share") for position, _, words in column.problems}


@pytest.mark.parametrize(
    ("raws", "percent", "found"),
    [
        (["98 %"], (), {0: Fraction(98, 100)}),
        (["98%", 12], (), {0: Fraction(98, 100)}),
        (["98,5 %", "97,25%"], (), {0: Fraction("0.985"), 1: Fraction("0.9725")}),
        (["98.5%"], (), {0: Fraction("0.985")}),
        (["100%", "0 %"], (), {0: Fraction(1), 1: Fraction(0)}),
        # a number that Excel shows as a percentage
        ([0.98, 12.0], (0,), {0: Fraction("0.98")}),
        ([1.0, 5], (0,), {0: Fraction(1)}),
        ([1, 5], (0,), {0: Fraction(1)}),
        ([0.0, 5], (0,), {0: Fraction(0)}),
        ([98.0, 98.0], (1,), {1: Fraction(98)}),
        ([12, None, "5"], (1, 2), {}),
        # a column of shares: 1.0 is 100 %, not one child
        ([0.98, 0.97, 1.0], (), {0: Fraction("0.98"), 1: Fraction("0.97"), 2: Fraction(1)}),
        ([1.0, 0.5, 0.0, 0.25], (), {0: Fraction(1), 1: Fraction(1, 2), 2: Fraction(0), 3: Fraction(1, 4)}),
        ([0.1, None, 0.2, "…"], (), {0: Fraction(1, 10), 2: Fraction(1, 5)}),
    ],
)
def test_percentages_are_told_with_their_share(raws, percent, found):
    assert shares(*raws, percent=percent) == found


def test_one_fraction_among_counts_is_a_decimal():
    assert counts(0.98, 1.0, 5.0) == ["decimal", 1, 5]
    assert counts(0.98, 0.97, 5.0) == ["decimal", "decimal", 5]


def test_whole_number_of_an_old_workbook_in_a_column_of_shares():
    """The .xls format stores 1 as an integer, which says nothing else than 1.0."""
    assert shares(0.98, 0.97, 1) == shares(0.98, 0.97, 1.0)


@pytest.mark.parametrize("raw", [float("nan"), float("inf"), float("-inf")])
def test_no_number_among_shares(raw):
    assert counts(raw, 0.5, 0.25)[0] == "not_a_number"
    assert counts(raw, 5, percent=[0]) == ["not_a_number", 5]


def test_equal_values_of_other_types_are_read_independently():
    read = {int: 1, float: 1, bool: "not_a_number", str: 1}
    for raws in permutations([1, 1.0, True, "1"]):
        assert counts(*raws) == [read[type(one)] for one in raws]
    read = {int: 0, float: 0, bool: "not_a_number", str: 0}
    for raws in permutations([0, 0.0, False, "0"]):
        assert counts(*raws) == [read[type(one)] for one in raws]
    for raws in permutations([1, 1.0, True, "1", "x"]):
        assert answers(*raws) == [YES] * 5
    for raws in permutations([datetime.date(2022, 5, 1), datetime.datetime(2022, 5, 1), 1]):
        assert counts(*raws) == [1 if one == 1 else "date_value" for one in raws]


@pytest.mark.parametrize("percent", [(0,), (1,)])
def test_equal_values_shown_in_two_ways_are_read_independently(percent):
    read = counts(1.0, 1.0, percent=percent)
    assert [read[place] for place in percent] == ["percent_given"]
    assert [read[place] for place in {0, 1} - set(percent)] == [1]


STYLES = {
    "plain": str,
    "spaces around": lambda one: f" {one}\u00a0",
    "zeros before": lambda one: f"{one:08}",
    "integer": int,
    "float": float,
    "dots": lambda one: f"{one:,}".replace(",", "."),
    "commas": lambda one: f"{one:,}",
    "spaces": lambda one: f"{one:,}".replace(",", " "),
    "no-break spaces": lambda one: f"{one:,}".replace(",", "\u00a0"),
    "narrow spaces": lambda one: f"{one:,}".replace(",", "\u202f"),
    "dots and a decimal comma": lambda one: f"{one:,}".replace(",", ".") + ",0",
    "commas and a decimal point": lambda one: f"{one:,}.0",
    "dots and a word": lambda one: f"{one:,}".replace(",", ".") + " trẻ",
    "apostrophe": lambda one: f"'{one}",
}
numbers = st.integers(0, LARGEST_COUNT) | st.integers(0, 2000)


@examples(300)
@given(st.lists(numbers, min_size=1, max_size=30), st.sampled_from(sorted(STYLES)))
def test_numbers_written_in_one_style_are_read_back(values, style):
    assert counts(*(STYLES[style](one) for one in values)) == values


UNSEEN = ["\u200b", "\u200e", "\u202a", "\u202c", "\u2060", "\ufeff", "\u00ad"]


@pytest.mark.parametrize("mark", UNSEEN)
@pytest.mark.parametrize("text", ["{}737", "737{}", "7{}37", "{}1.737{}", " {} 1 737"])
def test_marks_that_nobody_sees_are_left_out(text, mark):
    read = int(text.replace("{}", "").replace(".", "").replace(" ", ""))
    assert counts(text.replace("{}", mark), 5) == [read, 5]


@examples(100)
@given(st.lists(numbers, min_size=1, max_size=9), st.sampled_from(["plain", "dots", "commas", "spaces"]))
def test_digits_of_east_asian_width_are_digits(values, style):
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    assert counts(*(STYLES[style](one).translate(wide) for one in values)) == values


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        *((8.000000000000002, 8), (736.9999999999999, 737), ("8.000000000000002", 8), ("736,9999999999998", 737)),
        *(
            (7.6, "decimal"),
            (8.0001, "decimal"),
            (5.55e-17, "decimal"),
            ("8,0001", "decimal"),
            (-8.000000000000002, "negative"),
        ),
    ],
)
def test_dust_of_a_computation_is_no_decimal(raw, read):
    assert counts(raw, 5) == [read, 5]


@pytest.mark.parametrize(
    "text", ["702\n737", "702\r\n737", "702  737", "702\t737", "702; 737", "702 | 737", "1.702\n1.737"]
)
def test_several_numbers_in_a_cell_are_asked(text):
    assert counts(text, 5) == ["several_numbers", 5]


@pytest.mark.parametrize("text", ["1 73", "17 37", "1 234 56", "0 123 4", "1\n234 567"])
def test_groups_that_are_none_are_no_number(text):
    assert counts(text, 5)[0] in ("not_a_number", "several_numbers")


@pytest.mark.parametrize("sign", [".", ","])
def test_three_decimals_of_an_export_are_no_thousands(sign):
    export = [f"{number}{sign}000" for number in (8, 9, 10, 11)]
    assert counts(*export) == ["number_unclear"] * 4
    assert counts(f"0{sign}000", f"8{sign}000") == ["number_unclear"] * 2
    assert counts(f"1037{sign}000", f"8{sign}000") == [1037, "number_unclear"]
    assert counts(*export, f"1{sign}234") == [8000, 9000, 10_000, 11_000, 1234]


@examples(200)
@given(st.lists(st.tuples(numbers, st.sampled_from(["plain", "integer", "float", "spaces", "dots"])), max_size=30))
def test_styles_that_agree_are_read_together(cells):
    assert counts(*(STYLES[style](one) for one, style in cells)) == [one for one, _ in cells]


@examples(200)
@given(
    st.lists(st.integers(1000, 999_999), min_size=1, max_size=5),
    st.lists(st.integers(1000, 999_999), min_size=1, max_size=5),
)
def test_two_ways_of_grouping_are_unclear(dots, commas):
    read = counts(*map(STYLES["dots"], dots), *map(STYLES["commas"], commas))
    assert read == ["number_unclear"] * len(read)


@examples(500)
@given(
    st.lists(
        st.lists(st.sampled_from(["0", "1", "12", "000", "234", "50", ".", ","]), min_size=1, max_size=6).map("".join),
        max_size=6,
    )
)
def test_all_numbers_of_a_column_are_read_in_one_way(texts):
    """Of any texts: those that were read as numbers are what a reader of one style takes them for."""
    read = dict(zip(texts, counts(*texts), strict=True))
    values = {text: value for text, value in read.items() if isinstance(value, int)}
    assert values in [{text: taken_as(text, *signs) for text in values} for signs in (".,", ",.")]


def taken_as(text: str, group: str, point: str) -> Fraction | None:
    """The number that a text is where one sign groups and the other is the decimal one."""
    whole, *places = text.split(point)
    first, *groups = whole.split(group)
    if (
        len(places) > 1
        or group in "".join(places)
        or any(len(one) != 3 for one in groups)
        or (groups and len(first) > 3)
    ):
        return None
    return Fraction(".".join([first + "".join(groups), *places]))


anything = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from([*DATES, *DASHES, *ERRORS, "x", "Có", "98 %", "1.234", "1,234"])
)


@examples(300)
@given(st.lists(anything, max_size=12), st.frozensets(st.integers(0, 11)))
def test_any_column_is_read(raws, percent):
    for value in counts(*raws, percent=percent):
        assert value is None or isinstance(value, str) or 0 <= value <= LARGEST_COUNT
    assert set(answers(*raws)) <= {None, YES, NO, "answer_unclear", "error_value"}


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        *(
            (one, YES)
            for one in (
                "x",
                "X",
                " x ",
                "✓",
                "✔",
                "☑",
                "√",
                "v",
                "V",
                "có",
                "Có",
                "CÓ",
                " Có.",
                "Co\u0301",
                "1",
                1,
                1.0,
                True,
            )
        ),
        *((one, NO) for one in ("không", "Không", "KHÔNG", "Kho\u0302ng", "Không ", "0", 0, 0.0, False)),
        *((one, "answer_unclear") for one in ("hình như có", "có không", "co", "khong", "2", 2, 0.5, -1, "?", *DATES)),
        *((one, "error_value") for one in ERRORS),
    ],
    ids=lambda one: repr(one)[:20],
)
def test_answer(raw, answer):
    assert answers(raw, "Không", "Có", None) == [answer, NO, YES, None]


@pytest.mark.parametrize(
    ("raws", "read", "marks_only"),
    [
        (["x", None, "", "X", " "], [YES, NO, NO, YES, NO], 3),
        (["✓", "", "v", "\u00a0"], [YES, NO, YES, NO], 2),
        (["x", "-", "–", "…"], [YES, NO, NO, NO], 3),
        (["ü", "þ", None], [YES, YES, NO], 1),  # Wingdings
        (["x", "x"], [YES, YES], 0),
        # one answer in words, and an empty cell says nothing any more
        (["x", None, "Không"], [YES, None, NO], 0),
        (["x", None, "Có"], [YES, None, YES], 0),
        (["x", "-", "không"], [YES, None, NO], 0),
        (["x", None, 0], [YES, None, NO], 0),
        (["x", None, True], [YES, None, YES], 0),
        (["x", None, "hình như có"], [YES, None, "answer_unclear"], 0),
        (["x", None, "#REF!"], [YES, None, "error_value"], 0),
        (["Có", None, "Không", "-"], [YES, None, NO, None], 0),
        ([None, "", "-", "…"], [None, None, None, None], 0),
        ([], [], 0),
    ],
)
def test_empty_cell_is_no_only_among_marks(raws, read, marks_only):
    for order in permutations(range(len(raws))):
        cells = [raws[place] for place in order]
        assert answers(*cells) == [read[place] for place in order]
        assert read_answers(cells).marks_only == marks_only


@examples(200)
@given(st.lists(st.sampled_from(["x", "X", "✓", "v", "", None, "-", "Có", "Không", 1, 0]), max_size=15))
def test_marks_only_counts_the_empty_cells_that_were_read_as_no(raws):
    column = read_answers(raws)
    written = [one for one in raws if one not in ("", None, "-")]
    only = bool(written) and set(written) <= {"x", "X", "✓", "v"}
    assert column.marks_only == (len(raws) - len(written) if only else 0)
    assert (column.values == NO).sum() == column.marks_only + sum(one in (0, "Không") for one in written)


@pytest.mark.parametrize(
    ("share", "whole", "text"),
    [
        (Fraction(49, 100), 100, "49"),
        (Fraction(1, 2), 2468, "1.234"),
        (Fraction(0), 5, "0"),
        (Fraction(1), 7, "7"),
        (Fraction(489, 1000), 100, "khoảng 48,9"),
        (Fraction(1, 3), 100, "khoảng 33,3"),
    ],
)
def test_count_that_a_share_would_be(share, whole, text):
    assert would_count(share, whole) == text
