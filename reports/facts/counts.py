"""Counts that leaders ask for: by status, by district, by criterion, against last year."""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from reports.facts.assessment import Assessment
from scoring.standard import Standard

STATUSES = ("met", "not_met", "incomplete")


@dataclass(frozen=True)
class Counts:
    """Units of a group by status, and how far the group is from its target."""

    units: int
    met: int
    not_met: int
    incomplete: int
    target_percent: int

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


def summarise_districts(frame: pd.DataFrame, target_percent: int) -> pd.DataFrame:
    """One row a district, in administrative order.

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
        met, not_met, incomplete = (int(one) for one in numbers)
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


def list_furthest(districts: pd.DataFrame) -> list[str]:
    """Names of the districts with the least share of units that met the standard; several where they are equal.

    `districts`: of `summarise_districts`. Empty where every district has reached its target or there is none.
    """
    short = districts[districts["short_of_target"] > 0]
    shares = [Fraction(int(met), int(units)) for met, units in zip(short["met"], short["units"], strict=True)]
    return [name for name, share in zip(short["district"], shares, strict=True) if share == min(shares)]


def count_knocked_out(assessment: Assessment) -> pd.DataFrame:
    """How many units each criterion knocks out by zero points, most first.

    Returns
    -------
    DataFrame
        Index criterion id, columns `number`, `name`, `units` (at zero), `only` (units that would meet the standard
        but for zeros on this criterion alone: no other zero, total enough). Criteria without zeros are left out.
    """
    scores = assessment.scores
    zero = scores.zero_criteria
    alone = zero & (zero.sum(axis=1) == 1)[:, None] & (scores.total >= scores.minimum)[:, None]
    complete = ~scores.missing.any(axis=1)
    rows = [
        {
            "criterion": criterion.id,
            "number": criterion.number,
            "name": criterion.name,
            "units": int(zero[:, place].sum()),
            "only": int((alone[:, place] & complete).sum()),
        }
        for place, criterion in enumerate(assessment.standard.criteria)
    ]
    frame = pd.DataFrame(rows).set_index("criterion")
    return frame[frame["units"] > 0].sort_values(["units", "number"], ascending=[False, True])


def list_failing(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The units that did not meet the standard, by what decided: `zero` (a criterion at zero) or `total`."""
    failing = frame[frame["status"] == "not_met"]
    knocked_out = failing["zeros"] != ""
    return {"zero": failing[knocked_out], "total": failing[~knocked_out]}


def compare_years(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """What changed for each unit that both years have.

    Returns
    -------
    DataFrame
        Index `code`, columns `name`, `district`, `status_before`, `status`, `total_before`, `total`, `change`
        (points; NA unless both years are complete), `kind`: `gained`, `lost`, `risen`, `fallen`, `same` or
        `unknown` (a year is incomplete).
    """
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


def criterion_label(standard: Standard, criterion_id: str) -> str:
    """“Tiêu chí 3: Trẻ em bị xâm hại”."""
    criterion = next(one for one in standard.criteria if one.id == criterion_id)
    return f"Tiêu chí {criterion.number}: {criterion.name}"
