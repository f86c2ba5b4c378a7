"""Numbers, shares and names the Vietnamese way."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.standard import get_standard
from scoring.standard.model import Unit
from scoring.words import (
    describe_band,
    describe_unit,
    format_beside,
    format_date,
    format_number,
    format_percent,
)


def test_numbers():
    assert format_number(1234) == "1.234"
    assert format_number(1234.5, 1) == "1.234,5"
    assert format_number(5, signed=True) == "+5"
    assert format_number(-5, signed=True) == "-5"
    assert format_number(Fraction(195, 2), 1) == "97,5"
    assert format_date(date(2022, 11, 15)) == "15/11/2022"


def test_share_is_cut_so_that_it_never_reads_as_reached():
    assert format_percent(9796, 10_000) == "97,9 %"
    assert format_percent(95, 100) == "95 %"
    assert format_percent(94_999, 100_000) == "94,9 %"
    assert format_percent(0, 0) == "–"


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.sampled_from([5, 55, 60, 90, 95, 98]))
def test_shown_value_is_on_the_same_side_of_a_threshold(numerator, denominator, bound):
    value = Fraction(numerator * 100, denominator)
    text = format_beside(value, [Fraction(bound)]).replace(".", "").replace(",", ".")
    shown = Fraction(text)
    assert (shown >= bound) == (value >= bound)
    assert (shown <= bound) == (value <= bound)


@pytest.mark.parametrize(
    ("indicator", "number", "mountainous", "text"),
    [
        ("2", 0, False, "từ 98 % trở lên"),
        ("2", 3, False, "các trường hợp còn lại"),
        ("6.2", 0, False, "100 %"),
        ("5", 0, False, "từ 55 trên 10.000 trẻ trở xuống"),
        ("3", 0, False, "không có trường hợp nào"),
        ("8.1", 0, True, "từ 15 % trở xuống"),
        ("1.1", 0, False, "Có"),
        ("1.1", 1, False, "Không"),
        ("6.2", -2, False, "không phát sinh"),
    ],
)
def test_bands_in_words(indicator, number, mountainous, text):
    found = next(one for one in get_standard().indicators if one.id == indicator)
    assert describe_band(found, number, mountainous) == text


def test_unit_of_a_rate_is_the_standards():
    rate = next(indicator for indicator in get_standard().indicators if indicator.id == "5")
    others = rate.model_copy(update={"unit": Unit(per=1000, of="trẻ em dưới 6 tuổi")})
    assert describe_unit(others) == "trên 1.000 trẻ em dưới 6 tuổi"
    assert describe_band(others, 0, False) == "từ 55 trên 1.000 trẻ em dưới 6 tuổi trở xuống"
    assert others.scale == 1000
