"""Overlaps, gaps and repairs are found exactly; what is drawn fits together and stays within the budget."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from shapes.boundaries.coverage import (
    MOST_VERTICES,
    count_vertices,
    find_gaps,
    find_overlaps,
    fit_together,
    repair_shapes,
    round_places,
    simplify_shapes,
)

NOWHERE = pd.DataFrame({"lat": [], "lon": []})


def series(**shapes) -> gpd.GeoSeries:
    return gpd.GeoSeries(shapes, crs=4326)


def box(west, south, east, north):
    """In thousandths of a degree from a corner of Lạng Sơn."""
    return shapely.box(106.5 + west / 1000, 21.8 + south / 1000, 106.5 + east / 1000, 21.8 + north / 1000)


def true_area(shape) -> float:
    """Square kilometres on the ellipsoid."""
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 1e6


@given(width=st.integers(1, 9), height=st.integers(1, 20))
def test_overlap_has_its_true_area(width, height):
    shapes = series(a=box(0, 0, 20, 20), b=box(20 - width, 0, 40, height), c=box(0, 20, 20, 40))
    (found,) = find_overlaps(shapes)
    assert (found.first, found.second) == ("a", "b")
    assert found.area == pytest.approx(true_area(box(20 - width, 0, 20, height)), rel=1e-3)


def test_touching_units_and_rounding_are_no_overlap():
    assert find_overlaps(series(a=box(0, 0, 20, 20), b=box(20, 0, 40, 20))) == ()
    assert find_overlaps(series(a=box(0, 0, 20, 20), b=box(19.9999, 0, 40, 20))) == ()
    assert find_overlaps(series(a=box(0, 0, 20, 20))) == ()
    assert find_overlaps(gpd.GeoSeries([], crs=4326)) == ()


def ring_with(hole) -> gpd.GeoSeries:
    return series(a=box(0, 0, 30, 15).difference(hole), b=box(0, 15, 30, 30).difference(hole), c=box(30, 0, 60, 30))


def test_gap_with_its_area_its_neighbours_and_the_unit_that_it_may_be():
    hole = box(10, 10, 20, 20)
    lost = pd.DataFrame({"lat": [21.815, 21.0], "lon": [106.515, 106.0]}, index=["in", "out"])
    (found,) = find_gaps(ring_with(hole), lost)
    assert found.beside == ("a", "b")
    assert found.unit == "in"
    assert found.area == pytest.approx(true_area(hole), rel=1e-3)
    (found,) = find_gaps(ring_with(hole), NOWHERE)
    assert found.unit is None


def test_unit_within_a_hole_leaves_only_what_is_around_it():
    hole = box(10, 10, 20, 20)
    shapes = pd.concat([ring_with(hole), series(d=box(12, 12, 18, 18))])
    (found,) = find_gaps(shapes, NOWHERE)
    assert found.area == pytest.approx(true_area(hole) - true_area(box(12, 12, 18, 18)), rel=1e-3)
    filled = pd.concat([ring_with(hole), series(d=hole)])
    assert find_gaps(filled, NOWHERE) == ()
    assert find_gaps(gpd.GeoSeries([], crs=4326), NOWHERE) == ()


def test_invalid_shapes_are_repaired_and_said():
    bow_tie = shapely.Polygon([(106.5, 21.8), (106.6, 21.9), (106.6, 21.8), (106.5, 21.9)])
    spike = shapely.Polygon([(106.5, 21.8), (106.6, 21.8), (106.6, 21.9), (106.6, 22.2), (106.6, 21.9), (106.5, 21.9)])
    repaired, invalid = repair_shapes(series(good=box(0, 0, 1, 1), bad=bow_tie, spike=spike))
    assert list(invalid.index[invalid]) == ["bad", "spike"]
    assert repaired.is_valid.all()
    assert set(repaired.geom_type) <= {"Polygon", "MultiPolygon"}
    assert repaired["spike"].area == pytest.approx(0.01)


def test_town_drawn_over_its_commune_keeps_its_place():
    shapes = series(commune=box(0, 0, 40, 40), town=box(10, 10, 20, 20), beside=box(40, 0, 60, 40))
    fitted, unfit = fit_together(shapes)
    assert unfit > 0
    assert fitted["town"].symmetric_difference(shapes["town"]).area < 1e-9
    assert fitted["commune"].intersection(fitted["town"]).area < 1e-9
    assert shapely.coverage_is_valid(fitted.to_crs(32648).to_numpy(), gap_width=0)


def test_what_fits_stays_as_it_is():
    shapes = series(a=box(0, 0, 20, 20), b=box(20, 0, 40, 20))
    fitted, unfit = fit_together(shapes)
    assert unfit == 0
    assert fitted is shapes


def wavy(fit: bool) -> gpd.GeoSeries:
    steps = np.linspace(0, 40, 12_000)
    edge = np.column_stack((106.5 + (20 + np.sin(steps)) / 1000, 21.8 + steps / 1000))
    left = shapely.Polygon([*edge, (106.5, 21.84), (106.5, 21.8)])
    right = shapely.Polygon([*(edge if fit else np.add(edge, (1e-3, 0))), (106.54, 21.84), (106.54, 21.8)])
    return series(a=left, b=right)


@pytest.mark.parametrize("fit", [True, False])
def test_within_the_budget(fit):
    shapes = wavy(fit)
    simple, together = simplify_shapes(shapes)
    assert count_vertices(shapes) > MOST_VERTICES >= count_vertices(simple)
    assert together or not fit
    assert simple.is_valid.all()
    if fit:
        assert simple["a"].intersection(simple["b"]).area < 1e-12


def test_rounding_keeps_neighbours_together_and_slivers_valid():
    sliver = shapely.Polygon([(106.500001, 21.8), (106.500002, 21.8), (106.5000015, 21.9)])
    rounded = round_places(series(a=box(0, 0, 20.00049, 20), b=box(20.00049, 0, 40, 20), sliver=sliver))
    assert rounded.is_valid.all()
    assert rounded["sliver"] == sliver
    assert rounded["a"].bounds[2] == rounded["b"].bounds[0] == 106.52
