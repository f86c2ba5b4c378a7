"""Text as it is stored under the fonts of before Unicode: the other way round of what the product converts."""

import unicodedata

_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ"
_TO_TCVN3 = dict(zip(_LETTERS, _TCVN3, strict=True)) | {
    "Đ": "§",
    "Ă": "¡",
    "Â": "¢",
    "Ê": "£",
    "Ô": "¤",
    "Ơ": "¥",
    "Ư": "¦",
}
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT, _ROOF, _BOWL, _HORN = "\u0300\u0301\u0309\u0303\u0323\u0302\u0306\u031b"
_VNI = {
    (_ACUTE,): "ù", (_GRAVE,): "ø", (_HOOK,): "û", (_TILDE,): "õ", (_DOT,): "ï",
    (_ROOF,): "â", (_ROOF, _ACUTE): "á", (_ROOF, _GRAVE): "à", (_ROOF, _HOOK): "å", (_ROOF, _TILDE): "ã",
    (_ROOF, _DOT): "ä",
    (_BOWL,): "ê", (_BOWL, _ACUTE): "é", (_BOWL, _GRAVE): "è", (_BOWL, _HOOK): "ú", (_BOWL, _TILDE): "ü",
    (_BOWL, _DOT): "ë",
}  # fmt: skip
_VNI_WHOLE = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "ơ": "ô", "ư": "ö"}


def to_tcvn3(text: str) -> str:
    """TCVN3; the font has no accented capitals, so they become small letters."""
    return "".join(_TO_TCVN3.get(one, _TO_TCVN3.get(one.lower(), one)) for one in unicodedata.normalize("NFC", text))


def to_vni(text: str) -> str:
    """VNI for Windows."""
    return "".join(_vni_letter(one) for one in unicodedata.normalize("NFC", text))


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_WHOLE:
        written = _VNI_WHOLE[small]
    else:
        base, *marks = unicodedata.normalize("NFD", small)
        if _HORN in marks:
            base, marks = {"o": "ô", "u": "ö"}[base], [one for one in marks if one != _HORN]
        shapes = [one for one in marks if one in (_ROOF, _BOWL)]
        tones = [one for one in marks if one not in (_ROOF, _BOWL)]
        written = base + (_VNI[*shapes, *tones] if marks else "")
    return written.upper() if letter.isupper() else written
