"""A column is exact by id or label only; everything else is a proposal, and no input is proposed twice."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.table.columns import CODE, DISTRICT, NAME, SKIP, Header, is_input_text, match_columns
from scoring.standard import get_standard
from tests.examples import examples
from tests.scoring.samples import ODD

STANDARD = get_standard()
INPUTS = STANDARD.inputs
SURE = ("exact", "chosen", "unit", "side")

# What officers write above a column, and the input that they mean.
SHORT = {
    "TE dưới 1 tuổi": "infants",
    "TE <1 tuổi": "infants",
    "TE <1 tuổi TCMR": "infants_immunised",
    "TE dưới 1 tuổi TCĐĐ": "infants_immunised",
    "Trẻ dưới 1 tuổi được TCMR": "infants_immunised",
    "SDD nhẹ cân": "under5_underweight",
    "SDD thấp còi": "under5_stunted",
    "TE <5 tuổi SDD nhẹ cân": "under5_underweight",
    "TE dưới 5 tuổi SDD thể thấp còi": "under5_stunted",
    "Trẻ <5 tuổi được cân": "under5_weighed",
    "TE <5 tuổi được đo chiều cao": "under5_measured",
    "Số trẻ bị TNTT": "injured",
    "TNTT": "injured",
    "TE có HCĐB": "special",
    "HCĐB": "special",
    "TE có HCĐB được trợ giúp": "special_assisted",
    "HCĐB được trợ giúp": "special_assisted",
    "Tổng TE": "children",
    "Tổng số TE": "children",
    "Trẻ đi nhà trẻ": "in_nursery",
    "Số cháu đi nhà trẻ": "in_nursery",
    "Trẻ đi MG": "in_kindergarten",
    "Trẻ 5 tuổi đi MG": "in_kindergarten_five",
    "Trẻ 5 tuổi": "age_five",
    "Trẻ 3-5 tuổi": "age_kindergarten",
    "Trẻ 3-36 tháng": "age_nursery",
    "Điểm vui chơi": "play_place",
    "Số thôn có điểm vui chơi": "villages_with_play",
    "Thôn, TDP": "villages",
    "KSK định kỳ": "checkup_done",
    "Trẻ được KSK ĐK": "checkup_done",
    "TE thuộc diện KSK ĐK": "checkup_due",
    "Người làm công tác BVTE": "officer",
    "CTV BVTE": "collaborators",
    "Ban BVTE": "board",
    "Kinh phí thực hiện QTE": "funding",
    "Trẻ sinh ra trong năm": "births",
    "Trẻ được khai sinh": "births_registered",
    "TE bị xâm hại": "abused",
    "TE VPPL": "offending",
    "TE nghiện ma tuý": "drug_addicted",
    "CLB trẻ em": "childrens_club",
    "TE từ 7 tuổi": "age_7plus",
    "TE trên 7 tuổi được lấy ý kiến": "consulted_7plus",
    "Vụ XHTD": "severe_cases",
    "Trẻ hài lòng": "satisfied_children",
    "Dân được khảo sát": "surveyed_adults",
}


def match(*texts: tuple[str, int], chosen=None):
    """What one column holds by the texts of its header, each with the columns that it spans."""
    (found,) = match_columns([Header(0, texts)], STANDARD, chosen or {})
    return found


def match_all(texts: list[str], chosen=None):
    return match_columns([Header(place, ((text, 1),)) for place, text in enumerate(texts)], STANDARD, chosen or {})


@pytest.mark.parametrize(
    "form",
    [
        "{id}",
        "{label}",
        "{id} – {label}",
        "{id} - {label}",
        "{id}: {label}",
        "{label} ({id})",
        "{label} [{id}]",
        "{label}:",
        "“{label}”",
        " * {label} (*) ",
        "{label}\n({id})",
    ],
)
@pytest.mark.parametrize("case", [str, str.upper, str.lower, str.title, str.swapcase])
@pytest.mark.parametrize("unicode_form", ["NFC", "NFD"])
def test_id_and_label_are_exact(form, case, unicode_form):
    texts = {
        one.id: unicodedata.normalize(unicode_form, case(form.format(id=one.id, label=one.label)))
        for one in INPUTS.values()
    }
    alone = {one: match((text, 1)) for one, text in texts.items()}
    assert {one: (found.how, found.target, found.confidence) for one, found in alone.items()} == {
        one: ("exact", one, 100) for one in INPUTS
    }
    together = match_all(list(texts.values()))
    assert [(found.how, found.target) for found in together] == [("exact", one) for one in INPUTS]
    assert all(is_input_text(text, STANDARD) for text in texts.values())


@given(st.sampled_from(list(INPUTS.values())), st.data())
def test_label_is_exact_with_any_punctuation_between_its_words(one, data):
    marks = st.text(" .,;:-–/()[]*\"'“”\n\t\u00a0_…", min_size=0, max_size=3)
    words = one.label.replace(",", " ").split()
    text = "".join(word + " " + data.draw(marks) for word in words)
    found = match((data.draw(marks) + text, 1))
    assert (found.how, found.target) == ("exact", one.id)


@pytest.mark.parametrize(("old", "new"), [("sức khỏe", "sức khoẻ"), ("ma túy", "ma tuý"), ("hội đồng", "HỘI ĐỒNG")])
def test_place_of_the_tone_in_a_label(old, new):
    labels = {one.id: one.label for one in INPUTS.values() if old in one.label}
    assert labels
    for target, label in labels.items():
        found = match((label.replace(old, new), 1))
        assert (found.how, found.target) == ("exact", target)


@pytest.mark.parametrize(("text", "target"), SHORT.items())
def test_short_header_is_a_proposal(text, target):
    for written in (text, text.upper(), unicodedata.normalize("NFD", text)):
        found = match((written, 1))
        assert (found.how, found.target) == ("close", target)
        assert 45 <= found.confidence < 100
        assert target not in dict(found.others)
        assert not is_input_text(written, STANDARD)


@pytest.mark.parametrize(
    "text",
    [
        "Số trẻ em bị xâm hạii",
        "Số trẻ em bị xâm",
        "trẻ em bị xâm hại",
        "So tre em bi xam hai",
        "Số trẻ em xâm hại",
        "abuse",
    ],
)
def test_label_that_differs_in_a_letter_is_not_exact(text):
    found = match((text, 1))
    assert found.how in ("close", "unknown")
    assert not is_input_text(text, STANDARD)


@pytest.mark.parametrize("number", ["1. ", "2. ", "5. ", "7) ", "12. ", "(3) "])
@pytest.mark.parametrize("one", ["children", "births", "abused", "age_five", "in_kindergarten"])
def test_number_of_a_header_does_not_lead_to_another_input(number, one):
    found = match((number + INPUTS[one].label, 1))
    assert (found.how, found.target) in (("exact", one), ("close", one))


@pytest.mark.parametrize(
    "text", ["Nam", "Nữ", "Diện tích", "Diện tích (km²)", "Dân số", "Số hộ nghèo", "Năm", "Số", "", "…", "12"]
)
def test_header_of_something_else_is_unknown(text):
    found = match((text, 1))
    assert (found.how, found.target, found.confidence) == ("unknown", SKIP, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ (%)",
        "Tỷ lệ",
        "Tỉ lệ %",
        "TỶ LỆ",
        "%",
        "Tỷ suất",
        "Phần trăm",
        "Tỷ lệ TE được khai sinh",
        "Trẻ được khai sinh (%)",
        "Số trẻ em được khai sinh đúng quy định (%)",
        "% Số trẻ em được khai sinh đúng quy định",
    ],
)
def test_ratios_are_told_and_left_out(text):
    for texts in (((text, 1),), (("Số trẻ em được khai sinh đúng quy định", 2), (text, 1))):
        found = match(*texts)
        assert (found.how, found.target) == ("ratio", SKIP)


@pytest.mark.parametrize(
    "text",
    ["STT", "stt", "TT", "Số TT", "Số thứ tự", "Ghi chú", "GHI CHÚ:", "Nguồn", "ĐVT", "Đơn vị tính", "Người báo cáo"],
)
def test_side_columns(text):
    found = match((text, 1))
    assert (found.how, found.target) == ("side", SKIP)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Mã đơn vị", CODE),
        ("MÃ XÃ", CODE),
        ("Mã ĐVHC", CODE),
        ("Tên đơn vị", NAME),
        ("Xã, phường, thị trấn", NAME),
        ("Xã/phường", NAME),
        ("Đơn vị", NAME),
        ("Địa phương", NAME),
        ("Huyện, thành phố", DISTRICT),
        ("Huyện", DISTRICT),
        ("Quận/huyện", DISTRICT),
    ],
)
def test_columns_that_tell_the_unit(text, role):
    found = match((text, 1))
    assert (found.how, found.target) == ("unit", role)


@pytest.mark.parametrize(
    ("texts", "target"),
    [
        ([("Số trẻ em", 2), ("bị xâm hại", 1)], "abused"),
        ([("SỐ TRẺ EM", 2), ("Bị xâm hại", 1)], "abused"),
        ([("Biểu tổng hợp", 9), ("Số trẻ em", 2), ("bị xâm hại", 1)], "abused"),
        ([("Số trẻ em dưới 5 tuổi", 4), ("suy dinh dưỡng", 2), ("thể thấp còi", 1)], "under5_stunted"),
        ([("Số trẻ em", 2), ("Số trẻ em bị xâm hại", 1)], "abused"),
        ([("Số trẻ em bị xâm hại", 1), ("(1)", 1)], "abused"),
        ([("abused", 1), ("Số trẻ em bị xâm hại", 1)], "abused"),
        ([("Số trẻ em bị xâm hại", 2), ("births", 1)], "births"),
        ([("Tiêm chủng", 3), ("Số trẻ em dưới 1 tuổi", 1)], "infants"),
    ],
)
def test_header_over_several_rows_is_exact(texts, target):
    found = match(*texts)
    assert (found.how, found.target) == ("exact", target)


@pytest.mark.parametrize(
    "below",
    [[], [("Nam", 1)], [("Kế hoạch", 1)], [("Tỷ lệ (%)", 1)], [("%", 1)], [("+/–", 1)], [("Năm 2021", 2), ("Nam", 1)]],
    ids=str,
)
@pytest.mark.parametrize("group", ["Số trẻ em bị xâm hại", "abused", "Tổng số trẻ em", "Số thôn, tổ dân phố"])
def test_text_over_several_columns_is_never_exact_by_itself(group, below):
    assert match((group, 2), *below).how != "exact"
    headers = [Header(3, ((group, 2), *below)), Header(4, ((group, 2), ("Mới", 1)))]
    assert [one.how for one in match_columns(headers, STANDARD, {}) if one.how == "exact"] == []


def test_text_and_key_of_a_header():
    header = Header(7, (("Số  trẻ em\n", 2), ("BỊ XÂM HẠI", 1)))
    assert header.text == "Số trẻ em / BỊ XÂM HẠI"
    assert header.key == "số trẻ em bị xâm hại"


@pytest.mark.parametrize("target", ["births", "abused", SKIP, NAME])
@pytest.mark.parametrize("text", ["Tổng số trẻ em", "Tổng TE", "Ghi chú", "Tỷ lệ (%)", "Mã đơn vị", "Cột bí ẩn"])
def test_what_the_officer_chose_wins(text, target):
    for written in (text, text.upper(), unicodedata.normalize("NFD", text)):
        found = match((written, 1), chosen={Header(0, ((text, 1),)).key: target})
        assert (found.how, found.target, found.confidence) == ("chosen", target, 100)


def test_chosen_input_is_not_proposed_elsewhere():
    first, second = match_all(["Cột bí ẩn", "Tổng TE"], {"cột bí ẩn": "children"})
    assert (first.how, first.target) == ("chosen", "children")
    assert second.target != "children"
    assert "children" not in dict(second.others)
    first, second = match_all(["Tổng số trẻ em", "Tổng TE"], {"tổng số trẻ em": SKIP})
    assert (first.how, first.target) == ("chosen", SKIP)
    assert (second.how, second.target) == ("close", "children")


@pytest.mark.parametrize(("text", "target"), SHORT.items())
def test_exact_column_keeps_its_input(text, target):
    label = INPUTS[target].label
    for texts in ([text, label], [label, text], [text, target]):
        near, sure = sorted(match_all(texts), key=lambda one: one.how == "exact")
        assert (sure.how, sure.target) == ("exact", target)
        assert near.how != "exact"
        assert near.target != target
        assert target not in dict(near.others)


def test_a_proposal_is_clear_where_nothing_else_is_as_near():
    (near,) = match_all(["Tổng số TE"])
    assert (near.how, near.target, near.clear) == ("close", "children", True)


@pytest.mark.parametrize(
    ("texts", "doubtful"),
    [
        (["Trẻ được khai sinh đúng hạn ở bệnh viện huyện"], 0),  # far from any input
        (["TE bị xâm hại", "Trẻ bị xâm hại"], 0),  # another column is as near to the input
        (["TE bị TNTT", "Trẻ bị TNTT", "Số trẻ bị TNTT"], 0),
        (["Tổng số trẻ em", "Tổng số TE"], 1),  # its nearest input stands in another column
    ],
)
def test_a_proposal_that_something_speaks_against_is_not_clear(texts, doubtful):
    near = match_all(texts)[doubtful]
    assert (near.how, near.clear) == ("close", False)


def test_better_column_gets_the_input():
    first, second = match_all(["Trẻ SDD", "TE <5 tuổi SDD thể nhẹ cân"])
    assert (second.how, second.target) == ("close", "under5_underweight")
    assert first.target != "under5_underweight"
    boys, girls = match_all(["TE bị xâm hại", "Trẻ bị xâm hại"])
    assert (boys.how, boys.target) == ("close", "abused")
    assert girls.target != "abused"


POOL = [
    *SHORT,
    *(one.label for one in INPUTS.values()),
    *INPUTS,
    *("STT", "Ghi chú", "Tỷ lệ (%)", "Nam", "Đơn vị", "Huyện", "Mã xã", "Trẻ em", "Số trẻ", ""),
]


@examples(150)
@given(
    st.lists(st.sampled_from(POOL) | st.text(max_size=30), max_size=25),
    st.dictionaries(
        st.sampled_from(sorted(Header(0, ((one, 1),)).key for one in SHORT)),
        st.sampled_from([SKIP, *INPUTS]),
        max_size=3,
    ),
)
def test_no_input_is_proposed_twice(texts, chosen):
    found = match_all(texts, chosen)
    assert [one.header.column for one in found] == list(range(len(texts)))
    sure = {one.target for one in found if one.how in SURE}
    proposed = [one.target for one in found if one.how == "close"]
    assert len(proposed) == len(set(proposed))
    assert set(proposed) <= set(INPUTS) - sure
    for one in found:
        assert (one.how == "exact") == (is_input_text(one.header.text, STANDARD) and one.header.key not in chosen)
        assert not sure & set(dict(one.others))
        assert one.target not in dict(one.others)
        assert one.how != "close" or 45 <= one.confidence <= 99


@pytest.mark.parametrize(
    "text", ["Tổng TE", "", "STT", "Tên đơn vị", "Số trẻ em", "Trẻ em", "bị xâm hại", "births children"]
)
def test_what_is_no_text_of_an_input(text):
    assert not is_input_text(text, STANDARD)


def one_header(text: str) -> list[Header]:
    return [Header(0, ((text, 1),))]


@pytest.mark.parametrize("alias", ["Bơi được", "HỌC SINH  BƠI AN TOÀN", unicodedata.normalize("NFD", "bơi được")])
def test_an_alias_of_the_standard_is_as_good_as_the_label(alias):
    [match] = match_columns(one_header(alias), ODD, {})
    assert (match.how, match.target) == ("exact", "swimmers")
    assert is_input_text(alias, ODD)
    [match] = match_columns(one_header(alias), STANDARD, {})
    assert match.how != "exact"


def test_a_text_near_an_alias_is_proposed():
    [match] = match_columns(one_header("Số em bơi an toàn"), ODD, {})
    assert (match.how, match.target) == ("close", "swimmers")


def test_abbreviations_are_the_standards_own():
    header = one_header("HSTP")
    [match] = match_columns(header, ODD, {})
    assert (match.how, match.target) == ("close", "pupils")
    assert match_columns(header, STANDARD, {})[0].how == "unknown"
    assert match_columns(one_header("TNTT"), ODD, {})[0].how == "unknown"
