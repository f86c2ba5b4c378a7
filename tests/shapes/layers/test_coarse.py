"""Coarse layers: fewer corners, every unit, no gap; equal shapes are told by their centres."""

import pytest
import shapely

from shapes.boundaries.coverage import count_vertices
from shapes.layers.coarse import coarse_layer, find_common_shape, list_centres
from shapes.layers.layers import load_layer


@pytest.fixture
def boundaries(home):
    return load_layer("2020", "20", "boundaries")


def test_coarse_layer_keeps_every_unit_within_the_budget(boundaries):
    coarse = coarse_layer(boundaries, 1538)
    assert count_vertices(coarse.units.geometry) <= 1538 < count_vertices(boundaries.units.geometry)
    assert list(coarse.units.index) == list(boundaries.units.index)
    assert not coarse.units.geometry.is_empty.any()
    assert coarse.units.geometry.is_valid.all()


def test_neighbours_stay_together(boundaries):
    fine, coarse = (one.units.geometry.to_numpy() for one in (boundaries, coarse_layer(boundaries, 1538)))
    parts = shapely.area(coarse).sum()
    assert abs(shapely.union_all(coarse).area - parts) / parts < 0.002
    assert abs(parts - shapely.area(fine).sum()) / parts < 0.02


def test_outer_rings_stay_clockwise(boundaries):
    for shape in coarse_layer(boundaries, 1538).units.geometry:
        for part in shapely.get_parts(shape):
            assert not shapely.is_ccw(part.exterior)


def test_layer_with_few_corners_is_left_as_it_is(home):
    hexagons = load_layer("2020", "20", "hexagons")
    assert coarse_layer(hexagons, 1400) is hexagons


def test_budget_that_cannot_be_reached_keeps_the_meeting_points(boundaries):
    coarse = coarse_layer(boundaries, 10)
    assert len(coarse.units) == len(boundaries.units)
    assert not coarse.units.geometry.is_empty.any()


@pytest.mark.parametrize("view", ["boundaries", "hexagons"])
def test_centres_lie_inside_their_units(home, view):
    layer = load_layer("2020", "20", view)
    for code, (x, y) in list_centres(layer).iterrows():
        assert layer.units.geometry[code].buffer(1e-3).contains(shapely.Point(x, y))


def test_common_shape_and_centre_make_the_hexagon(home, boundaries):
    hexagons = load_layer("2020", "20", "hexagons")
    corners, centres = find_common_shape(hexagons), list_centres(hexagons)
    for code, shape in hexagons.units.geometry.head(20).items():
        x, y = centres.loc[code]
        made = shapely.Polygon([(x + dx, y + dy) for dx, dy in corners])
        assert made.symmetric_difference(shape).area < 0.01
    assert find_common_shape(boundaries) is None
