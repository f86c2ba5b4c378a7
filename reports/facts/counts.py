"""Counts that leaders ask for: by status, by district, by criterion; what decided, how far the target is."""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from reports.facts.assessment import Assessment
from reports.facts.criteria import is_blocked
from scoring.scores import STATUSES
from scoring.standard import Standard


@dataclass(frozen=True)
class Counts:
    """Units of a group by status (`counts["met"]`), and how far the group is from its target."""

    units: int
    met: int
    not_met: int
    incomplete: int
    target_percent: int

    def __getitem__(self, status: str) -> int:
        """The units of a status of `scoring.scores.STATUSES`; raises KeyError for another."""
        return {"met": self.met, "not_met": self.not_met, "incomplete": self.incomplete}[status]

    @property
    def share_met(self) -> Fraction:
        """Units that met the standard, of all units; 0 for a group without units."""
        return Fraction(self.met, self.units) if self.units else Fraction(0)

    @property
    def reaches_target(self) -> bool:
        """Compared as integers, so that 95 % is reached at 95 % and not before."""
        return self.units > 0 and self.met * 100 >= self.target_percent * self.units

    @property
    def short_of_target(self) -> int:
        """How many more units have to meet the standard to reach the target."""
        needed = -(-self.target_percent * self.units // 100)
        return max(0, needed - self.met)


def count_statuses(frame: pd.DataFrame, target_percent: int) -> Counts:
    """Count the units of `frame` (column `status`) by status."""
    counted = frame["status"].value_counts()
    numbers = {status: int(counted.get(status, 0)) for status in STATUSES}
    return Counts(units=len(frame), target_percent=target_percent, **numbers)


def count_units(assessment: Assessment) -> Counts:
    """Count the units of a year by status, against the target of its round."""
    return count_statuses(assessment.frame, assessment.round.target_percent)


def count_can_still_meet(frame: pd.DataFrame) -> int:
    """Count the units that lack figures, are not knocked out so far and can still reach their minimum."""
    open_ = frame[(frame["status"] == "incomplete") & (frame["ceiling"] >= frame["minimum"])]
    return int((~is_blocked(open_)).sum())


def summarise_districts(frame: pd.DataFrame, target_percent: int) -> pd.DataFrame:
    """Count the units of each district by status, in administrative order.

    Returns
    -------
    DataFrame
        Index `district_code`, columns `district`, `units`, `met`, `not_met`, `incomplete`, `share_met` (0 to
        1, float, for display), `short_of_target` (units).
    """
    counted = pd.crosstab(frame["district_code"], frame["status"]).reindex(columns=list(STATUSES), fill_value=0)
    districts = frame.drop_duplicates("district_code").set_index("district_code")["district"]
    rows = []
    for code, *numbers in counted.itertuples():
        met, not_met, incomplete = (int(number) for number in numbers)
        counts = Counts(met + not_met + incomplete, met, not_met, incomplete, target_percent)
        rows.append(
            {
                "district_code": code,
                "district": districts[code],
                "units": counts.units,
                "met": met,
                "not_met": not_met,
                "incomplete": incomplete,
                "share_met": float(counts.share_met),
                "short_of_target": counts.short_of_target,
            }
        )
    names = ("district_code", "district", "units", *STATUSES, "share_met", "short_of_target")
    return pd.DataFrame(rows, columns=list(names)).set_index("district_code")


def order_districts(districts: pd.DataFrame) -> pd.DataFrame:
    """Put the rows of `summarise_districts` in order: the least share first, exactly; ties in administrative order."""
    shares = _list_shares(districts)
    return districts.iloc[sorted(range(len(shares)), key=shares.__getitem__)]


def list_furthest(districts: pd.DataFrame) -> list[str]:
    """Name the districts with the least share of units that met the standard; several where they are equal.

    `districts`: of `summarise_districts`. Empty where every district has reached its target or there is none.
    """
    short = districts[districts["short_of_target"] > 0]
    shares = _list_shares(short)
    return [name for name, share in zip(short["district"], shares, strict=True) if share == min(shares)]


def count_knocked_out(assessment: Assessment) -> pd.DataFrame:
    """Count the units that each criterion knocks out by zero points, most first.

    Returns
    -------
    DataFrame
        Index criterion id, columns `number`, `name`, `units` (at zero), `only` (units that would meet the standard
        but for zeros on this criterion alone: no other zero, total enough). Criteria without zeros are left out; by a
        standard that allows zeros no criterion knocks out.
    """
    scores = assessment.scores
    zero = scores.blocking
    alone = zero & (zero.sum(axis=1) == 1)[:, None] & (scores.total >= scores.minimum)[:, None]
    complete = ~scores.missing.any(axis=1)
    rows = [
        {
            "criterion": criterion.id,
            "number": criterion.number,
            "name": criterion.name,
            "units": int(zero[:, column].sum()),
            "only": int((alone[:, column] & complete).sum()),
        }
        for column, criterion in enumerate(assessment.standard.criteria)
    ]
    frame = pd.DataFrame(rows).set_index("criterion")
    return frame[frame["units"] > 0].sort_values(["units", "number"], ascending=[False, True])


def count_by_criterion(frame: pd.DataFrame, standard: Standard, by: str = "number") -> pd.DataFrame:
    """Count the units at zero and the units without figures, a row a criterion.

    Parameters
    ----------
    frame : DataFrame
        Rows of `Assessment.frame`.
    by : str
        The order: `number` (of the criterion), or `zeros` (most units at zero first).

    Returns
    -------
    DataFrame
        Index criterion id; columns `number`, `name`, `zeros`, `missing` (units).
    """
    rows = [
        {
            "number": criterion.number,
            "name": criterion.name,
            "zeros": int((frame[criterion.id] == 0).sum()),
            "missing": int(frame[criterion.id].isna().sum()),
        }
        for criterion in standard.criteria
    ]
    counted = pd.DataFrame(rows, index=pd.Index([criterion.id for criterion in standard.criteria], name="criterion"))
    return counted.sort_values(["zeros", "number"], ascending=[False, True]) if by == "zeros" else counted


def share_points(assessment: Assessment) -> pd.DataFrame:
    """Sum the points won and possible by criterion, of the units whose figures are known, the lowest share first.

    Returns
    -------
    DataFrame
        Index criterion id; columns `number`, `name`, `points`, `possible` (sums), `known` (units); criteria without
        any figure come last.
    """
    scores = assessment.scores
    rows = []
    for column, criterion in enumerate(assessment.standard.criteria):
        known = ~scores.criterion_missing[:, column]
        points, possible = int(scores.criterion_points[known, column].sum()), int(known.sum()) * criterion.max_points
        share = Fraction(points, possible or 1)
        row = (criterion.id, criterion.number, criterion.name, points, possible, int(known.sum()))
        rows.append((not possible, share, criterion.number, row))
    columns = ["criterion", "number", "name", "points", "possible", "known"]
    return pd.DataFrame([row for *_, row in sorted(rows)], columns=columns).set_index("criterion")


def list_failing(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """List the units that did not meet the standard, by what decided: `zero` (a criterion at zero) or `total`."""
    failing = frame[frame["status"] == "not_met"]
    knocked_out = is_blocked(failing)
    return {"zero": failing[knocked_out], "total": failing[~knocked_out]}


def list_close(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """List the units that one thing keeps from the standard, the nearest first.

    Returns
    -------
    dict of DataFrame
        `total`: no criterion at zero, with the column `short` (points that lack), the least first. `zero`: the total
        is enough and one criterion is at zero, the highest total first.
    """
    failing = list_failing(frame)
    short = failing["total"].assign(short=failing["total"]["minimum"] - failing["total"]["total"])
    blocked = failing["zero"][failing["zero"]["blocking"].map(len) == 1]
    blocked = blocked[blocked["total"] >= blocked["minimum"]]
    return {
        "total": short.sort_values("short", kind="stable"),
        "zero": blocked.sort_values("total", ascending=False, kind="stable"),
    }


def _list_shares(districts: pd.DataFrame) -> list[Fraction]:
    return [Fraction(int(met), int(units)) for met, units in zip(districts["met"], districts["units"], strict=True)]
