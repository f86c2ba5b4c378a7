"""What fits where on a slide: text measured with the bundled font, which is wider than those of the template."""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from PIL import ImageFont

from data.paths import PROJECT_ROOT

LINE = 1.2  # height of a line of type, of its size
_FONT_FOLDER = PROJECT_ROOT / "static"
_INCH = 72
_MEASURED_AT = 100  # points
_LONGEST_NAME = 60  # characters


def clean_text(text: object) -> str:
    """Text that XML can hold on one line: control characters and halves of characters become spaces.

    “95 %” stays on one line.
    """
    kept = (
        " " if unicodedata.category(character) in ("Cc", "Cs", "Cn", "Zl", "Zp") else character
        for character in str(text)
    )
    return " ".join("".join(kept).split()).replace(" %", "\u00a0%")


def clean_name(name: str) -> str:
    """A name to stand in a sentence: one line, not endless."""
    text = clean_text(name)
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1].rstrip()}…"


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    name = "BeVietnamPro-Bold.ttf" if bold else "BeVietnamPro-Regular.ttf"
    return ImageFont.truetype(str(_FONT_FOLDER / name), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(letter: str, bold: bool) -> float:
    """Width of a letter in points at `_MEASURED_AT`; letters are few, so that most texts need no drawing."""
    return _font(bold).getlength(letter)


def measure_text(text: str, size: float, bold: bool = False) -> float:
    """Width in inches of a text in `size` points."""
    return sum(_advance(letter, bold) for letter in text) * size / _MEASURED_AT / _INCH


@lru_cache(maxsize=20_000)
def wrap_text(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The lines that a text takes in `width` inches; words that are too long are broken."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure_text(longer, size, bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while measure_text(word, size, bold) > width and len(word) > 1:
            end = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or measure_text(word[:n], size, bold) <= width)
            lines.append(word[:end])
            word = word[end:]
        line = word
    return (*lines, line) if line or not lines else tuple(lines)


def shorten_text(text: str, width: float, size: float, lines: int = 1, bold: bool = False) -> str:
    """The text, cut with … where it takes more than `lines` lines of `width` inches."""
    wrapped = wrap_text(text, width, size, bold)
    if len(wrapped) <= lines:
        return text
    last = wrapped[lines - 1]
    while last and measure_text(f"{last}…", size, bold) > width:
        last = last[:-1]
    return " ".join([*wrapped[: lines - 1], f"{last.rstrip()}…"])


def text_height(lines: Sequence[str], width: float, size: float, bold: bool = False) -> float:
    """Height in inches of paragraphs, with the space between them."""
    count = sum(len(wrap_text(line, width, size, bold)) for line in lines)
    return (count * size * LINE + len(lines) * 4) / _INCH


def inner_size(shape: Any) -> tuple[float, float]:
    """Width and height in inches that a placeholder leaves to its text."""
    return shape.width.inches - 0.22, shape.height.inches - 0.1


def split_lines(lines: Sequence[str], shape: Any, size: float) -> list[list[str]]:
    """Paragraphs parted into as many pages as they take in a placeholder, nothing lost."""
    width, height = inner_size(shape)
    pages: list[list[str]] = [[]]
    for line in lines:
        for part in _split_paragraph(line, width, height, size):
            if pages[-1] and text_height([*pages[-1], part], width, size) > height:
                pages.append([])
            pages[-1].append(part)
    return pages


def _split_paragraph(line: str, width: float, height: float, size: float) -> list[str]:
    most = max(1, int((height * _INCH - 4) / (size * LINE)))
    wrapped = wrap_text(line, width, size)
    return [" ".join(wrapped[start : start + most]) for start in range(0, len(wrapped), most)]
