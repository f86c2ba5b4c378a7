"""Numbers, shares and names the Vietnamese way."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.standard import Band, Indicator, get_standard
from scoring.standard.model import Unit
from scoring.words import (
    describe_band,
    describe_unit,
    format_beside,
    format_date,
    format_number,
    format_percent,
)
from tests.scoring.samples import ODD


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
    ("indicator_id", "number", "mountainous", "text"),
    [
        ("b", 0, False, "từ 80 % trở lên"),
        ("b", 2, False, "các trường hợp còn lại"),
        ("a", 0, False, "từ 0,5 trên 1.000 người dưới 18 tuổi trở xuống"),
        ("a", 1, False, "từ 2 trên 1.000 người dưới 18 tuổi trở xuống"),
        ("a", 1, True, "từ 3 trên 1.000 người dưới 18 tuổi trở xuống"),
        ("d", 0, False, "Có"),
        ("d", 1, False, "Không"),
        ("b", -2, False, "không phát sinh"),
    ],
)
def test_bands_in_words(indicator_id, number, mountainous, text):
    assert describe_band(indicator_of(indicator_id), number, mountainous) == text


@pytest.mark.parametrize(
    ("indicator_id", "band", "text"),
    [
        ("b", Band(at_least=100, points=30, provenance="seen"), "100 %"),
        ("a", Band(at_most=0, points=40, provenance="seen"), "không có trường hợp nào"),
    ],
)
def test_bands_at_the_end_of_the_scale_in_words(indicator_id, band, text):
    indicator = indicator_of(indicator_id)
    assert describe_band(indicator.model_copy(update={"bands": (band, *indicator.bands[1:])}), 0, False) == text


def indicator_of(indicator_id: str) -> Indicator:
    return next(indicator for indicator in ODD.indicators if indicator.id == indicator_id)


def test_unit_of_a_rate_is_the_standards():
    rate = next(indicator for indicator in get_standard().indicators if indicator.id == "5")
    others = rate.model_copy(update={"unit": Unit(per=1000, of="trẻ em dưới 6 tuổi")})
    assert describe_unit(others) == "trên 1.000 trẻ em dưới 6 tuổi"
    assert describe_band(others, 0, False) == "từ 55 trên 1.000 trẻ em dưới 6 tuổi trở xuống"
    assert others.scale == 1000
