"""Which unit each shape of a file is: by code, else by name within its district; what is only close is a question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd
import shapely

from data.text.names import normalise_name
from data.units.matching import UnitMatch, UnitNames
from shapes.boundaries.columns import Feature, find_columns, read_features
from shapes.boundaries.limits import MOST_SOUGHT

How = Literal["code", "name", "confirmed"]
Reason = Literal["close", "former", "merged", "ambiguous", "district", "place", "unknown"]

_PROVINCE_TYPE = re.compile(r"^(?:tỉnh|thành phố|tp)\s+")
_REASONS: dict[str, Reason] = {
    "close": "close",
    "former": "former",
    "merged": "merged",
    "ambiguous": "ambiguous",
}
_MOSTLY = 0.5


@dataclass(frozen=True)
class ShapeQuestion:
    """A shape whose unit must be confirmed.

    `feature`: position in the file; `proposal`: the likeliest unit, or None; `candidates`: likeliest first.
    """

    feature: int
    label: str
    reason: Reason
    proposal: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matching:
    """Units of the shapes.

    Attributes
    ----------
    codes, how : dict
        Unit code, and how it was found, by position of the shape in the file.
    questions : tuple of ShapeQuestion
        Shapes with candidates, to confirm or to leave out.
    unknown : tuple of ShapeQuestion
        Shapes that are no unit of the list, as far as code and name say.
    left_out : tuple of str
        Labels of the shapes that the officer left out.
    contradictions : tuple of str
        Shapes whose code is one unit and whose name is another: matched by code.
    restored : int
        Codes whose lost zeros were put back.
    columns : dict
        Which column was read as what (`code`, `name`, `district`, `province`, `type`).
    """

    codes: dict[int, str]
    how: dict[int, How]
    questions: tuple[ShapeQuestion, ...] = ()
    unknown: tuple[ShapeQuestion, ...] = ()
    left_out: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    restored: int = 0
    columns: dict[str, str] = field(default_factory=dict)

    def count(self, how: How) -> int:
        """Number of units found in one way."""
        return len({self.codes[place] for place, found in self.how.items() if found == how})


def match_units(
    columns: pd.DataFrame,
    units: pd.DataFrame,
    provinces: frozenset[str] = frozenset(),
    shapes: np.ndarray | None = None,
) -> Matching:
    """Match the shapes of a file, knowing nothing of the officer's answers.

    Parameters
    ----------
    columns : DataFrame
        Texts of the file, a row a shape.
    units : DataFrame
        Of the whole nation: index unit code, columns of `data.units.lists.load_units`.
    provinces : frozenset of str
        Provinces in which names are looked for, where the file has no column of provinces; empty: everywhere.
    shapes : array of geometries, optional
        In degrees, a shape or None a row: of several candidates the nearest is proposed, and a shape whose name is
        no unit's is proposed for the one unit whose centre point lies in it.
    """
    search = _NameSearch(units, provinces)
    found = find_columns(columns, search.nation)
    features = read_features(columns, found)
    named = [search.match(one) if one.name else (UnitMatch("unknown"), True) for one in features]
    coded = [search.nation.match_code(one.code) for one in features]
    against = [place for place, code in enumerate(coded) if code and _contradicts(code, named[place][0])]
    if len(against) > _MOSTLY * sum(code is not None for code in coded):  # a running number, not the official code
        found.pop("code")
        coded, against = [None] * len(features), []
    codes: dict[int, str] = {}
    how: dict[int, How] = {}
    open_names: dict[int, UnitMatch] = {}
    for place, (code, (match, sure)) in enumerate(zip(coded, named, strict=True)):
        if code is not None:
            codes[place], how[place] = code, "code"
        elif sure and match.how in ("name", "bare") and match.code:
            codes[place], how[place] = match.code, "name"
        else:
            open_names[place] = match
    centroids = None if shapes is None else shapely.get_coordinates(_centroids(shapes))
    questions, unknown = _ask(features, open_names, set(codes.values()), units, centroids)
    if shapes is not None:
        within = units[units["province_code"].isin(provinces)]
        questions, unknown = _propose_by_place(questions, unknown, features, shapes, within, set(codes.values()))
    contradictions = tuple(f"{features[place].label} ({coded[place]})" for place in against)
    restored = sum(code is not None and code != one.code for code, one in zip(coded, features, strict=True))
    return Matching(codes, how, questions, unknown, (), contradictions, restored, found)


def count_known(columns: pd.DataFrame, units: pd.DataFrame) -> int:
    """How many shapes of a file bear the code, or exactly the name, of a unit of the list."""
    names = UnitNames(units)
    features = read_features(columns, find_columns(columns, names))
    return sum(
        names.match_code(feature.code) is not None or names.match_exactly(feature.name).how != "unknown"
        for feature in features
    )


def settle(matching: Matching, decisions: Mapping[int, str | None], accept_suggestions: bool = False) -> Matching:
    """The matching with the officer's answers: a unit code, or None to leave the shape out, by position.

    `accept_suggestions` takes every proposal that was not answered; questions without a proposal are left out.
    """
    codes, how = dict(matching.codes), dict(matching.how)
    questions, unknown, left_out = [], [], list(matching.left_out)
    for one in (*matching.questions, *matching.unknown):
        answered = one.feature in decisions
        chosen = decisions.get(one.feature) if answered else one.proposal if accept_suggestions else None
        if chosen is not None:
            codes[one.feature], how[one.feature] = chosen, "confirmed"
        elif one.reason == "unknown":
            unknown.append(one)
        elif answered or accept_suggestions:
            left_out.append(one.label)
        else:
            questions.append(one)
    return replace(
        matching, codes=codes, how=how, questions=tuple(questions), unknown=tuple(unknown), left_out=tuple(left_out)
    )


def find_provinces(shapes: Sequence[shapely.Geometry] | np.ndarray, units: pd.DataFrame) -> frozenset[str]:
    """Provinces that the shapes (degrees) cover: most of their units' centre points lie inside, or the most of all."""
    known = units.dropna(subset=["lat"])
    points = shapely.points(known[["lon", "lat"]].to_numpy())
    inside, _ = shapely.STRtree(np.asarray(shapes)).query(points, predicate="intersects")
    counted = known["province_code"].iloc[np.unique(inside)].value_counts()
    if counted.empty:
        return frozenset()
    shares = counted / known["province_code"].value_counts().reindex(counted.index)
    return frozenset({str(counted.index[0]), *map(str, counted.index[shares >= _MOSTLY])})


class _NameSearch:
    """Names within province and district."""

    def __init__(self, units: pd.DataFrame, provinces: frozenset[str]):
        self.nation = UnitNames(units)
        self._units = units
        self._provinces = provinces
        self._names: dict[frozenset[str], UnitNames] = {}
        self._sought = 0  # names that were looked for among those that are only like them
        listed = units.drop_duplicates("province_code")
        self._by_province: dict[str, str] = {}
        for code, name in zip(listed["province_code"], listed["province"], strict=True):
            self._by_province[code] = code
            self._by_province[code.lstrip("0")] = code
            self._by_province[_bare_province(name)] = code

    def match(self, feature: Feature) -> tuple[UnitMatch, bool]:
        """What the name means, and whether province and district were understood, so that an exact name is a fact."""
        province = self._by_province.get(_bare_province(feature.province)) if feature.province else None
        names = self._within(frozenset({province}) if province else self._provinces)
        districts = frozenset[str]()
        if feature.district:
            code = feature.district.zfill(3)
            districts = frozenset({code}) if code in names.district_name else names.match_district(feature.district)
        sure = bool(not feature.district or districts) and bool(not feature.province or province)
        match = names.match_exactly(feature.name, districts)
        if match.how == "unknown" and self._sought < MOST_SOUGHT:
            self._sought += 1
            match = names.match_name(feature.name, districts)
        return match, sure

    def _within(self, provinces: frozenset[str]) -> UnitNames:
        if not provinces:
            return self.nation
        if provinces not in self._names:
            self._names[provinces] = UnitNames(self._units[self._units["province_code"].isin(provinces)])
        return self._names[provinces]


def _bare_province(name: str) -> str:
    return _PROVINCE_TYPE.sub("", normalise_name(name))


def _contradicts(code: str, match: UnitMatch) -> bool:
    surely_another = match.how in ("name", "bare", "former", "ambiguous")
    return surely_another and code not in (match.code, *(other for other, _ in match.candidates))


def _ask(
    features: list[Feature],
    open_names: dict[int, UnitMatch],
    taken: set[str],
    units: pd.DataFrame,
    centroids: np.ndarray | None,
) -> tuple[tuple[ShapeQuestion, ...], tuple[ShapeQuestion, ...]]:
    """Questions with proposals, no unit proposed twice; and shapes that have no candidate."""
    ranked: dict[int, list[tuple[str, int]]] = {}
    for place, match in open_names.items():
        candidates = list(match.candidates) or ([(match.code, 100)] if match.code else [])
        free = [one for one in candidates if one[0] not in taken]
        ranked[place] = sorted(free, key=lambda one: (-one[1], _distance(units, one[0], centroids, place)))
    proposals: dict[int, str] = {}
    order = [place for place in ranked if ranked[place] and open_names[place].how != "merged"]
    order.sort(key=lambda place: (-ranked[place][0][1], _distance(units, ranked[place][0][0], centroids, place)))
    proposed: set[str] = set()
    for place in order:
        code = next((one for one, _ in ranked[place] if one not in proposed), None)
        if code is not None:
            proposals[place] = code
            proposed.add(code)
    questions, unknown = [], []
    for place, match in open_names.items():
        label = features[place].label or f"Hình thứ {place + 1}"
        if not ranked[place]:
            unknown.append(ShapeQuestion(place, label, "unknown"))
            continue
        reason = _REASONS.get(match.how, "district")  # an exact name whose district or province is not understood
        codes = tuple(code for code, _ in ranked[place])
        questions.append(ShapeQuestion(place, label, reason, proposals.get(place), codes))
    return tuple(questions), tuple(unknown)


def _propose_by_place(
    questions: tuple[ShapeQuestion, ...],
    unknown: tuple[ShapeQuestion, ...],
    features: list[Feature],
    shapes: np.ndarray,
    units: pd.DataFrame,
    taken: set[str],
) -> tuple[tuple[ShapeQuestion, ...], tuple[ShapeQuestion, ...]]:
    """Named shapes that are no unit, proposed for the one unit without shape whose centre point lies in them."""
    proposed = taken | {one.proposal for one in questions if one.proposal}
    free = units[~units.index.isin(proposed)].dropna(subset=["lat"])
    tree = shapely.STRtree(shapely.points(free[["lon", "lat"]].to_numpy()))
    placed, lost = [], []
    for one in unknown:
        shape = shapes[one.feature]
        inside = tree.query(shape, predicate="contains") if shape is not None and features[one.feature].name else []
        if len(inside) == 1:
            code = str(free.index[inside[0]])
            placed.append(replace(one, reason="place", proposal=code, candidates=(code,)))
        else:
            lost.append(one)
    return (*questions, *placed), tuple(lost)


def _centroids(shapes: np.ndarray) -> np.ndarray:
    nowhere = shapely.Point(np.nan, np.nan)
    found = [nowhere if one is None or one.is_empty else shapely.centroid(one) for one in shapes]
    return np.array(found, dtype=object)


def _distance(units: pd.DataFrame, code: str, centroids: np.ndarray | None, place: int) -> float:
    if centroids is None or np.isnan(units.at[code, "lat"]):
        return 0.0
    lon, lat = centroids[place]
    return float(np.hypot(units.at[code, "lon"] - lon, units.at[code, "lat"] - lat))
