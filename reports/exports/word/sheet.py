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
                "so": indicator.id,
                "ten": indicator.name,
                "so_lieu": indicator.value_text,
                "muc": "" if indicator.not_arisen else indicator.band_text,
                "diem": _describe_points(indicator),
                "toi_da": format_number(indicator.max_points),
                "ghi_chu": indicator.note,
            }
            for indicator in criterion.indicators
        ]
    return rows


def list_inputs(trace: UnitTrace) -> list[dict[str, str]]:
    """A row an input that was used, in order of first use: the indicators that use it, its value and its cell."""
    inputs: dict[str, InputTrace] = {}
    users: dict[str, list[str]] = {}
    for criterion in trace.criteria:
        for indicator in criterion.indicators:
            for input_ in indicator.inputs:
                inputs[input_.id] = input_
                users.setdefault(input_.id, []).append(indicator.id)
    return [
        {
            "chi_tieu": ", ".join(users[id_]),
            "ten": input_.label,
            "gia_tri": input_.value_text,
            "nguon": input_.source or ("–" if input_.value is None else _NO_SOURCE),
        }
        for id_, input_ in inputs.items()
    ]


def list_criteria(trace: UnitTrace) -> list[dict[str, str]]:
    """A row a criterion."""
    return [
        {
            "so": str(criterion.number),
            "ten": criterion.name,
            "toi_da": format_number(criterion.max_points),
            "diem": _describe_points(criterion, *(["bị liệt"] if criterion.at_zero else [])),
        }
        for criterion in trace.criteria
    ]


def _describe_points(trace: CriterionTrace | IndicatorTrace, *remarks: str) -> str:
    if trace.points is None:
        return NO_DATA
    remarks = (PROVISIONAL_LABEL, *remarks) if trace.provisional else remarks
    return format_number(trace.points) + (f" ({', '.join(remarks)})" if remarks else "")
