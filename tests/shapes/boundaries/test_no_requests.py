"""Whatever address a file of boundaries names, nobody asks there: a trap counts, for every format and field."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.paths import PROJECT_ROOT
from shapes.boundaries.read import plan_upload, shut_environment
from shapes.errors import ShapesError
from tests.shapes.boundaries.test_read_boundaries import named, shapefile, zipped
from tests.trap import Trap, trap

__all__ = ["trap"]

pytestmark = pytest.mark.process
FRAME = gpd.GeoDataFrame({"code": ["05971"]}, geometry=[shapely.box(106.75, 21.85, 106.76, 21.86)], crs=4326)
PLACES = ("{url}/x.wkt", "/vsicurl/{url}/x.wkt", "{url}/x.json")


def geojson(crs: object) -> bytes:
    return json.dumps(json.loads(FRAME.to_json(drop_id=True)) | {"crs": crs}).encode()


def geopackage(folder: Path, column: str, text: str) -> bytes:
    path = folder / "a.gpkg"
    FRAME.to_file(path)
    with closing(sqlite3.connect(path)) as opened, opened:
        columns = [name for _, name, *_ in opened.execute("PRAGMA table_info(gpkg_spatial_ref_sys)")]
        if column not in columns:
            opened.execute(f"ALTER TABLE gpkg_spatial_ref_sys ADD COLUMN {column} TEXT")
        # an organisation that has no such code: the definition is all there is
        opened.execute(f"UPDATE gpkg_spatial_ref_sys SET {column} = ?, organization_coordsys_id = 990001", (text,))
    return path.read_bytes()


def zipped_shapefile(folder: Path, suffix: str, text: str) -> bytes:
    return zipped(named(shapefile(folder / "shp", FRAME) | {suffix: text.encode()}))


FIELDS: dict[str, Callable[[Path, str], tuple[str, bytes]]] = {
    **{
        f"geojson crs {kind} {key}": lambda _folder, place, kind=kind, key=key: (
            "a.geojson",
            geojson({"type": kind, "properties": {key: place, "type": "ogcwkt"}}),
        )
        for kind, key in (("link", "href"), ("url", "url"), ("URL", "url"), ("name", "name"), ("OGC", "urn"))
    },
    "geojson crs text": lambda _folder, place: ("a.geojson", geojson(place)),
    "geojson zipped": lambda _folder, place: (
        "a.zip",
        zipped({"a.geojson": geojson({"type": "link", "properties": {"href": place}})}),
    ),
    "gpkg definition": lambda folder, place: ("a.gpkg", geopackage(folder, "definition", place)),
    "gpkg wkt 2": lambda folder, place: ("a.gpkg", geopackage(folder, "definition_12_063", place)),
    "gpkg organisation": lambda folder, place: ("a.gpkg", geopackage(folder, "organization", place)),
    "shapefile prj": lambda folder, place: ("a.zip", zipped_shapefile(folder, ".prj", place)),
    "shapefile cpg": lambda folder, place: ("a.zip", zipped_shapefile(folder, ".cpg", place)),
    "vrt": lambda _folder, place: (
        "a.zip",
        zipped({"a.vrt": f"<OGRVRTDataSource><SrcDataSource>{place}</SrcDataSource></OGRVRTDataSource>".encode()}),
    ),
    "vrt as geojson": lambda _folder, place: ("a.geojson", f"<OGRVRTDataSource>{place}</OGRVRTDataSource>".encode()),
    "address as geojson": lambda _folder, place: ("a.geojson", place.encode()),
    "kml": lambda _folder, place: ("a.kml", f"<kml><NetworkLink><href>{place}</href></NetworkLink></kml>".encode()),
}


@pytest.mark.parametrize("name", FIELDS)
def test_no_address_of_a_file_is_asked(name, tmp_path, trap: Trap):
    places = PLACES if "gpkg" in name or "link href" in name else PLACES[:1]
    for number, place in enumerate(places):
        folder = tmp_path / str(number)
        folder.mkdir()
        file_name, content = FIELDS[name](folder, place.format(url=trap.url))
        with suppress(ShapesError):
            assert plan_upload(file_name, content, "2020", None, {}).report.matched == ("05971",)
    assert trap.hits == []


def read_bare(path: Path, environment: dict[str, str]) -> None:
    code = f"import geopandas; geopandas.read_file({str(path)!r})"
    subprocess.run([sys.executable, "-c", code], env=os.environ | environment, cwd=PROJECT_ROOT, check=True)


def test_the_library_asks_where_its_ways_out_are_open(tmp_path, trap: Trap):
    """Else the trap would prove nothing; the environment alone shuts them, whatever a reader checks before."""
    path = tmp_path / "a.geojson"
    path.write_bytes(geojson({"type": "link", "properties": {"href": f"{trap.url}/x"}}))
    read_bare(path, shut_environment())
    assert trap.hits == []
    read_bare(path, {})
    assert trap.hits == ["GET /x"]
