"""Rounds: which units of an area are assessed for a year, by which standard, against which target."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from data.settings import configured_area, fallback_area
from data.store.connections import Connections
from data.store.errors import StoreError
from data.store.tables import AssessmentRound
from data.units.areas import name_areas, province_of
from data.units.lists import vintage_for_year
from scoring.standard import get_standard, standard_for_year

DEFAULT_TARGET_PERCENT = 95  # the 2022 plan's target


@dataclass(frozen=True)
class RoundKey:
    """What tells a round from every other. `area`: a province code, or “VN” for the whole nation."""

    area: str
    year: int
    standard_id: str


@dataclass(frozen=True)
class Round:
    """A round. `id` is None while it is only planned: nothing of it is stored yet."""

    key: RoundKey
    vintage: str
    target_percent: int
    id: int | None = None

    @property
    def area(self) -> str:
        """The area of the key."""
        return self.key.area

    @property
    def year(self) -> int:
        """The year of the key."""
        return self.key.year

    @property
    def standard_id(self) -> str:
        """The standard of the key."""
        return self.key.standard_id

    @property
    def province_code(self) -> str | None:
        """The province of the round; None for the whole nation."""
        return province_of(self.area)

    @property
    def area_name(self) -> str:
        """The area's name in the round's unit list: “Tỉnh Lạng Sơn”, “Cả nước”."""
        return name_areas(self.vintage).get(self.area, self.area)


def plan_round(year: int, area: str | None = None, vintage: str | None = None, standard_id: str | None = None) -> Round:
    """The round that a year would have: the unit list and the standard in force on its 31 December.

    Without an area, the one that `data.settings` names.

    Raises
    ------
    StoreError
        For a province that the unit list does not have.
    """
    area, vintage = area or fallback_area(), vintage or vintage_for_year(year)
    if area not in name_areas(vintage):
        raise StoreError(f"Không có tỉnh mã {area} trong danh mục đơn vị {vintage}. Mã tỉnh gồm 2 chữ số, ví dụ 20.")
    standard = get_standard(standard_id) if standard_id else standard_for_year(year)
    return Round(RoundKey(area, year, standard.id), vintage, DEFAULT_TARGET_PERCENT)


class Rounds:
    """Reads of rounds; a round opens with its first file (`Submissions.save`)."""

    def __init__(self, connections: Connections):
        self._connections = connections

    def list(self) -> Sequence[Round]:
        """Rounds that are open: the newest year first, within a year the round that was opened first."""
        query = select(AssessmentRound.__table__).where(AssessmentRound.opened_at.is_not(None))
        with self._connections.read() as connection:
            rows = connection.execute(query.order_by(AssessmentRound.year.desc(), AssessmentRound.id)).all()
        return [as_round(row) for row in rows]

    def find(self, round: Round | RoundKey) -> Round | None:
        """A round as it is open, or None."""
        query = select(AssessmentRound.__table__).where(is_row_of(round), AssessmentRound.opened_at.is_not(None))
        with self._connections.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else as_round(row)

    def get(self, round: Round | RoundKey) -> Round:
        """A round as it is open.

        Raises
        ------
        StoreError
            When it is not open.
        """
        opened = self.find(round)
        if opened is None:
            raise not_open(key_of(round).year)
        return opened

    def facts_version(self, round: Round | RoundKey) -> int:
        """A number that grows with whatever changes the facts of a round (files, classes); 0 before its first file.

        It is raised in the transaction that changes them, so whoever reads it reads the facts of it or newer ones.
        """
        with self._connections.read() as connection:
            return connection.scalar(select(AssessmentRound.facts_version).where(is_row_of(round))) or 0

    def choose(self, year: int, area: str | None = None, standard_id: str | None = None) -> Round:
        """The open round of a year: the only one, or the only one of an area and a standard.

        Raises
        ------
        StoreError
            When there is none, or several: then it names them.
        """
        candidates = self._list_matching(year, area, standard_id)
        if not candidates:
            raise not_open(year)
        return _the_only(candidates)

    def choose_or_plan(
        self, year: int, area: str | None = None, standard_id: str | None = None, vintage: str | None = None
    ) -> Round:
        """As `choose`; where no round is open, the one that would be.

        Raises
        ------
        StoreError
            When several rounds are open, or the one that is has another unit list than `vintage`.
        """
        candidates = self._list_matching(year, area, standard_id)
        if not candidates:
            return plan_round(year, area or self.default_area(), vintage, standard_id)
        opened = _the_only(candidates)
        if vintage is not None and vintage != opened.vintage:
            raise other_vintage(opened, vintage)
        return opened

    def find_before(self, round: Round | RoundKey) -> Round | None:
        """The round of the nearest earlier year, of the same area and by the same standard; None without any."""
        key = key_of(round)
        return next(
            (
                earlier
                for earlier in self.list()
                if (earlier.area, earlier.standard_id) == (key.area, key.standard_id) and earlier.year < key.year
            ),
            None,
        )

    def list_years_of(self, round: Round | RoundKey) -> Sequence[Round]:
        """A round a year of the same area, the newest first: by the same standard, where a year has several."""
        key = key_of(round)
        by_year: dict[int, Round] = {}
        for other in self.list():
            if other.area == key.area and (other.year not in by_year or other.standard_id == key.standard_id):
                by_year[other.year] = other
        return list(by_year.values())

    def list_with_planned(self, year: int) -> Sequence[Round]:
        """Rounds that are open, and for each area one that a year would have where it has none; as `list`."""
        opened = self.list()
        areas = dict.fromkeys((self.default_area(), *(round.area for round in opened)))
        with_round = {round.area for round in opened if round.year == year}
        planned = [plan_round(year, area) for area in areas if area not in with_round]
        return sorted((*opened, *planned), key=lambda round: -round.year)

    def default_area(self) -> str:
        """The area that is meant where nothing names one: as configured, else that of the newest round."""
        newest = next(iter(self.list()), None)
        return configured_area() or (newest.area if newest else fallback_area())

    def _list_matching(self, year: int, area: str | None, standard_id: str | None) -> Sequence[Round]:
        return [
            round
            for round in self.list()
            if round.year == year and area in (None, round.area) and standard_id in (None, round.standard_id)
        ]


def name_rounds(rounds: Sequence[Round]) -> dict[RoundKey, str]:
    """What each round is called in a list: its year; with its area, and its standard, where that tells not enough."""
    names = {}
    for round in rounds:
        of_year = [other for other in rounds if other.year == round.year]
        parts = [str(round.year)]
        if len({other.area for other in of_year}) > 1:
            parts.append(round.area_name)
        if sum(other.area == round.area for other in of_year) > 1:
            parts.append(get_standard(round.standard_id).title)
        names[round.key] = " – ".join(parts)
    return names


def key_of(round: Round | RoundKey) -> RoundKey:
    """The key of a round."""
    return round.key if isinstance(round, Round) else round


def is_row_of(round: Round | RoundKey) -> ColumnElement[bool]:
    """The condition on `AssessmentRound` that finds a round."""
    key = key_of(round)
    return (
        (AssessmentRound.area == key.area)
        & (AssessmentRound.year == key.year)
        & (AssessmentRound.standard_id == key.standard_id)
    )


def as_round(row: Any) -> Round:
    """A row of `AssessmentRound` as a round."""
    return Round(RoundKey(row.area, row.year, row.standard_id), row.vintage, row.target_percent, row.id)


def not_open(year: int) -> StoreError:
    """The refusal of what needs an open round."""
    return StoreError(f"Chưa có kỳ đánh giá {year}. Nộp số liệu của năm {year} trước.")


def other_vintage(opened: Round, vintage: str) -> StoreError:
    """The refusal of another unit list than that of the open round."""
    return StoreError(
        f"Kỳ {opened.year} của {opened.area_name} đã mở với danh mục đơn vị {opened.vintage}; không đổi được sang "
        f"{vintage}."
    )


def _the_only(candidates: Sequence[Round]) -> Round:
    if len(candidates) > 1:
        choices = "; ".join(
            f"--province {round.area} --standard {round.standard_id} ({round.area_name})" for round in candidates
        )
        raise StoreError(f"Năm {candidates[0].year} có {len(candidates)} kỳ đánh giá; chọn một kỳ: {choices}.")
    return candidates[0]
