"""A unit and a district over the years: each year by itself, and where its area was rearranged."""

from collections.abc import Iterable
from itertools import pairwise

import pandas as pd

from data.units import lists as unit_lists
from reports.facts.assessment import Assessment
from reports.facts.counts import count_units
from reports.facts.criteria import number_criteria
from reports.facts.shares import as_objects, mean_share


def list_unit_years(assessments: Iterable[Assessment], code: str) -> pd.DataFrame:
    """List the years that have a unit, oldest first.

    Returns
    -------
    DataFrame
        Index `year`; columns `status`, `total`, `minimum` (int), `zeros` (str, numbers of the criteria at zero, “3,
        5”), `provisional`, `demo` (bool), `rearranged` (bool: under this code the year before had another area), and a
        column a criterion of any of the years (points, Int64; NA where figures are missing or the year's standard has
        no such criterion).
    """
    rows, earlier = [], None
    criteria: dict[str, None] = {}
    for assessment in _in_order(assessments):
        if code not in assessment.frame.index:
            continue
        unit, vintage = assessment.frame.loc[code], assessment.round.vintage
        ids = [criterion.id for criterion in assessment.standard.criteria]
        criteria |= dict.fromkeys(ids)
        rows.append(
            {
                "year": assessment.round.year,
                "status": unit["status"],
                "total": int(unit["total"]),
                "minimum": int(unit["minimum"]),
                "zeros": number_criteria(assessment.standard, unit["zeros"]),
                "provisional": bool(unit["provisional"]),
                "demo": bool(unit["demo"]),
                "rearranged": earlier is not None and bool(list_rearranged([code], earlier, vintage)),
                **{id_: unit[id_] for id_ in ids},
            }
        )
        earlier = vintage
    columns = ["year", "status", "total", "minimum", "zeros", "provisional", "demo", "rearranged", *criteria]
    return pd.DataFrame(rows, columns=columns).set_index("year").astype(dict.fromkeys(criteria, "Int64"))


def list_district_years(assessments: Iterable[Assessment], district_code: str) -> pd.DataFrame:
    """List the years that have a district, oldest first.

    Returns
    -------
    DataFrame
        Index `year`; columns `units`, `met`, `complete` (int), `share_met` (Fraction), `mean_total` (Fraction or None),
        `provisional`, `demo`, `rearranged` (bool: the year before had other units, or units of other areas).
    """
    rows: list[dict[str, object]] = []
    parts = []
    for assessment in _in_order(assessments):
        part = assessment.restrict_to_district(district_code)
        if part.units.empty:
            continue
        counts, complete = count_units(part), part.scores.status != "incomplete"
        parts.append((part.round.vintage, list(part.units.index)))
        rows.append(
            {
                "year": part.round.year,
                "units": counts.units,
                "met": counts.met,
                "complete": int(complete.sum()),
                "share_met": counts.share_met,
                "mean_total": mean_share(part.scores.total[complete], 1),
                "provisional": part.provisional,
                "demo": part.demo,
                "rearranged": False,
            }
        )
    for row, ((before, old), (now, new)) in zip(rows[1:], pairwise(parts), strict=True):
        row["rearranged"] = set(old) != set(new) or bool(list_rearranged(new, before, now))
    columns = ("year", "units", "met", "complete", "share_met", "mean_total", "provisional", "demo", "rearranged")
    return as_objects(rows, "year", ("share_met", "mean_total"), columns)


def list_rearranged(codes: Iterable[str], before: str, now: str) -> list[str]:
    """List the units of vintage `now` that are not, whole and under the same code, units of the earlier vintage."""
    vintages = list(unit_lists.list_vintages().index)
    steps = list(pairwise(vintages[vintages.index(before) : vintages.index(now) + 1]))
    crosswalk = unit_lists.load_crosswalk() if steps else pd.DataFrame()
    kept = set(codes)
    for old, new in steps:
        step = crosswalk[(crosswalk["from_vintage"] == old) & (crosswalk["to_vintage"] == new)]
        whole = step[(step["relation"] == "kept") & (step["from_code"] == step["to_code"])]
        kept &= set(whole["to_code"])
    return [code for code in codes if code not in kept]


def _in_order(assessments: Iterable[Assessment]) -> list[Assessment]:
    return sorted(assessments, key=lambda assessment: assessment.round.year)
