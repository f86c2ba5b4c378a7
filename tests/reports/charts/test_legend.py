"""The legend of points names every class and the mark of zero."""

from itertools import pairwise

from reports.charts.classes import POINT_CLASSES
from reports.charts.legend import draw_points_legend
from reports.charts.theme import ZERO_MARK, finish_chart
from tests.reports.charts.render import values_of


def test_every_class_with_its_colour_and_zero_with_its_mark():
    for width in (None, 900):
        rows = values_of(finish_chart(draw_points_legend(width=width)), 0)
        assert [row["colour"] for row in rows] == list(POINT_CLASSES.values())
        assert [row["name"] for row in rows if ZERO_MARK in row["name"]] == [f"0 điểm ({ZERO_MARK})"]


def test_names_in_a_row_do_not_overlap():
    rows = values_of(finish_chart(draw_points_legend(width=900, large=True)), 0)
    for left, right in pairwise(rows):
        assert right["start"] - left["start"] > 18 * 0.5 * len(left["name"])
