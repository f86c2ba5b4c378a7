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
_PLAIN = re.compile(r"^-?\d+$")
_STYLES: dict[Style, re.Pattern[str]] = {
    "dot": re.compile(r"^-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$"),  # 1.234,5
    "comma": re.compile(r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$"),  # 1,234.5
}
_GROUPS: dict[Style, re.Pattern[str]] = {
    "dot": re.compile(r"^\d{1,3}(?:\.\d{3})+$"),
    "comma": re.compile(r"^\d{1,3}(?:,\d{3})+$"),
}
_POINTS: dict[Style, str] = {"dot": ",", "comma": "."}
_LIKE_GROUP = re.compile(r"^\d{1,3}[.,]\d{3}$")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f]+(?=\d{3}(?:\D|$))")


def clean_number(text: str) -> str:
    """A text of digits without spaces between groups and around, without the word of what is counted."""
    bare = _SPACES.sub("", unicodedata.normalize("NFC", text)).strip().strip("\u00a0\u202f'")
    with_unit = _WITH_UNIT.match(bare)
    return with_unit[1].strip() if with_unit else bare


def find_style(texts: Set[str]) -> Style | None:
    """Which style the numbers of a column are written in, as `clean_number` gives them; None where it stays unclear.

    Counts are whole numbers: of two readings that both hold, the one that makes every number whole; then the one in
    which every sign groups thousands (“1,000” is a thousand, not a one with three places).
    """
    short = (text for text in texts if len(text) <= LONGEST_NUMBER and any(letter.isdigit() for letter in text))
    numbers = {text.removesuffix("%").strip() for text in short}
    marked = {text for text in numbers if not is_plain(text) and is_number(text)}
    holding = [style for style, pattern in _STYLES.items() if all(pattern.match(text) for text in marked)]
    whole = [style for style in holding if all(_to_fraction(text, style).denominator == 1 for text in marked)]
    if len(holding) == 2 and all(any(group.match(text) for text in marked) for group in _GROUPS.values()):
        return None
    grouping = [style for style in whole if all(_POINTS[style] not in text for text in marked)]
    return next((styles[0] for styles in (grouping, whole, holding) if len(styles) == 1), None)


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
    return Fraction(text.replace(groups, "").replace(point, "."))
