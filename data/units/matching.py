"""Which unit a row speaks of: by code, by name in its district, by former name; what is only close is a candidate.

Spellings that count as the same name: the type in full or short (xã, X., phường, P., thị trấn, TT.), capitals, Unicode
form, place of the tone mark, spaces and punctuation, a number with or without 0, the type left out where the bare name
is one unit's only. Letters without their marks and misspellings are never more than candidates to confirm.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd
from rapidfuzz import fuzz, process

from data.text.names import fold, normalise_name
from data.units.former import FormerUnit, list_former_units
from data.units.lists import list_vintages, vintage_of
from data.units.spelling import (
    DISTRICT_WORD,
    LONGEST_TEXT,
    UNIT_WORD,
    bare_district,
    has_district_type,
    list_stretches,
    restore_code,
    split_name,
    strip_folded_type,
)

_FOLDED, _OTHER_DISTRICT, _OTHER_TYPE = 90, 85, 85  # confidence of candidates, percent
_LEAST_CONFIDENCE = 75
_MOST_CANDIDATES = 5

Candidates = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class UnitMatch:
    """What a text says: `code` when it names one unit exactly, else candidates with confidence in percent.

    `how`: `name`, `bare` (type left out), `former` (name of before a change), `ambiguous` (several units bear the
    name), `merged` (a former unit that is now part of `candidates`), `conflict` (code and name of the two candidates),
    `close`, `unknown`.
    """

    how: Literal["name", "bare", "former", "ambiguous", "merged", "conflict", "close", "unknown"]
    code: str | None = None
    candidates: Candidates = ()


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
            self._by_bare[split_name(name)[1]].append(code)
        for code, name in self.district_name.items():
            if name:
                self._districts[normalise_name(name)].add(code)
                self._districts[bare_district(name)].add(code)
        self._known: dict[tuple[str, frozenset[str]], UnitMatch] = {}

    def match_code(self, text: str) -> str | None:
        """The unit with this code, its lost zeros restored; None when there is none."""
        return code if (code := restore_code(text)) in self.unit_type else None

    def match_name(self, text: str, districts: frozenset[str] = frozenset()) -> UnitMatch:
        """The unit that a name means, among those of `districts` where they are known."""
        if len(text) > LONGEST_TEXT:
            return UnitMatch("unknown")
        key = (text, districts)
        if key not in self._known:
            self._known[key] = self._match(text, districts)
        return self._known[key]

    def match_district(self, text: str, bare: bool = True) -> frozenset[str]:
        """Codes of the districts that a text names; `bare`: the name alone (“Tràng Định”) will do."""
        normal = normalise_name(text[:LONGEST_TEXT])
        if bare or has_district_type(normal):
            return frozenset(
                self._districts.get(normal) or self._districts.get(bare_district(text[:LONGEST_TEXT])) or ()
            )
        return frozenset()

    def is_province(self, text: str) -> bool:
        """Whether a text names a province of the units, by its type (“TỈNH LẠNG SƠN”) or not."""
        normal = normalise_name(text[:LONGEST_TEXT])
        return normal in self._provinces or f"tỉnh {normal}" in self._provinces

    def find_district(self, text: str) -> frozenset[str]:
        """Districts that a longer text speaks of (“UBND HUYỆN TRÀNG ĐỊNH”)."""
        matches = map(self.match_district, list_stretches(text, DISTRICT_WORD))
        return next((districts for districts in matches if districts), frozenset())

    def find_unit(self, text: str) -> str | None:
        """The unit that a longer text speaks of (“Ủy ban nhân dân xã Đại Đồng, huyện Tràng Định”)."""
        districts = self.find_district(text)
        matches = (self.match_name(stretch, districts) for stretch in list_stretches(text, UNIT_WORD))
        return next((match.code for match in matches if match.how == "name"), None)

    def describe(self, code: str) -> str:
        """“Xã Hòa Bình (Huyện Bình Gia, 06133)”."""
        district = self.district_name.get(self.district[code], "")
        return f"{self.name[code]} ({district + ', ' if district else ''}{code})"

    def match_exactly(self, text: str, districts: frozenset[str] = frozenset()) -> UnitMatch:
        """As `match_name`, but `unknown` for former names and what is only close; much faster."""
        if len(text) > LONGEST_TEXT:
            return UnitMatch("unknown")
        unit_type, bare = split_name(text)
        codes = [
            code
            for code in self._by_bare.get(bare, [])
            if unit_type in (None, self.unit_type[code]) and self._is_in(code, districts)
        ]
        if len(codes) == 1:
            return UnitMatch("name" if unit_type else "bare", codes[0])
        if len(codes) > 1:
            return UnitMatch("ambiguous", candidates=tuple((code, 100 // len(codes)) for code in codes))
        return UnitMatch("unknown")

    def _match(self, text: str, districts: frozenset[str]) -> UnitMatch:
        exact = self.match_exactly(text, districts)
        if exact.how != "unknown":
            return exact
        unit_type, bare = split_name(text)
        former = self._match_former(unit_type, bare, districts)
        if former is not None:
            return former
        candidates = self._candidates(unit_type, bare, districts)
        return UnitMatch("close" if candidates else "unknown", candidates=candidates)

    def _is_in(self, code: str, districts: frozenset[str]) -> bool:
        return not districts or self.district[code] in districts

    def _match_former(self, unit_type: str | None, bare: str, districts: frozenset[str]) -> UnitMatch | None:
        former = [
            unit
            for unit in self._former.get(bare, ())
            if unit_type in (None, unit.unit_type)
            and (
                not districts or unit.district in districts or all(self._is_in(code, districts) for code in unit.codes)
            )
        ]
        if not former:
            return None
        if len(former) == 1 and former[0].whole:
            return UnitMatch("former", former[0].codes[0])
        successors = dict.fromkeys(code for unit in former for code in unit.codes)
        return UnitMatch("merged", candidates=tuple((code, 0) for code in successors))

    def _candidates(self, unit_type: str | None, bare: str, districts: frozenset[str]) -> Candidates:
        worths: dict[str, int] = {}

        def add(codes: list[str], confidence: int) -> None:
            for code in codes:
                right_type = unit_type in (None, self.unit_type[code])
                right_district = self._is_in(code, districts)
                if right_district or right_type:
                    worth = confidence if right_type else min(confidence, _OTHER_TYPE)
                    worth = worth if right_district else min(worth - 5, _OTHER_DISTRICT)
                    worths[code] = max(worths.get(code, 0), worth)

        folded = fold(bare)
        if unit_type is None:
            folded = strip_folded_type(folded)
        add(self._by_bare.get(bare, []), 100)
        add(self._by_folded.get(folded, []), _FOLDED)
        for name, score, _ in process.extract(
            folded, self._by_folded.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_CONFIDENCE, limit=_MOST_CANDIDATES
        ):
            add(self._by_folded[name], min(int(score), _FOLDED - 1))
        kept = [(code, worth) for code, worth in worths.items() if worth >= _LEAST_CONFIDENCE]
        return tuple(sorted(kept, key=lambda candidate: (-candidate[1], candidate[0]))[:_MOST_CANDIDATES])

    @cached_property
    def has_districts(self) -> bool:
        """Whether the units are in districts of today, so that a district's name is one that tables use."""
        vintage = vintage_of(self.units) if "province" in self.units else None
        return vintage is None or list_vintages().loc[vintage, "districts"] == "current"

    @cached_property
    def _provinces(self) -> frozenset[str]:
        provinces = self.units["province"].unique() if "province" in self.units else ()
        return frozenset(map(normalise_name, provinces))

    @cached_property
    def _by_folded(self) -> dict[str, list[str]]:
        folded: dict[str, list[str]] = defaultdict(list)
        for bare, codes in self._by_bare.items():
            folded[fold(bare)] += codes
        return folded

    @cached_property
    def _former(self) -> dict[str, list[FormerUnit]]:
        """Units of earlier vintages by bare name."""
        return list_former_units(self.units)
