"""A district beside the others and beside the province. Exact, known figures only."""

from collections.abc import Iterable
from itertools import pairwise

import pandas as pd

from data.text.labels import DEMO_LABEL
from reports.facts.assessment import Assessment
from reports.facts.counts import count_statuses
from reports.facts.shares import as_objects, describe_criterion, list_points, list_rearranged, mean_share, take_extremes
from scoring.words import NO_DATA, PROVISIONAL_LABEL, STATUS_WORDS, format_number, format_percent


def rank_districts(assessment: Assessment) -> pd.DataFrame:
    """The districts by share of units that met the standard, and how complete their figures are.

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
        row["rank"] = 1 + sum(one > row["share_met"] for one in shares) if has_rank else pd.NA
        row["tied"] = shares.count(row["share_met"]) if has_rank else 0
        row["ranked"] = len(shares)
    return as_objects(rows, "district_code", ("share_met", "mean_total")).astype({"rank": "Int64"})


def describe_district_rank(own: pd.Series) -> str:
    """A row of `rank_districts` in words: the place and the figures that it rests on."""
    units, values = (
        f"{format_number(int(own[part]))}/{format_number(int(own[whole]))}"
        for part, whole in (("complete", "units"), ("known", "expected"))
    )
    coverage = f"{units} đơn vị đủ số liệu, {values} số liệu đã có"
    if pd.isna(own["rank"]):
        return f"Chưa xếp hạng vì chưa có đơn vị nào đủ số liệu ({coverage})."
    shared = f" ({format_number(int(own['tied']))} địa bàn đồng hạng)" if own["tied"] > 1 else ""
    place = f"Hạng {format_number(int(own['rank']))} / {format_number(int(own['ranked']))}"
    return f"{place} địa bàn theo tỷ lệ đạt{shared}; {coverage}."


def district_table(assessment: Assessment, districts: pd.DataFrame) -> pd.DataFrame:
    """`rank_districts` as a table to read; shares as floats, 0 to 1."""
    return pd.DataFrame(
        {
            assessment.district_heading: districts["district"],
            "Hạng": districts["rank"],
            "Tỷ lệ đạt": [float(one) for one in districts["share_met"]],
            "Số đơn vị": districts["units"],
            **{word: districts[status] for status, word in STATUS_WORDS.items()},
            f"{assessment.total_heading}, trung bình": [
                NO_DATA if one is None else format_number(one, 1) for one in districts["mean_total"]
            ],
            "Số liệu đã có": [
                format_percent(*pair) for pair in zip(districts["known"], districts["expected"], strict=True)
            ],
        },
        index=districts.index,
    )


def compare_district(assessment: Assessment, district_code: str) -> pd.DataFrame:
    """Mean share of the points of each criterion in a district and in the province.

    Returns
    -------
    DataFrame
        Index criterion id; columns `number`, `name`, `max_points`, `district`, `province` (Fractions from 0 to 1, over
        the units whose figures are known; None where none are), `known` (int, such units of the district).
    """
    inside = (assessment.units["district_code"] == district_code).to_numpy()
    rows = []
    for place, criterion in enumerate(assessment.standard.criteria):
        points, known = list_points(assessment, place)
        rows.append(
            describe_criterion(criterion)
            | {
                "district": mean_share(points[inside & known], criterion.max_points),
                "province": mean_share(points[known], criterion.max_points),
                "known": int((inside & known).sum()),
            }
        )
    return as_objects(rows, "criterion", ("district", "province"))


def list_district_strengths(compared: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The criteria of `compare_district` where the district is furthest above and below the province.

    Returns
    -------
    tuple of DataFrame
        As `compared`, with `difference` (Fraction of the criterion's points); at most `STRENGTHS_AT_MOST` each.
    """
    known = compared[compared["district"].notna()]
    difference = [row.district - row.province for row in known.itertuples()]
    return take_extremes(known.assign(difference=pd.Series(difference, index=known.index, dtype=object)), "difference")


def list_district_years(assessments: Iterable[Assessment], district_code: str) -> pd.DataFrame:
    """The years that have a district, oldest first.

    Returns
    -------
    DataFrame
        Index `year`; columns `units`, `met`, `complete` (int), `share_met` (Fraction), `mean_total` (Fraction or None),
        `provisional`, `demo`, `rearranged` (bool: the year before had other units, or units of other areas).
    """
    rows: list[dict[str, object]] = []
    parts = []
    for one in sorted(assessments, key=lambda each: each.round.year):
        part = one.frame[one.frame["district_code"] == district_code]
        if part.empty:
            continue
        counts = count_statuses(part, one.round.target_percent)
        complete = part[part["status"] != "incomplete"]
        parts.append((one.round.vintage, list(part.index)))
        rows.append(
            {
                "year": one.round.year,
                "units": counts.units,
                "met": counts.met,
                "complete": len(complete),
                "share_met": counts.share_met,
                "mean_total": mean_share(complete["total"].to_numpy(), 1),
                "provisional": bool(part["provisional"].any()),
                "demo": bool(part["demo"].any()),
                "rearranged": False,
            }
        )
    for row, ((before, old), (now, codes)) in zip(rows[1:], pairwise(parts), strict=True):
        row["rearranged"] = set(old) != set(codes) or bool(list_rearranged(codes, before, now))
    columns = ("year", "units", "met", "complete", "share_met", "mean_total", "provisional", "demo", "rearranged")
    return as_objects(rows, "year", ("share_met", "mean_total"), columns)


def district_years_table(years: pd.DataFrame) -> pd.DataFrame:
    """`list_district_years` as a table to read; says where a year can't be put beside the one before."""
    rows = [
        {
            "Năm": str(one.Index),
            "Đạt": f"{format_number(one.met)}/{format_number(one.units)} đơn vị",
            "Tỷ lệ đạt": format_percent(one.met, one.units),
            "Đủ số liệu": f"{format_number(one.complete)}/{format_number(one.units)} đơn vị",
            "Tổng điểm trung bình": NO_DATA if one.mean_total is None else format_number(one.mean_total, 1),
            "Lưu ý": "; ".join(
                [PROVISIONAL_LABEL] * one.provisional
                + [DEMO_LABEL] * one.demo
                + ["đơn vị đã sắp xếp lại, không so thẳng với năm trước"] * one.rearranged
            ),
        }
        for one in years.itertuples()
    ]
    return pd.DataFrame(rows)
