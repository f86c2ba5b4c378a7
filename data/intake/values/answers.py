"""What the cells of a column of answers say: Có, Không, marks; and whether a cell can be a figure at all."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from data.intake.values.column import DASHES, ERROR_VALUE, MISSING, CellReading, Column, read_alike, tell_apart
from data.text.names import normalise_name
from scoring.words import ANSWER_WORDS

_MARKS = frozenset(("x", "✓", "✔", "☑", "√", "v", "þ", "ü"))  # þ and ü are ticks in the font Wingdings
_ANSWERS = {normalise_name(word): value for value, word in ANSWER_WORDS.items()}
_SIGNS = {"1": 1, "0": 0, "true": 1, "false": 0} | dict.fromkeys(_MARKS, 1)


def read_answers(raws: Sequence[Any]) -> Column:
    """Answers of a column: 1 for yes, 0 for no; in a column of marks alone an empty cell is no."""
    keys = tell_apart(raws)
    texts = {_answer_text(raw) for _, raw in set(keys)}
    answers = {text for text in texts if text and text not in DASHES}
    column, _ = read_alike(keys, lambda key: _read_answer(key[1]))
    if answers and answers <= _MARKS:
        blank = column.values == MISSING
        blank[[position for position, _, _ in column.problems]] = False
        column.values[blank] = 0
        column.marks_only = int(blank.sum())
    return column


def is_figure(raw: Any) -> bool:
    """Whether a cell can be a count or an answer at all: a number, a text with a digit, Có, Không, a mark."""
    if not isinstance(raw, str):
        return raw is not None
    text = _answer_text(raw)
    digits = any(letter.isdigit() for letter in text)
    return digits or text in _MARKS or normalise_name(text) in _ANSWERS or text[:1] == "#"


def _read_answer(raw: Any) -> CellReading:
    text = _answer_text(raw)
    if not text or text in DASHES:
        return MISSING, None, {}
    if ERROR_VALUE.match(text):
        return MISSING, "error_value", {}
    value = _SIGNS.get(text, _ANSWERS.get(normalise_name(text)))
    return (MISSING, "answer_unclear", {}) if value is None else (value, None, {})


def _answer_text(raw: Any) -> str:
    if isinstance(raw, bool):
        return str(int(raw))
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return unicodedata.normalize("NFC", str(raw)).strip().casefold() if raw is not None else ""
