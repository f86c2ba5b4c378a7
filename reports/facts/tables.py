"""Facts as tables to read: words for codes, Vietnamese headings; pages show them, files carry them."""

from collections.abc import Mapping

import pandas as pd

from data.text.labels import DEMO_LABEL
from reports.facts.assessment import Assessment
from reports.facts.criteria import count_zeros, number_zeros
from reports.facts.improvements import list_focuses
from reports.facts.sentences import describe_focus, describe_plan, describe_step
from reports.facts.what_if import KIND_WORDS, list_status_changes
from scoring.gaps import Plan
from scoring.standard import Standard
from scoring.words import (
    NO_DATA,
    PROVISIONAL_LABEL,
    STATUS_WORDS,
    format_number,
    format_percent,
)

_REARRANGED = "đơn vị đã sắp xếp lại, không so thẳng với năm trước"


def unit_table(assessment: Assessment, frame: pd.DataFrame) -> pd.DataFrame:
    """Units as a table to read, a column a criterion headed by its number (“TC3”).

    Parameters
    ----------
    frame : DataFrame
        Rows of `Assessment.frame`, in the order to show.
    """
    table = pd.DataFrame(
        {
            "Mã": frame.index,
            "Đơn vị": frame["name"].to_numpy(),
            assessment.district_heading: frame["district"].to_numpy(),
            "Kết quả": frame["status"].map(STATUS_WORDS).to_numpy(),
            assessment.total_heading: frame["total"].to_numpy(),
            "Điểm tối thiểu": frame["minimum"].to_numpy(),
            "Tiêu chí 0 điểm": number_zeros(assessment.standard, frame).to_numpy(),
            "Chỉ tiêu thiếu số liệu": frame["missing"].to_numpy(),
        }
    )
    points = _list_points(assessment.standard, frame)
    return table.assign(**{heading: column.to_numpy() for heading, column in points.items()})


def heat_table(assessment: Assessment, frame: pd.DataFrame) -> pd.DataFrame:
    """Units as a table to read with their points in the middle: identity, number of zeros, a column a criterion.

    `frame`: rows of `Assessment.frame`, whose index the table has. Columns of criteria (“TC3”) hold points, Int64, NA
    where figures are missing.
    """
    identity = {
        "Đơn vị": frame["name"],
        assessment.total_heading: frame["total"],
        "Số tiêu chí 0 điểm": count_zeros(frame),
    }
    rest = {"Kết quả": frame["status"].map(STATUS_WORDS), assessment.district_heading: frame["district"]}
    return pd.DataFrame(identity | _list_points(assessment.standard, frame) | rest, index=frame.index)


def district_table(assessment: Assessment, districts: pd.DataFrame) -> pd.DataFrame:
    """`districts.rank_districts` as a table to read; shares as floats, 0 to 1."""
    return pd.DataFrame(
        {
            assessment.district_heading: districts["district"],
            "Hạng": districts["rank"],
            "Tỷ lệ đạt": [float(share) for share in districts["share_met"]],
            "Số đơn vị": districts["units"],
            **{word: districts[status] for status, word in STATUS_WORDS.items()},
            f"{assessment.total_heading}, trung bình": [
                NO_DATA if mean is None else format_number(mean, 1) for mean in districts["mean_total"]
            ],
            "Số liệu đã có": [
                format_percent(*pair) for pair in zip(districts["known"], districts["expected"], strict=True)
            ],
        },
        index=districts.index,
    )


def unit_years_table(assessment: Assessment, years: pd.DataFrame) -> pd.DataFrame:
    """`history.list_unit_years` as a table to read: a column a year, a row for the result, the total, each criterion.

    `assessment`: the year that is shown, whose criteria and heading stand in the rows.
    """
    criteria = assessment.standard.criteria
    headings = [f"TC {criterion.number} – {criterion.name}" for criterion in criteria]
    table = pd.DataFrame(index=pd.Index(["Kết quả", assessment.total_heading, *headings], name=""))
    for year, row in zip(years.index, years.to_dict("records"), strict=True):
        points = [row.get(criterion.id, pd.NA) for criterion in criteria]
        table[str(year)] = [
            STATUS_WORDS[row["status"]],
            format_number(int(row["total"])),
            *(NO_DATA if pd.isna(won) else format_number(int(won)) for won in points),
        ]
    return table


def district_years_table(years: pd.DataFrame) -> pd.DataFrame:
    """`history.list_district_years` as a table to read; says where a year can't be put beside the one before."""
    rows = [
        {
            "Năm": str(row.Index),
            "Đạt": f"{format_number(row.met)}/{format_number(row.units)} đơn vị",
            "Tỷ lệ đạt": format_percent(row.met, row.units),
            "Đủ số liệu": f"{format_number(row.complete)}/{format_number(row.units)} đơn vị",
            "Tổng điểm trung bình": NO_DATA if row.mean_total is None else format_number(row.mean_total, 1),
            "Lưu ý": "; ".join(
                [PROVISIONAL_LABEL] * row.provisional + [DEMO_LABEL] * row.demo + [_REARRANGED] * row.rearranged
            ),
        }
        for row in years.itertuples()
    ]
    return pd.DataFrame(rows)


def fragile_table(fragile: pd.DataFrame) -> pd.DataFrame:
    """`fragile.list_fragile` as a table to read."""
    rows = [
        {
            "Chỉ tiêu": f"{row.indicator}. {row.name}",
            "Số liệu": format_number(row.value)
            + ("" if pd.isna(row.denominator) else f"/{format_number(int(row.denominator))}"),
            "Chỉ cần": f"{'thêm' if row.change > 0 else 'bớt'} 1 trường hợp",
            "Điểm": f"{format_number(row.points)} → {format_number(row.points_after)}",
            "Kết quả của đơn vị": "giữ nguyên"
            if row.status == row.status_after
            else f"{STATUS_WORDS[row.status]} → {STATUS_WORDS[row.status_after]}",
        }
        for row in fragile.itertuples()
    ]
    return pd.DataFrame(rows)


def plan_table(assessment: Assessment, plans: Mapping[str, Plan]) -> pd.DataFrame:
    """`improvements.list_smallest_plans` as a table, a row a unit, index code.

    Columns: `name`, `district`, `steps` (number), `cases` (number), `words` (the steps), `total`, `minimum`, `after`
    (points with the plan), `running` (units recognised when all rows down to this one are carried out).
    """
    frame = assessment.frame
    rows = [
        {
            "code": code,
            "name": frame.at[code, "name"],
            "district": frame.at[code, "district"],
            "steps": len(plan.steps),
            "cases": plan.cases,
            "words": describe_plan(plan, assessment.standard),
            "total": int(frame.at[code, "total"]),
            "minimum": plan.minimum,
            "after": plan.total,
            "running": number,
        }
        for number, (code, plan) in enumerate(plans.items(), start=1)
    ]
    columns = ["code", "name", "district", "steps", "cases", "words", "total", "minimum", "after", "running"]
    return pd.DataFrame(rows, columns=columns).set_index("code")


def step_table(assessment: Assessment, plans: Mapping[str, Plan]) -> pd.DataFrame:
    """The action list of plans: a row a step.

    Columns: `code`, `indicator`, `name`, `district`, `step` (in words), `gain`.
    """
    frame = assessment.frame
    rows = [
        {
            "code": code,
            "indicator": step.indicator_id,
            "name": frame.at[code, "name"],
            "district": frame.at[code, "district"],
            "step": describe_step(step, assessment.standard),
            "gain": step.gain,
        }
        for code, plan in plans.items()
        for step in plan.steps
    ]
    return pd.DataFrame(rows, columns=["code", "indicator", "name", "district", "step", "gain"])


def focus_table(assessment: Assessment, codes: pd.Index, largest: int = 3, most: int = 5) -> pd.DataFrame:
    """`improvements.list_focuses` as a table, a row a set of indicators.

    Columns: `size`, `indicators` (in words), `units` (recognised), `cases` (to change in them together), `share` (of
    the units of `codes` that then meet the standard, as text).
    """
    counts, focuses = list_focuses(assessment, codes, largest, most)
    rows = [
        {
            "size": size,
            "indicators": describe_focus(focus, assessment.standard),
            "units": len(focus.plans),
            "cases": focus.cases,
            "share": format_percent(counts.met + len(focus.plans), counts.units),
        }
        for size, focus in focuses
    ]
    return pd.DataFrame(rows, columns=["size", "indicators", "units", "cases", "share"])


def status_change_table(compared: pd.DataFrame, district_heading: str) -> pd.DataFrame:
    """`what_if.list_status_changes` as a table to read, index `code`."""
    rows = list_status_changes(compared)
    return pd.DataFrame(
        {
            "Đơn vị": rows["name"],
            district_heading: rows["district"],
            "Thay đổi": rows["kind"].map(KIND_WORDS),
            "Theo luật": rows["status_law"].map(STATUS_WORDS),
            "Phương án": rows["status"].map(STATUS_WORDS),
            "Điểm (luật)": rows["total_law"],
            "Điểm (thử)": rows["total"],
            "Tối thiểu (luật)": rows["minimum_law"],
            "Tối thiểu (thử)": rows["minimum"],
        }
    )


def _list_points(standard: Standard, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """The points of each criterion by its heading: “TC3”."""
    return {f"TC{criterion.number}": frame[criterion.id] for criterion in standard.criteria}
