"""Exact means, medians and extremes."""

from fractions import Fraction
from statistics import median

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as some

from reports.facts.shares import (
    STRENGTHS_AT_MOST,
    as_objects,
    begin_row,
    list_criterion_points,
    mean_share,
    median_share,
    take_extremes,
)


@given(some.lists(some.integers(0, 1000), min_size=1), some.integers(1, 1000))
def test_mean_and_median_are_exact(points, most):
    array = np.array(points, dtype=np.int32)
    assert mean_share(array, most) == Fraction(sum(points), most * len(points))
    assert median_share(array, most) == median([Fraction(won, most) for won in points])


def test_nothing_has_no_mean():
    assert mean_share(np.array([]), 5) is None
    assert median_share(np.array([]), 5) is None


def test_large_points_do_not_overflow():
    assert mean_share(np.array([2**31 - 1] * 3, dtype=np.int32), 1) == 2**31 - 1


def test_extremes_are_the_furthest_and_ties_keep_their_order():
    frame = pd.DataFrame({"by": [Fraction(1, 2), Fraction(0), Fraction(-1), Fraction(1, 2), *[Fraction(-2)] * 6]})
    above, below = take_extremes(frame, "by")
    assert list(above.index) == [0, 3]
    assert list(below.index) == [4, 5, 6, 7, 8]
    assert len(below) == STRENGTHS_AT_MOST


def test_fractions_and_none_stay_as_they_are():
    rows = [{"id": "a", "share": Fraction(1, 3)}, {"id": "b", "share": None}]
    frame = as_objects(rows, "id", ("share",))
    assert frame["share"].tolist() == [Fraction(1, 3), None]
    assert as_objects([], "id", ("share",), ("id", "share")).empty


def test_points_of_a_criterion_with_what_is_known(assessment):
    for column, criterion in enumerate(assessment.standard.criteria):
        points, known = list_criterion_points(assessment, column)
        expected = assessment.frame[criterion.id]
        assert (known == expected.notna().to_numpy()).all()
        assert points[known].tolist() == expected.dropna().tolist()
        assert begin_row(criterion)["criterion"] == criterion.id
