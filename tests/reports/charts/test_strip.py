"""The strip of totals: a mark a unit, lines at the minimum totals and at the median."""

import pytest

from reports.charts.strip import UNIT_SELECTION, draw_total_strip
from reports.facts.likeness import get_median_total
from tests.reports.charts.render import count_marks, render, values_of


@pytest.mark.parametrize("large", [False, True])
def test_units_of_a_district(assessment, large):
    part = assessment.frame[assessment.frame["district_code"] == "178"]
    chart = draw_total_strip(part, assessment.total_heading, 1000, get_median_total(assessment), large)
    svg = render(chart, assessment)
    assert count_marks(svg, "point") == len(part)
    assert all(line in svg for line in ("Tối thiểu 800", "Tối thiểu 850", "Đơn vị giữa của tỉnh: 945"))
    assert UNIT_SELECTION in [parameter["name"] for parameter in chart.to_dict()["params"]]


@pytest.mark.parametrize("edge", ["one unit", "all missing", "all equal"])
def test_odd_provinces(edges, edge):
    assessed = edges[edge]
    for frame in (assessed.frame, assessed.frame.head(0)):
        svg = render(draw_total_strip(frame, assessed.total_heading, 1000, get_median_total(assessed)), assessed)
        assert count_marks(svg, "point") == len(frame)


def test_no_two_units_of_a_row_stand_on_each_other(assessment):
    rows = values_of(draw_total_strip(assessment.frame, "Tổng", 1000, None).to_dict(), 1)
    assert len({(row["status"], row["total"] // 10, row["level"]) for row in rows}) == len(rows) == 200
