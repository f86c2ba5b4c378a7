"""Checks that the parts of a standard hold together: names refer to something, bands are in order, points add up."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from scoring.standard.model import PERCENT, Indicator, Input, MinimumTotal, Standard

# With these, a threshold times the scale of its indicator stays a whole number of 64 bits.
LARGEST_TERM, FINEST_TERM = 10**12, 10**6


class PlacedError(ValueError):
    """A reason with its place in the file."""

    def __init__(self, path: str, reason: str):
        super().__init__(f"{path}: {reason}")


def build_standard(content: Any) -> Standard:
    """Make a standard of plain content or of parts, and check that it holds together.

    Raises
    ------
    pydantic.ValidationError
        For a part that is not as the model says.
    PlacedError
        For the first thing that does not hold together.
    """
    standard = Standard.model_validate(content)
    check_standard(standard)
    return standard


def check_standard(standard: Standard) -> None:
    """Raise `PlacedError` for the first thing that does not hold together."""
    _check_unique(standard)
    _check_aliases(standard)
    _check_conditions(standard)
    _check_references(standard)
    _check_indicators(standard)
    _check_used(standard)
    _check_sums(standard)


def _check_unique(standard: Standard) -> None:
    for path, ids in (
        ("criteria", [criterion.id for criterion in standard.criteria]),
        ("indicators", [indicator.id for indicator in standard.indicators]),
        ("inputs.label", [input_.label for input_ in standard.inputs.values()]),
    ):
        repeated = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if repeated:
            raise PlacedError(path, f"“{repeated[0]}” lặp lại")


def _check_aliases(standard: Standard) -> None:
    called = {_fold(text): input_.id for input_ in standard.inputs.values() for text in (input_.id, input_.label)}
    for input_ in standard.inputs.values():
        for alias in input_.aliases:
            other = called.setdefault(_fold(alias), input_.id)
            if other != input_.id:
                raise PlacedError(f"inputs.{input_.id}.aliases", f"“{alias}” cũng chỉ “{other}”")
    for short in standard.abbreviations:
        if short != _fold(short) or len(short.split()) != 1:
            raise PlacedError(f"abbreviations.{short}", "phải là một từ viết thường")


def _fold(text: str) -> str:
    return " ".join(text.lower().split())


def _check_conditions(standard: Standard) -> None:
    kinds = [condition.kind for condition in standard.recognition.conditions]
    repeated = next((kind for kind in kinds if kinds.count(kind) > 1), None)
    if repeated is not None:
        raise PlacedError("recognition.conditions", f"“{repeated}” lặp lại")
    if "minimum_total" not in kinds:
        raise PlacedError("recognition.conditions", "thiếu điều kiện minimum_total, nơi ghi các loại đơn vị")


def _check_references(standard: Standard) -> None:
    for path, indicator in _placed_indicators(standard):
        for role in ("numerator", "denominator"):
            input_id = getattr(indicator, role)
            if input_id is not None and input_id not in standard.inputs:
                raise PlacedError(f"{path}.{role}", f"không có chỉ số “{input_id}” trong inputs")
    for input_ in standard.inputs.values():
        _check_part_of(standard, input_)
    for number, relation in enumerate(standard.relations):
        for input_id in (*relation.parts, relation.at_most):
            if input_id not in standard.inputs or standard.inputs[input_id].kind != "count":
                raise PlacedError(f"relations[{number}]", f"“{input_id}” không phải chỉ số đếm trong inputs")


def _check_used(standard: Standard) -> None:
    used = {input_id for indicator in standard.indicators for input_id in indicator.inputs}
    for input_id in standard.inputs:
        if input_id not in used:
            raise PlacedError(f"inputs.{input_id}", "không được chỉ tiêu nào dùng")


def _check_part_of(standard: Standard, input_: Input) -> None:
    seen = [input_.id]
    while input_.part_of is not None:
        if input_.part_of not in standard.inputs:
            raise PlacedError(f"inputs.{input_.id}.part_of", f"không có chỉ số “{input_.part_of}” trong inputs")
        if input_.part_of in seen:
            raise PlacedError(f"inputs.{input_.id}.part_of", f"“{input_.part_of}” tạo thành vòng lặp")
        input_ = standard.inputs[input_.part_of]
        seen.append(input_.id)


def _check_indicators(standard: Standard) -> None:
    for path, indicator in _placed_indicators(standard):
        needs_denominator = indicator.kind in ("ratio", "rate")
        if needs_denominator != (indicator.denominator is not None):
            raise PlacedError(f"{path}.denominator", "chỉ tỷ lệ và tỷ suất có mẫu số, và phải có")
        if needs_denominator != (indicator.when_none is not None):
            raise PlacedError(f"{path}.when_none", "chỉ tỷ lệ và tỷ suất có quy tắc cho mẫu số 0, và phải có")
        _check_unit(path, indicator)
        if indicator.numerator == indicator.denominator:
            raise PlacedError(f"{path}.denominator", "tử số và mẫu số là một")
        kind = "answer" if indicator.kind == "answer" else "count"
        for input_id in indicator.inputs:
            if standard.inputs[input_id].kind != kind:
                raise PlacedError(path, f"chỉ số “{input_id}” không phải loại {kind}")
        _check_bands(path, indicator)


def _check_unit(path: str, indicator: Indicator) -> None:
    given = indicator.unit
    if indicator.kind == "ratio" and given != PERCENT:
        raise PlacedError(f"{path}.unit", "tỷ lệ (ratio) có đơn vị là percent")
    if indicator.kind == "rate" and (given is None or given == PERCENT):
        raise PlacedError(f"{path}.unit", "tỷ suất (rate) có đơn vị dạng {per: 10000, of: trẻ}")
    if indicator.kind in ("answer", "count") and given is not None:
        raise PlacedError(f"{path}.unit", "chỉ tỷ lệ và tỷ suất có đơn vị")


def _check_bands(path: str, indicator: Indicator) -> None:
    *bounded, last = indicator.bands
    if any(bound is not None for bound in (last.at_least, last.at_most, last.mountainous)):
        raise PlacedError(f"{path}.bands[{len(bounded)}]", "mức cuối không được có ngưỡng, nếu không sẽ hở một khoảng")
    for number, band in enumerate(bounded):
        if (band.at_least is None) == (band.at_most is None):
            raise PlacedError(f"{path}.bands[{number}]", "cần đúng một trong hai ngưỡng at_least, at_most")
        if (band.at_least is None) != (bounded[0].at_least is None):
            raise PlacedError(f"{path}.bands[{number}]", "các mức phải cùng một chiều (at_least hoặc at_most)")
        for bound in (band.threshold(False), band.threshold(True)):
            if bound is not None and bound < 0:
                raise PlacedError(f"{path}.bands[{number}]", "ngưỡng âm")
            if bound is not None and (bound.numerator > LARGEST_TERM or bound.denominator > FINEST_TERM):
                raise PlacedError(f"{path}.bands[{number}]", "ngưỡng quá lớn hoặc có quá 6 chữ số thập phân")
    for number, (upper, lower) in enumerate(pairwise(indicator.bands), start=1):
        if upper.points <= lower.points:
            raise PlacedError(f"{path}.bands[{number}].points", f"{lower.points} điểm không thấp hơn mức trên")
    for mountainous in (False, True):
        thresholds = [band.threshold(mountainous) for band in bounded]
        for number, (upper_one, lower_one) in enumerate(pairwise(thresholds), start=1):
            assert upper_one is not None
            assert lower_one is not None
            in_order = upper_one > lower_one if indicator.higher_is_better else upper_one < lower_one
            if not in_order:
                where = " (miền núi)" if mountainous else ""
                raise PlacedError(f"{path}.bands[{number}]", f"ngưỡng {lower_one} chồng lên mức trên{where}")


def _check_sums(standard: Standard) -> None:
    for number, criterion in enumerate(standard.criteria):
        total = sum(indicator.max_points for indicator in criterion.indicators)
        if total != criterion.max_points:
            raise PlacedError(
                f"criteria[{number}].max_points",
                f"các chỉ tiêu cộng lại {total} điểm, tiêu chí ghi {criterion.max_points} điểm",
            )
    total = sum(criterion.max_points for criterion in standard.criteria)
    if total != standard.total_points:
        raise PlacedError(
            "total_points", f"các tiêu chí cộng lại {total} điểm, bộ tiêu chí ghi {standard.total_points}"
        )
    edges = (0, *(standard.map_edges or ()), standard.total_points + 1)
    if any(low >= high for low, high in pairwise(edges)):
        raise PlacedError("map_edges", f"phải tăng dần, từ 1 đến {standard.total_points}")
    for number, condition in enumerate(standard.recognition.conditions):
        for class_id, minimum in condition.classes.items() if isinstance(condition, MinimumTotal) else ():
            if minimum.points > standard.total_points:
                raise PlacedError(f"recognition.conditions[{number}].classes.{class_id}.points", "lớn hơn tổng số điểm")


def _placed_indicators(standard: Standard) -> Iterator[tuple[str, Indicator]]:
    for row, criterion in enumerate(standard.criteria):
        for column, indicator in enumerate(criterion.indicators):
            yield f"criteria[{row}].indicators[{column}]", indicator
