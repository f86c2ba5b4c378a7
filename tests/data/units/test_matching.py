"""A unit is found by every spelling that means it and by no other; what is only near is a candidate, never a code."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.text.labels import UNIT_TYPE_WORDS
from data.text.names import fold, normalise_name
from data.units.lists import load_crosswalk, load_units
from data.units.matching import UnitNames
from data.units.spelling import restore_code
from tests.examples import examples

LISTS = [("2020", "20"), ("2025-01", "20"), ("2025-07", "20"), ("2020", None), ("2025-01", None), ("2025-07", None)]
NAMES = {one: UnitNames(load_units(*one)) for one in LISTS}
LANG_SON, JANUARY, JULY, NATION, _, NATION_JULY = NAMES.values()
TRANG_DINH, BINH_GIA, CAO_LOC = frozenset(["180"]), frozenset(["181"]), frozenset(["183"])
DISTRICT_3 = frozenset(["770"])  # Quận 3 of Hồ Chí Minh City, where wards have numbers
TONES = "\u0300\u0301\u0303\u0309\u0323"


@pytest.mark.parametrize("district", [frozenset(), TRANG_DINH], ids=["anywhere", "in its district"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xã Đại Đồng", "06040"),
        ("xã đại đồng", "06040"),
        ("XÃ ĐẠI ĐỒNG", "06040"),
        ("X. Đại Đồng", "06040"),
        ("X.Đại Đồng", "06040"),
        ("x. Đại Đồng", "06040"),
        ("X Đại Đồng", "06040"),
        ("  Xã  Đại \t Đồng ", "06040"),
        ("Xã\u00a0Đại\nĐồng", "06040"),
        (unicodedata.normalize("NFD", "Xã Đại Đồng"), "06040"),
        (unicodedata.normalize("NFD", "XÃ ĐẠI ĐỒNG"), "06040"),
        ("12. Xã Đại Đồng", "06040"),
        ("12.Xã Đại Đồng", "06040"),
        ("3) x. Đại Đồng", "06040"),
        ("- Xã Đại Đồng", "06040"),
        ("Xã Đại Đồng.", "06040"),
        ("Thị trấn Thất Khê", "05995"),
        ("TT. Thất Khê", "05995"),
        ("TT.Thất Khê", "05995"),
        ("TT Thất Khê", "05995"),
        ("tt thất khê", "05995"),
        ("T.T Thất Khê", "05995"),
        ("T.T. Thất Khê", "05995"),
        ("THỊ TRẤN THẤT KHÊ", "05995"),
        ("4. TT. Thất Khê", "05995"),
    ],
)
def test_spellings_of_a_name(text, code, district):
    found = LANG_SON.match_name(text, district)
    assert (found.how, found.code, found.candidates) == ("name", code, ())


@pytest.mark.parametrize(
    ("names", "text", "code"),
    [
        (LANG_SON, "Phường Tam Thanh", "05974"),
        (LANG_SON, "P. Tam Thanh", "05974"),
        (LANG_SON, "P.Tam Thanh", "05974"),
        (LANG_SON, "P Tam Thanh", "05974"),
        (LANG_SON, "p. tam thanh", "05974"),
        (JULY, "P. Tam Thanh", "05986"),
        (JULY, "Xã Quý Hòa", "06076"),
        (JULY, "Xã Quý Hoà", "06076"),
        (JULY, "xã thiện hoà", "06085"),
        (JULY, "Xã Thụy Hùng", "06148"),
        (JULY, "Xã Thuỵ Hùng", "06148"),
        (NATION, "Xã Ch’ơm", "20437"),
    ],
)
def test_wards_and_the_place_of_the_tone(names, text, code):
    found = names.match_name(text)
    assert (found.how, found.code) == ("name", code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Đại Đồng", "06040"),
        ("ĐẠI  ĐỒNG", "06040"),
        ("12. Đại Đồng", "06040"),
        ("Tam Thanh", "05974"),
        ("Thất Khê", "05995"),
        ("Nông trường Thái Bình", "06616"),
    ],
)
def test_type_left_out_where_the_name_is_one_unit_only(text, code):
    found = LANG_SON.match_name(text)
    assert (found.how, found.code) == ("bare", code)


def test_bare_name_of_a_village_and_a_township_is_told_by_the_type():
    assert LANG_SON.match_name("Chi Lăng").how == "ambiguous"
    chi_lang = LANG_SON.match_district("Huyện Chi Lăng")
    assert {code for code, _ in LANG_SON.match_name("Chi Lăng", chi_lang).candidates} == {"06466", "06523"}
    assert LANG_SON.match_name("Xã Chi Lăng", chi_lang).code == "06523"
    assert LANG_SON.match_name("TT. Chi Lăng", chi_lang).code == "06466"
    assert LANG_SON.match_name("P. Chi Lăng").code == "05983"


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Phường 1", "name"),
        ("PHƯỜNG 1", "name"),
        ("Phường 01", "name"),
        ("P.1", "name"),
        ("P. 1", "name"),
        ("P 1", "name"),
        ("P1", "name"),
        ("p1", "name"),
        ("P.01", "name"),
        ("P01", "name"),
        ("2. Phường 1", "name"),
        ("Phường 1. ", "name"),
        ("3) P1", "name"),
        ("1", "bare"),
        ("01", "bare"),
    ],
)
def test_numbered_wards(text, how):
    found = NATION.match_name(text, DISTRICT_3)
    assert (found.how, found.code) == (how, "27160")
    assert NATION.match_name(text).how == "ambiguous"


@pytest.mark.parametrize("text", ["Phường 21", "Phường 11 ", "P12", "12. Phường 12", "1.P11", "Phường 111"])
def test_numbered_wards_are_not_mistaken_for_one_another(text):
    number = re.findall(r"\d+", text)[-1]
    found = NATION.match_name(text, DISTRICT_3)
    assert NATION.name.get(found.code) in (None, f"Phường {number}")


@pytest.mark.parametrize("one", LISTS[:3], ids=str)
def test_units_of_one_name_are_told_apart_by_the_district(one):
    names, units = NAMES[one], load_units(*one)
    shared = units[units.duplicated(["name"], keep=False)].groupby("name")
    assert len(shared) == {"2020": 9, "2025-01": 9, "2025-07": 0}[one[0]]
    for name, rows in shared:
        found = names.match_name(name)
        assert (found.how, found.code) == ("ambiguous", None)
        assert {code for code, _ in found.candidates} == set(rows.index)
        assert sum(confidence for _, confidence in found.candidates) <= 100
        for code, district in rows["district_code"].items():
            told = names.match_name(name, frozenset([district]))
            assert (told.how, told.code) == ("name", code)


def test_hoa_binh_and_numbered_wards_are_ambiguous_with_all_candidates():
    for text in ("Xã Hòa Bình", "x. hoà bình", "Hòa Bình"):
        codes = {code for code, _ in LANG_SON.match_name(text).candidates}
        assert codes == {"06103", "06274", "06397", "06508"}
        assert LANG_SON.match_name(text, BINH_GIA).code == "06103"
    nation = load_units("2020")
    first = {code for code, _ in NATION.match_name("P1").candidates}
    assert first == set(nation.index[nation["name"].isin(["Phường 1", "Phường 01"])])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Xa Dai Dong", "06040"),
        ("X. Dai Dong", "06040"),
        ("DAI DONG", "06040"),
        ("Xã Đại Đông", "06040"),
        ("Xã Đai Đồng", "06040"),
        ("Xã Đại Đồn", "06040"),
        ("Xã Đaị Đòng", "06040"),
        ("TT That Khe", "05995"),
        ("Thất Khe", "05995"),
        ("Phuong Hoang Van Thu", "05971"),
        ("Phường Hoàng Văn Thụu", "05971"),
        ("Xã Kháng Chiên", "06049"),
        # the type is another
        ("Phường Đại Đồng", "06040"),
        ("TT. Đại Đồng", "06040"),
        ("Xã Thất Khê", "05995"),
        ("Xã Tam Thanh Tam Thanh Tam", None),
        ("Hà Nội", None),
    ],
)
def test_what_is_near_is_a_candidate(text, first):
    found = LANG_SON.match_name(text)
    assert found.code is None
    assert found.how == ("close" if first else "unknown")
    assert (found.candidates[0][0] if found.candidates else None) == first
    rates = [confidence for _, confidence in found.candidates]
    assert rates == sorted(rates, reverse=True)
    assert all(75 <= one < 100 for one in rates)
    assert len(rates) <= 5


@pytest.mark.parametrize(
    ("text", "district", "first"),
    [
        ("Xã Đại Đồng", BINH_GIA, "06040"),
        ("Phường Tam Thanh", TRANG_DINH, "05974"),
        ("Thị trấn Cao Lộc", TRANG_DINH, "06187"),
        ("Đại Đồng", CAO_LOC, "06040"),
    ],
)
def test_unit_of_another_district_is_only_a_candidate(text, district, first):
    assert LANG_SON.match_name(text).code == first
    found = LANG_SON.match_name(text, district)
    assert (found.how, found.code) == ("close", None)
    assert found.candidates[0] == (first, 85)


@pytest.mark.parametrize("text", ["", " ", "Xã", "P.", "TT", "12", "12.", "…", "Mã đơn vị", "\u0303", "đ" * 500])
def test_texts_that_name_no_unit(text):
    found = LANG_SON.match_name(text)
    assert (found.how, found.code) == ("unknown", None)


@pytest.mark.parametrize(
    ("text", "code", "official"),
    [
        ("Thị trấn Mường Lát", "14845", "Xã Mường Lát"),
        ("TT. Mường Lát", "14845", "Xã Mường Lát"),
        ("Xã Đạ Ploa", "25114", "Xã Đạ Huoai 3"),
        ("ĐẠ PLOA", "25114", "Xã Đạ Huoai 3"),
    ],
)
def test_former_name_of_a_unit_that_was_kept(text, code, official):
    found = NATION_JULY.match_name(text)
    assert (found.how, found.code) == ("former", code)
    assert NATION_JULY.name[code] == official


@pytest.mark.parametrize(
    ("names", "text", "district", "successors"),
    [
        (JANUARY, "Xã Đại Đồng", TRANG_DINH, {"06025", "06040"}),  # divided
        (JANUARY, "Đại Đồng", frozenset(), {"06025", "06040"}),
        (JULY, "Xã Đại Đồng", TRANG_DINH, {"06004", "06040"}),
        (JULY, "Thị trấn Thất Khê", frozenset(), {"06040"}),
        (JULY, "TT. THẤT KHÊ", TRANG_DINH, {"06040"}),
        (JULY, "Phường Hoàng Văn Thụ", frozenset(), {"06187"}),
        (JULY, "Xã Hoà Bình", BINH_GIA, {"06103"}),
        # the successor counts to another former district than the unit did
        (JULY, "Phường Hoàng Văn Thụ", frozenset(["178"]), {"06187"}),
        (JULY, "Xã Yên Trạch", CAO_LOC, {"05977"}),
        (JULY, "Xã Tân Thành", CAO_LOC, {"06316"}),
    ],
)
def test_former_unit_that_was_merged_or_divided(names, text, district, successors):
    found = names.match_name(text, district)
    assert (found.how, found.code) == ("merged", None)
    assert {code for code, _ in found.candidates} == successors


@pytest.mark.parametrize("text", ["Xã Hòa Bình", "Xã Hồng Thái"])
def test_several_former_units_of_one_name_lead_to_their_successors_only(text):
    former = load_units("2020", "20")
    codes = set(former.index[former["name"] == text])
    found = JULY.match_name(text)
    assert found.code is None
    assert {code for code, _ in found.candidates} == set().union(*(successors("2020", one) for one in codes))


@pytest.mark.parametrize(
    ("names", "vintages"), [(JANUARY, ["2020"]), (JULY, ["2020", "2025-01"])], ids=["2025-01", "2025-07"]
)
def test_former_unit_is_never_read_as_another(names, vintages):
    """Every unit of an earlier list: its code is that of its namesake of today or of the one unit that it became."""
    for vintage in vintages:
        for code, unit in load_units(vintage, "20").iterrows():
            for district in (frozenset(), frozenset([unit["district_code"]])):
                found = names.match_name(unit["name"], district)
                if found.code is not None and names.name[found.code] != unit["name"]:
                    assert successors(vintage, code) == {found.code}


def successors(vintage: str, code: str) -> set[str]:
    """Units of July 2025 that have parts of a former unit."""
    crosswalk = load_crosswalk()
    codes = {code}
    for step in [one for one in ("2020", "2025-01") if one >= vintage]:
        rows = crosswalk[(crosswalk["from_vintage"] == step) & crosswalk["from_code"].isin(codes)]
        codes = set(rows["to_code"])
    return codes


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("05971", "05971"),
        ("5971", "05971"),
        (" 5971 ", "05971"),
        ("5971.0", "05971"),
        ("1", "00001"),
        ("12345", "12345"),
        ("123456", "123456"),
        ("5971a", "5971a"),
        ("59.71", "59.71"),
        ("-5971", "-5971"),
        ("５９７１", "５９７１"),
        ("٥٩٧١", "٥٩٧١"),
        ("Xã Đại Đồng", "Xã Đại Đồng"),
        ("", ""),
    ],
)
def test_lost_zeros_of_a_code(text, restored):
    assert restore_code(text) == restored


@pytest.mark.parametrize(
    ("names", "text", "code"),
    [
        (LANG_SON, "05971", "05971"),
        (LANG_SON, "5971", "05971"),
        (LANG_SON, " 5971.0", "05971"),
        (LANG_SON, "00001", None),  # Hà Nội
        (LANG_SON, "27160", None),  # Hồ Chí Minh City
        (LANG_SON, "99999", None),
        (LANG_SON, "", None),
        (LANG_SON, "180", None),  # a district
        (LANG_SON, "Xã Đại Đồng", None),
        (JULY, "5971", None),  # merged
        (JULY, "5977", "05977"),
        (NATION, "1", "00001"),
        (NATION, "27160", "27160"),
    ],
)
def test_codes(names, text, code):
    assert names.match_code(text) == code


@pytest.mark.parametrize("one", LISTS, ids=str)
def test_every_code_without_its_zeros(one):
    names = NAMES[one]
    assert {code: names.match_code(code.lstrip("0")) for code in names.name} == {code: code for code in names.name}


@pytest.mark.parametrize(
    ("text", "districts", "bare"),
    [
        ("Huyện Tràng Định", {"180"}, False),
        ("HUYỆN  TRÀNG ĐỊNH", {"180"}, False),
        (unicodedata.normalize("NFD", "huyện Tràng Định"), {"180"}, False),
        ("H. Tràng Định", {"180"}, False),
        ("H.Tràng Định", {"180"}, False),
        ("Tràng Định", {"180"}, True),
        ("Thành phố Lạng Sơn", {"178"}, False),
        ("TP Lạng Sơn", {"178"}, False),
        ("TP. Lạng Sơn", {"178"}, False),
        ("T.P Lạng Sơn", {"178"}, False),
        ("Lạng Sơn", {"178"}, True),
        ("Trang Dinh", set(), True),
        ("Huyện Đông Anh", set(), True),
        ("Huyện", set(), True),
        ("", set(), True),
    ],
)
def test_district(text, districts, bare):
    """`bare`: only the name alone, which does not do where it could be a unit's."""
    assert LANG_SON.match_district(text) == districts
    assert LANG_SON.match_district(text, bare=False) == (set() if bare else districts)


def test_districts_of_one_name_are_told_by_their_type():
    city, country = NATION.match_district("Thành phố Cao Lãnh"), NATION.match_district("Huyện Cao Lãnh")
    assert (len(city), len(country)) == (1, 1)
    assert NATION.match_district("Cao Lãnh") == city | country
    for text in ("Quận 3", "QUẬN 3", "Q.3", "Q3"):
        assert NATION.match_district(text) == DISTRICT_3


@pytest.mark.parametrize(
    ("text", "district", "unit"),
    [
        ("UBND HUYỆN TRÀNG ĐỊNH", {"180"}, None),
        ("Ủy ban nhân dân xã Đại Đồng, huyện Tràng Định", {"180"}, "06040"),
        ("BÁO CÁO CỦA XÃ MAI PHA NĂM 2022", set(), "05992"),
        ("Biểu số 1 - xã Hoà Bình - huyện Văn Quan - tỉnh Lạng Sơn", {"184"}, "06274"),
        ("UBND xã Hòa Bình", set(), None),
        ("Thị trấn Cao Lộc, huyện Cao Lộc", {"183"}, "06187"),
        ("Thị trấn Nông trường Thái Bình, huyện Đình Lập", {"189"}, "06616"),
        ("Phường Hoàng Văn Thụ - thành phố Lạng Sơn", {"178"}, "05971"),
        ("UBND xa Dai Dong, huyen Trang Dinh", set(), None),
        ("Số liệu của các xã, phường, thị trấn", set(), None),
        ("Tỉnh Lạng Sơn", set(), None),
        ("", set(), None),
    ],
)
def test_longer_text(text, district, unit):
    assert LANG_SON.find_district(text) == district
    assert LANG_SON.find_unit(text) == unit


def test_town_is_not_read_as_a_unit():
    """Thị xã is a district, though the word xã is in it."""
    yen_bai = UnitNames(load_units("2020", "15"))
    assert yen_bai.find_unit("UBND xã Nghĩa Lộ, thị xã Nghĩa Lộ") == "04624"
    assert yen_bai.find_district("UBND thị xã Nghĩa Lộ") == yen_bai.match_district("Thị xã Nghĩa Lộ") != set()
    assert yen_bai.find_unit("UBND thị xã Nghĩa Lộ") is None


def test_description():
    assert LANG_SON.describe("06103") == "Xã Hòa Bình (Huyện Bình Gia, 06103)"


@pytest.mark.parametrize("one", LISTS[3:], ids=str)
def test_every_official_name_of_the_nation_is_its_own_unit(one):
    names = NAMES[one]
    found = {code: names.match_name(name, frozenset([names.district[code]])) for code, name in names.name.items()}
    assert {names.describe(code): one for code, one in found.items() if (one.how, one.code) != ("name", code)} == {}


TYPES = {
    "xa": ("Xã ", "X. ", "X.", "x ", "xã. "),
    "phuong": ("Phường ", "P. ", "P.", "p ", "phường. "),
    "thi_tran": ("Thị trấn ", "TT. ", "TT.", "T.T ", "T.T. "),
}
CASES = (str, str.upper, str.lower, str.title, str.swapcase)
OLD_TONE = re.compile(rf"((?<!q)u(?=y)|o(?=[ae]))([aey])([{TONES}])(?![\w\u0300-\u036f])", re.IGNORECASE)
NEW_TONE = re.compile(rf"(u(?=.y)|o(?=.[ae]))([{TONES}])([aey])(?![\w\u0300-\u036f])", re.IGNORECASE)
spellings = st.tuples(
    st.integers(0, 4),
    st.sampled_from(CASES),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from(["as it is", "òa", "oà"]),
    st.sampled_from([" ", "  ", "\u00a0", "\t", "\n", " \u2009"]),
    st.sampled_from(["", " ", "7. ", "12.", "3) ", "- "]),
)


def spell(name: str, unit_type: str, spelling) -> str:
    """A name in another allowed spelling."""
    kind, case, form, tone, gap, number = spelling
    text = TYPES[unit_type][kind] + bare_name(name, unit_type)
    return number + unicodedata.normalize(form, case(move_tone(text, tone))).replace(" ", gap)


def bare_name(name: str, unit_type: str) -> str:
    word = UNIT_TYPE_WORDS[unit_type] + " "
    assert name.startswith(word)
    return name.removeprefix(word)


def move_tone(text: str, tone: str) -> str:
    plain = unicodedata.normalize("NFD", text)
    if tone == "òa":
        plain = OLD_TONE.sub(r"\1\3\2", plain)
    elif tone == "oà":
        plain = NEW_TONE.sub(r"\1\3\2", plain)
    return unicodedata.normalize("NFC", plain)


@pytest.mark.parametrize(
    ("text", "tone", "moved"),
    [
        ("Hoà Thuỵ Hoè", "òa", "Hòa Thụy Hòe"),
        ("HÒA THỤY HÒE", "oà", "HOÀ THUỴ HOÈ"),
        ("Hoàng Quý Huỳnh Hoạch Ngoặc", "òa", "Hoàng Quý Huỳnh Hoạch Ngoặc"),
    ],
)
def test_tones_are_moved_in_the_spellings(text, tone, moved):
    assert move_tone(text, tone) == moved


def misread(names: UnitNames, spelling) -> dict[str, object]:
    """Units whose name in a spelling does not lead to them in their district."""
    texts = {code: spell(name, names.unit_type[code], spelling) for code, name in names.name.items()}
    found = {code: names.match_name(text, frozenset([names.district[code]])) for code, text in texts.items()}
    return {texts[code]: one for code, one in found.items() if (one.how, one.code) != ("name", code)}


@examples(60)
@given(spellings)
@example((1, str.upper, "NFD", "òa", "  ", "12."))
@example((3, str.swapcase, "NFC", "oà", "\u00a0", "3) "))
def test_any_spelling_of_any_unit_of_the_province_is_that_unit(spelling):
    for names in (LANG_SON, JANUARY, JULY):
        assert misread(names, spelling) == {}


@examples(4)
@given(spellings)
def test_any_spelling_of_any_unit_of_the_nation_is_that_unit(spelling):
    assert misread(NATION, spelling) == {}


@examples(8)
@given(st.sampled_from(CASES), st.sampled_from(["long", "short", "bare"]), st.booleans())
def test_text_without_diacritics_is_never_a_unit_of_another_name(case, kind, in_district):
    for names in (LANG_SON, JULY):
        for code, name in names.name.items():
            long, short = TYPES[names.unit_type[code]][:2]
            bare = fold(bare_name(name, names.unit_type[code]))
            text = case(fold({"long": long, "short": short, "bare": ""}[kind]) + bare)
            found = names.match_name(text, frozenset([names.district[code]]) if in_district else frozenset())
            if found.code is not None:
                assert kind != "long", text  # “Xa” is no “Xã”
                assert normalise_name(bare) == normalise_name(
                    bare_name(names.name[found.code], names.unit_type[found.code])
                )


@pytest.mark.parametrize("one", LISTS[:3], ids=str)
def test_official_name_without_diacritics_has_its_unit_first(one):
    names, lost = NAMES[one], []
    for code, name in names.name.items():
        rates = dict(names.match_name(fold(name), frozenset([names.district[code]])).candidates)
        if rates.get(code, 0) < max(rates.values(), default=1):
            lost.append((name, rates))
    assert lost == []


@examples(300)
@given(st.data())
def test_one_letter_too_few_is_never_a_unit_of_another_name(data):
    code = data.draw(st.sampled_from(list(LANG_SON.name)))
    name = LANG_SON.name[code]
    place = data.draw(st.integers(0, len(name) - 1))
    text = name[:place] + name[place + 1 :]
    found = LANG_SON.match_name(text, frozenset([LANG_SON.district[code]]))
    if found.code is not None:
        kind, official = LANG_SON.unit_type[found.code], LANG_SON.name[found.code]
        openings = ("", *TYPES[kind])
        assert normalise_name(text) in {normalise_name(one + bare_name(official, kind)) for one in openings}


@examples(200)
@given(st.text(max_size=40) | st.text("xãpthịrấnường .0123456789đạiồHòaBìh\u0300\u0323", max_size=30))
def test_any_text_has_an_answer(text):
    found = LANG_SON.match_name(text)
    assert (found.code is not None) == (found.how in ("name", "bare", "former"))
    assert {code for code, _ in found.candidates} | {found.code} <= {None, *LANG_SON.name}
    assert LANG_SON.find_unit(text) in {None, *LANG_SON.name}
    assert LANG_SON.match_code(text) in {None, text.strip().removesuffix(".0").zfill(5)}
