"""Files that are small and would take hours and gigabytes: they end in their process, in time, in a sentence."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from data.processes.pool import Pool
from data.units.lists import load_units
from shapes.boundaries import planning
from shapes.boundaries import read as module
from shapes.boundaries.coverage import count_vertices, repair_shapes
from shapes.boundaries.matching import match_units
from shapes.boundaries.plan import InstallPlan
from shapes.boundaries.read import plan_upload
from shapes.errors import ShapesError
from tests.conftest import POOLS
from tests.shapes.boundaries.test_read_boundaries import named, shapefile, zipped

UNITS = load_units("2020", "20")
MARS = (
    'GEOGCS["GCS_Mars_2000",DATUM["D_Mars_2000",SPHEROID["Mars_2000_IAU_IAG",3396190.0,169.89444722361179]],'
    'PRIMEM["Reference_Meridian",0.0],UNIT["Degree",0.0174532925199433]]'
)


def ring(size: int, seed: int = 1) -> shapely.Polygon:
    """A ring that crosses itself nearly everywhere."""
    places = np.random.default_rng(seed)
    return shapely.Polygon(np.c_[places.uniform(106.5, 106.9, size), places.uniform(21.5, 21.9, size)].round(6))


def geojson(shapes: list[shapely.Geometry], **columns: list[str]) -> bytes:
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326).to_json(drop_id=True).encode()


def squares(count: int) -> list[shapely.Geometry]:
    corners = [(106.5 + number % 200 * 0.002, 21.5 + number // 200 * 0.002) for number in range(count)]
    return [shapely.box(west, south, west + 0.001, south + 0.001) for west, south in corners]


def viewed(folder: Path, table: str, rest: str = "") -> bytes:
    """A GeoPackage one of whose tables is an endless view."""
    path = folder / "a.gpkg"
    gpd.GeoDataFrame({"code": ["05971"]}, geometry=[ring(4)], crs=4326).to_file(path, layer="a")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute(f"ALTER TABLE {table} RENAME TO hidden")
        opened.execute(f"CREATE VIEW {table} AS {endless} SELECT hidden.* FROM n, hidden {rest}")
    return path.read_bytes()


def of_mars(folder: Path) -> bytes:
    frame = gpd.GeoDataFrame({"code": ["05971"]}, geometry=squares(1), crs=4326)
    return zipped(named(shapefile(folder / "shp", frame) | {".prj": MARS.encode()}))


HOSTILE: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    "endless layer": ("a.gpkg", lambda folder: viewed(folder, "a"), "bảng ảo"),
    "endless systems": ("a.gpkg", lambda folder: viewed(folder, "gpkg_spatial_ref_sys", "WHERE i < 0"), "bảng ảo"),
    "endless contents": ("a.gpkg", lambda folder: viewed(folder, "gpkg_contents"), "bảng ảo"),
    "another planet": ("a.zip", of_mars, "hệ tọa độ"),
    "a ring that fills the memory": ("a.geojson", lambda _: geojson([ring(2500)], code=["05971"]), "quá"),
    "rings that take long": (
        "a.geojson",
        lambda _: geojson([ring(100, number) for number in range(200)], code=list(UNITS.index)),
        "giây",
    ),
    "units that all lie on each other": (
        "a.geojson",
        lambda _: geojson([shapely.box(106.5, 21.5, 107, 22)] * 10_000, code=list(load_units("2020").index[:10_000])),
        "giây",
    ),
    "nested geometries": (
        "a.geojson",
        lambda _: b'{"type":"GeometryCollection","geometries":[' * 10**5 + b"]}" * 10**5,
        "không đọc được",
    ),
}


@pytest.fixture
def short_readers(monkeypatch) -> Iterator[Pool]:
    """As in the product, but for the time: what would take the whole of it takes three seconds."""
    asked = POOLS[module, "readers"]
    pool = Pool(asked._command, seconds=3, at_once=2, ahead=False, environment=module.shut_environment)
    monkeypatch.setattr(module, "readers", pool)
    yield pool
    pool.close()


@pytest.mark.process
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_ends_in_a_sentence(name, tmp_path, short_readers, monkeypatch):
    file_name, build, words = HOSTILE[name]
    if "memory" in name:  # not by the time, beside a loaded machine either
        monkeypatch.setattr(module, "readers", POOLS[module, "readers"])
    with pytest.raises(ShapesError) as refusal:
        plan_upload(file_name, build(tmp_path), "2020", None, {})
    sentence = str(refusal.value)
    assert file_name in sentence
    assert words in sentence
    assert "\n" not in sentence


@pytest.mark.process
def test_good_file_is_planned_beside_a_hostile_one(tmp_path):
    _, build, _ = HOSTILE["a ring that fills the memory"]
    ends: list[str] = []

    def plan_hostile() -> None:
        with pytest.raises(ShapesError) as refusal:
            plan_upload("b.geojson", build(tmp_path), "2020", None, {})
        ends.append(str(refusal.value))

    thread = threading.Thread(target=plan_hostile)
    thread.start()
    plan = plan_upload("a.geojson", geojson(squares(1), code=["05971"]), "2020", None, {})
    assert plan.report.matched == ("05971",)
    thread.join()
    assert ends


def test_answer_of_a_worker_that_a_file_got_the_better_of_is_a_sentence(monkeypatch):
    class Conquered:
        def ask(self, request: bytes) -> object:
            return {"matching": {}, "codes": ["99999"]}

    monkeypatch.setattr(module, "readers", Conquered())
    with pytest.raises(ShapesError, match="không đọc được địa giới"):
        plan_upload("a.geojson", b"{}", "2020", None, {})


def test_ring_that_crosses_itself_is_repaired_by_its_structure():
    """196 s and 21,000 faces by its lines."""
    repaired, invalid = repair_shapes(gpd.GeoSeries([ring(400), *squares(1)], crs=4326))
    assert list(invalid) == [True, False]
    assert repaired.is_valid.all()
    assert count_vertices(repaired.iloc[:1]) < 10_000
    bow_tie, _ = repair_shapes(gpd.GeoSeries([shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])]))
    assert bow_tie.area[0] == pytest.approx(2)


def test_names_that_no_unit_bears_are_looked_for_so_many_times(monkeypatch):
    """A name like a unit's is a question while names are looked for; after that only exact ones are known."""
    monkeypatch.setattr("shapes.boundaries.matching.MOST_SOUGHT", 3)
    frame = gpd.GeoDataFrame(
        {"TEN": ["Phuong Vinh Trai"] * 2 + ["Xã Lạ"] * 2 + ["Phuong Chi Lang", "Phường Tam Thanh"]}
    )
    matching = match_units(frame, UNITS, frozenset({"20"}))
    assert [question.feature for question in matching.questions] == [0, 1]
    assert [question.feature for question in matching.unknown] == [2, 3, 4]
    assert matching.codes == {5: "05974"}


def plan(shapes: list[shapely.Geometry], **columns: list[str]) -> InstallPlan:
    return plan_upload("a.geojson", geojson(shapes, **columns), "2020", None, {})


def test_more_vertices_than_can_be_read_or_drawn_are_refused(monkeypatch):
    monkeypatch.setattr("shapes.boundaries.areas.MOST_READ_VERTICES", 9)
    with pytest.raises(ShapesError, match="có hơn 9 đỉnh"):
        plan(squares(2), code=["05971", "05974"])
    monkeypatch.undo()
    monkeypatch.setattr(planning, "MOST_DRAWN_VERTICES", 9)
    with pytest.raises(ShapesError, match="quá nhiều mảnh rời"):
        plan(squares(2), code=["05971", "05974"])
