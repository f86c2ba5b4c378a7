"""Two years side by side: `compare` is the only function that joins two years, and it says where they can't be joined.

A code of another list of units can mean another extent, and points of another standard are another measure: such years
are shown beside each other at most, never subtracted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from data.text.labels import CHANGE_WORDS
from reports.facts.assessment import Assessment
from reports.facts.counts import STATUSES, Counts, count_statuses

Obstacle = Literal["area", "units", "standard"]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two years of an area, the earlier first.

    Attributes
    ----------
    obstacle : str or None
        Why the years are not compared: `area` (the years are of different areas), `units` (their lists of units
        differ), `standard` (their points are of different standards); None where they are compared.
    units : DataFrame
        A row a unit that both years have, empty where there is an obstacle. Index `code`, columns `name`, `district`,
        `status_before`, `status`, `total_before`, `total`, `change` (points, Int64; NA unless both years are complete),
        `kind`: `gained`, `lost`, `risen`, `fallen`, `same` or `unknown` (a year is incomplete).
    """

    before: Assessment
    now: Assessment
    obstacle: Obstacle | None
    units: pd.DataFrame

    @property
    def years(self) -> tuple[int, int]:
        """The earlier year and the later."""
        return self.before.round.year, self.now.round.year

    @property
    def counts(self) -> tuple[Counts, Counts]:
        """All units of the earlier year and of the later by status: to stand side by side, not to be subtracted."""
        before, now = (count_statuses(year.frame, year.round.target_percent) for year in (self.before, self.now))
        return before, now

    @property
    def count_changes(self) -> dict[str, int] | None:
        """By how many units each status changed, of the units that both years have; None with an obstacle."""
        if self.obstacle is not None:
            return None
        before, now = (self.units[column].value_counts() for column in ("status_before", "status"))
        return {status: int(now.get(status, 0)) - int(before.get(status, 0)) for status in STATUSES}


def compare(before: Assessment, now: Assessment) -> Comparison:
    """Compare two years, given in either order, unit by unit where both have the same area, unit list and standard."""
    before, now = sorted((before, now), key=lambda assessment: assessment.round.year)
    obstacle = _find_obstacle(before, now)
    units = _compare_years(before.frame, now.frame)
    return Comparison(before, now, obstacle, units if obstacle is None else units.iloc[:0])


def count_kinds(units: pd.DataFrame) -> dict[str, int]:
    """Count the rows of `Comparison.units` by kind of change, in the order of `CHANGE_WORDS`; without rows it is 0."""
    counted = units["kind"].value_counts()
    return {kind: int(counted.get(kind, 0)) for kind in CHANGE_WORDS}


def compare_criteria(comparison: Comparison, codes: Iterable[str] | None = None) -> pd.DataFrame:
    """Count how each criterion changed over the compared units that have its points in both years.

    Parameters
    ----------
    codes : iterable of str, optional
        Of the compared units only these.

    Returns
    -------
    DataFrame
        Index criterion id in the standard's order; columns `number`, `name`, `units` (with points in both years),
        `risen`, `fallen`, `new_zeros`, `cleared_zeros` (units), `change` (points, sum over the units). All 0 where
        there is an obstacle.
    """
    units = comparison.units.index if codes is None else comparison.units.index.intersection(list(codes))
    before, now = (year.frame.loc[units] for year in (comparison.before, comparison.now))
    criteria = comparison.now.standard.criteria
    rows = []
    for criterion in criteria:
        # With an obstacle there are no units, and the earlier standard may lack the criterion.
        earlier = before.get(criterion.id, pd.Series(dtype="Int64"))
        points = pd.DataFrame({"before": earlier, "now": now[criterion.id]}).dropna()
        change = points["now"] - points["before"]
        rows.append(
            {
                "number": criterion.number,
                "name": criterion.name,
                "units": len(points),
                "risen": int((change > 0).sum()),
                "fallen": int((change < 0).sum()),
                "new_zeros": int(((points["now"] == 0) & (points["before"] > 0)).sum()),
                "cleared_zeros": int(((points["before"] == 0) & (points["now"] > 0)).sum()),
                "change": int(change.sum()),
            }
        )
    return pd.DataFrame(rows, index=pd.Index([criterion.id for criterion in criteria], name="criterion"))


def list_most_changed(changes: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """List the rows of `compare_criteria` whose points changed in most units, the most first, at most `most`."""
    changed = changes.assign(changed=changes["risen"] + changes["fallen"])
    return changed.nlargest(most, "changed").drop(columns="changed")


def sort_by_change(units: pd.DataFrame) -> pd.DataFrame:
    """Put rows with a column `change` in order: the greatest change up or down first, unknown ones last."""
    order = units["change"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
    return units.loc[order]


def compare_unit(comparison: Comparison, code: str) -> pd.DataFrame:
    """Compare a unit's points of each criterion in the two years, the greatest change first.

    Returns
    -------
    DataFrame
        Index criterion id; columns `number`, `name`, `before`, `now`, `change`, `most` (points, Int64; `change` is NA
        where a year lacks figures).

    Raises
    ------
    KeyError
        For a unit that is not compared.
    """
    if code not in comparison.units.index:
        raise KeyError(code)
    before, now = (year.frame.loc[code] for year in (comparison.before, comparison.now))
    criteria = comparison.now.standard.criteria
    table = pd.DataFrame(
        {
            "number": [criterion.number for criterion in criteria],
            "name": [criterion.name for criterion in criteria],
            "before": pd.array([before[criterion.id] for criterion in criteria], dtype="Int64"),
            "now": pd.array([now[criterion.id] for criterion in criteria], dtype="Int64"),
            "most": [criterion.max_points for criterion in criteria],
        },
        index=pd.Index([criterion.id for criterion in criteria], name="criterion"),
    )
    table.insert(4, "change", table["now"] - table["before"])
    return sort_by_change(table)


def _find_obstacle(before: Assessment, now: Assessment) -> Obstacle | None:
    if before.round.area != now.round.area:
        return "area"
    if before.round.vintage != now.round.vintage:
        return "units"
    return "standard" if before.standard.id != now.standard.id else None


def _compare_years(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Join the units that both frames have; columns as `Comparison.units`."""
    both = now[["name", "district", "status", "total"]].join(
        before[["status", "total"]].add_suffix("_before"), how="inner"
    )
    complete = (both["status"] != "incomplete") & (both["status_before"] != "incomplete")
    both["change"] = (both["total"] - both["total_before"]).astype("Int64").where(complete)
    both["kind"] = [
        _kind_of_change(*row) for row in both[["status_before", "status", "change"]].itertuples(index=False)
    ]
    return both


def _kind_of_change(before: str, now: str, change: object) -> str:
    if "incomplete" in (before, now):
        return "unknown"
    if before != now:
        return "gained" if now == "met" else "lost"
    if change == 0:
        return "same"
    return "risen" if change > 0 else "fallen"  # type: ignore[operator]
