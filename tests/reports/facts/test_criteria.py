"""Numbers and names of criteria; those of units at zero."""

import pytest

from reports.facts.criteria import (
    count_zeros,
    criterion_label,
    criterion_name,
    is_blocked,
    number_criteria,
    number_zeros,
)
from tests.reports.provinces import allow_zeros


def test_names(assessment):
    assert criterion_label(assessment.standard, "tc3") == "Tiêu chí 3: Trẻ em bị xâm hại"
    assert criterion_name(3, "Trẻ em bị xâm hại") == "3. Trẻ em bị xâm hại"
    with pytest.raises(KeyError):
        criterion_label(assessment.standard, "tc99")


def test_numbers_of_criteria_at_zero(assessment):
    standard, frame = assessment.standard, assessment.frame
    assert number_criteria(standard, ("tc3", "tc12")) == "3, 12"
    assert number_criteria(standard, ()) == ""
    numbers, counts = number_zeros(standard, frame), count_zeros(frame)
    assert list(numbers.index) == list(counts.index) == list(frame.index)
    zero = (frame[[criterion.id for criterion in standard.criteria]] == 0).fillna(False)
    for code in frame.index:
        expected = [criterion.number for criterion in standard.criteria if zero.at[code, criterion.id]]
        assert numbers[code] == ", ".join(map(str, expected))
        assert counts[code] == len(expected)


def test_no_units(assessment):
    assert number_zeros(assessment.standard, assessment.frame.head(0)).empty
    assert count_zeros(assessment.frame.head(0)).sum() == 0


def test_units_that_a_criterion_keeps_from_recognition(assessment):
    blocked = is_blocked(assessment.frame)
    assert list(blocked) == [bool(zeros) for zeros in assessment.frame["zeros"]]
    assert not is_blocked(allow_zeros(assessment).frame).any()
    assert is_blocked(assessment.frame.head(0)).empty
