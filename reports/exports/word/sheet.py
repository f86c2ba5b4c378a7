"""Table rows of a unit's Word documents, from the trace of its points."""

from scoring.explain import CriterionTrace, IndicatorTrace, InputTrace, UnitTrace
from scoring.words import NO_DATA, PROVISIONAL_LABEL, format_number

_NO_SOURCE = "Không có tệp nguồn"


def list_points(trace: UnitTrace) -> list[dict[str, str | bool]]:
    """A row a criterion, followed by a row for each of its indicators."""
    rows: list[dict[str, str | bool]] = []
    for criterion in trace.criteria:
        rows.append(
            {
                "la_tieu_chi": True,
                "so": str(criterion.number),
                "ten": criterion.name,
                "so_lieu": "",
                "muc": "Bị liệt: tiêu chí 0 điểm" if criterion.at_zero else "",
                "diem": _describe_points(criterion),
                "toi_da": format_number(criterion.max_points),
                "ghi_chu": "",
            }
        )
        rows += [
            {
                "la_tieu_chi": False,
                "so": one.id,
                "ten": one.name,
                "so_lieu": one.value_text,
                "muc": "" if one.not_arisen else one.band_text,
                "diem": _describe_points(one),
                "toi_da": format_number(one.max_points),
                "ghi_chu": one.note,
            }
            for one in criterion.indicators
        ]
    return rows


def list_inputs(trace: UnitTrace) -> list[dict[str, str]]:
    """A row an input that was used, in order of first use: the indicators that use it, its value and its cell."""
    inputs: dict[str, InputTrace] = {}
    users: dict[str, list[str]] = {}
    for criterion in trace.criteria:
        for indicator in criterion.indicators:
            for one in indicator.inputs:
                inputs[one.id] = one
                users.setdefault(one.id, []).append(indicator.id)
    return [
        {
            "chi_tieu": ", ".join(users[id_]),
            "ten": one.label,
            "gia_tri": one.value_text,
            "nguon": one.source or ("–" if one.value is None else _NO_SOURCE),
        }
        for id_, one in inputs.items()
    ]


def list_criteria(trace: UnitTrace) -> list[dict[str, str]]:
    """A row a criterion."""
    return [
        {
            "so": str(one.number),
            "ten": one.name,
            "toi_da": format_number(one.max_points),
            "diem": _describe_points(one, *(["bị liệt"] if one.at_zero else [])),
        }
        for one in trace.criteria
    ]


def _describe_points(one: CriterionTrace | IndicatorTrace, *remarks: str) -> str:
    if one.points is None:
        return NO_DATA
    remarks = (PROVISIONAL_LABEL, *remarks) if one.provisional else remarks
    return format_number(one.points) + (f" ({', '.join(remarks)})" if remarks else "")
