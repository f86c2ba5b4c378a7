"""Texts of a Shapefile's table: which bytes they were written in, and old Vietnamese fonts."""

import codecs
import re
import unicodedata

import pandas as pd

from data.text.legacy_fonts import convert_legacy
from data.units.vocabulary import load_vocabulary

_NUMBER = re.compile(r"\d{3,5}")


def read_code_page(text: str) -> str | None:
    """The codec that a .cpg file names (“UTF-8”, “1258”, “ANSI 1258”, “65001”); None when it names none we know."""
    name = text.strip(" \t\r\n\0")
    number = _NUMBER.search(name)
    tries = [name] + ([f"cp{number.group()}"] if number else [])
    if number and number.group() == "65001":
        return "utf-8"
    if number and number.group().startswith("88591"):
        return f"iso8859-{number.group()[4:]}"
    for encoding in tries:
        try:
            return codecs.lookup(encoding).name
        except (LookupError, ValueError):
            continue
    return None


def decode_texts(columns: pd.DataFrame, raw: bool, code_page: str) -> tuple[pd.DataFrame, list[str]]:
    """Columns and values as Unicode, composed, old fonts converted; and what was done, in Vietnamese.

    Parameters
    ----------
    columns : DataFrame
        Texts or None.
    raw : bool
        Whether each character stands for one byte (ISO-8859-1), else the texts are Unicode already.
    code_page : str
        What the .cpg file says; where it names no codec: UTF-8 where all bytes are, else the old fonts are tried.
    """
    notes: list[str] = []
    read = columns
    if raw:
        texts = [*map(str, columns.columns), *(text for text in columns.to_numpy().ravel() if text is not None)]
        codec = read_code_page(code_page) or ("utf-8" if _is_utf8(texts) else "latin-1")
        read = columns.rename(columns=lambda name: _decode(str(name), codec))
        read = read.map(lambda text: None if text is None else _decode(text, codec))
    rows = [[*map(str, read.columns)], *read.to_numpy(dtype=object).tolist()]
    font = convert_legacy([rows], load_vocabulary)
    if font:
        notes.append(f"Chữ trong bảng thuộc tính đã được đổi từ {font} sang Unicode.")
    composed = [[None if text is None else unicodedata.normalize("NFC", str(text)) for text in row] for row in rows]
    return pd.DataFrame(composed[1:], columns=_unique(composed[0]), index=columns.index, dtype=object), notes


def _is_utf8(texts: list[str]) -> bool:
    return all(text.isascii() or _decode(text, "utf-8", "strict") != text for text in texts)


def _decode(text: str, codec: str, errors: str = "ignore") -> str:
    """A text of bytes in a codec. A field of fixed width may cut the last letter of UTF-8 in two."""
    if text.isascii():
        return text
    content = text.encode("latin-1", "ignore")
    if errors == "strict":
        decoder = codecs.getincrementaldecoder(codec)("strict")
        try:
            return decoder.decode(content)
        except UnicodeError:
            return text
    return content.decode(codec, errors)


def _unique(names: list[str | None]) -> list[str]:
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[str(name)] = seen.get(str(name), 0) + 1
        unique.append(str(name) if seen[str(name)] == 1 else f"{name} ({seen[str(name)]})")
    return unique
