"""Units and districts of the demo province that show something, chosen by what they show: its figures may change."""

from collections.abc import Sequence

from reports.facts.assessment import Assessment


def find_lacking(assessment: Assessment) -> str:
    """The unit that lacks figures of most indicators."""
    return str(assessment.frame["missing"].idxmax())


def find_knocked_out(years: Sequence[Assessment]) -> str:
    """The first unit with all figures in each year that only in the last has a zero, and only one."""
    *earlier, last = years
    for code, unit in last.frame.iterrows():
        before = [assessment.frame.loc[code] for assessment in earlier]
        complete = all(row["status"] != "incomplete" for row in (unit, *before))
        if complete and len(unit["zeros"]) == 1 and not any(row["zeros"] for row in before):
            return str(code)
    raise LookupError("no unit is knocked out in the last year only")


def find_small(assessment: Assessment) -> str:
    """The first unit with all figures, a zero, and a ratio of a small denominator."""
    for code, unit in assessment.frame.iterrows():
        figures = assessment.observations.loc[code]
        if unit["status"] == "not_met" and unit["zeros"] and 30 < figures["infants"] < 50:
            return str(code)
    raise LookupError("no unit has few infants")


def find_half_met(assessment: Assessment) -> str:
    """Code of the first district with units of every status."""
    statuses = assessment.frame.groupby("district_code", sort=False)["status"].nunique()
    return str(statuses.index[statuses == 3][0])
