"""What the cells of a column say: each value, or why it can't be used. Decided by the column, not by the cell."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import numpy as np

from data.intake.reading.cells import is_blank
from data.text.names import normalise_name
from scoring.limits import LARGEST_COUNT
from scoring.words import ANSWER_WORDS, format_number

MISSING = -1  # in `Column.values`; every value that is one is 0 or more

_DASHES = frozenset(("-", "–", "—", "−", "..", "...", "…"))
_MARKS = frozenset(("x", "✓", "✔", "☑", "√", "v", "þ", "ü"))  # þ and ü are ticks in the font Wingdings
_ANSWERS = {normalise_name(word): value for value, word in ANSWER_WORDS.items()}
_SIGNS = {"1": 1, "0": 0, "true": 1, "false": 0} | dict.fromkeys(_MARKS, 1)
_COUNTED = r"(?:trẻ em|trẻ|cháu|em bé|em|người|vụ việc|vụ|ca|phiếu|thôn|bản|khu|tổ|xóm|làng|điểm)"
_WITH_UNIT = re.compile(rf"^([\d.,\s]*\d)\s*{_COUNTED}$", re.IGNORECASE)
_PERCENT = re.compile(r"^([\d.,\s]*\d)\s*%$")
_PLAIN = re.compile(r"^-?\d+$")
_STYLES = {
    "dot": re.compile(r"^-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$"),  # 1.234,5
    "comma": re.compile(r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$"),  # 1,234.5
}
_GROUPS = {"dot": re.compile(r"^\d{1,3}(?:\.\d{3})+$"), "comma": re.compile(r"^\d{1,3}(?:,\d{3})+$")}
_POINTS = {"dot": ",", "comma": "."}
_LIKE_GROUP = re.compile(r"^\d{1,3}[.,]\d{3}$")  # “1,000” where the comma is a point: too like a thousand to be one
_LONGEST_NUMBER = 40
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f]+(?=\d{3}(?:\D|$))")
_ERROR = re.compile(r"^(?:#[A-Z0-9/!?]+|Err:\d+)$", re.IGNORECASE)

_Result = tuple[int, str | None, dict[str, Any]]


@dataclass
class Column:
    """A column as read: `values` (int64, MISSING where there is none), and what is wrong with which position.

    `problems`: position, code of the finding and its words. `repaired`: positions of texts that were read as numbers.
    `marks_only`: an answer column of marks alone, in which empty cells are No.
    """

    values: np.ndarray
    problems: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)
    marks_only: int = 0


def read_counts(raws: Sequence[Any], shown_as_percent: frozenset[int] = frozenset()) -> Column:
    """Counts of a column.

    Parameters
    ----------
    raws : sequence
        The cells as they came.
    shown_as_percent : set of int
        Positions of the numbers that Excel shows as percentages.
    """
    if not shown_as_percent and raws and set(map(type, raws)) == {float}:
        numbers = np.array(raws)
        if ((numbers >= 0) & (numbers <= LARGEST_COUNT) & (numbers == np.floor(numbers))).all():
            return Column(numbers.astype(np.int64))
    style = _number_style({_clean(one) for one in raws if type(one) is str})
    percent = shown_as_percent | _fractions(raws)
    known: dict[Any, _Result] = {}
    values = np.full(len(raws), MISSING, dtype=np.int64)
    column = Column(values)
    for position, raw in enumerate(raws):
        # An int equals a float and a bool of the same value, but they don't read alike.
        key = (type(raw), raw, position in percent) if percent else (type(raw), raw)
        result = known.get(key)
        if result is None:
            result = known[key] = _read_count(raw, style, position in percent)
        value, code, words = result
        if code is None:
            values[position] = value
            if words:
                column.repaired.append(position)
        else:
            column.problems.append((position, code, words))
    return column


def read_answers(raws: Sequence[Any]) -> Column:
    """Answers of a column: 1 for yes, 0 for no; in a column of marks alone an empty cell is no."""
    texts = {_answer_text(one) for one in raws}
    told = {one for one in texts if one and one not in _DASHES}
    marks_only = bool(told) and told <= _MARKS
    known: dict[Any, _Result] = {}
    column = Column(np.full(len(raws), MISSING, dtype=np.int64))
    for position, raw in enumerate(raws):
        key = (type(raw), raw)
        result = known.get(key)
        if result is None:
            result = known[key] = _read_answer(raw)
        value, code, words = result
        if code is not None:
            column.problems.append((position, code, words))
        elif value == MISSING and marks_only:
            column.values[position] = 0
            column.marks_only += 1
        else:
            column.values[position] = value
    return column


def is_figure(raw: Any) -> bool:
    """Whether a cell can be a count or an answer at all: a number, a text with a digit, Có, Không, a mark."""
    if not isinstance(raw, str):
        return raw is not None
    text = _answer_text(raw)
    return any(one.isdigit() for one in text) or text in _MARKS or normalise_name(text) in _ANSWERS or text[:1] == "#"


def would_count(share: Fraction, whole: int) -> str:
    """“49”, or “khoảng 48,9” where the share of the whole is no whole number."""
    count = share * whole
    return format_number(int(count)) if count.denominator == 1 else f"khoảng {format_number(count, 1)}"


def _read_answer(raw: Any) -> _Result:
    text = _answer_text(raw)
    if not text or text in _DASHES:
        return MISSING, None, {}
    if _ERROR.match(text):
        return MISSING, "error_value", {}
    value = _SIGNS.get(text, _ANSWERS.get(normalise_name(text)))
    return (MISSING, "answer_unclear", {}) if value is None else (value, None, {})


def _answer_text(raw: Any) -> str:
    if isinstance(raw, bool):
        return str(int(raw))
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return unicodedata.normalize("NFC", str(raw)).strip().casefold() if raw is not None else ""


def _clean(text: str) -> str:
    """A text of digits without spaces between groups and around, without the word of what is counted."""
    bare = _SPACES.sub("", unicodedata.normalize("NFC", text)).strip().strip("\u00a0\u202f'")
    found = _WITH_UNIT.match(bare)
    return found[1].strip() if found else bare


def _number_style(texts: set[str]) -> str | None:
    """Which sign groups thousands in a column: `dot` (1.234,5), `comma` (1,234.5), None where that stays unclear.

    Counts are whole numbers: of two readings that both hold, the one that makes every number whole; then the one in
    which every sign groups thousands (“1,000” is a thousand, not a one with three places).
    """
    short = (text for text in texts if len(text) <= _LONGEST_NUMBER and any(one.isdigit() for one in text))
    told = {text.removesuffix("%").strip() for text in short}
    marked = {text for text in told if not _PLAIN.match(text) and any(s.match(text) for s in _STYLES.values())}
    holding = [name for name, pattern in _STYLES.items() if all(pattern.match(text) for text in marked)]
    whole = [name for name in holding if all(_to_fraction(text, name).denominator == 1 for text in marked)]
    if len(holding) == 2 and all(any(group.match(text) for text in marked) for group in _GROUPS.values()):
        return None
    grouping = [name for name in whole if all(_POINTS[name] not in text for text in marked)]
    return next((found[0] for found in (grouping, whole, holding) if len(found) == 1), None)


def _to_fraction(text: str, style: str) -> Fraction:
    point = _POINTS[style]
    groups = "." if point == "," else ","
    return Fraction(text.replace(groups, "").replace(point, "."))


def _fractions(raws: Sequence[Any]) -> frozenset[int]:
    """Positions of the numbers of a column that holds shares (0,98) instead of counts."""
    numbers = [(position, raw) for position, raw in enumerate(raws) if type(raw) in (int, float)]
    between = sum(0 < raw < 1 for _, raw in numbers)
    if between < 2 or any(raw > 1 for _, raw in numbers):
        return frozenset()
    return frozenset(position for position, _ in numbers)


def _read_count(raw: Any, style: str | None, percent: bool) -> _Result:
    if is_blank(raw):
        return MISSING, None, {}
    if isinstance(raw, bool):
        return MISSING, "not_a_number", {}
    if isinstance(raw, date | datetime | time | timedelta):
        return MISSING, "date_value", {}
    if isinstance(raw, str):
        return _read_text(raw, style)
    if isinstance(raw, float) and not math.isfinite(raw):
        return MISSING, "not_a_number", {}
    if raw > LARGEST_COUNT:
        return MISSING, "number_too_large", {}
    if percent:
        return MISSING, "percent_given", {"share": Fraction(str(raw))}
    return _check_count(raw, repaired=False)


def _read_text(raw: str, style: str | None) -> _Result:
    text = _clean(raw)
    if text in _DASHES or not text:
        return MISSING, None, {}
    if _ERROR.match(text):
        return MISSING, "error_value", {}
    if len(text) > _LONGEST_NUMBER:
        return MISSING, "number_too_large" if text.strip("0123456789.,%-") == "" else "not_a_number", {}
    found = _PERCENT.match(text)
    if found:
        share = _parse(found[1], style)
        return MISSING, "percent_given", {"share": share / 100} if share is not None else {}
    number = _parse(text, style)
    if number is None or (number.denominator == 1 and _LIKE_GROUP.match(text) and number < 1000):
        unclear = any(pattern.match(text) for pattern in _STYLES.values())
        return MISSING, "number_unclear" if unclear else "not_a_number", {}
    if number.denominator != 1:
        return MISSING, "decimal", {}
    return _check_count(int(number), repaired=not _PLAIN.match(raw.strip()))


def _parse(text: str, style: str | None) -> Fraction | None:
    if not text.isascii():
        return None
    if _PLAIN.match(text):
        return Fraction(text)
    return _to_fraction(text, style) if style is not None and _STYLES[style].match(text) else None


def _check_count(number: int | float, repaired: bool) -> _Result:
    if number < 0:
        return MISSING, "negative", {}
    if number > LARGEST_COUNT:
        return MISSING, "number_too_large", {}
    if number != int(number):
        return MISSING, "decimal", {}
    return int(number), None, {"repaired": True} if repaired else {}
