"""The order of Vietnamese names."""

import unicodedata

from data.text.collation import vietnamese_key


def test_vietnamese_order():
    names = ["Đức Thọ", "Em", "Dương", "An", "Ăn", "Ân", "Bình", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Y", "Ơ", "Ô", "O"]
    expected = [
        "An",
        "Ăn",
        "Ân",
        "Ba",
        "Bà",
        "Bả",
        "Bã",
        "Bá",
        "Bạ",
        "Bình",
        "Dương",
        "Đức Thọ",
        "Em",
        "O",
        "Ô",
        "Ơ",
        "Y",
    ]
    assert sorted(names, key=vietnamese_key) == expected
    assert vietnamese_key(unicodedata.normalize("NFD", "Đức")) == vietnamese_key("Đức")
