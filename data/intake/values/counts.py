"""What the cells of a column of counts say: each value, or why it can't be used. The column decides, not the cell."""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import numpy as np

from data.intake.reading.cells import is_blank
from data.intake.values.column import DASHES, ERROR_VALUE, MISSING, CellReading, Column, read_alike, tell_apart
from data.intake.values.styles import (
    LONGEST_NUMBER,
    Style,
    clean_number,
    drop_dust,
    find_style,
    is_number,
    is_plain,
    looks_grouped,
    parse_grouped,
    parse_number,
    says_several,
)
from scoring.limits import LARGEST_COUNT
from scoring.words import format_number

_PERCENT = re.compile(r"^([\d.,\s]*\d)\s*%$")


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
    cleaned = {text: clean_number(text) for text in {raw for raw in raws if type(raw) is str}}
    style = find_style(set(cleaned.values()))
    percent = shown_as_percent | _find_shares(raws)
    keys: Sequence[Any] = tell_apart(raws)
    if percent:
        keys = [(*key, position in percent) for position, key in enumerate(keys)]

    def read(key: tuple[Any, ...]) -> CellReading:
        kind, raw, *share = key
        return (
            _read_text(raw, cleaned[raw], style) if kind is str else _read_count(raw, style, bool(share and share[0]))
        )

    column, said = read_alike(keys, read)
    column.repaired = list(said)
    return column


def would_count(share: Fraction, whole: int) -> str:
    """“49”, or “khoảng 48,9” where the share of the whole is no whole number."""
    count = share * whole
    return format_number(int(count)) if count.denominator == 1 else f"khoảng {format_number(count, 1)}"


def _find_shares(raws: Sequence[Any]) -> frozenset[int]:
    """Positions of the numbers of a column that holds shares (0,98) instead of counts."""
    numbers = [(position, raw) for position, raw in enumerate(raws) if type(raw) in (int, float)]
    between = sum(0 < raw < 1 for _, raw in numbers)
    if between < 2 or any(raw > 1 for _, raw in numbers):
        return frozenset()
    return frozenset(position for position, _ in numbers)


def _read_count(raw: Any, style: Style | None, percent: bool) -> CellReading:
    if is_blank(raw):
        return MISSING, None, {}
    if isinstance(raw, bool):
        return MISSING, "not_a_number", {}
    if isinstance(raw, date | datetime | time | timedelta):
        return MISSING, "date_value", {}
    if isinstance(raw, str):  # of a class of its own
        return _read_text(raw, clean_number(raw), style)
    if isinstance(raw, float) and not math.isfinite(raw):
        return MISSING, "not_a_number", {}
    if raw > LARGEST_COUNT:
        return MISSING, "number_too_large", {}
    if percent:
        return MISSING, "percent_given", {"share": Fraction(str(raw))}
    return _check_count(raw, repaired=False)


def _read_text(raw: str, text: str, style: Style | None) -> CellReading:
    """Read a text; `text` is what `clean_number` gives of it."""
    if text in DASHES or not text:
        return MISSING, None, {}
    grouped = parse_grouped(text, style)
    if grouped is not None:
        return _check_count(grouped, repaired=True)
    if ERROR_VALUE.match(text):
        return MISSING, "error_value", {}
    if len(text) > LONGEST_NUMBER:
        return MISSING, "number_too_large" if text.strip("0123456789.,%-") == "" else "not_a_number", {}
    percent = _PERCENT.match(text)
    if percent:
        share = parse_number(percent[1], style)
        return MISSING, "percent_given", {"share": share / 100} if share is not None else {}
    number = parse_number(text, style)
    if number is None or (number.denominator == 1 and looks_grouped(text) and number < 1000):
        if is_number(text):
            return MISSING, "number_unclear", {}
        return MISSING, "several_numbers" if says_several(text) else "not_a_number", {}
    if number.denominator != 1:
        return MISSING, "decimal", {}
    return _check_count(int(number), repaired=not is_plain(raw.strip()))


def _check_count(number: int | float, repaired: bool) -> CellReading:
    if number < 0:
        return MISSING, "negative", {}
    if number > LARGEST_COUNT:
        return MISSING, "number_too_large", {}
    if number != int(number):
        whole = drop_dust(Fraction(number))
        return (MISSING, "decimal", {}) if whole.denominator != 1 else (int(whole), None, {})
    return int(number), None, {"repaired": True} if repaired else {}
