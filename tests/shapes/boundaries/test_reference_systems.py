"""Any stated system is understood, VN-2000 too; a file that states none is refused with the likely one."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pyproj import CRS

from data.units.lists import load_units
from shapes.boundaries.reference_systems import (
    SYSTEMS,
    MissingSystemError,
    locate,
    metric_system,
    rank_systems,
    read_system,
)
from shapes.errors import ShapesError

UNITS = load_units("2020")
CODES = list(load_units("2020", "20").dropna(subset=["lat"]).index[:40])
PLACES = dict(enumerate(CODES))
HAND_MADE = (
    'PROJCS["VN2000 Lang Son",GEOGCS["{base}",DATUM["{datum}",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",107.25],'
    'PARAMETER["Scale_Factor",{scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def known_shapes() -> gpd.GeoSeries:
    points = gpd.GeoSeries(gpd.points_from_xy(UNITS.loc[CODES, "lon"], UNITS.loc[CODES, "lat"]), crs=4326)
    return gpd.GeoSeries(shapely.buffer(points.to_numpy(), 0.01), crs=4326)


def located(shapes, chosen=None):
    return locate(shapes, "a.shp", chosen, lambda: PLACES, UNITS)


def apart(found: gpd.GeoSeries, wanted: gpd.GeoSeries) -> float:
    """Metres at most."""
    return float(found.to_crs(32648).centroid.distance(wanted.to_crs(32648).centroid).max())


@pytest.mark.filterwarnings("ignore:Geometry is in a geographic CRS")
@pytest.mark.parametrize("name", SYSTEMS)
def test_stated_system(name):
    shapes = known_shapes()
    found, notes = located(shapes.to_crs(name))
    assert apart(found, shapes) < 1
    assert notes == []


@pytest.mark.parametrize("datum", ["D_Vietnam_2000", "D_VN_2000", "VN_2000", "unknown", "D_hand_made"])
@pytest.mark.parametrize("base", ["GCS", "GCS_VN-2000"])
def test_hand_made_projection_of_vn_2000(datum, base):
    shapes = known_shapes()
    system = CRS.from_wkt(HAND_MADE.format(base=base, datum=datum, scale=0.9999))
    found, notes = located(shapes.to_crs(9215).set_crs(system, allow_override=True))
    assert apart(found, shapes) < 1
    if datum == "D_hand_made":
        assert "được hiểu là VN-2000" in notes[0]


def test_unknown_datum_of_another_projection_is_said():
    system = CRS.from_wkt(HAND_MADE.format(base="GCS", datum="D_hand_made", scale=0.9998))
    _, notes = located(known_shapes().to_crs(9215).set_crs(system, allow_override=True))
    assert "vài trăm mét" in notes[0]


@pytest.mark.parametrize("name", ["EPSG:9215", "EPSG:3405"])
@pytest.mark.parametrize("stated", [None, 4326])
def test_file_without_system_is_refused_with_the_likely_one(name, stated):
    shapes = known_shapes()
    bare = shapes.to_crs(name).set_crs(stated, allow_override=True) if stated else shapes.to_crs(name)
    if stated is None:
        bare = gpd.GeoSeries(bare.to_numpy())
    with pytest.raises(MissingSystemError, match="--crs EPSG") as refusal:
        located(bare)
    assert refusal.value.likely[0] in {name, "EPSG:32648" if name == "EPSG:3405" else name}
    found, _ = located(bare, name)
    assert apart(found, shapes) < 1


def test_degrees_without_system_are_wgs84():
    shapes = known_shapes()
    found, notes = located(gpd.GeoSeries(shapes.to_numpy()))
    assert apart(found, shapes) < 1e-6
    assert "WGS 84" in notes[0]


def test_chosen_system_goes_before_the_stated_one():
    shapes = known_shapes()
    found, notes = located(shapes.to_crs(9215).set_crs(5897, allow_override=True), "EPSG:9215")
    assert apart(found, shapes) < 1
    assert "do người cài chọn" in notes[0]


def test_wrong_places_and_systems_are_refused():
    swapped = gpd.GeoSeries(shapely.transform(known_shapes().to_numpy(), lambda xy: xy[:, ::-1]), crs=4326)
    with pytest.raises(ShapesError, match="đổi chỗ"):
        located(swapped)
    with pytest.raises(ShapesError, match="ngoài Việt Nam"):
        located(known_shapes().to_crs(9215), "EPSG:4326")
    for text in ("", "EPSG:99999", "xyz", "EPSG:" + "9" * 500):
        with pytest.raises(ShapesError, match="hệ tọa độ"):
            read_system(text)


def test_without_known_units_nothing_is_guessed():
    assert rank_systems(known_shapes().to_crs(9215), {}, UNITS) == ()


def test_metric_system_is_true_to_area():
    square = gpd.GeoSeries([shapely.box(106.5, 21.8, 106.6, 21.9)], crs=4326)
    area = square.to_crs(metric_system(square)).area.iloc[0]
    assert area == pytest.approx(square.to_crs("EPSG:6933").area.iloc[0], rel=1e-4)


def test_units_without_a_place_do_not_count():
    lost = UNITS[["lat", "lon"]].copy()
    lost.loc[CODES] = pd.NA
    assert rank_systems(known_shapes().to_crs(9215), PLACES, lost.astype(float)) == ()
