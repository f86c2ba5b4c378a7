"""The unit lists hold what the law and the packages say."""

import unicodedata

import pytest

from data.text.names import clean_name
from data.units.lists import default_classes, list_vintages, load_crosswalk, load_islands, load_units, vintage_for_year

LANG_SON = "20"


def test_lang_son_2020():
    units = load_units("2020", LANG_SON)
    assert len(units) == 200
    assert units["unit_type"].value_counts().to_dict() == {"xa": 181, "thi_tran": 14, "phuong": 5}
    assert sorted(units["district_code"].unique()) == ["178", *(str(code) for code in range(180, 190))]
    assert units["lat"].notna().all()
    merged = {"05995", "06007", "06295", "06301", "06454", "06574"}
    assert merged <= set(units.index[units["place"].isin(["merged", "parted"])])


@pytest.mark.parametrize(
    ("vintage", "units", "provinces", "lang_son"),
    [("2020", 10_599, 63, 200), ("2025-01", 10_035, 63, 194), ("2025-07", 3_321, 34, 65)],
)
def test_counts(vintage, units, provinces, lang_son):
    """2025-01: the package's 10,040 rows less 5 island districts that have no commune."""
    nation = load_units(vintage)
    assert len(nation) == units
    assert nation.index.is_unique
    assert nation["province_code"].nunique() == provinces
    assert len(load_units(vintage, LANG_SON)) == lang_son


def test_lang_son_2025_07():
    units = load_units("2025-07", LANG_SON)
    assert units["unit_type"].value_counts().to_dict() == {"xa": 61, "phuong": 4}
    assert units["district_code"].nunique() == 11  # former districts


@pytest.mark.parametrize("vintage", ["2020", "2025-01", "2025-07"])
def test_codes_are_text_and_names_are_normal(vintage):
    units = load_units(vintage)
    assert units.index.str.fullmatch(r"\d{5}").all()
    assert units["district_code"].str.fullmatch(r"\d{3}").all()
    assert units["province_code"].str.fullmatch(r"\d{2}").all()
    for column in ("name", "district", "province"):
        assert (units[column] == units[column].map(clean_name)).all()
        assert units[column].map(lambda text: unicodedata.is_normalized("NFC", text)).all()
    assert not units["name"].str.contains(r"\bNT\b").any()
    assert set(units["unit_type"]) <= {"xa", "phuong", "thi_tran", "dac_khu"}


def test_archipelagos_are_where_they_are():
    units = load_units("2025-07").set_index("name")
    assert units.loc["Đặc khu Hoàng Sa", "lon"] > 111
    assert units.loc["Đặc khu Trường Sa", "lat"] < 9
    for vintage in ("2020", "2025-01"):
        truong_sa = load_units(vintage).query("district_code == '576'")
        assert len(truong_sa) == 3
        assert (truong_sa["lon"] > 111).all()
    assert load_islands().loc["498", "lon"] > 111  # Hoàng Sa has no commune before July 2025


def test_classes_of_lang_son():
    classes = default_classes("2020", LANG_SON)
    assert classes["unit_class"].value_counts().to_dict() == {"mountain_island_or_disadvantaged": 195, "other": 5}
    assert classes["mountainous"].all()
    assert (classes["provenance"] == "seen").all()
    wards = load_units("2020", LANG_SON).query("unit_type == 'phuong'").index
    assert set(classes.loc[wards, "unit_class"]) == {"other"}


def test_classes_elsewhere():
    hanoi = default_classes("2020", "01")
    wards = load_units("2020", "01").query("unit_type == 'phuong'").index
    assert set(hanoi.loc[wards, "unit_class"]) == {"central_city_ward"}
    assert set(hanoi.drop(index=wards)["provenance"]) == {"assumed"}
    assert set(default_classes("2020", "46")["unit_class"]) == {"other"}  # Huế was no centrally-run city yet
    assert "central_city_ward" in set(default_classes("2025-01", "46")["unit_class"])


def test_vintage_of_a_year():
    years = {2019: "2020", 2022: "2020", 2024: "2020", 2025: "2025-07", 2030: "2025-07"}
    assert {year: vintage_for_year(year) for year in years} == years
    vintages = list_vintages()
    assert [str(one) for one in vintages["valid_from"]] == ["2020-02-01", "2025-01-01", "2025-07-01"]


def test_crosswalk_ends_exist():
    crosswalk = load_crosswalk()
    assert set(crosswalk["relation"]) == {"kept", "merged", "divided"}
    for (start, end), rows in crosswalk.groupby(["from_vintage", "to_vintage"]):
        assert set(rows["from_code"]) <= set(load_units(start).index)
        assert set(rows["to_code"]) <= set(load_units(end).index)
    from_january = crosswalk[crosswalk["from_vintage"] == "2025-01"]
    assert set(from_january["from_code"]) == set(load_units("2025-01").index)
    from_2020 = crosswalk[crosswalk["from_vintage"] == "2020"]
    assert set(load_units("2020", LANG_SON).index) <= set(from_2020["from_code"])


def test_relations_of_the_crosswalk_mean_what_they_say():
    crosswalk = load_crosswalk()
    parts = crosswalk.groupby(["to_vintage", "to_code"])["from_code"].transform("size")
    assert (parts[crosswalk["relation"] == "kept"] == 1).all()
    january = crosswalk[crosswalk["to_vintage"] == "2025-07"]
    assert (parts[january.index][january["relation"] == "merged"] > 1).all()
    sources = crosswalk.groupby(["from_vintage", "from_code"])
    assert (crosswalk["relation"] == "divided").equals(sources["to_code"].transform("size") > 1)


def test_dai_dong_was_divided_between_that_khe_and_doi_can():
    crosswalk = load_crosswalk().query("from_vintage == '2020' and from_code == '06040'")
    assert dict(zip(crosswalk["to_code"], crosswalk["relation"], strict=True)) == {
        "06025": "divided",
        "06040": "divided",
    }


@pytest.mark.parametrize("vintage", ["2020", "2025-01", "2025-07"])
def test_no_two_units_share_a_point(vintage):
    points = load_units(vintage)[["lat", "lon"]].dropna()
    assert not points.duplicated().any()


@pytest.mark.parametrize("vintage", ["2020", "2025-01"])
def test_namesakes_elsewhere_are_brought_back_to_their_district(vintage):
    units = load_units(vintage)
    assert units.loc["21609", "place"] == "district"  # An Lão of Bình Định, which the package has near Quy Nhơn
    own = units[(units["district_code"] == "542") & (units.index != "21609")]
    assert own["lat"].min() < units.loc["21609", "lat"] < own["lat"].max()


def test_unknown_vintage():
    with pytest.raises(KeyError):
        load_units("1999")
