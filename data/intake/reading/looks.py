"""How cells look to a person, where that is not what calamine reads: formats, text struck through, raised marks.

The readers of each format of files tell the looks; here they are laid over the values of a sheet.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from data.intake.reading.formats import (
    hides_texts,
    is_date_format,
    is_percent_format,
    is_plain_format,
    says_number,
    show_number,
)
from data.intake.reading.limits import Answer, Place

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465  # 31/12/9999
_CLEARLY_PLAIN = re.compile(r"General|@|(?:#,##)?0+(?:\.00?)?", re.IGNORECASE)
_MANY = 30  # cells of a format from which it pays to ask whether any count is plain in it
_MARK = re.compile(r"[\s\d*†‡()a-z,;.]{1,6}", re.IGNORECASE)  # what stands raised after a figure: a footnote


@dataclass(frozen=True)
class Look:
    """What a cell style makes of a value: its number format, and whether it is struck through."""

    code: str = "General"
    struck: bool = False

    @property
    def odd(self) -> bool:
        """Whether a count may look otherwise than it is stored, told at a glance: files have thousands of styles."""
        return self.struck or not _CLEARLY_PLAIN.fullmatch(self.code)


@dataclass(frozen=True)
class Run:
    """A piece of a text whose letters look alike."""

    text: str
    struck: bool = False
    raised: bool = False


def read_runs(runs: Sequence[Run]) -> str | None:
    """What a person reads of a text: without what is struck through and without raised marks; None where all is."""
    if not any(run.struck or run.raised for run in runs):
        return None
    kept = [run for run in runs if not run.struck]
    if len(kept) > 1 and all(_MARK.fullmatch(run.text) for run in kept if run.raised):
        kept = [run for run in kept if not run.raised]
    read = "".join(run.text for run in kept)
    return None if read == "".join(run.text for run in runs) else read


def lay_looks(rows: list[list[Any]], looks: Iterable[tuple[Look, Sequence[Place]]], since_1904: bool = False) -> Answer:
    """Lay styles over the values of a sheet: dates and shares are put into `rows`, the rest is told by place.

    Returns
    -------
    dict
        `percent` and `struck`, lists of places; `seen`, texts by place of values that look like something else.
    """
    told: Answer = {"percent": [], "struck": [], "seen": {}}
    for look, places in looks:
        if not look.struck and len(places) > _MANY and is_plain_format(look.code) and not hides_texts(look.code):
            continue
        for row, column in places:
            if row >= len(rows) or column >= len(rows[row]) or rows[row][column] == "":
                continue
            value = rows[row][column]
            if look.struck:
                told["struck"].append((row, column))
            elif isinstance(value, str):
                if hides_texts(look.code):
                    told["seen"][row, column] = ""
            elif type(value) in (int, float):
                _lay_look(rows, (row, column), look.code, since_1904, told)
    return told


def lay_texts(rows: list[list[Any]], texts: Mapping[Place, str]) -> Answer:
    """Put what a person reads of texts with runs into `rows`.

    Returns
    -------
    dict
        `written`, the texts as they stand in the file, by place; `struck`, places of which nothing is left.
    """
    told: Answer = {"written": {}, "struck": []}
    for (row, column), text in texts.items():
        if row < len(rows) and column < len(rows[row]) and rows[row][column] != "":
            if not text.strip():
                told["struck"].append((row, column))
            elif rows[row][column] != text:
                told["written"][row, column] = str(rows[row][column])
                rows[row][column] = text
    return told


def _lay_look(rows: list[list[Any]], place: Place, code: str, since_1904: bool, told: Answer) -> None:
    row, column = place
    value = rows[row][column]
    if is_date_format(code):
        day = _read_date(value, since_1904)
        if day is None:
            told["seen"][place] = "########"
        else:
            rows[row][column] = day
    elif is_percent_format(code):
        told["percent"].append(place)
    else:
        seen = _look_at(value, code)
        if seen is None:
            return
        if seen.endswith("%"):
            rows[row][column] = seen
        else:
            told["seen"][place] = seen


@lru_cache(maxsize=65_536)
def _look_at(value: float, code: str) -> str | None:
    """What a number is seen as where that is not its value; None where it is."""
    seen = show_number(value, code)
    return None if says_number(seen, value) else seen


def _read_date(value: float, since_1904: bool) -> date | None:
    """The day, with the time where there is one; None where the number is none that a date is shown for."""
    if not 0 <= value <= _LAST_DAY:
        return None
    moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=value)
    return moment.date() if float(value).is_integer() else moment
