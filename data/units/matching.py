"""Which unit a row speaks of: by code, by name in its district, by former name; what is only close is a candidate.

Spellings that count as the same name: the type in full or short (xã, X., phường, P., thị trấn, TT.), capitals, Unicode
form, place of the tone mark, spaces and punctuation, a number with or without 0, the type left out where the bare name
is one unit's only. Letters without their marks and misspellings are never more than candidates to confirm.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Literal

import pandas as pd
from rapidfuzz import fuzz, process

from data.text.names import fold, normalise_name
from data.units import lists as unit_lists

_TYPES = (
    ("thi_tran", re.compile(r"(?:thị trấn|t t|tt)\s+(?=\S)")),
    ("dac_khu", re.compile(r"(?:đặc khu|đk)\s+(?=\S)")),
    ("phuong", re.compile(r"(?:phường|p)\s+(?=\S)|p(?=\d)")),
    ("xa", re.compile(r"(?:xã|x)\s+(?=\S)")),
)
_FOLDED_TYPE = re.compile(r"(?:thi tran|dac khu|phuong|xa)\s+(?=\S)")
_DISTRICT_TYPE = re.compile(r"(?:huyện|h|thành phố|tp|t p|thị xã|tx|t x|quận|q)\s+(?=\S)|q(?=\d)")
_DISTRICT_WORD = re.compile(r"\b(?:huyện|thành phố|thị xã|quận)\b")
_UNIT_WORD = re.compile(r"(?<!thị )\b(?:xã|phường|thị trấn|đặc khu)\b")
_LONGEST_NAME = 5  # words of a name after its type
_LIST_NUMBER = re.compile(r"^\s*\d+\s*[.)]\s*(?=\D)")
_LEADING_ZERO = re.compile(r"(?<!\d)0+(?=\d)")
_CODE = re.compile(r"\d{1,5}$")
_FOLDED, _OTHER_DISTRICT, _OTHER_TYPE = 90, 85, 85  # confidence of candidates, percent
_LEAST_CONFIDENCE = 75
_MOST_CANDIDATES = 5
_LONGEST_TEXT = 200  # characters that a name can have

Candidates = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class UnitMatch:
    """What a text says: `code` when it names one unit exactly, else candidates with confidence in percent.

    `how`: `name`, `bare` (type left out), `former` (name of before a change), `ambiguous` (several units bear the
    name), `merged` (a former unit that is now part of `candidates`), `close`, `unknown`.
    """

    how: Literal["name", "bare", "former", "ambiguous", "merged", "close", "unknown"]
    code: str | None = None
    candidates: Candidates = ()


@dataclass(frozen=True)
class _FormerUnit:
    """A unit of an earlier vintage: the units that have it now, and whether it is one of them whole."""

    kind: str
    district: str
    codes: tuple[str, ...]
    whole: bool


class UnitNames:
    """The names of a round's units, ready to be searched.

    Parameters
    ----------
    units : DataFrame
        Index unit code; columns `name`, `unit_type`, `district_code`, `district`.
    """

    def __init__(self, units: pd.DataFrame):
        self.units = units
        self._by_bare: dict[str, list[str]] = defaultdict(list)
        self._districts: dict[str, set[str]] = defaultdict(set)
        self.unit_type = dict(zip(units.index, units["unit_type"], strict=True))
        self.district = dict(zip(units.index, units["district_code"], strict=True))
        self.name = dict(zip(units.index, units["name"], strict=True))
        self.district_name = dict(zip(units["district_code"], units["district"], strict=True))
        for code, name in self.name.items():
            self._by_bare[_split(name)[1]].append(code)
        for code, name in self.district_name.items():
            if name:
                self._districts[normalise_name(name)].add(code)
                self._districts[_bare_district(name)].add(code)
        self._known: dict[tuple[str, frozenset[str]], UnitMatch] = {}

    def match_code(self, text: str) -> str | None:
        """The unit with this code, its lost zeros restored; None when there is none."""
        return code if (code := restore_code(text)) in self.unit_type else None

    def match_name(self, text: str, districts: frozenset[str] = frozenset()) -> UnitMatch:
        """The unit that a name means, among those of `districts` where they are known."""
        if len(text) > _LONGEST_TEXT:
            return UnitMatch("unknown")
        key = (text, districts)
        if key not in self._known:
            self._known[key] = self._match(text, districts)
        return self._known[key]

    def match_district(self, text: str, bare: bool = True) -> frozenset[str]:
        """Codes of the districts that a text names; `bare`: the name alone (“Tràng Định”) will do."""
        normal = normalise_name(text[:_LONGEST_TEXT])
        if bare or _DISTRICT_TYPE.match(normal):
            return frozenset(
                self._districts.get(normal) or self._districts.get(_bare_district(text[:_LONGEST_TEXT])) or ()
            )
        return frozenset()

    def find_district(self, text: str) -> frozenset[str]:
        """Districts that a longer text speaks of (“UBND HUYỆN TRÀNG ĐỊNH”)."""
        return next(
            (found for part in _parts(text, _DISTRICT_WORD) if (found := self.match_district(part))), frozenset()
        )

    def find_unit(self, text: str) -> str | None:
        """The unit that a longer text speaks of (“Ủy ban nhân dân xã Đại Đồng, huyện Tràng Định”)."""
        district = self.find_district(text)
        matches = (self.match_name(part, district) for part in _parts(text, _UNIT_WORD))
        return next((one.code for one in matches if one.how == "name"), None)

    def describe(self, code: str) -> str:
        """“Xã Hòa Bình (Huyện Bình Gia, 06133)”."""
        district = self.district_name.get(self.district[code], "")
        return f"{self.name[code]} ({district + ', ' if district else ''}{code})"

    def match_exactly(self, text: str, districts: frozenset[str] = frozenset()) -> UnitMatch:
        """As `match_name`, but `unknown` for former names and what is only close; much faster."""
        if len(text) > _LONGEST_TEXT:
            return UnitMatch("unknown")
        kind, bare = _split(text)
        same_name = self._by_bare.get(bare, [])
        found = [one for one in same_name if kind in (None, self.unit_type[one]) and self._is_in(one, districts)]
        if len(found) == 1:
            return UnitMatch("name" if kind else "bare", found[0])
        if len(found) > 1:
            return UnitMatch("ambiguous", candidates=tuple((one, 100 // len(found)) for one in found))
        return UnitMatch("unknown")

    def _match(self, text: str, districts: frozenset[str]) -> UnitMatch:
        exact = self.match_exactly(text, districts)
        if exact.how != "unknown":
            return exact
        kind, bare = _split(text)
        former = self._match_former(kind, bare, districts)
        if former is not None:
            return former
        candidates = self._candidates(kind, bare, districts)
        return UnitMatch("close" if candidates else "unknown", candidates=candidates)

    def _is_in(self, code: str, districts: frozenset[str]) -> bool:
        return not districts or self.district[code] in districts

    def _match_former(self, kind: str | None, bare: str, districts: frozenset[str]) -> UnitMatch | None:
        entries = [
            one
            for one in self._former.get(bare, ())
            if kind in (None, one.kind)
            and (not districts or one.district in districts or all(self._is_in(code, districts) for code in one.codes))
        ]
        if not entries:
            return None
        if len(entries) == 1 and entries[0].whole:
            return UnitMatch("former", entries[0].codes[0])
        successors = dict.fromkeys(code for one in entries for code in one.codes)
        return UnitMatch("merged", candidates=tuple((code, 0) for code in successors))

    def _candidates(self, kind: str | None, bare: str, districts: frozenset[str]) -> Candidates:
        found: dict[str, int] = {}

        def add(codes: list[str], confidence: int) -> None:
            for code in codes:
                right_type = kind in (None, self.unit_type[code])
                right_place = self._is_in(code, districts)
                if right_place or right_type:
                    worth = confidence if right_type else min(confidence, _OTHER_TYPE)
                    worth = worth if right_place else min(worth - 5, _OTHER_DISTRICT)
                    found[code] = max(found.get(code, 0), worth)

        folded = fold(bare)
        if kind is None:
            found_type = _FOLDED_TYPE.match(folded)
            folded = folded[found_type.end() :] if found_type else folded
        add(self._by_bare.get(bare, []), 100)
        add(self._by_folded.get(folded, []), _FOLDED)
        for name, score, _ in process.extract(
            folded, self._by_folded.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_CONFIDENCE, limit=_MOST_CANDIDATES
        ):
            add(self._by_folded[name], min(int(score), _FOLDED - 1))
        kept = [(code, worth) for code, worth in found.items() if worth >= _LEAST_CONFIDENCE]
        return tuple(sorted(kept, key=lambda one: (-one[1], one[0]))[:_MOST_CANDIDATES])

    @cached_property
    def _by_folded(self) -> dict[str, list[str]]:
        folded: dict[str, list[str]] = defaultdict(list)
        for bare, codes in self._by_bare.items():
            folded[fold(bare)] += codes
        return folded

    @cached_property
    def _former(self) -> dict[str, list[_FormerUnit]]:
        """Units of earlier vintages by bare name."""
        vintage = unit_lists.vintage_of(self.units)
        entries: dict[str, list[_FormerUnit]] = defaultdict(list)
        for former_vintage, codes in _successors(vintage).items() if vintage else ():
            former = unit_lists.load_units(former_vintage)
            names = dict(zip(former.index, former["name"], strict=True))
            districts = dict(zip(former.index, former["district_code"], strict=True))
            for code, (successors, whole) in codes.items():
                if code in names and set(successors) <= self.unit_type.keys():
                    kind, bare = _split(names[code])
                    entry = _FormerUnit(kind or "", districts[code], successors, whole)
                    if entry not in entries[bare]:
                        entries[bare].append(entry)
        return entries


def restore_code(text: str) -> str:
    """A unit code with the zeros that Excel took; other texts as they are, without spaces at the ends."""
    text = text.strip().removesuffix(".0")
    return text.zfill(5) if text.isascii() and _CODE.match(text) else text


@lru_cache(maxsize=65_536)
def _split(name: str) -> tuple[str | None, str]:
    """Type and bare name in normal form; the type is None where it is left out."""
    normal = _LEADING_ZERO.sub("", normalise_name(_LIST_NUMBER.sub("", name, count=1)))
    for kind, pattern in _TYPES:
        found = pattern.match(normal)
        if found:
            return kind, normal[found.end() :].strip()
    return None, normal


def _parts(text: str, opening: re.Pattern[str]) -> Iterator[str]:
    """Stretches of a text that begin with a word of type and run over one to four words more, longest first."""
    normal = normalise_name(text[:_LONGEST_TEXT])
    for found in opening.finditer(normal):
        words = normal[found.end() :].split()
        for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
            yield " ".join([found.group(), *words[:length]])


def _bare_district(name: str) -> str:
    return _DISTRICT_TYPE.sub("", _LEADING_ZERO.sub("", normalise_name(name)), count=1)


@cache
def _successors(vintage: str) -> dict[str, dict[str, tuple[tuple[str, ...], bool]]]:
    """What units of each earlier vintage became in `vintage`: by vintage and code, the successors and whether whole."""
    crosswalk = unit_lists.load_crosswalk()
    earlier = [one for one in unit_lists.list_vintages().index if one < vintage]
    result: dict[str, dict[str, tuple[tuple[str, ...], bool]]] = {}
    later: dict[str, tuple[tuple[str, ...], bool]] | None = None
    for former in reversed(earlier):
        step = crosswalk[crosswalk["from_vintage"] == former]
        links: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for code, successor, relation in zip(step["from_code"], step["to_code"], step["relation"], strict=True):
            links[code].append((successor, relation == "kept"))
        reached: dict[str, tuple[tuple[str, ...], bool]] = {}
        for code, following in links.items():
            codes, whole = tuple(one for one, _ in following), all(kept for _, kept in following)
            if later is not None:
                steps = [later[one] for one in codes if one in later]
                codes = tuple(dict.fromkeys(one for successors, _ in steps for one in successors))
                whole = whole and all(kept for _, kept in steps)
            if codes:
                reached[code] = (codes, whole and len(codes) == 1)
        result[former] = later = reached
    return result
