"""Figures of a load, on clicks whose answers are known."""

import pytest

from bench.load_figures import Click, centile, list_faults, list_slowest, summarise


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([7.0], 95, 7.0),
        ([float(value) for value in range(1, 101)], 95, 95.0),
        ([float(value) for value in range(1, 21)], 95, 19.0),
        ([float(value) for value in range(1, 22)], 95, 20.0),
        ([3.0, 1.0, 2.0], 50, 2.0),
        ([3.0, 1.0, 2.0], 100, 3.0),
    ],
)
def test_centile_is_the_smallest_value_that_enough_do_not_exceed(values, percent, expected):
    assert centile(values, percent) == expected


def test_only_clicks_of_the_time_are_counted():
    clicks = [
        Click("", 1.0, 9.0),
        Click("", 10.0, 0.2),
        Click("", 12.0, 0.4),
        Click("", 15.0, 0.6),
        Click("", 20.0, 5.0),
    ]
    figures = summarise(clicks, seconds=20.0, start=10.0)
    assert (figures.clicks, figures.median, figures.centile_95) == (3, 0.4, 0.6)
    assert figures.pages_per_second == pytest.approx(4 / 10)  # the first was finished in it, the last was not


def test_page_that_failed_is_no_page_served_but_its_time_counts():
    clicks = [
        Click("", 1.0, 1.0),
        Click("", 2.0, 60.0, ["no answer"]),
        Click("", 3.0, 1.0, ["KeyError: x"]),
    ]
    figures = summarise(clicks, seconds=10.0)
    assert (figures.clicks, figures.centile_95) == (3, 60.0)
    assert figures.pages_per_second == pytest.approx(1 / 10)


def test_time_without_clicks_is_refused():
    with pytest.raises(ValueError, match="no clicks"):
        summarise([Click("", 1.0, 1.0)], seconds=20.0, start=10.0)


def test_slowest_page_comes_first():
    clicks = [Click("a", 0.0, 1.0), Click("a", 20.0, 3.0), Click("b", 20.0, 2.0), Click("a", 21.0, 5.0)]
    assert list_slowest(clicks, start=10.0) == [("a", 4.0, 2), ("b", 2.0, 1)]


def test_faults_name_their_page_in_the_order_they_happened():
    clicks = [Click("b", 2.0, 1.0, ["x"]), Click("a", 1.0, 1.0, ["y", "z"]), Click("c", 3.0, 1.0)]
    assert list_faults(clicks) == ["/a: y", "/a: z", "/b: x"]
