"""The order of Vietnamese names."""

import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: f"{rank:02}" for rank, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng


@lru_cache(maxsize=65_536)  # every rerun sorts the same names: of each unit, alone and with its district
def vietnamese_key(text: str) -> tuple[str, str]:
    """Key that sorts names as Vietnamese dictionaries do: by letters (a ă â b … d đ e ê …), then by tone."""
    letters, tones = [], []
    for character in unicodedata.normalize("NFC", text).lower():
        letter, tone = _part(character)
        letters.append(_RANKS.get(letter, f"~{letter}") if letter.isalpha() else f" {letter}")
        tones.append(str(tone))
    return "".join(letters), "".join(tones)


def _part(character: str) -> tuple[str, int]:
    """A letter without its tone, and the tone's place in the order."""
    marks = unicodedata.normalize("NFD", character)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), 0)
    bare = "".join(mark for mark in marks if mark not in _TONES)
    return unicodedata.normalize("NFC", bare), tone
