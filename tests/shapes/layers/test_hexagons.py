"""One hexagon a unit: no overlaps, neighbours near, districts in one piece where possible."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.units.lists import load_units
from shapes.derive.hexagons import is_contiguous
from shapes.layers.hexagons import centre, hexagon, load_hexagons, neighbours
from shapes.layers.layers import load_layer
from shapes.paths import hexagons_path

VINTAGES = ["2020", "2025-01", "2025-07"]
LEAST_SHARE_IN_ONE_PIECE = 0.985  # 694 of 700, 683 of 691, 688 of 696


def read(vintage: str) -> pd.DataFrame:
    cells = pd.read_csv(hexagons_path(vintage), dtype={"code": "str", "province_code": "str"}).set_index("code")
    return cells.join(load_units(vintage)[["district_code"]])


def in_one_piece(cells: pd.DataFrame) -> pd.Series:
    return cells.groupby(["province_code", "district_code"])[["column", "row"]].apply(
        lambda own: is_contiguous(list(zip(own["column"], own["row"], strict=True)))
    )


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_unit_has_one_cell_of_its_own(vintage):
    cells = read(vintage)
    assert set(cells.index) == set(load_units(vintage).index)
    assert cells.index.is_unique
    assert not cells.duplicated(["province_code", "column", "row"]).any()


@pytest.mark.parametrize("vintage", VINTAGES)
def test_districts_hold_together(vintage):
    whole = in_one_piece(read(vintage))
    assert whole.mean() >= LEAST_SHARE_IN_ONE_PIECE
    assert whole["20"].all()


@pytest.mark.parametrize("vintage", VINTAGES)
def test_neighbours_stay_near(vintage):
    """The nearest unit of each unit of Lạng Sơn is, on average, within three cells."""
    hexagons = load_hexagons(vintage, "20")
    units = load_units(vintage, "20").loc[hexagons.index]
    places = gpd.GeoSeries(gpd.points_from_xy(units["lon"], units["lat"]), crs=4326).to_crs(32648)
    xy = np.column_stack((places.x, places.y))
    apart = ((xy[:, None] - xy[None]) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    centres = shapely.get_coordinates(shapely.centroid(hexagons.geometry.to_numpy()))
    steps = np.sqrt(((centres - centres[apart.argmin(axis=1)]) ** 2).sum(axis=1)) / np.sqrt(3)
    assert steps.mean() < 3


def test_regular_clockwise_and_sharing_edges():
    shapes = [hexagon(2, 3), *(hexagon(*cell) for cell in neighbours(2, 3))]
    for shape in shapes:
        assert not shape.exterior.is_ccw
        sides = [
            shapely.Point(a).distance(shapely.Point(b))
            for a, b in zip(*[shape.exterior.coords[i:] for i in (0, 1)], strict=False)
        ]
        assert np.allclose(sides, 1)
    for other in shapes[1:]:
        shared = shapes[0].intersection(other)
        assert np.isclose(shared.length, 1)
        assert shared.area == 0
    x, y = centre(np.array([2]), np.array([3]))
    assert shapes[0].centroid.distance(shapely.Point(x[0], y[0])) < 1e-9


def test_layer_of_hexagons():
    layer = load_layer("2020", "20", "hexagons")
    assert len(layer.units) == 200
    assert layer.projection == {"type": "identity", "reflectY": True}
    assert set(layer.districts.geom_type) == {"Polygon"}
    assert layer.without_place == ()


def test_unknown_province():
    with pytest.raises(KeyError):
        load_hexagons("2020", "99")
