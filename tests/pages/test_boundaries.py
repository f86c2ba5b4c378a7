"""Địa giới: nothing is stored before the confirmation; questions are asked, doubts shown, the way back is open."""

import geopandas as gpd
import pytest
import shapely
from streamlit.testing.v1 import AppTest

from data.units.lists import load_units
from pages.parts import uploads
from shapes.layers.layers import load_layer
from tests.pages.opening import open_page, words_of

CODES = ["05971", "05974", "05977"]


@pytest.fixture
def app(home) -> AppTest:
    opened = open_page("boundaries")
    choose(opened, "Danh mục đơn vị", "2020")
    return opened


def squares(count=3, step=0.01, **columns) -> gpd.GeoDataFrame:
    """Squares in a row from the city of Lạng Sơn on; `step` below 0.01: they overlap, above: they leave space."""
    shapes = [shapely.box(106.75 + step * place, 21.85, 106.76 + step * place, 21.86) for place in range(count)]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)


def choose(app: AppTest, label: str, value: str) -> None:
    next(one for one in app.selectbox if one.label == label).set_value(value).run()
    assert not app.exception


def upload(app: AppTest, frame: gpd.GeoDataFrame | bytes, name="địa giới.geojson") -> None:
    content = frame if isinstance(frame, bytes) else frame.to_json(drop_id=True).encode()
    app.file_uploader[0].upload(name, content).run()
    assert not app.exception


def find_button(app: AppTest, words: str):
    return next(one for one in app.button if words in one.label)


def press(app: AppTest, words: str) -> None:
    find_button(app, words).click().run()
    assert not app.exception


def metric(app: AppTest, label: str) -> str:
    return next(one.value for one in app.metric if one.label == label)


def test_installed_after_confirmation_and_taken_back(app):
    assert "Chưa cài địa giới chính thức" in words_of(app)
    upload(app, squares(code=CODES))
    assert metric(app, "Đơn vị có hình") == "3"
    assert metric(app, "Chưa có hình") == "197"
    assert load_layer("2020", "20").schematic
    press(app, "Cài địa giới 3 đơn vị")
    assert set(load_layer("2020", "20").units.index) == set(CODES)
    assert "Đã cài địa giới 3 đơn vị" in words_of(app)
    table = next(one.value for one in app.dataframe if "Số đỉnh" in one.value)
    assert table.loc[0, "Đơn vị có hình"] == "3/200"
    assert table.loc[0, "Tệp"] == "địa giới.geojson"
    assert find_button(app, "Bỏ lần cài gần nhất").disabled
    app.checkbox[0].check().run()
    press(app, "Bỏ lần cài gần nhất")
    assert load_layer("2020", "20").schematic
    assert "trở lại dạng sơ đồ" in words_of(app)


def test_other_provinces_are_kept(app):
    upload(app, squares(code=CODES))
    press(app, "Cài địa giới")
    upload(app, squares(2, code=list(load_units("2020", "04").index[:2])))
    press(app, "Cài địa giới")
    assert len(load_layer("2020", "20").units) == 3
    assert len(load_layer("2020", "04").units) == 2


def test_questions_are_confirmed_or_left_out(app):
    upload(app, squares(TEN=["Phường Tam Thanh", "Phuong Vinh Trai", "Xã Hòa Bình"]))
    assert "2 hình phải xác nhận" in words_of(app)
    assert find_button(app, "Cài địa giới").disabled
    asked = {one.label: one for one in app.selectbox if "tên" in one.label}
    assert asked["Phuong Vinh Trai: tên gần giống"].value == "05977"
    next(one for label, one in asked.items() if "trùng tên" in label).set_value("")
    press(app, "Xác nhận các lựa chọn")
    assert "phải xác nhận" not in words_of(app)
    assert "do người dùng xác nhận 1" in words_of(app)
    press(app, "Cài địa giới 2 đơn vị")
    assert set(load_layer("2020", "20").units.index) == {"05974", "05977"}


def test_shape_that_is_no_unit_can_be_given_one(app):
    upload(app, squares(TEN=["Phường Tam Thanh", "Phường Vĩnh Trại", "![x](http://a.vn)"]))
    label = next(one for one in app.selectbox if "không có trong danh mục" in one.label)
    assert "\\!\\[x" in label.label
    label.set_value("06202")
    press(app, "Xác nhận các lựa chọn")
    assert metric(app, "Đơn vị có hình") == "3"
    press(app, "làm lại")
    assert metric(app, "Đơn vị có hình") == "2"


def test_overlaps_and_gaps_are_shown(app):
    frame = squares(step=0.005, code=CODES)
    frame.loc[3] = {"code": "05980", "geometry": shapely.box(106.74, 21.86, 106.79, 21.9)}
    hole = shapely.box(106.75, 21.87, 106.76, 21.88)
    frame.loc[3, "geometry"] = frame.loc[3, "geometry"].difference(hole)
    upload(app, frame)
    assert metric(app, "Cặp chồng nhau") == "2"
    assert metric(app, "Khoảng trống") == "1"
    overlaps = next(one.value for one in app.dataframe if "Chồng lên" in one.value)
    assert overlaps["Đơn vị"].iloc[0].startswith("Phường")
    assert float(overlaps["km²"].iloc[0].replace(",", ".")) == pytest.approx(0.5722, abs=1e-3)
    gaps = next(one.value for one in app.dataframe if "Giữa các đơn vị" in one.value)
    assert "05980" in gaps["Giữa các đơn vị"].iloc[0]


def test_file_without_system_asks_for_it(app):
    units = load_units("2020", "20").loc[CODES]
    places = gpd.GeoSeries(gpd.points_from_xy(units["lon"], units["lat"]), crs=4326).to_crs(9215)
    frame = gpd.GeoDataFrame({"code": CODES}, geometry=places.buffer(300).to_numpy())
    upload(app, frame)
    (error,) = app.error
    assert "không ghi hệ tọa độ" in error.value
    assert "107°15′" in words_of(app)
    press(app, "Dùng hệ tọa độ này")
    assert metric(app, "Đơn vị có hình") == "3"
    assert not app.error


@pytest.mark.parametrize("content", [b"{", b"", b'{"type": "FeatureCollection", "features": []}'])
def test_broken_file_is_one_sentence(app, content):
    upload(app, content)
    (error,) = app.error
    assert error.value.startswith("Chưa cài gì.")
    assert load_layer("2020", "20").schematic


def test_file_that_the_server_did_not_take_is_one_sentence(app, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_BOUNDARIES", 0)
    upload(app, squares(code=CODES))
    (error,) = app.error
    assert "lớn hơn 0 MB" in error.value


def test_maps_show_what_was_installed(demo_home):
    app = open_page("map")
    assert "sơ đồ" in words_of(app)
    app.switch_page("pages/figures/boundaries.py").run()
    upload(app, squares(code=CODES))
    press(app, "Cài địa giới")
    app.switch_page("pages/explore/map.py").run()
    assert not app.exception
    assert "Địa giới do đơn vị sử dụng cài đặt" in words_of(app)
    assert "197 đơn vị chưa có hình" in words_of(app)
