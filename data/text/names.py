"""Names in one normal form, so that spellings that mean the same compare equal; as shown; without diacritics."""

import re
import unicodedata
from functools import lru_cache

# Unicode form, case, spaces, punctuation and the place of the tone mark do not count; letters and tones do.
_MOVED_TONES = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
# Letters of other languages that stand for đ in texts of other code pages, and marks that nobody sees.
_UNSEEN = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff")
_ALIKE = str.maketrans(dict.fromkeys("ðɖ", "đ") | dict.fromkeys("ÐƉ", "Đ") | dict.fromkeys(_UNSEEN, ""))
_OLD_STYLE = re.compile("|".join(_MOVED_TONES))
_LONGEST_KEPT = 200  # characters; longer texts are no names and would fill the memory
_NOT_LETTERS = re.compile(r"[\W_]+")


def normalise_name(text: str) -> str:
    """The one normal form of a name or a label.

    Two texts have the same form when they differ only in Unicode form (NFC, NFD), case, spaces, punctuation, the place
    of the tone mark (hoà, hòa), or in how đ is encoded (Ð of Icelandic looks the same). Diacritics
    stay: “An Phú” and “Ân Phú” are two names.
    """
    return _normalise_kept(text) if len(text) <= _LONGEST_KEPT else _normalise(text)


def _normalise(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    moved = _OLD_STYLE.sub(lambda found: _MOVED_TONES[found.group()], composed)
    return _NOT_LETTERS.sub(" ", moved).strip()


_normalise_kept = lru_cache(maxsize=65_536)(_normalise)


def clean_name(text: str) -> str:
    """A name to show: composed (NFC), single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """A text without diacritics: “an phu” for “ân phú”."""
    seen = unicodedata.normalize("NFD", text.translate(_ALIKE))
    plain = "".join(letter for letter in seen if not unicodedata.combining(letter))
    return plain.replace("đ", "d").replace("Đ", "D")


def slug(text: str) -> str:
    """A text as a part of a file's name: “Huyện Văn Lãng” is `huyen-van-lang`."""
    return "-".join(fold(normalise_name(text)).split())
