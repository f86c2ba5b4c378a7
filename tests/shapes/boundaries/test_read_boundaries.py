"""Files as they come and as an attacker makes them: read in bounds, or refused with one sentence."""

import io
import json
import sqlite3
import struct
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal, assert_geoseries_equal

from shapes.boundaries import read as module
from shapes.boundaries.areas import BoundaryFile, read_areas
from shapes.boundaries.column_texts import read_code_page
from shapes.boundaries.limits import LARGEST_FILE
from shapes.boundaries.read import plan_upload
from shapes.errors import ShapesError
from tests.conftest import POOLS, STAND_INS
from tests.data.processes.toys import make_pool

NAMES = ["Xã Hữu Lễ", "Phường Tam Thanh", "Thị trấn Đồng Đăng", "Xã Sơn Hà", "Xã Hoàng Văn Thụ"]
TCVN3 = ["X· H÷u LÔ", "Ph­êng Tam Thanh", "ThÞ trÊn §ång §¨ng", "X· S¬n Hµ", "X· Hoµng V¨n Thô"]


def areas(names=NAMES) -> gpd.GeoDataFrame:
    shapes = [shapely.box(106.5 + place / 100, 21.8, 106.51 + place / 100, 21.81) for place in range(len(names))]
    return gpd.GeoDataFrame({"TEN": names}, geometry=shapes, crs=4326)


def shapefile(folder: Path, frame: gpd.GeoDataFrame, **options) -> dict[str, bytes]:
    """Parts of a Shapefile by suffix."""
    folder.mkdir(exist_ok=True)
    frame.to_file(folder / "a.shp", **options)
    return {part.suffix: part.read_bytes() for part in folder.iterdir()}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def named(parts: dict[str, bytes], stem="a") -> dict[str, bytes]:
    return {f"{stem}{suffix}": content for suffix, content in parts.items()}


def read(name: str, content: bytes) -> BoundaryFile:
    """As the worker reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"source{Path(name).suffix}"
        path.write_bytes(content)
        return read_areas(path, name)


def refused(name: str, content: bytes) -> str:
    with pytest.raises(ShapesError) as refusal:
        plan_upload(name, content, "2020", None, {})
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert name in sentence
    return sentence


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
def test_formats(tmp_path, suffix):
    path = tmp_path / f"địa giới{suffix}"
    areas().to_file(path)
    found = read_areas(path, path.name)
    assert found.name == path.name
    assert list(found.features["TEN"]) == NAMES
    assert found.features.crs == 4326


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1258"])
@pytest.mark.parametrize("stated", [True, False])
def test_shapefile_with_letters_of_any_code_page(tmp_path, encoding, stated):
    texts = NAMES
    if encoding == "CP1258":  # it has the tones as marks of their own
        texts = [unicodedata.normalize("NFC", _cp1258(one).decode("cp1258")) for one in NAMES]
    raw = [(one.encode() if encoding == "UTF-8" else _cp1258(one)).decode("latin-1") for one in NAMES]
    parts = shapefile(tmp_path / "shp", areas(raw), encoding="ISO-8859-1")
    parts.pop(".cpg", None)
    if stated:
        parts[".cpg"] = {"UTF-8": b"UTF-8", "CP1258": b"ANSI 1258"}[encoding]
    found = read("a.zip", zipped(named(parts, "thư mục/lớp")))
    assert list(found.features["TEN"]) == texts == NAMES


def _cp1258(text: str) -> bytes:
    letters = []
    for letter in text:
        try:
            letters.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", letter)[:-1], unicodedata.normalize("NFD", letter)[-1]
            if base and unicodedata.combining(base[-1]) == 220:  # the dot below stands before the circumflex
                base, tone = unicodedata.normalize("NFD", letter)[0] + tone, base[-1]
            letters.append(unicodedata.normalize("NFC", base).encode("cp1258") + tone.encode("cp1258"))
    return b"".join(letters)


def test_old_fonts_are_converted(tmp_path):
    parts = shapefile(tmp_path / "shp", areas(TCVN3), encoding="ISO-8859-1")
    parts.pop(".cpg", None)
    found = read("a.zip", zipped(named(parts)))
    assert list(found.features["TEN"]) == NAMES
    assert "TCVN3" in found.notes[0]


def test_code_pages():
    pages = {"UTF-8": "utf-8", "65001": "utf-8", "1258\n": "cp1258", "ANSI 1258": "cp1258", "ISO-8859-1": "iso8859-1"}
    for text, codec in pages.items():
        assert read_code_page(text) == codec
    assert read_code_page("\0???") is None
    assert read_code_page("") is None


def test_zip_of_a_geopackage_and_of_a_geojson(tmp_path):
    areas().to_file(tmp_path / "a.gpkg")
    assert len(read("a.zip", zipped({"b/a.gpkg": (tmp_path / "a.gpkg").read_bytes()})).features) == 5
    assert len(read("a.zip", zipped({"a.geojson": areas().to_json().encode()})).features) == 5


def test_zip_without_and_with_several_layers(tmp_path):
    parts = shapefile(tmp_path / "shp", areas(["a"]))
    assert "không có lớp" in refused("a.zip", zipped({"đọc.txt": b"x"}))
    assert "không có lớp" in refused("a.zip", zipped({}))
    several = refused("a.zip", zipped({**named(parts, "huyện"), **named(parts, "xã")}))
    assert "2 lớp" in several
    assert "xã.shp" in several
    without = {suffix: content for suffix, content in parts.items() if suffix != ".dbf"}
    assert "thiếu phần" in refused("a.zip", zipped(named(without)))


def test_paths_in_a_zip_lead_nowhere(tmp_path):
    parts = shapefile(tmp_path / "shp", areas())
    outside = tmp_path / "outside"
    content = zipped({**named(parts, "../../../../tmp/../a"), str(outside): b"x", "__MACOSX/a.shp": b"x"})
    assert len(read("a.zip", content).features) == 5
    assert plan_upload("../../a.zip", content, "2020", None, {}).file_name == "a.zip"
    assert not outside.exists()


def test_bombs_are_refused(tmp_path):
    parts = shapefile(tmp_path / "shp", areas(["a"]))
    bomb = bytearray(zipped({**named(parts), "a.dbf": b"\0" * (LARGEST_FILE + 2**20)}))
    assert "sau khi giải nén" in refused("a.zip", bytes(bomb))
    lying = bytes(bomb).replace(struct.pack("<I", LARGEST_FILE + 2**20), struct.pack("<I", 1000))
    refused("a.zip", lying)
    assert "lớn hơn 200 MB" in refused("a.geojson", b" " * (LARGEST_FILE + 1))


@pytest.mark.process
def test_file_that_points_to_another_file_is_not_followed(tmp_path):
    secret = tmp_path / "secret.geojson"
    areas().to_file(secret)
    layer = f'<OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    virtual = f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"
    for name in ("a.geojson", "a.json", "a.gpkg"):
        assert "không đúng định dạng" in refused(name, virtual.encode())
    assert "không đúng định dạng" in refused("a.zip", zipped({"a.geojson": virtual.encode()}))
    assert "không đọc được" in refused("a.json", json.dumps({"type": "STACTA", "x": str(secret)}).encode())
    assert "GPKG" not in module.list_other_drivers()
    assert "OGR_VRT" in module.list_other_drivers()


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_broken_files(tmp_path, cut):
    areas().to_file(tmp_path / "a.gpkg")
    content = (tmp_path / "a.gpkg").read_bytes()
    refused("a.gpkg", content[: int(len(content) * cut)])
    text = areas().to_json().encode()
    refused("a.geojson", text[: int(len(text) * cut)])
    whole = zipped(named(shapefile(tmp_path / "shp", areas())))
    refused("a.zip", whole[: int(len(whole) * cut)])


def test_other_things_are_refused(tmp_path):
    assert "không phải GeoJSON" in refused("a.docx", b"PK")
    assert "không đúng định dạng" in refused("a.gpkg", b"")
    assert "không đúng định dạng" in refused("a.geojson", b"")
    assert "nén bị hỏng" in refused("a.zip", b"")
    assert "không có hình" in refused("a.geojson", b'{"type": "FeatureCollection", "features": []}')
    base = sqlite3.connect(tmp_path / "a.gpkg")
    base.execute("create table a (b)")
    base.commit()
    base.close()
    refused("a.gpkg", (tmp_path / "a.gpkg").read_bytes())
    lines = areas().set_geometry(areas().boundary)
    lines.to_file(tmp_path / "b.gpkg")
    assert "không phải vùng" in refused("b.gpkg", (tmp_path / "b.gpkg").read_bytes())


def test_geopackage_with_several_layers(tmp_path):
    areas().to_file(tmp_path / "a.gpkg", layer="xã")
    areas().to_file(tmp_path / "a.gpkg", layer="huyện")
    assert "2 lớp vùng" in refused("a.gpkg", (tmp_path / "a.gpkg").read_bytes())


@pytest.fixture
def use_readers(tmp_path, monkeypatch):
    """Lets files be read by processes that run other code."""
    pools = []

    def use(code: str, **options) -> None:
        pools.append(make_pool(tmp_path, code, **options))
        monkeypatch.setattr(module, "readers", pools[-1])

    yield use
    for pool in pools:
        pool.close()


UNREADABLE = {
    "time.sleep(60)": "cần hơn 25 giây",
    "os.abort()": "tệp hỏng hoặc quá lớn",
    "1 / 0": "tệp hỏng hoặc quá lớn",
    "bytes(10**9)": "cần quá nhiều bộ nhớ",
}


@pytest.mark.process
@pytest.mark.parametrize("expression", UNREADABLE)
def test_file_that_its_reader_cannot_cope_with_is_refused(use_readers, expression):
    use_readers(f"worker.serve(lambda request: {expression}, MEMORY)", seconds=0.5)
    assert UNREADABLE[expression] in refused("a.geojson", areas().to_json().encode())


@pytest.mark.process
def test_readers_that_do_not_start_are_not_the_fault_of_the_file(use_readers):
    use_readers("raise SystemExit(1)")
    assert "máy chủ đang quá tải" in refused("a.geojson", areas().to_json().encode())


@pytest.mark.process
def test_plan_is_the_same_by_a_process(tmp_path, monkeypatch):
    """The same units, shapes, questions and report, the same refusal."""
    areas().to_file(tmp_path / "a.gpkg")
    frame = areas([*NAMES, "Xa Huu Le"])
    frame.loc[1, "geometry"] = frame.loc[0, "geometry"].buffer(0.003)
    (tmp_path / "a.geojson").write_text(frame.to_json())
    (tmp_path / "a.zip").write_bytes(zipped(named(shapefile(tmp_path / "shp", areas(TCVN3), encoding="ISO-8859-1"))))
    for path in tmp_path.glob("a.*"):
        plans = []
        for readers in (POOLS[module, "readers"], STAND_INS[module, "readers"]):
            monkeypatch.setattr(module, "readers", readers)
            plans.append(plan_upload(path.name, path.read_bytes(), "2020", None, {0: "05974"}))
        by_process, in_process = plans
        assert by_process.matching == in_process.matching
        assert by_process.report == in_process.report
        assert_geodataframe_equal(by_process.frame, in_process.frame)
        assert_geoseries_equal(by_process.asked, in_process.asked)
    for readers in (POOLS[module, "readers"], STAND_INS[module, "readers"]):
        monkeypatch.setattr(module, "readers", readers)
        assert "không có lớp bản đồ nào" in refused("b.zip", zipped({}))
