"""How names and codes of units are written: type and bare name, codes that lost their zeros, names within a text."""

import re
from collections.abc import Iterator
from functools import lru_cache

from data.text.names import normalise_name

LONGEST_TEXT = 200  # characters that a name can have
DISTRICT_WORD = re.compile(r"\b(?:huyện|thành phố|thị xã|quận)\b")
UNIT_WORD = re.compile(r"(?<!thị )\b(?:xã|phường|thị trấn|đặc khu)\b")
_TYPES = (
    ("thi_tran", re.compile(r"(?:thị trấn|t t|tt)\s+(?=\S)|tt(?=nt\s+\S)")),
    ("dac_khu", re.compile(r"(?:đặc khu|đk)\s+(?=\S)")),
    ("phuong", re.compile(r"(?:phường|p)\s+(?=\S)|p(?=\d)")),
    ("xa", re.compile(r"(?:xã|x)\s+(?=\S)")),
)
_FOLDED_TYPE = re.compile(r"(?:thi tran|dac khu|phuong|xa)\s+(?=\S)")
_DISTRICT_TYPE = re.compile(r"(?:huyện|h|thành phố|tp|t p|thị xã|tx|t x|quận|q)\s+(?=\S)|q(?=\d)")
_MOST_WORDS = 5  # of a name after its type
_LIST_NUMBER = re.compile(r"^\s*\d+\s*[.)]\s*(?=\D)")
_LEADING_ZERO = re.compile(r"(?<!\d)0+(?=\d)")
_CODE = re.compile(r"\d{1,5}$")
_STATE_FARM = re.compile(r"^(?:nt|n t)\s+(?=\S)")
_ROMAN_NUMBER = re.compile(r"(?<=\s)(?:i{1,3}|iv|v|vi{1,3}|ix|x|xi{1,2})$")
_ROMAN_NUMBERS = "i ii iii iv v vi vii viii ix x xi xii".split()  # noqa: SIM905


def restore_code(text: str) -> str:
    """A unit code with the zeros that Excel took; other texts as they are, without spaces at the ends."""
    text = text.strip().removesuffix(".0")
    return text.zfill(5) if text.isascii() and _CODE.match(text) else text


@lru_cache(maxsize=65_536)
def split_name(name: str) -> tuple[str | None, str]:
    """Type and bare name in normal form; the type is None where it is left out.

    Short forms that official lists use beside the long ones are written out (NT: nông trường), and a Roman number at
    the end is written in digits (Tam Xuân II).
    """
    normal = _LEADING_ZERO.sub("", normalise_name(_LIST_NUMBER.sub("", name, count=1)))
    for unit_type, pattern in _TYPES:
        written = pattern.match(normal)
        if written:
            return unit_type, _write_out(normal[written.end() :].strip())
    return None, _write_out(normal)


def _write_out(bare: str) -> str:
    """A bare name in full, a number after it in digits."""
    if bare.endswith(("i", "v", "x")):
        bare = _ROMAN_NUMBER.sub(lambda written: str(_ROMAN_NUMBERS.index(written.group()) + 1), bare)
    return _STATE_FARM.sub("nông trường ", bare, count=1)


def strip_folded_type(name: str) -> str:
    """A name without diacritics and without its type."""
    written = _FOLDED_TYPE.match(name)
    return name[written.end() :] if written else name


def has_district_type(normal: str) -> bool:
    """Whether a name in normal form begins with the type of a district."""
    return bool(_DISTRICT_TYPE.match(normal))


def bare_district(name: str) -> str:
    """The name of a district in normal form, without its type."""
    return _DISTRICT_TYPE.sub("", _LEADING_ZERO.sub("", normalise_name(name)), count=1)


def list_stretches(text: str, opening: re.Pattern[str]) -> Iterator[str]:
    """Stretches of a text that begin with a word of type and run over one to five words more, longest first."""
    normal = normalise_name(text[:LONGEST_TEXT])
    for word in opening.finditer(normal):
        words = normal[word.end() :].split()
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            yield " ".join([word.group(), *words[:length]])
