"""Layers are oriented, valid, complete by code, within the budget of vertices; nothing is dropped in silence."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from bench.shapes import overlap
from data.units.lists import load_units
from shapes.layers.layers import load_layer
from shapes.paths import schematic_path

VINTAGES = ["2020", "2025-01", "2025-07"]
LANG_SON = "20"
METRES = 32648


@pytest.fixture(autouse=True)
def own_home(home):
    """No boundaries that the developer installed."""


def is_clockwise(shape) -> bool:
    return all(not part.exterior.is_ccw for part in shapely.get_parts(shape))


@pytest.mark.parametrize("vintage", VINTAGES)
def test_lang_son_is_complete_oriented_and_valid(vintage):
    layer = load_layer(vintage, LANG_SON)
    units = load_units(vintage, LANG_SON)
    assert set(layer.units.index) == set(units.index)
    assert layer.without_place == ()
    assert layer.schematic
    assert "sơ đồ" in layer.source
    assert layer.units.geometry.is_valid.all()
    assert layer.units.geometry.map(is_clockwise).all()
    assert layer.districts.geometry.map(is_clockwise).all()
    assert set(layer.districts.index) == set(units["district_code"])


@pytest.mark.parametrize("vintage", VINTAGES)
def test_cells_of_the_nation_are_valid_complete_and_do_not_overlap(vintage):
    cells = load_layer(vintage).units.to_crs(METRES).geometry
    units = load_units(vintage)
    assert set(cells.index) == set(units.index[units["lat"].notna()])
    assert cells.is_valid.all()
    assert not cells.is_empty.any()
    assert cells.area.sum() - cells.union_all().area < 1e-6 * cells.area.sum()


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_province_is_within_the_budget(vintage):
    nation = gpd.read_parquet(schematic_path(vintage))
    vertices = pd.Series(shapely.get_num_coordinates(nation.geometry.to_numpy())).groupby(nation["province_code"]).sum()
    assert vertices.max() <= 20_000
    assert set(nation["province_code"]) == set(load_units(vintage)["province_code"])
    layer = load_layer(vintage, str(vertices.idxmax()))
    assert len(json.dumps(layer.geojson(pd.DataFrame(index=layer.units.index)))) <= 350_000


def test_units_without_a_place_are_counted():
    missing = sum(len(load_layer("2020", code).without_place) for code in ("01", "38"))
    units = load_units("2020")
    assert missing == units[units["province_code"].isin(["01", "38"])]["lat"].isna().sum() > 0


def test_nation_shows_the_archipelagos():
    layer = load_layer("2025-07")
    names = load_units("2025-07")["name"]
    shapes = layer.units.geometry[names[names.isin(["Đặc khu Hoàng Sa", "Đặc khu Trường Sa"])].index]
    assert len(shapes) == 2
    assert (shapes.bounds["minx"] > 111).all()


@pytest.mark.parametrize("vintage", ["2020", "2025-01"])
def test_hoang_sa_is_outlined_where_it_has_no_commune(vintage):
    layer = load_layer(vintage)
    for district in ("498", "576"):  # Hoàng Sa; Trường Sa, from its three communes
        assert layer.districts.geometry[district].centroid.x > 111
    assert "498" not in layer.units.index
    assert "498" in load_layer(vintage, "48").districts.index
    assert "498" not in load_layer(vintage, LANG_SON).districts.index


@pytest.mark.parametrize("vintage", ["2020", "2025-07"])
def test_cells_overlap_real_shapes_by_more_than_half(vintage, shared_geo):
    real = gpd.read_file(shared_geo / f"lang_son_{vintage}.geojson").set_index("code").geometry.make_valid()
    cells = load_layer(vintage, LANG_SON).units.to_crs(METRES).geometry
    assert overlap(cells, real.to_crs(METRES)).median() >= 0.5


def test_geojson_joins_values_by_code_and_keeps_missing_as_null():
    layer = load_layer("2020", LANG_SON)
    values = pd.DataFrame({"label": ["Đạt", None], "total": [np.int64(900), np.int64(0)]}, index=["05971", "05974"])
    features = layer.geojson(values)["features"]
    properties = {feature["properties"]["code"]: feature["properties"] for feature in features}
    assert properties["05971"]["label"] == "Đạt"
    assert properties["05974"]["label"] is None
    assert len(features) == 2
    assert layer.geojson(values.iloc[:0])["features"] == []


def test_hexagons_of_the_nation_are_refused():
    with pytest.raises(ValueError, match="province"):
        load_layer("2020", None, "hexagons")
