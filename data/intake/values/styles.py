"""How a column writes its numbers: which sign groups thousands, which stands before decimals."""

import re
import unicodedata
from collections.abc import Set
from fractions import Fraction
from typing import Literal

Style = Literal["dot", "comma"]

LONGEST_NUMBER = 40
_COUNTED = r"(?:trẻ em|trẻ|cháu|em bé|em|người|vụ việc|vụ|ca|phiếu|thôn|bản|khu|tổ|xóm|làng|điểm)"
_WITH_UNIT = re.compile(rf"^([\d.,\s]*\d)\s*{_COUNTED}$", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9.,]+")
_PLAIN = re.compile(r"^-?\d+$")
_STYLES: dict[Style, re.Pattern[str]] = {
    "dot": re.compile(r"^-?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?$"),  # 1.234,5
    "comma": re.compile(r"^-?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?$"),  # 1,234.5
}
_GROUPS: dict[Style, re.Pattern[str]] = {
    "dot": re.compile(r"^[1-9]\d{0,2}(?:\.\d{3})+$"),
    "comma": re.compile(r"^[1-9]\d{0,2}(?:,\d{3})+$"),
}
_ROUND_THOUSANDS = re.compile(r"^[1-9]\d{0,2}([.,])000$")
_FEWEST_ROUND = 3  # numbers of a column that all end in 000, from which they may be decimals of a database
_POINTS: dict[Style, str] = {"dot": ",", "comma": "."}
_LIKE_GROUP = re.compile(r"^\d{1,3}[.,]\d{3}$")
_SPACES = "\u0020\u00a0\u202f\u2007\u2009"
_SPACED = re.compile(rf"(?<![\d.,])\d{{1,3}}([{_SPACES}])\d{{3}}(?:\1\d{{3}})*(?!\d)")
_SEVERAL = re.compile(r"\d[\d.,]*(?:(?:\s*[\n\t;|→]\s*|\s{2,}|\s*->\s*)\d[\d.,]*)+")
_DUST = Fraction(1, 10**9)
_LEAST_PLACES = 9  # from so many places on, what is left beside a whole number is dust of a computation
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def clean_number(text: str) -> str:
    """A text of digits without spaces between groups and around, without the word of what is counted.

    Marks that nobody sees (a zero-width space of a web page) are left out; full-width digits are made ordinary.
    """
    if _DIGITS.fullmatch(text):
        return text
    bare = text if text.isascii() else _drop_unseen(text)
    bare = _SPACED.sub(lambda found: found[0].replace(found[1], ""), bare).strip().strip("\u00a0\u202f'")
    with_unit = _WITH_UNIT.match(bare)
    return with_unit[1].strip() if with_unit else bare


def says_several(text: str) -> bool:
    """Whether a text, as `clean_number` gives it, is made of several numbers: one below the other, old and new."""
    return bool(_SEVERAL.fullmatch(text))


def _drop_unseen(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    return "".join(letter for letter in composed if unicodedata.category(letter) != "Cf")


def find_style(texts: Set[str]) -> Style | None:
    """Which style the numbers of a column are written in, as `clean_number` gives them; None where it stays unclear.

    Counts are whole numbers: of two readings that both hold, the one that makes every number whole; then the one in
    which every sign groups thousands (“1,000” is a thousand, not a one with three places).
    """
    short = (text for text in texts if len(text) <= LONGEST_NUMBER and any(letter.isdigit() for letter in text))
    numbers = {text.removesuffix("%").strip() for text in short}
    marked = {text for text in numbers if not is_plain(text) and is_number(text)}
    if len(marked) >= _FEWEST_ROUND and all(map(_ROUND_THOUSANDS.match, marked)):
        return None  # “8.000” beside “9.000” and “10.000”: thousands, or the decimals of an export
    for style, group in _GROUPS.items():
        if marked and all(map(group.match, marked)):
            return style
    holding = [style for style, pattern in _STYLES.items() if all(pattern.match(text) for text in marked)]
    whole = [style for style in holding if all(_to_fraction(text, style).denominator == 1 for text in marked)]
    if len(holding) == 2 and all(any(group.match(text) for text in marked) for group in _GROUPS.values()):
        return None
    grouping = [style for style in whole if all(_POINTS[style] not in text for text in marked)]
    return next((styles[0] for styles in (grouping, whole, holding) if len(styles) == 1), None)


def parse_grouped(text: str, style: Style | None) -> int | None:
    """The number of a text whose thousands are grouped in a style (“1.234”); None of any other."""
    if style is None or len(text) > LONGEST_NUMBER or not _GROUPS[style].match(text):
        return None
    return int(text.replace("." if style == "dot" else ",", ""))


def parse_number(text: str, style: Style | None) -> Fraction | None:
    """The number that a text says in a style; None where it says none."""
    if not text.isascii():
        return None
    if is_plain(text):
        return Fraction(text)
    return _to_fraction(text, style) if style is not None and _STYLES[style].match(text) else None


def is_plain(text: str) -> bool:
    """Whether a text is digits alone, with a minus at most."""
    return bool(_PLAIN.match(text))


def is_number(text: str) -> bool:
    """Whether a text is a number in any style."""
    return any(pattern.match(text) for pattern in _STYLES.values())


def looks_grouped(text: str) -> bool:
    """Whether a text is too like a thousand to be anything else: “1,000” where the comma is a point."""
    return bool(_LIKE_GROUP.match(text))


def _to_fraction(text: str, style: Style) -> Fraction:
    point = _POINTS[style]
    groups = "." if point == "," else ","
    whole, _, places = text.replace(groups, "").partition(point)
    number = Fraction(f"{whole}.{places}" if places else whole)
    if len(places) < _LEAST_PLACES:
        return number
    return drop_dust(number)


def drop_dust(number: Fraction) -> Fraction:
    """The whole number that a computation missed by a hair (8,000000000000002), as Excel shows it."""
    nearest = round(number)
    return Fraction(nearest) if nearest and abs(number - nearest) < _DUST else number
