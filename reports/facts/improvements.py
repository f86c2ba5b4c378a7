"""What is missing to be recognised, in words and tables: conditions, plans, the indicators to work on first."""

from dataclasses import dataclass

import pandas as pd

from reports.facts.assessment import Assessment
from scoring.gaps import Fewest, Focus, Plan, Step, find_focuses, find_plans
from scoring.standard import Standard
from scoring.words import NO_DATA, format_number, format_percent

NEXT_YEAR = "mục tiêu cho năm sau"


@dataclass(frozen=True)
class Condition:
    """A condition of recognition; `met` is None while figures are missing."""

    name: str
    met: bool | None
    why: str


def list_conditions(assessment: Assessment, code: str) -> tuple[Condition, ...]:
    """The conditions of Decision 06/QĐ-TTg for a unit: the total first, then each criterion above zero."""
    scores, standard = assessment.scores, assessment.standard
    row = scores.row_of(code)
    total, minimum = int(scores.total[row]), int(scores.minimum[row])
    missing = int(scores.missing[row].sum())
    enough = True if total >= minimum else None if missing else False
    why = f"{format_number(total)} / {format_number(minimum)} điểm"
    if not enough:
        why += f", thiếu {format_number(minimum - total)} điểm"
    if missing:
        why += f", {format_number(missing)} chỉ tiêu chưa có số liệu"
    conditions = [Condition("Tổng điểm từ mức tối thiểu trở lên", enough, why)]
    for place, criterion in enumerate(standard.criteria):
        points = int(scores.criterion_points[row, place])
        some_missing = bool(scores.criterion_missing[row, place])
        met = True if points > 0 else None if some_missing else False
        told = f"{format_number(points)} / {format_number(criterion.max_points)} điểm"
        if some_missing:
            told += f", {NO_DATA.lower()} đủ các chỉ tiêu"
        conditions.append(Condition(f"Tiêu chí {criterion.number} trên 0 điểm: {criterion.name}", met, told))
    return tuple(conditions)


def describe_step(step: Step, standard: Standard) -> str:
    """A step in words: “Số trẻ em … tiêm chủng đầy đủ: thêm 3 (từ 45 lên 48, trên 50): +10 điểm”."""
    label = standard.inputs[step.input_id].label
    gain = f"{format_number(step.gain, signed=True)} điểm"
    if step.kind == "answer":
        return f"{label}: từ Không thành Có: {gain}"
    value, target, cases = (format_number(one) for one in (step.value, step.target, step.cases))
    among = "" if step.denominator is None else f", trên {format_number(step.denominator)}"
    if step.kind == "raise":
        return f"{label}: thêm {cases} (từ {value} lên {target}{among}): {gain}"
    return f"{label}: bớt {cases} (từ {value} xuống {target}{among}): {gain}; {NEXT_YEAR}"


def describe_plan(plan: Plan, standard: Standard) -> str:
    """The steps of a plan in one line."""
    return "; ".join(describe_step(one, standard) for one in plan.steps)


def list_smallest_plans(assessment: Assessment, codes: pd.Index, fewest: Fewest = "steps") -> dict[str, Plan]:
    """The smallest plan of each unit of `codes` that did not meet the standard, the smallest plan first.

    Units that have none (figures are missing, or no step leads there) are left out.
    """
    plans = {}
    for code in codes:
        found = find_plans(code, assessment.scores, assessment.observations, assessment.units, most=1, fewest=fewest)
        if found:
            plans[code] = found[0]

    def size(code: str) -> tuple[int, int]:
        pair = (len(plans[code].steps), plans[code].cases)
        return pair if fewest == "steps" else pair[::-1]

    return {code: plans[code] for code in sorted(plans, key=size)}


def plan_table(assessment: Assessment, plans: dict[str, Plan]) -> pd.DataFrame:
    """A row a unit, index code.

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


def step_table(assessment: Assessment, plans: dict[str, Plan]) -> pd.DataFrame:
    """The action list: a row a step. Columns: `code`, `indicator`, `name`, `district`, `step` (in words), `gain`."""
    frame = assessment.frame
    rows = [
        {
            "code": code,
            "indicator": one.indicator_id,
            "name": frame.at[code, "name"],
            "district": frame.at[code, "district"],
            "step": describe_step(one, assessment.standard),
            "gain": one.gain,
        }
        for code, plan in plans.items()
        for one in plan.steps
    ]
    return pd.DataFrame(rows, columns=["code", "indicator", "name", "district", "step", "gain"])


def focus_table(assessment: Assessment, codes: pd.Index, largest: int = 3, most: int = 5) -> pd.DataFrame:
    """Which one, two or three indicators to work on so that most units of `codes` are recognised.

    Returns
    -------
    DataFrame
        Columns `size`, `indicators` (in words), `units` (recognised), `cases` (to change in them together), `share`
        (of the units of `codes` that then meet the standard, as text).
    """
    part = assessment.restrict(codes)
    met = int((part.frame["status"] == "met").sum())
    rows = []
    for size in range(1, largest + 1):
        for focus in find_focuses(part.scores, part.observations, part.units, size, most):
            rows.append(
                {
                    "size": size,
                    "indicators": describe_focus(focus, assessment.standard),
                    "units": len(focus.plans),
                    "cases": focus.cases,
                    "share": format_percent(met + len(focus.plans), len(codes)),
                }
            )
    return pd.DataFrame(rows, columns=["size", "indicators", "units", "cases", "share"])


def describe_focus(focus: Focus, standard: Standard) -> str:
    """“3 Trẻ em bị xâm hại + 5 Trẻ em bị tai nạn, thương tích”."""
    names = {one.id: one.name for one in standard.indicators}
    return " + ".join(f"{id_} {names[id_]}" for id_ in focus.indicator_ids)


def describe_shortly(assessment: Assessment, code: str) -> str:
    """Why a unit is not recognised, in few words: “Tiêu chí 3, 5 bị 0 điểm”, “thiếu 12 điểm”; empty when it is."""
    row = assessment.frame.loc[code]
    if row["status"] == "met":
        return ""
    said = []
    if row["zeros"]:
        numbers = [str(assessment.standard.get_criterion(one).number) for one in row["zeros"].split()]
        said.append(f"Tiêu chí {', '.join(numbers)} bị 0 điểm")
    if row["missing"]:
        said.append(f"{format_number(int(row['missing']))} chỉ tiêu chưa có số liệu")
    elif row["total"] < row["minimum"]:
        said.append(f"thiếu {format_number(int(row['minimum'] - row['total']))} điểm")
    return "; ".join(said)
