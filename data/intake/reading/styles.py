"""The cell styles of an .xlsx: which of them show a value otherwise than it is stored."""

from collections.abc import Mapping

from data.intake.reading.formats import BUILT_IN
from data.intake.reading.looks import Look
from data.intake.reading.xml import Attributes, walk

_PARTS = frozenset(("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "extLst"))


def read_styles(xml: bytes) -> dict[str, Look]:
    """The odd looks of a part of styles, by the number that cells name (`s`); the rest is plain."""
    codes: dict[int, str] = dict(BUILT_IN)
    struck: list[bool] = []
    used: list[tuple[int, int]] = []
    part = ""

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal part
        if tag in _PARTS:
            part = tag
        elif tag == "xf" and part == "cellXfs":
            used.append((_number(attributes, "numFmtId"), _number(attributes, "fontId")))
        elif tag == "numFmt" and part == "numFmts":
            codes[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
        elif part == "fonts":
            if tag == "font":
                struck.append(False)
            elif tag == "strike" and struck:
                struck[-1] = is_on(attributes)

    if xml:
        walk(xml, start, prefixed=False)
    return find_odd({str(number): pair for number, pair in enumerate(used)}, codes, struck)


def find_odd(used: Mapping[str, tuple[int, int]], codes: Mapping[int, str], struck: list[bool]) -> dict[str, Look]:
    """The odd looks among pairs of a format and a font; each pair is looked at once."""
    looks: dict[tuple[int, int], Look] = {}
    odd: dict[str, Look] = {}
    for name, pair in used.items():
        look = looks.get(pair)
        if look is None:
            code, font = pair
            look = looks[pair] = Look(codes.get(code, "General"), font < len(struck) and struck[font])
        if look.odd:
            odd[name] = look
    return odd


def is_on(attributes: Attributes) -> bool:
    """Whether an element that switches a property (strike) switches it on."""
    return attributes.get("val", "1") not in ("0", "false")


def _number(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "0")
    return int(text) if text.isdecimal() and len(text) < 9 else 0
