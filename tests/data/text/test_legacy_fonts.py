"""Text of the fonts of before Unicode comes back whole, and text that is Unicode stays as it is.

The encoders below are written from the published tables, independently of the module that reads.
"""

import copy
import shutil
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring.standard.load
from data.text.legacy_fonts import convert_legacy
from data.units.lists import load_units
from data.units.vocabulary import load_vocabulary
from scoring.standard import get_standard
from tests.examples import examples
from tests.scoring.samples import ODD_FILE

LABELS = [one.label for one in get_standard().inputs.values()]
UNITS = load_units("2020")
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng

# TCVN 5712:1993 (TCVN3, ABC): code of each letter with the five tones in the order above.
TCVN3_TONED = {
    "a": "b5 b6 b7 b8 b9",
    "ă": "bb bc bd be c6",
    "â": "c7 c8 c9 ca cb",
    "e": "cc ce cf d0 d1",
    "ê": "d2 d3 d4 d5 d6",
    "i": "d7 d8 dc dd de",
    "o": "df e1 e2 e3 e4",
    "ô": "e5 e6 e7 e8 e9",
    "ơ": "ea eb ec ed ee",
    "u": "ef f1 f2 f3 f4",
    "ư": "f5 f6 f7 f8 f9",
    "y": "fa fb fc fd fe",
}
TCVN3_PLAIN = {
    **{"ă": "a8", "â": "a9", "ê": "aa", "ô": "ab", "ơ": "ac", "ư": "ad", "đ": "ae"},
    **{"Ă": "a1", "Â": "a2", "Ê": "a3", "Ô": "a4", "Ơ": "a5", "Ư": "a6", "Đ": "a7"},
}
TCVN3 = {letter: chr(int(code, 16)) for letter, code in TCVN3_PLAIN.items()} | {
    unicodedata.normalize("NFC", letter + tone): chr(int(code, 16))
    for letter, codes in TCVN3_TONED.items()
    for tone, code in zip(TONES, codes.split(), strict=True)
}

# VNI for Windows: a vowel and a mark, some letters by themselves.
VNI_TONES = dict(zip(TONES, "øûõùï", strict=True))
VNI_CIRCUMFLEX = {"": "â"} | dict(zip(TONES, "àåãáä", strict=True))
VNI_BREVE = {"": "ê"} | dict(zip(TONES, "èúüéë", strict=True))
VNI_SINGLE = {"đ": "ñ", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î"}
VNI_HORN = {"o": "ô", "u": "ö"}


def parts(letter: str) -> tuple[str, str, str]:
    """Plain letter, its own mark (circumflex, breve, horn) and its tone."""
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(one for one in marks if one in TONES)
    return marks[0], "".join(one for one in marks[1:] if one not in TONES), tone


def write_tcvn3(text: str) -> str:
    """The font has no capitals with tones: capitals are drawn by another font, in the same codes."""
    return "".join(TCVN3.get(one) or TCVN3.get(one.lower()) or one for one in text)


def write_vni(text: str) -> str:
    return "".join(write_vni_letter(one) for one in text)


def write_vni_letter(letter: str) -> str:
    plain, mark, tone = parts(letter.lower())
    if letter.lower() in VNI_SINGLE:
        written = VNI_SINGLE[letter.lower()]
    elif mark == "\u0302":
        written = plain + VNI_CIRCUMFLEX[tone]
    elif mark == "\u0306":
        written = plain + VNI_BREVE[tone]
    else:
        written = (VNI_HORN[plain] if mark == "\u031b" else plain) + VNI_TONES.get(tone, "")
    return written.upper() if letter.isupper() else written


def write_windows_1258(text: str) -> str:
    """As an old Windows saves it: tones are letters of their own behind the vowel."""
    written = b""
    for letter in text:
        plain, mark, tone = parts(letter)
        written += (unicodedata.normalize("NFC", plain + mark) + tone).encode("cp1258")
    return written.decode("latin-1")


FONTS = {"TCVN3 (.VnTime)": write_tcvn3, "VNI": write_vni, "Windows-1258": write_windows_1258}
every_font = pytest.mark.parametrize(("font", "write"), FONTS.items(), ids=FONTS)


def convert(texts) -> tuple[str | None, list[str]]:
    """The font that is recognised, and the texts as they are read."""
    rows = [[text] for text in texts]
    return convert_legacy([rows], load_vocabulary), [row[0] for row in rows]


def same(font: str, text: str) -> str:
    """What is compared: TCVN3 does not tell capitals."""
    assert unicodedata.is_normalized("NFC", text)
    return text.casefold() if font.startswith("TCVN3") else text


@pytest.mark.parametrize(
    ("text", "tcvn3", "vni", "windows_1258"),
    [
        ("Số trẻ em", "Sè trÎ em", "Soá treû em", "Sôì treÒ em"),
        ("Thị trấn Thất Khê", "ThÞ trÊn ThÊt Khª", "Thò traán Thaát Kheâ", "Thiò trâìn Thâìt Khê"),
        ("Xã Đại Đồng", "X· §¹i §ång", "Xaõ Ñaïi Ñoàng", "XaÞ Ðaòi ÐôÌng"),
        ("Phường Tự Cường", "Ph\u00adêng Tù C\u00adêng", "Phöôøng Töï Cöôøng", "PhýõÌng Týò CýõÌng"),
    ],
)
def test_encoders(text, tcvn3, vni, windows_1258):
    assert (write_tcvn3(text), write_vni(text), write_windows_1258(text)) == (tcvn3, vni, windows_1258)


@every_font
@pytest.mark.parametrize(
    "texts",
    [LABELS, [one.upper() for one in LABELS], [one.lower() for one in LABELS], list(UNITS["name"])],
    ids=["labels", "capitals", "small letters", "all units"],
)
def test_every_text_comes_back(font, write, texts):
    found, read = convert(map(write, texts))
    assert found == font
    wrong = [pair for pair in zip(texts, read, strict=True) if same(font, pair[0]) != same(font, pair[1])]
    assert wrong == []


def test_there_are_10_599_units():
    assert len(UNITS) == 10_599


def test_capital_vowels_of_vni_may_have_small_marks():
    texts = [one.upper() for one in LABELS]
    written = [[write_vni_letter(letter.lower()) for letter in text] for text in texts]
    assert convert("".join(one[0].upper() + one[1:] for one in text) for text in written) == ("VNI", texts)


@every_font
def test_names_of_one_district_are_enough(font, write):
    for district, rows in UNITS.groupby("district_code"):
        found, read = convert(map(write, rows["name"]))
        assert found == font, district
        assert [same(font, one) for one in read] == [same(font, one) for one in rows["name"]]


@every_font
def test_tables_are_changed_in_place_and_nothing_else_is(font, write):
    when = object()
    rows = [[write("Xã Đại Đồng"), 12, 1.5, None], [True, when, "STT", write("Số trẻ em bị xâm hại")]]
    other = [[write("Tổng số trẻ em"), "", "05971", write("Thị trấn Thất Khê")]]
    tables = [rows, other, []]
    assert convert_legacy(tables, load_vocabulary) == font
    read = [same(font, one) if isinstance(one, str) else one for row in (*rows, *other) for one in row]
    expected = [
        *("Xã Đại Đồng", 12, 1.5, None),
        *(True, when, "STT", "Số trẻ em bị xâm hại"),
        *("Tổng số trẻ em", "", "05971", "Thị trấn Thất Khê"),
    ]
    assert read == [same(font, one) if isinstance(one, str) else one for one in expected]
    assert (tables[0], tables[1]) == (rows, other)


@pytest.mark.parametrize("font", ["TCVN3 (.VnTime)", "VNI"])
@pytest.mark.parametrize("text", ["Tên xã", "Xã Cao Lâu", "Có", "Xã Hòa Bình", "Ghi chú"])
def test_unicode_text_among_texts_of_an_old_font_stays(font, text):
    """A header of the product's own template over rows that were pasted from an old workbook."""
    found, read = convert([text, *map(FONTS[font], LABELS)])
    assert (found, read[0]) == (font, text)


UNICODE = [
    *(pytest.param(list(UNITS["name"]) + LABELS, id="units and labels"), pytest.param(LABELS, id="labels")),
    *([text] for text in ("Xã Hà", "Có", "Tên xã", "Ủy ban nhân dân", "Số trẻ em", "")),
    ["Xã Hà", "Xã Mã", "Xã Lã", "Có", "Chú ý", "Tên xã"],
    [unicodedata.normalize("NFD", one) for one in LABELS],
    ["STT", "Ma don vi", "Xa Dai Dong", "12"],
    ["Café déjà vu"],
    ["Café déjà vu", "Noël à Orléans", "garçon façade où été", "Hôtel de l'Île"],
    ["Größe über Öl", "Señor año mañana", "São João à tarde", "Ångström på ö"],
    ["15 °C", "5 m²", "± 3 %", "© 2022", "«x»", "1\u00a0234"],
    [],
]


@pytest.mark.parametrize("texts", UNICODE)
def test_unicode_and_ascii_are_left_alone(texts):
    before = copy.copy(texts)
    assert convert(texts) == (None, before)


def test_every_unit_and_every_district_in_unicode_is_left_alone():
    for name in UNITS["name"].unique():
        assert convert([name]) == (None, [name])
    for _, rows in UNITS.groupby("district_code"):
        assert convert(rows["name"]) == (None, list(rows["name"]))


@given(
    st.lists(
        st.sampled_from([*LABELS, *UNITS["name"].sample(300, random_state=1)]), min_size=3, max_size=12, unique=True
    ),
    st.sampled_from(sorted(FONTS)),
)
def test_any_few_texts_of_a_font_come_back(texts, font):
    found, read = convert(map(FONTS[font], texts))
    assert found == font
    assert [same(font, one) for one in read] == [same(font, one) for one in texts]


@examples(200)
@given(st.lists(st.text(max_size=20) | st.text("ÀÁÂÃÈÊÌÍàáâãèéêìíòóôõùúýđ aoeu", max_size=20), max_size=10))
def test_any_texts_are_read(texts):
    found, read = convert(texts)
    assert len(read) == len(texts)
    assert found in (None, *FONTS)
    assert found is not None or read == texts


def test_labels_of_every_standard_are_known(tmp_path, monkeypatch):
    folder = tmp_path / "standards"
    shutil.copytree(scoring.standard.load.STANDARDS_FOLDER, folder)
    text = ODD_FILE.read_text(encoding="utf-8").replace("id: odd", "id: khac")
    label = "Vỡ đập, sạt lở, lũ ống, lốc xoáy"
    (folder / "khac.yaml").write_text(text.replace("Số tủ sách\n", f"{label}\n", 1), encoding="utf-8")
    texts = [write_tcvn3(label)]
    assert convert(texts)[0] is None
    monkeypatch.setattr(scoring.standard.load, "STANDARDS_FOLDER", folder)
    assert convert(texts) == ("TCVN3 (.VnTime)", [label])


def misread(text: str, page: str) -> str:
    """What Excel makes of UTF-8 that it opens as a code page: the bytes that the page lacks stay."""
    return "".join(
        bytes([byte]).decode(page) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode("utf-8")
    )


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_utf_8_that_was_opened_as_the_code_page_of_the_machine(form):
    texts = [*LABELS, *UNITS["name"].head(300), "Có", "Không"]
    rows = [[misread(unicodedata.normalize(form, text), "cp1252")] for text in texts]
    assert convert_legacy([rows], load_vocabulary) == "UTF-8 (bị mở nhầm bảng mã)"
    assert [row[0] for row in rows] == texts
