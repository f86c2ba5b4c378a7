"""What a number format of a spreadsheet makes of a number: the text that a person sees in the cell.

Only as far as counts need it: whether the text says the number that is stored. Dates are told apart, not written out.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

_Number = int | float
_Kind = Literal["literal", "digit", "point", "comma", "percent", "power", "slash", "date", "text", "general"]
_Token = tuple[_Kind, str]

# Formats that files name by number only.
BUILT_IN = {
    **{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{12: "# ?/?", 13: "# ??/??", 48: "##0.0E+0", 49: "@", 59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00"},
    **{67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??"},
    **dict.fromkeys((5, 6), "#,##0 [$₫];-#,##0 [$₫]"),
    **dict.fromkeys((7, 8), "#,##0.00 [$₫];-#,##0.00 [$₫]"),
    **dict.fromkeys((37, 38), "#,##0 ;(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00 ;(#,##0.00)"),
    **dict.fromkeys((41, 42), '#,##0 ;(#,##0);"-"'),
    **dict.fromkeys((43, 44), '#,##0.00 ;(#,##0.00);"-"??'),
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)), "yyyy-mm-dd"),
}
_TOKENS = re.compile(
    r"""(?P<quoted>"[^"]*"?) | \\(?P<escaped>.) | _(?P<space>.?) | \*(?P<fill>.?) | \[(?P<bracket>[^\]]*)\]?
    | (?P<general>general|standard) | (?P<noon>am/pm|a/p) | (?P<power>e[+-]) | (?P<date>[ymdhs]+|ｙ)
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<slash>/) | (?P<text>@) | (?P<other>.)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SECTIONS = re.compile(r"""((?:"[^"]*"?|\\.|\[[^\]]*\]?|[_*].|[^;"\\\[_*])*)(?:;|$)""", re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_CURRENCY = re.compile(r"\$([^-]*)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_PROBES = (0, 1, 2, 5, 7, 12, 98, 100, 737, 999, 1000, 1234, 12_345, 100_000, 1_234_567)

_MAGNITUDE = re.compile(
    r"(?<!\w)(?:k|m|tr|ty|tỷ|tỉ|trăm|chục|nghìn|ngàn|vạn|triệu|mươi|thousands?|millions?|hundreds?)(?!\w)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+\.?|[:₫$€£¥]")
_GROUPED = re.compile(r"\d{1,3}(?:([.,\u00a0\u202f ])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(\d{1,3}(?:([.,\u00a0\u202f ])\d{3})(?:\2\d{3})*|\d+)[.,](\d+)")
_DASHES = frozenset(("-", "–", "—"))
_NONE = frozenset(("không", "không có", "0"))


@dataclass(frozen=True)
class _Section:
    """A part of a format: what it writes, and for which numbers it does where it says so itself."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, float] | None

    def has(self, kind: _Kind) -> bool:
        return any(token[0] == kind for token in self.tokens)


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Whether numbers of a format are shown as a date, a time or a duration."""
    first = _parse(code)[0]
    return first.has("date")


@lru_cache(maxsize=4096)
def is_percent_format(code: str) -> bool:
    """Whether numbers of a format are shown a hundred times as large, with a percent sign."""
    return _parse(code)[0].has("percent")


@lru_cache(maxsize=8192)
def is_plain_format(code: str) -> bool:
    """Whether any count reads in a format as what is stored."""
    return not is_date_format(code) and all(says_number(show_number(number, code), number) for number in _PROBES)


def hides_texts(code: str) -> bool:
    """Whether a text of a format is not shown."""
    sections = _parse(code)
    return len(sections) > 3 and not sections[3].has("text")


@lru_cache(maxsize=65_536)
def show_number(number: _Number, code: str) -> str:
    """The text of a number in a format, with the signs of Vietnamese: “1.234,5”."""
    sections = _parse(code)
    section, absolute = _choose(number, sections)
    if section is None:
        return "########"
    sign = "-" if number < 0 and not absolute else ""
    return (sign + _write(abs(number), section)).strip()


def says_number(text: str, number: _Number) -> bool:
    """Whether a person who reads a text in a cell reads a number: grouped or not, with words of what is counted."""
    if _MAGNITUDE.search(text):
        return False
    bare = _WORDS.sub("", text).strip(" \u00a0\u202f\t")
    bare = bare[:-1] if bare[-1:] in (",", ".") else bare  # “2,” of the format 0.###
    if not bare or bare in _DASHES:
        return number == 0 and (bare in _DASHES or text.strip().casefold() in _NONE)
    if bare.isdecimal() and bare.isascii():
        return _equal(Fraction(bare), number)
    if _GROUPED.fullmatch(bare):
        return _equal(Fraction(re.sub(r"\D", "", bare)), number)
    decimal = _DECIMAL.fullmatch(bare)
    if decimal:
        return _equal(Fraction(re.sub(r"\D", "", decimal[1]) + "." + decimal[3]), number)
    return False


def _equal(said: Fraction, number: _Number) -> bool:
    return abs(float(said) - number) <= 1e-9 * max(1.0, abs(number))


@lru_cache(maxsize=8192)
def _parse(code: str) -> tuple[_Section, ...]:
    parts = [found[1] for found in _SECTIONS.finditer(code[:1000] or "General")]
    if len(parts) > 1 and not parts[-1] and not code.endswith(";"):
        parts.pop()  # the empty match at the end of the text
    return tuple(map(_parse_section, parts[:4])) or (_Section((("general", ""),), None),)


def _parse_section(code: str) -> _Section:
    tokens: list[_Token] = []
    condition: tuple[str, float] | None = None
    for found in _TOKENS.finditer(code):
        kind, text = found.lastgroup or "", found[found.lastgroup or 0]
        if kind == "bracket":
            told = _CONDITION.match(text)
            currency = _CURRENCY.match(text)
            if told:
                condition = (told[1], float(told[2]))
            elif currency:
                tokens.append(("literal", currency[1]))
            elif _ELAPSED.fullmatch(text):
                tokens.append(("date", text))
            elif text.casefold().startswith("dbnum"):
                tokens.append(("literal", "[…]"))  # digits of another script
        elif kind in ("noon", "date"):
            tokens.append(("date", text))
        elif kind in ("digit", "point", "comma", "percent", "power", "slash", "text", "general"):
            tokens.append((kind, text))  # type: ignore[arg-type]
        else:
            literal = {"quoted": text.strip('"'), "space": " ", "fill": text if text.strip() else " "}
            tokens.append(("literal", literal.get(kind, text)))
    if not tokens and not code:
        return _Section((), condition)
    return _Section(tuple(tokens), condition)


def _choose(number: _Number, sections: tuple[_Section, ...]) -> tuple[_Section | None, bool]:
    """The section that writes a number, and whether it writes the sign itself."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(number, *section.condition):
                return section, False
        return None, False
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], False


def _holds(number: _Number, operator: str, bound: float) -> bool:
    return {
        "<": number < bound,
        ">": number > bound,
        "=": number == bound,
        "<=": number <= bound,
        ">=": number >= bound,
        "<>": number != bound,
    }[operator]


def _write(number: _Number, section: _Section) -> str:
    kinds = [kind for kind, _ in section.tokens]
    if "general" in kinds or "text" in kinds:
        plain = _write_general(number)
        return "".join(plain if kind in ("general", "text") else text for kind, text in section.tokens)
    if "digit" not in kinds:
        return "".join("" if kind == "comma" else text for kind, text in section.tokens)
    if "power" in kinds:
        places = _count_places(section.tokens)
        return f"{Decimal(str(number)):.{places}E}".replace(".", ",")
    if "slash" in kinds:
        return _write_fraction(number, section.tokens)
    return _write_digits(number, section.tokens)


def _write_general(number: _Number) -> str:
    text = f"{number:.10g}"
    return text.replace(".", ",")


def _write_fraction(number: _Number, tokens: tuple[_Token, ...]) -> str:
    """Whole numbers stand before a fraction where the format has room for them: “# ?/?”."""
    slash = [kind for kind, _ in tokens].index("slash")
    before = "".join("0" if kind == "digit" else text for kind, text in tokens[:slash]).rstrip()
    if float(number).is_integer() and re.search(r"0\D+0+$", before):
        return str(int(number))
    fraction = Fraction(str(number)).limit_denominator(99)
    return f"{fraction.numerator}/{fraction.denominator}"


def _count_places(tokens: tuple[_Token, ...]) -> int:
    point = next((position for position, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    power = next((position for position, (kind, _) in enumerate(tokens) if kind == "power"), len(tokens))
    return sum(kind == "digit" for kind, _ in tokens[point:power])


def _write_digits(number: _Number, tokens: tuple[_Token, ...]) -> str:
    places = [position for position, (kind, _) in enumerate(tokens) if kind == "digit"]
    point = next((position for position, (kind, _) in enumerate(tokens) if kind == "point"), None)
    whole_places = [position for position in places if point is None or position < point]
    part_places = [position for position in places if point is not None and position > point]
    commas = [position for position, (kind, _) in enumerate(tokens) if kind == "comma"]
    grouped = any(whole_places and whole_places[0] < comma < whole_places[-1] for comma in commas)
    scale = sum(comma > places[-1] for comma in commas)
    if whole_places and point is not None:
        scale += sum(whole_places[-1] < comma < point for comma in commas)
    scaled = Decimal(str(number)) * 100 ** sum(kind == "percent" for kind, _ in tokens) / 1000**scale
    rounded = scaled.quantize(Decimal(1).scaleb(-len(part_places)), ROUND_HALF_UP)
    whole, _, part = f"{rounded:f}".partition(".")
    written = _fill_whole(whole.lstrip("0"), [(position, tokens[position][1]) for position in whole_places], grouped)
    written |= _fill_part(part, [(position, tokens[position][1]) for position in part_places])
    if point is not None:
        written[point] = ","
    return "".join(
        written.get(position, "" if kind in ("digit", "comma") else text)
        for position, (kind, text) in enumerate(tokens)
    )


def _fill_whole(digits: str, places: list[tuple[int, str]], grouped: bool) -> dict[int, str]:
    """Digits from right to left, those that are left over before the first place."""
    written: dict[int, str] = {}
    count = 0
    for number, (position, sign) in enumerate(reversed(places)):
        last = number == len(places) - 1
        here = digits if last else digits[-1:]
        digits = "" if last else digits[:-1]
        text = ""
        for digit in reversed(here or {"0": "0", "?": " "}.get(sign, "")):
            if grouped and count and count % 3 == 0:
                text = f".{text}"
            text = digit + text
            count += 1
        written[position] = text
    return written


def _fill_part(digits: str, places: list[tuple[int, str]]) -> dict[int, str]:
    written = dict(zip((position for position, _ in places), digits, strict=True))
    for position, sign in reversed(places):
        if written[position] != "0" or sign == "0":
            break
        written[position] = ""
    return written
