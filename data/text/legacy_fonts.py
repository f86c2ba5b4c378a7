"""Text typed in the one-byte fonts of before Unicode, recognised by its letters and converted.

In TCVN3 (.VnTime, ABC) and VNI the font draws Western letters as Vietnamese ones: “Số trẻ em” is stored as “Sè trÎ em”
or “Soá treû em”. A text file that an old Windows saved in its own code page reads as Western letters too
(“Windows-1258”), and so does UTF-8 that Excel opened as the code page of the machine (“XÃ£ KhÃ¡nh Long”).
The tables are facts of those encodings (TCVN 5712:1993, VNI for Windows).
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from data.text.names import normalise_name

_TCVN3 = dict(
    zip(
        "¡¢§£¤¥¦µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ",
        "ĂÂĐÊÔƠƯàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(_TCVN3)
# VNI writes most letters as two: a vowel and a mark.
_VNI_MARKS = {"ù": "́", "ø": "̀", "û": "̉", "õ": "̃", "ï": "̣"}
_VNI_CIRCUMFLEX = {"â": "̂", "á": "̂́", "à": "̂̀", "å": "̂̉", "ã": "̂̃", "ä": "̣̂"}
_VNI_BREVE = {"ê": "̆", "é": "̆́", "è": "̆̀", "ú": "̆̉", "ü": "̆̃", "ë": "̣̆"}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_WESTERN = re.compile("[\u00a1-\u00ff]")
# Letters by which UTF-8 that was read byte by byte begins, with what can follow them.
_MISREAD = re.compile("[ÃĂÄÅÆ][^A-Za-z0-9 ]|á[º»]")
_UNICODE_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u0300-\u0323\u1ea0-\u1ef9]")
_FEWEST_WORDS = 3
_TELLING_PART = 300  # characters of a text that are enough to recognise its font
_ANSWERS = ("có", "không")  # weigh double: a lone answer in a file of an old font may have been picked from a list


def convert_legacy(tables: list[list[list[Any]]], load_vocabulary: Callable[[], frozenset[str]]) -> str | None:
    """Convert the texts of all tables in place, if they are in an old font; returns its name, or None.

    The font is the one whose reading gives most words of the vocabulary, and more than the text as it stands gives.

    Parameters
    ----------
    load_vocabulary : callable
        Gives words as `accented_words` does, of texts such as these tables hold; asked only when a text is suspect.
    """
    written = {value for rows in tables for row in rows for value in row if type(value) is str}
    texts = {text for text in written if _is_suspect(text)}
    if not texts:
        return None
    vocabulary = load_vocabulary()
    plain = sum(_count_known(text, vocabulary) for text in texts)
    found = {font: sum(_count_known(read(text), vocabulary) for text in texts) for font, read in _FONTS.items()}
    font = max(found, key=lambda one: found[one])
    if found[font] < max(plain + _FEWEST_WORDS, plain * 3 / 2):
        return None
    converted = {text: _FONTS[font](text) for text in texts}
    # A text that makes more sense as it stands was typed in Unicode.
    converted = {
        text: read
        for text, read in converted.items()
        if _count_known(text, vocabulary) <= _count_known(read, vocabulary)
    }
    for rows in tables:
        for row in rows:
            for column, value in enumerate(row):
                if isinstance(value, str) and value in converted:
                    row[column] = converted[value]
    return font


def _is_suspect(text: str) -> bool:
    """Western letters, and none that only Unicode Vietnamese has; or the letters of UTF-8 that was misread."""
    if text.isascii() or not _WESTERN.search(text):
        return False
    return bool(not _UNICODE_VIETNAMESE.search(text) or _MISREAD.search(text))


def _read_tcvn3(text: str) -> str:
    return text.translate(_TCVN3_TABLE)


def _vni_pattern() -> re.Pattern[str]:
    pairs = [f"[aeiouyôöAEIOUYÔÖ][{''.join(_VNI_MARKS)}]", f"[aeoAEO][{''.join(_VNI_CIRCUMFLEX)}]"]
    pairs.append(f"[aA][{''.join(_VNI_BREVE)}]")
    return re.compile("|".join([*pairs, f"[{''.join(_VNI_SINGLE)}]"]), re.IGNORECASE)


_VNI_PATTERN = _vni_pattern()


def _read_vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI_PATTERN.sub(lambda found: _vni_letter(found.group()), text))


def _vni_letter(written: str) -> str:
    base = written[0]
    letter = _VNI_SINGLE.get(base.lower(), base.lower())
    if len(written) == 2:
        mark = written[1].lower()
        letter += (_VNI_CIRCUMFLEX | _VNI_BREVE | _VNI_MARKS)[mark]
    return letter.upper() if base.isupper() else letter


def _read_windows_1258(text: str) -> str:
    try:
        return unicodedata.normalize("NFC", text.encode("latin-1").decode("cp1258"))
    except UnicodeError:
        return text


def _read_utf_8(text: str) -> str:
    """The text whose UTF-8 was read as another code page; as it stands where it was not."""
    for page in ("cp1252", "cp1258"):
        try:
            return unicodedata.normalize("NFC", b"".join(_byte_of(letter, page) for letter in text).decode("utf-8"))
        except UnicodeError:
            continue
    return text


def _byte_of(letter: str, page: str) -> bytes:
    """A letter as a byte of a code page; Windows keeps the bytes that the page does not have."""
    return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode(page)


_FONTS: dict[str, Callable[[str], str]] = {
    "TCVN3 (.VnTime)": _read_tcvn3,
    "VNI": _read_vni,
    "Windows-1258": _read_windows_1258,
    "UTF-8 (bị mở nhầm bảng mã)": _read_utf_8,
}


def accented_words(text: str) -> list[str]:
    """The words of a text that have letters of their own in Vietnamese, in normal form."""
    return [word for word in normalise_name(text).split() if not word.isascii()]


def _count_known(text: str, known: frozenset[str]) -> int:
    return sum((word in known) + (word in _ANSWERS) for word in accented_words(text[:_TELLING_PART]))
