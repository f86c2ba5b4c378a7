"""Units written together with other things in one cell: a code, a district, a mark (“05995 - Xã A, H. B (KVIII)”)."""

import re
from dataclasses import replace

from data.text.names import normalise_name
from data.units.matching import UnitMatch, UnitNames
from data.units.spelling import LONGEST_TEXT, restore_code, split_name

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_PARTS = re.compile(r"\s+[-–—]+\s*|\s*[-–—]+\s+|[,;/|:_]|(?<=\d)\s*[-–—]\s*|\s*[-–—]\s*(?=\d{4,5}\b)")
_CODE = re.compile(r"\d{4,5}")
_LEADING_CODE = re.compile(r"\s*(\d{4,5})[\s.]+(?=\D)")
_LIST_MARK = re.compile(r"^\s*(?:[-–+•*]|[a-zđ]\)|\d{1,3}(?:\.\d{1,3})*[.)/])\s*", re.IGNORECASE)
# Asides that say what kind of unit it is, not another unit and not a part of it.
_HARMLESS = re.compile(
    r"(?:xã )?(?:kv|khu vực|vùng|loại|vùng khó khăn)\s*(?:[ivx]+|\d)?"
    r"|(?:xã )?(?:atk|nghèo|biên giới|đbkk|đặc biệt khó khăn|ntm|nông thôn mới)|[ivx]+"
)
_ASIDE = 85  # confidence, percent, in a unit beside whose name stands what nobody here understands


def match_written(text: str, names: UnitNames, districts: frozenset[str] = frozenset()) -> UnitMatch:
    """The unit of a cell that holds its name together with its code, its district or a mark.

    Parameters
    ----------
    text : str
        The cell; one that is a name alone gives `unknown`.
    districts : frozenset of str
        Codes of the districts that hold for the row, where the cell names none.

    Returns
    -------
    UnitMatch
        `conflict` with both candidates where the code is another unit's than the name; `close` where the cell says
        something more that may change its meaning, or a district that the unit is not in.
    """
    if len(text) > LONGEST_TEXT:
        return UnitMatch("unknown")
    bare, asides = _part(text)
    codes = [one for one in asides if _CODE.fullmatch(one)]
    asides = [
        one
        for one in asides
        if one not in codes and not names.is_province(one) and not _HARMLESS.fullmatch(normalise_name(one))
    ]
    named = [one for one in (bare, *asides) if one and not names.match_district(one, bare=False)]
    stated = frozenset(code for one in (bare, *asides) if one not in named for code in names.match_district(one))
    if not named or (len(named) == 1 and named[0] == text.strip() and not codes):
        return UnitMatch("unknown")
    name, *rest = named
    bare_districts = [names.match_district(one) for one in rest]
    within = stated or next((one for one in bare_districts if one), frozenset())
    unread = [one for one, district in zip(rest, bare_districts, strict=True) if not district]
    match = names.match_exactly(name, within or districts)
    unread += [one for one in codes if names.match_code(one) is None]
    codes = [one for one in codes if one not in unread]
    if match.how == "ambiguous" and codes and (code := names.match_code(codes[0])) in dict(match.candidates):
        return UnitMatch("name", code)
    if match.code is None:
        anywhere = names.match_exactly(name) if within else match
        return UnitMatch("close", candidates=((anywhere.code, _ASIDE),)) if anywhere.code else match
    return _confirm(match, match.code, codes, unread)


def _confirm(match: UnitMatch, code: str, codes: list[str], unread: list[str]) -> UnitMatch:
    """The match of a name, where its code agrees and nothing stands beside it that may change it."""
    if codes and restore_code(codes[0]) != code:
        return UnitMatch("conflict", candidates=((restore_code(codes[0]), 0), (code, 0)))
    if unread:
        return UnitMatch("close", candidates=((code, _ASIDE),))
    return replace(match, how="name") if codes else match


def _part(text: str) -> tuple[str, list[str]]:
    """The first part of a text, and the others: in brackets, after a comma or a dash, the code before or after."""
    asides = [one.strip() for one in _BRACKETS.findall(text) if one.strip()]
    outside = _LIST_MARK.sub("", _BRACKETS.sub(" ", text), count=1)
    leading = _LEADING_CODE.match(outside)
    if leading:
        asides.append(leading[1])
        outside = outside[leading.end() :]
    parts = [one.strip(" .*†") for one in _PARTS.split(outside)]
    parts = [one for one in parts if one]
    trailing = [one for one in parts if not _CODE.fullmatch(one)]
    asides += [one for one in parts if _CODE.fullmatch(one)] + trailing[1:]
    first = trailing[0] if trailing else ""
    typed = next((one for one in trailing if split_name(one)[0]), first)
    return typed, [one for one in (first, *asides) if one != typed]
