"""The picture of boundaries before they are installed: how each unit was matched, what to look at."""

from dataclasses import fields

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from reports.charts.maps.boundaries import HOW_WORDS, draw_boundaries
from shapes.boundaries.coverage import Gap, Overlap
from shapes.boundaries.report import InstallReport
from shapes.layers.layers import Layer, load_layer

NONE_ASKED = gpd.GeoSeries([], crs=4326)


@pytest.fixture
def layer(home) -> Layer:
    return load_layer("2020", "20", "boundaries")


def make_report(layer: Layer, **values) -> InstallReport:
    """A report with names for all units, and nothing to say but `values`."""
    nothing = {field.name: 0 if field.type == "int" else () for field in fields(InstallReport)}
    names = {code: f"Xã {code}" for code in layer.units.index}
    return InstallReport(**nothing | {"vintage": "2020", "file_name": "a.zip", "names": names} | values)


def test_every_unit_says_how_it_was_matched(layer):
    how = pd.Series("code", index=layer.units.index)
    how.iloc[:3] = ["name", "confirmed", "confirmed"]
    spec = draw_boundaries(layer, how, NONE_ASKED, make_report(layer), 400)
    units, doubts = spec["layer"]
    labels = {feature["properties"]["code"]: feature["properties"]["label"] for feature in units["data"]["values"]}
    assert labels == {code: HOW_WORDS[key] for code, key in how.items()}
    assert doubts["data"]["values"] == []
    assert units["encoding"]["color"]["scale"]["domain"] == list(HOW_WORDS.values())


def test_only_ways_and_doubts_that_there_are_stand_in_the_legend(layer):
    how = pd.Series("code", index=layer.units.index)
    first, second, *_ = layer.units.index
    square = shapely.box(106.5, 21.5, 106.6, 21.6)
    report = make_report(
        layer,
        overlaps=(Overlap(first, second, 2.5, square),),
        gaps=(Gap((first,), 1.5, None, square), Gap(("99999",), 1.5, None, square)),
    )
    spec = draw_boundaries(layer, how, NONE_ASKED, report, 400)
    units, doubts = spec["layer"]
    assert units["encoding"]["color"]["scale"]["domain"] == ["Khớp theo mã", "Chồng lên nhau", "Khoảng trống"]
    labels = [feature["properties"]["label"] for feature in doubts["data"]["values"]]
    assert labels == ["Chồng lên nhau", "Khoảng trống"]
    assert doubts["data"]["values"][0]["properties"]["name"] == f"Xã {first}, Xã {second}"


def test_a_gap_below_a_shape_to_confirm_is_no_gap(layer):
    square = shapely.box(106.5, 21.5, 106.6, 21.6)
    report = make_report(layer, gaps=(Gap((layer.units.index[0],), 1.5, None, square),))
    asked = gpd.GeoSeries([square], index=["Xã lạ"], crs=4326)
    spec = draw_boundaries(layer, pd.Series("code", index=layer.units.index), asked, report, 400)
    (doubt,) = spec["layer"][1]["data"]["values"]
    assert doubt["properties"]["label"] == "Phải xác nhận"
    assert doubt["properties"]["name"] == "Xã lạ"
