"""Years of a unit: a bar a year, a cross where a criterion is at zero."""

import pytest

from reports.charts.years import draw_years
from reports.facts.history import list_unit_years
from tests.reports.charts.render import count_marks, render, values_of


@pytest.mark.parametrize("large", [False, True])
def test_years_of_a_unit(assessment, three_years, large):
    years = list_unit_years(three_years, "05992")
    svg = render(draw_years(years, assessment.total_heading, 1000, large), assessment)
    assert count_marks(svg, "bar") == 3
    assert count_marks(svg, "point") == 1  # the cross above the year with a zero
    assert "0 điểm: TC 5" in svg


@pytest.mark.parametrize("edge", ["one unit", "all missing", "all equal"])
def test_odd_provinces(edges, edge):
    assessed = edges[edge]
    years = list_unit_years([assessed], assessed.units.index[0])
    assert count_marks(render(draw_years(years, assessed.total_heading, 1000), assessed), "bar") == 1
    assert render(draw_years(years.head(0), assessed.total_heading, 1000), assessed)


def test_a_rearranged_year_says_so(assessment, three_years):
    years = list_unit_years(three_years, "05992").assign(rearranged=[False, True, False])
    rows = values_of(draw_years(years, "Tổng", 1000).to_dict(), 0)
    assert ["địa giới" in row["column"] for row in rows] == [False, True, False]
