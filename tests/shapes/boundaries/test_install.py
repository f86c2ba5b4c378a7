"""Official boundaries replace the schematic layer by code, all or nothing, with undo."""

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.units.lists import load_units
from shapes.boundaries.coverage import MOST_VERTICES
from shapes.boundaries.install import install
from shapes.boundaries.installed import list_installed, undo
from shapes.errors import ShapesError
from shapes.layers.layers import load_layer
from shapes.paths import installed_path

CODES = ["05971", "05974", "05977"]


@pytest.fixture(autouse=True)
def own_home(home):
    """An empty state folder for every test."""


def squares(codes, column="code", west=106.7, south=21.8) -> gpd.GeoDataFrame:
    shapes = [
        shapely.box(west + 0.01 * place, south, west + 0.01 * (place + 1), south + 0.01) for place in range(len(codes))
    ]
    return gpd.GeoDataFrame({column: codes}, geometry=shapes, crs=4326)


def written(frame: gpd.GeoDataFrame, path: Path) -> Path:
    frame.to_file(path)
    return path


def test_installed_by_code_and_taken_back(tmp_path):
    report = install(written(squares(CODES), tmp_path / "ranh giới.geojson"), "2020")
    assert report.matched == tuple(CODES)
    assert len(report.without_shape) == 197
    layer = load_layer("2020", "20")
    assert not layer.schematic
    assert set(layer.units.index) == set(CODES)
    assert len(layer.without_place) == 197
    assert all(not shape.exterior.is_ccw for shape in layer.units.geometry)
    assert load_layer("2020", "01").schematic
    assert "sơ đồ" in undo("2020")
    assert load_layer("2020", "20").schematic
    with pytest.raises(ShapesError, match="không có lần cài"):
        undo("2020")


def test_undo_goes_back_step_by_step(tmp_path):
    install(written(squares(CODES[:2]), tmp_path / "a.geojson"), "2020")
    install(written(squares(CODES), tmp_path / "b.geojson"), "2020")
    assert len(load_layer("2020", "20").units) == 3
    undo("2020")
    assert len(load_layer("2020", "20").units) == 2
    undo("2020")
    assert load_layer("2020", "20").schematic


def test_other_provinces_are_kept(tmp_path):
    install(written(squares(CODES), tmp_path / "a.geojson"), "2020")
    cao_bang = list(load_units("2020", "04").index[:2])
    install(written(squares(cao_bang, west=106.0, south=22.6), tmp_path / "b.geojson"), "2020")
    assert len(load_layer("2020", "20").units) == 3
    assert len(load_layer("2020", "04").units) == 2


def test_lost_zeros_parts_and_unknown_codes_are_said(tmp_path):
    frame = squares(["5971", "05974", "05974", "99999"], column="MA_XA")
    report = install(written(frame, tmp_path / "a.geojson"), "2020")
    assert report.matched == ("05971", "05974")
    assert report.unknown == ("99999",)
    assert "thêm số 0 ở đầu 1" in report.text()
    assert "nhiều hình" in report.text()
    assert load_layer("2020", "20").units.loc["05974"].geometry.bounds[0] == pytest.approx(106.71)


@pytest.mark.parametrize("suffix", ["gpkg", "zip"])
def test_other_formats_and_reference_systems(tmp_path, suffix):
    frame = squares(CODES).to_crs(32648)
    path = tmp_path / "a.gpkg"
    if suffix == "zip":
        frame.to_file(tmp_path / "a.shp")
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for part in tmp_path.glob("a.*"):
                if part.suffix != ".zip":
                    archive.write(part, part.name)
    else:
        frame.to_file(path)
    assert install(path, "2020").matched == tuple(CODES)
    assert load_layer("2020", "20").units.geometry.iloc[0].bounds[0] == pytest.approx(106.7, abs=1e-6)


def refused(tmp_path, content: str, name="a.geojson") -> str:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ShapesError) as refusal:
        install(path, "2020")
    assert not installed_path("2020").exists()
    return str(refusal.value)


def collection(*features) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def test_what_cannot_be_used_is_refused_and_nothing_changed(tmp_path):
    box = {"type": "Polygon", "coordinates": [[[106, 21], [107, 21], [107, 22], [106, 21]]]}
    swapped = {"type": "Polygon", "coordinates": [[[21, 106], [21, 107], [22, 107], [21, 106]]]}
    point = {"type": "Point", "coordinates": [106, 21]}

    def feature(shape, **properties):
        return {"type": "Feature", "properties": properties, "geometry": shape}

    assert "không đọc được" in refused(tmp_path, "{")
    assert refused(tmp_path, collection())
    assert "tên" in refused(tmp_path, collection(feature(box, tên="a")))
    assert "không mã nào" in refused(tmp_path, collection(feature(box, code="99999")))
    assert "không phải vùng" in refused(tmp_path, collection(feature(point, code="05971")))
    assert "đổi chỗ" in refused(tmp_path, collection(feature(swapped, code="05971")))
    assert "không phải GeoJSON" in refused(tmp_path, "x", "a.docx")
    assert "nén bị hỏng" in refused(tmp_path, "x", "a.zip")
    with pytest.raises(ShapesError, match="Không tìm thấy"):
        install(tmp_path / "none.geojson", "2020")
    with pytest.raises(ShapesError, match="danh mục đơn vị 1999"):
        install(tmp_path / "a.geojson", "1999")


def test_dense_boundaries_are_simplified_within_the_budget_without_gaps(tmp_path):
    frame = squares(CODES).to_crs(32648)
    frame["geometry"] = frame.geometry.segmentize(0.3)
    assert shapely.get_num_coordinates(frame.geometry.to_numpy()).sum() > MOST_VERTICES
    before = frame.union_all().area
    report = install(written(frame, tmp_path / "a.gpkg"), "2020")
    assert report.vertices <= MOST_VERTICES
    shapes = load_layer("2020", "20").units.to_crs(32648).geometry
    assert shapes.union_all().area == pytest.approx(before, rel=1e-3)
    assert shapes.area.sum() == pytest.approx(shapes.union_all().area, rel=1e-6)


@pytest.mark.parametrize(("vintage", "units"), [("2020", 200), ("2025-07", 65)])
def test_real_boundaries_of_lang_son(shared_geo, vintage, units):
    report = install(shared_geo / f"lang_son_{vintage}.geojson", vintage)
    assert len(report.matched) == units
    assert report.without_shape == ()
    assert report.unknown == ()
    assert report.vertices <= MOST_VERTICES
    layer = load_layer(vintage, "20")
    assert not layer.schematic
    assert layer.units.geometry.is_valid.all()
    real = (
        gpd.read_file(shared_geo / f"lang_son_{vintage}.geojson").set_index("code").to_crs(32648).geometry.make_valid()
    )
    ours = layer.units.to_crs(32648).geometry.reindex(real.index)
    overlap = ours.intersection(real).area / ours.union(real).area
    assert overlap.median() > 0.99


@pytest.mark.parametrize("vintage", ["2020", "2025-07"])
def test_schematic_cells_overlap_the_real_ones_by_half(shared_geo, vintage):
    real = (
        gpd.read_file(shared_geo / f"lang_son_{vintage}.geojson").set_index("code").to_crs(32648).geometry.make_valid()
    )
    cells = load_layer(vintage, "20").units.to_crs(32648).geometry.reindex(real.index)
    assert (cells.intersection(real).area / cells.union(real).area).median() >= 0.5


def zipped(frame: gpd.GeoDataFrame, folder: Path, keep_system=True) -> Path:
    shapefile = folder / "shp"
    shapefile.mkdir()
    frame.to_file(shapefile / "địa giới.shp", encoding="utf-8")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for part in shapefile.iterdir():
            if keep_system or part.suffix != ".prj":
                archive.write(part, f"thư mục/{part.name}")
    return folder / "a.zip"


def overlap_with(real: gpd.GeoDataFrame, vintage: str = "2020"):
    real = real.set_index("code").to_crs(32648).geometry.make_valid()
    ours = load_layer(vintage, "20").units.to_crs(32648).geometry.reindex(real.index)
    return ours.intersection(real).area / ours.union(real).area


@pytest.mark.filterwarnings("ignore:Column names longer", "ignore:Normalized")
def test_real_boundaries_by_name_in_a_shapefile_of_vn_2000(shared_geo, tmp_path):
    real = gpd.read_file(shared_geo / "lang_son_2020.geojson")
    path = zipped(real.drop(columns=["code", "district_code"]).to_crs(3405), tmp_path)
    report = install(path, "2020")  # “NT Thái Bình” among them, which is Nông trường
    assert (report.by_code, report.by_name, report.confirmed, report.without_shape) == (0, 200, 0, ())
    overlap = overlap_with(real)
    assert overlap.median() > 0.99
    assert overlap.min() > 0.9


def test_real_boundaries_without_districts_are_told_apart_by_place(shared_geo, tmp_path):
    real = gpd.read_file(shared_geo / "lang_son_2020.geojson")
    path = written(real[["name", "geometry"]].to_crs(9215), tmp_path / "a.gpkg")
    with pytest.raises(ShapesError, match="nhiều đơn vị trùng tên"):
        install(path, "2020")
    report = install(path, "2020", accept_suggestions=True)
    assert report.by_name + report.confirmed == 200
    assert report.confirmed >= 20
    assert overlap_with(real).min() > 0.9


@pytest.mark.filterwarnings("ignore:Column names longer", "ignore:Normalized")
def test_real_boundaries_that_state_no_system(shared_geo, tmp_path):
    real = gpd.read_file(shared_geo / "lang_son_2025-07.geojson")
    path = zipped(real[["name", "geometry"]].to_crs(9215), tmp_path, keep_system=False)
    with pytest.raises(ShapesError, match=r"không ghi hệ tọa độ.*EPSG:9215"):
        install(path, "2025-07")
    assert not installed_path("2025-07").exists()
    wrong = install(path, "2025-07", crs="EPSG:5899")
    assert any("hơn 20 km" in note for note in wrong.notes)
    report = install(path, "2025-07", crs="epsg:9215")
    assert report.by_name == 65
    assert not any("hơn 20 km" in note for note in report.notes)
    assert overlap_with(real, "2025-07").median() > 0.99


def test_injected_overlap_and_gap_are_reported_exactly(shared_geo, tmp_path):
    real = gpd.read_file(shared_geo / "lang_son_2025-07.geojson").to_crs(32648).set_index("code")
    assert shapely.coverage_is_valid(real.geometry.to_numpy())
    inner = real.geometry.map(lambda one: one.buffer(-3000).representative_point())
    grown, lost = "05983", "06058"
    patch = inner.drop([grown, lost]).iloc[0].buffer(500, quad_segs=32)
    covered = real.index[real.intersects(patch)]
    assert len(covered) == 1
    real.loc[grown, "geometry"] = real.loc[grown, "geometry"].union(patch)
    hole = inner[lost].buffer(400, quad_segs=32)
    real.loc[lost, "geometry"] = real.loc[lost, "geometry"].difference(hole)
    path = written(real.reset_index(), tmp_path / "a.gpkg")
    report = install(path, "2025-07")
    (overlap,) = report.overlaps
    assert {overlap.first, overlap.second} == {grown, covered[0]}
    assert overlap.area == pytest.approx(patch.area / 1e6, rel=2e-3)
    (gap,) = report.gaps
    assert gap.beside == (lost,)
    assert gap.area == pytest.approx(hole.area / 1e6, rel=2e-3)
    assert "Chồng lên nhau: 1 cặp" in report.text()
    assert "Khoảng trống giữa các đơn vị: 1 chỗ" in report.text()


def test_what_is_installed_is_listed(tmp_path):
    assert list_installed().empty
    install(written(squares(CODES), tmp_path / "a.geojson"), "2020")
    (row,) = list_installed().to_dict("records")
    assert (row["vintage"], row["province_code"], row["units"], row["listed"]) == ("2020", "20", 3, 200)
    assert (row["source"], row["vertices"]) == ("a.geojson", 15)
    assert row["installed_at"].tzinfo is not None


def test_layer_of_an_earlier_release_is_listed_and_kept(tmp_path):
    path = installed_path("2020")
    path.parent.mkdir(parents=True)
    old = squares(["01273"], west=106.0, south=22.6).assign(district_code="040", province_code="04")
    old.to_parquet(path)
    install(written(squares(CODES), tmp_path / "a.geojson"), "2020")
    rows = list_installed().set_index("province_code")
    assert rows.at["04", "units"] == 1
    assert rows.at["04", "source"] is None or rows.at["04", "source"] != rows.at["04", "source"]


def test_file_of_another_vintage_is_noticed(tmp_path):
    units = load_units("2020", "20")
    gone = [code for code in units.index if code not in load_units("2025-07").index][:6]
    report = install(written(squares([*gone, "05977"]), tmp_path / "a.geojson"), "2025-07")
    assert any("có thể tệp thuộc danh mục 2020" in note for note in report.notes)


def test_running_number_is_no_code(tmp_path):
    names = ["Phường Hoàng Văn Thụ", "Phường Tam Thanh", "Phường Vĩnh Trại"]
    frame = squares(["1", "4", "7"]).assign(TEN_XA=names, HUYEN="TP Lạng Sơn", TINH="Lạng Sơn")
    report = install(written(frame, tmp_path / "a.geojson"), "2020")
    assert report.matched == tuple(CODES)
    assert (report.by_code, report.by_name) == (0, 3)
