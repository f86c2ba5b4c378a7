"""Random numbers by name: spread as they should, the same each time, each apart from the others."""

import numpy as np
import pytest

from data.demo.draws import draw, draw_integers, draw_normal, draw_part

CODES = [f"{number:05d}" for number in range(4000)]


def test_numbers_are_even_and_repeat():
    numbers = draw(CODES, "births", 2022)
    counts, _ = np.histogram(numbers, bins=10, range=(0, 1))
    assert counts.sum() == len(CODES)
    assert counts.min() > 340
    assert (draw(CODES, "births", 2022) == numbers).all()
    assert (draw(CODES[::-1], "births", 2022)[::-1] == numbers).all()


@pytest.mark.parametrize("names", [("births", 2021), ("deaths", 2022), ("births2022",), ("births", 2022, "x")])
def test_other_names_give_other_numbers(names):
    assert abs(np.corrcoef(draw(CODES, "births", 2022), draw(CODES, *names))[0, 1]) < 0.06


def test_known_number():
    """The demo of a release must not change with a library."""
    assert draw(["05971"], "births", 2022)[0] == 0.4207972254106084


def test_normal():
    numbers = draw_normal(CODES, "x")
    assert abs(numbers.mean()) < 0.06
    assert abs(numbers.std() - 1) < 0.05


def test_integers_reach_both_ends():
    assert set(draw_integers(CODES, 3, 5, "x")) == {3, 4, 5}


@pytest.mark.parametrize("share", [0.0, 0.003, 0.5, 0.97, 1.0])
@pytest.mark.parametrize("whole", [0, 1, 7, 1000])
def test_parts_stay_within_their_whole_and_near_their_share(whole, share):
    parts = draw_part(CODES, np.full(len(CODES), whole), share, "x", whole)
    assert ((parts >= 0) & (parts <= whole)).all()
    assert abs(parts.mean() - whole * share) < 0.05 * max(1, whole * share)
