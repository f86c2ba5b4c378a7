"""The assessed year: units, classes, figures and scores joined, ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from data.store import Round, RoundKey, Store
from data.store.changes import merge_figures
from data.units import lists as unit_lists
from scoring.engine import score
from scoring.explain import UnitTrace, explain
from scoring.scores import Scores
from scoring.standard import Standard, get_standard
from scoring.words import PROVISIONAL_LABEL


@dataclass(frozen=True, eq=False)  # the same one or another: frames have no truth value to compare by
class Assessment:
    """One year of a province (or of the nation).

    Attributes
    ----------
    units : DataFrame
        Index `code` in administrative order; columns of `data.units.lists.load_units` plus `unit_class`,
        `mountainous`, `class_provenance`.
    observations : DataFrame
        Index `code`, a column an input, Int64, NA = missing.
    demo_units : set of str
        Codes of units whose figures are illustrative in part or whole.
    """

    round: Round
    standard: Standard
    units: pd.DataFrame
    observations: pd.DataFrame
    scores: Scores
    demo_units: frozenset[str]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a unit, index `code`.

        Columns: `name`, `unit_type`, `district_code`, `district`, `unit_class`, `mountainous`, `status`, `total`,
        `minimum` (points, int), `ceiling` (points that the unit can still reach), `missing` (number of indicators
        without figures), `zeros` (tuple: ids of the criteria at zero), `blocking` (tuple: of those, the criteria that
        keep the unit from being recognised whatever its total; none by a standard that allows zeros), `provisional`,
        `demo` (bool), a column a criterion and a column an indicator (points, Int64; NA where figures are missing).
        """
        scores = self.scores
        described = self.units[["name", "unit_type", "district_code", "district", "mountainous"]]
        points = scores.frame().set_index("code")
        added = pd.DataFrame(
            {
                "ceiling": scores.total + (scores.missing * scores.max_points).sum(axis=1),
                "missing": scores.missing.sum(axis=1),
                "zeros": _list_marked(scores.zero_criteria, scores.criterion_ids),
                "blocking": _list_marked(scores.blocking, scores.criterion_ids),
                "provisional": scores.provisional.any(axis=1),
                "demo": points.index.isin(list(self.demo_units)),
            },
            index=points.index,
        )
        return described.join(added).join(points)

    def restrict(self, codes: Iterable[str]) -> "Assessment":
        """The same year with some of its units only, in the order of `codes`; raises KeyError for an unknown code."""
        units = self.units.loc[list(codes)]
        return replace(
            self, units=units, scores=self.scores.restrict(units.index), demo_units=self.demo_units & set(units.index)
        )

    def restrict_to_district(self, district_code: str) -> "Assessment":
        """The same year with the units of a district only; it can have none."""
        return self.restrict(self.units.index[self.units["district_code"] == district_code])

    @property
    def district_heading(self) -> str:
        """Heading of a column of districts: since July 2025 they are only a grouping that users still ask for."""
        former = unit_lists.list_vintages().loc[self.round.vintage, "districts"] == "former"
        return "Địa bàn huyện cũ" if former else "Huyện, thành phố"

    @property
    def total_heading(self) -> str:
        """Heading of a column of totals: says so where they are provisional."""
        return f"Tổng điểm ({PROVISIONAL_LABEL})" if self.provisional else "Tổng điểm"

    @property
    def provisional(self) -> bool:
        """Whether any total rests on a figure that is not yet checked against the decision."""
        return bool(self.scores.provisional.any())

    @property
    def demo(self) -> bool:
        """Whether any figure is illustrative."""
        return bool(self.demo_units)


def load_assessment(store: Store, round: Round | RoundKey, standard_id: str | None = None) -> Assessment:
    """Read and score a round, by its own standard or by another.

    Raises
    ------
    data.store.StoreError
        When the round is not open.
    scoring.standard.StandardError
        For an unknown standard.
    """
    opened = store.rounds.get(round)
    standard = get_standard(standard_id or opened.standard_id)
    observations = store.observations.load(opened, standard.id)
    return _assess(store, opened, standard, observations, frozenset(store.observations.list_demo_units(opened)))


def find_assessment(store: Store, round: Round | RoundKey) -> Assessment | None:
    """As `load_assessment`; None for a round that is not open."""
    return load_assessment(store, round) if store.rounds.find(round) else None


def preview_submission(store: Store, planned: Round, incoming: pd.DataFrame) -> Assessment:
    """The year as it would be with a file's values; nothing is stored.

    Parameters
    ----------
    incoming : DataFrame
        Index unit code, a column an input of the file, Int64, NA = missing: replaces what its units have for these
        inputs, and all of their illustrative figures.
    """
    stored, demo = store.observations.load(planned), store.observations.list_demo_units(planned)
    standard = get_standard(planned.standard_id)
    replaced = demo & set(incoming.index)
    merged = merge_figures(stored.drop(index=list(replaced)), incoming, standard)
    return _assess(store, planned, standard, merged, frozenset(demo - replaced))


def assessed_units(store: Store, planned: Round) -> pd.DataFrame:
    """Units of a round, open or planned, with their class; columns as `Assessment.units`."""
    if store.rounds.find(planned):
        classes = store.classes.load(planned)
    else:
        classes = unit_lists.default_classes(planned.vintage, planned.province_code)
    units = unit_lists.load_units(planned.vintage, planned.province_code)
    return units.join(classes.rename(columns={"provenance": "class_provenance"}))


def explain_unit(store: Store, assessment: Assessment, code: str) -> UnitTrace:
    """The trace of a unit down to file, sheet and cell; raises KeyError for a unit that is not in the round."""
    return explain(
        code,
        assessment.scores,
        assessment.observations,
        assessment.units.loc[code],
        store.observations.load_sources(assessment.round, code),
    )


def scores_table(assessment: Assessment) -> pd.DataFrame:
    """The table of the command `scores`: identity, class, status, total, criteria, indicators; a row a unit."""
    identity = assessment.units[["name", "district_code"]].reset_index()
    points = assessment.scores.frame().drop(columns="minimum")
    return identity.merge(points, on="code")


def _assess(
    store: Store, planned: Round, standard: Standard, observations: pd.DataFrame, demo_units: frozenset[str]
) -> Assessment:
    units = assessed_units(store, planned)
    return Assessment(
        round=planned,
        standard=standard,
        units=units,
        observations=observations,
        scores=score(observations, standard, units),
        demo_units=demo_units,
    )


def _list_marked(marks: np.ndarray, ids: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(id_ for id_, marked in zip(ids, row, strict=True) if marked) for row in marks]
