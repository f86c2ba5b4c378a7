"""Shares by criterion: a mark a series, a note where nothing is known."""

import pytest

from reports.charts.places import draw_shares_by_criterion
from reports.facts.districts import compare_with_province
from reports.facts.likeness import compare_with_like
from tests.reports.charts.render import count_marks, render

SERIES = {"unit": "Xã A", "like": "Mức giữa của nhóm", "district": "Huyện B", "province": "Toàn tỉnh"}


@pytest.mark.parametrize("large", [False, True])
def test_a_unit_beside_others(assessment, large):
    svg = render(draw_shares_by_criterion(compare_with_like(assessment, "06388"), SERIES, large), assessment)
    assert count_marks(svg, "point") == 4 * 13 - 4
    assert svg.count("Chưa có số liệu</text>") == 4
    assert all(f">{name}</text>" in svg for name in SERIES.values())


def test_a_district_beside_the_province(assessment):
    series = {"district": "Huyện B", "province": "Toàn tỉnh"}
    svg = render(draw_shares_by_criterion(compare_with_province(assessment, "186"), series), assessment)
    assert count_marks(svg, "point") == 2 * 13


@pytest.mark.parametrize("edge", ["one unit", "all missing", "all equal"])
def test_odd_provinces(edges, edge):
    assessed = edges[edge]
    compared = compare_with_like(assessed, assessed.units.index[0])
    svg = render(draw_shares_by_criterion(compared, SERIES), assessed)
    assert count_marks(svg, "point") == (0 if edge == "all missing" else 4 * 13)
