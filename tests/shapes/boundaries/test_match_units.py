"""Shapes find their unit by code, else by an exact name in its district; all else is asked."""

import numpy as np
import pandas as pd
import pytest
import shapely

from data.units.lists import load_units
from shapes.boundaries.matching import find_provinces, match_units, settle

UNITS = load_units("2020")
LANG_SON = frozenset({"20"})


def match(provinces=LANG_SON, shapes=None, **columns):
    return match_units(pd.DataFrame(columns, dtype=object), UNITS, provinces, shapes)


@pytest.mark.parametrize("heading", ["code", "MA_XA", "Mã xã", "maXa", "MADVHC", "Mã ĐVHC", "ma"])
def test_by_code(heading):
    found = match(**{heading: ["05971", "5974", "99999"]})
    assert found.codes == {0: "05971", 1: "05974"}
    assert set(found.how.values()) == {"code"}
    assert found.restored == 1
    assert [one.label for one in found.unknown] == ["99999"]
    assert found.questions == ()


@pytest.mark.parametrize(
    ("name", "district"),
    [
        ("Xã Hòa Bình", "Huyện Bình Gia"),
        ("xã Hoà Bình", "Bình Gia"),
        ("X. HÒA BÌNH", "H. BÌNH GIA"),
        ("Hòa  Bình", "181"),
        ("Xa\u0303 Ho\u0300a Bi\u0300nh", "huyện  bình gia"),
    ],
)
def test_by_name_in_its_district(name, district):
    found = match(TEN_XA=[name], HUYEN=[district])
    assert found.codes == {0: "06103"}
    assert found.how == {0: "name"}


def test_one_name_in_several_districts_is_a_question():
    found = match(TEN=["Xã Hòa Bình"])
    assert found.codes == {}
    (question,) = found.questions
    assert question.reason == "ambiguous"
    assert {"06103", "06274", "06397", "06508"} == set(question.candidates)
    row = UNITS.loc["06397"]
    shape = shapely.Point(row["lon"], row["lat"]).buffer(0.01)
    (question,) = match(TEN=["Xã Hòa Bình"], shapes=np.array([shape])).questions
    assert question.proposal == "06397"


@pytest.mark.parametrize("name", ["Xa Hoa Binh", "Xã Hoa Bình", "Xã Hòa Bìn"])
def test_folded_and_misspelt_names_are_suggestions(name):
    found = match(TEN=[name], HUYEN=["Bình Gia"])
    assert found.codes == {}
    (question,) = found.questions
    assert (question.reason, question.proposal) == ("close", "06103")


def test_name_in_a_district_that_is_not_understood_is_a_suggestion():
    (question,) = match(TEN=["Phường Vĩnh Trại"], HUYEN=["Huyện Nào Đó"]).questions
    assert (question.reason, question.proposal) == ("district", "05977")


def test_province_column_tells_provinces_apart():
    columns = {"xã": ["Xã Hòa Bình", "Phường Hòa Bình"], "tỉnh": ["Tỉnh Lạng Sơn", "TP Hải Phòng"]}
    found = match(frozenset(), huyện=["Bình Gia", ""], **columns)
    assert found.codes == {0: "06103"}


def test_type_of_its_own_column():
    assert match(ten=["Đồng Đăng"], loai=["Thị trấn"]).codes == {0: "06184"}
    assert match(ten=["Đồng Đăng"], loai=["thi_tran"]).how == {0: "name"}


def test_column_of_names_under_a_strange_heading():
    found = match(ghi_chu=["a", "b"], cot_3=["Phường Vĩnh Trại", "Phường Tam Thanh"])
    assert found.columns == {"name": "cot_3"}
    assert found.codes == {0: "05977", 1: "05974"}


def test_no_unit_is_proposed_twice_nor_where_it_is_taken():
    found = match(TEN=["Phường Vĩnh Trại", "Phường Vinh Trai", "Phường Vĩnh Trạii"])
    assert found.codes == {0: "05977"}
    proposals = [one.proposal for one in found.questions if one.proposal]
    assert "05977" not in proposals
    assert len(set(proposals)) == len(proposals)


def test_code_and_name_of_different_units_are_said():
    found = match(code=["05971", "05974", "05977"], name=["Phường Hoàng Văn Thụ", "Phường Tam Thanh", "Xã Hữu Lễ"])
    assert found.codes[2] == "05977"
    assert found.contradictions == ("Xã Hữu Lễ (05977)",)


def test_strange_name_is_proposed_by_its_place():
    row = UNITS.loc["06616"]
    shape = np.array([shapely.Point(row["lon"], row["lat"]).buffer(0.005), None, None])
    found = match(TEN=["Thị trấn Quỳnh Uyển Khuê", "Hồ nước", "Xã Thái Bình"], shapes=shape)
    assert found.codes == {2: "06631"}
    (question,) = found.questions
    assert (question.reason, question.proposal) == ("place", "06616")


def test_answers_of_the_officer():
    found = match(TEN=["Xã Hòa Bình", "Phuong Vinh Trai", "Hồ nước", "Phường Tam Thanh"])
    assert len(found.questions) == 2
    settled = settle(found, {0: "06103", 2: None})
    assert settled.codes == {0: "06103", 3: "05974"}
    assert settled.count("confirmed") == 1
    assert [one.feature for one in settled.questions] == [1]
    assert [one.label for one in settled.unknown] == ["Hồ nước"]
    left = settle(found, {0: None, 1: None})
    assert left.questions == ()
    assert left.left_out == ("Xã Hòa Bình", "Phuong Vinh Trai")
    taken = settle(found, {0: None}, accept_suggestions=True)
    assert taken.codes == {1: "05977", 3: "05974"}
    assert found.codes == {3: "05974"}


def test_provinces_that_shapes_cover():
    def around(codes):
        rows = UNITS.loc[codes].dropna(subset=["lat"])
        return np.array(
            [shapely.Point(lon, lat).buffer(0.01) for lon, lat in zip(rows["lon"], rows["lat"], strict=True)]
        )

    lang_son = UNITS.index[UNITS["province_code"] == "20"]
    assert find_provinces(around(lang_son), UNITS) == {"20"}
    assert find_provinces(around(lang_son[:8]), UNITS) == {"20"}
    both = UNITS.index[UNITS["province_code"].isin(["20", "04"])]
    assert find_provinces(around(both), UNITS) == {"20", "04"}
    assert find_provinces(np.array([shapely.box(0, 0, 1, 1)]), UNITS) == frozenset()
