"""A district beside the others and beside the province. Exact, known figures only."""

import pandas as pd

from reports.facts.assessment import Assessment
from reports.facts.counts import count_statuses
from reports.facts.shares import as_objects, begin_row, list_criterion_points, mean_share, take_extremes


def rank_districts(assessment: Assessment) -> pd.DataFrame:
    """Rank the districts by share of units that met the standard, and say how complete their figures are.

    Returns
    -------
    DataFrame
        Index `district_code`, in administrative order; columns `district`, `units`, `met`, `not_met`, `incomplete`
        (int), `share_met` (Fraction, of all units), `complete` (int, units with all figures), `known`, `expected` (int,
        values), `mean_total` (Fraction, of the complete units, or None), `rank` (Int64, exact, equal shares share it;
        NA for a district without a complete unit), `tied` (int), `ranked` (int, districts that have a rank).
    """
    frame = assessment.frame
    inputs = list(assessment.standard.inputs)
    known = assessment.observations.reindex(index=frame.index, columns=inputs).notna().sum(axis=1)
    rows = []
    for code, part in frame.groupby("district_code", sort=False):
        counts = count_statuses(part, assessment.round.target_percent)
        complete = part[part["status"] != "incomplete"]
        rows.append(
            {
                "district_code": code,
                "district": part["district"].iloc[0],
                "units": counts.units,
                "met": counts.met,
                "not_met": counts.not_met,
                "incomplete": counts.incomplete,
                "share_met": counts.share_met,
                "complete": len(complete),
                "known": int(known[part.index].sum()),
                "expected": len(part) * len(inputs),
                "mean_total": mean_share(complete["total"].to_numpy(), 1),
            }
        )
    shares = [row["share_met"] for row in rows if row["complete"]]
    for row in rows:
        has_rank = row["complete"] > 0
        row["rank"] = 1 + sum(share > row["share_met"] for share in shares) if has_rank else pd.NA
        row["tied"] = shares.count(row["share_met"]) if has_rank else 0
        row["ranked"] = len(shares)
    return as_objects(rows, "district_code", ("share_met", "mean_total")).astype({"rank": "Int64"})


def compare_with_province(assessment: Assessment, district_code: str) -> pd.DataFrame:
    """Mean share of the points of each criterion in a district and in the province.

    Returns
    -------
    DataFrame
        Index criterion id; columns `number`, `name`, `max_points`, `district`, `province` (Fractions from 0 to 1, over
        the units whose figures are known; None where none are), `known` (int, such units of the district).
    """
    inside = (assessment.units["district_code"] == district_code).to_numpy()
    rows = []
    for column, criterion in enumerate(assessment.standard.criteria):
        points, known = list_criterion_points(assessment, column)
        rows.append(
            begin_row(criterion)
            | {
                "district": mean_share(points[inside & known], criterion.max_points),
                "province": mean_share(points[known], criterion.max_points),
                "known": int((inside & known).sum()),
            }
        )
    return as_objects(rows, "criterion", ("district", "province"))


def list_district_strengths(compared: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """List the criteria of `compare_with_province` where the district is furthest above and below the province.

    Returns
    -------
    tuple of DataFrame
        As `compared`, with `difference` (Fraction of the criterion's points); at most `STRENGTHS_AT_MOST` each.
    """
    known = compared[compared["district"].notna()]
    difference = [row.district - row.province for row in known.itertuples()]
    return take_extremes(known.assign(difference=pd.Series(difference, index=known.index, dtype=object)), "difference")
