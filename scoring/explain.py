"""Why a unit has its points: input → value → band → points, in words."""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from scoring.conditions import Reason
from scoring.scores import MISSING_BAND, NOT_ARISEN_BAND, Scores
from scoring.standard import Criterion, Indicator, Standard
from scoring.words import (
    ANSWER_WORDS,
    CLASS_WORD,
    NO_DATA,
    NOT_ARISEN,
    PROVISIONAL_LABEL,
    STATUS_WORDS,
    describe_band,
    describe_unit,
    format_beside,
    format_date,
    format_number,
    format_quotient,
)

SMALL_DENOMINATOR = 50


@dataclass(frozen=True)
class InputTrace:
    """One input: its value (None: missing) and the cell that it came from, both in words too."""

    id: str
    label: str
    value: int | None
    value_text: str
    source: str


@dataclass(frozen=True)
class IndicatorTrace:
    """One indicator: what was compared with which band, and what came of it."""

    id: str
    name: str
    inputs: tuple[InputTrace, ...]
    value_text: str
    band_text: str
    points: int | None
    max_points: int
    provisional: bool
    missing: bool
    not_arisen: bool
    note: str


@dataclass(frozen=True)
class CriterionTrace:
    """One criterion with its indicators.

    `points` is None while an indicator is missing; `at_zero`: it keeps the unit from being recognised by its 0 points.
    """

    id: str
    number: int
    name: str
    reference: str
    points: int | None
    max_points: int
    provisional: bool
    at_zero: bool
    indicators: tuple[IndicatorTrace, ...]


@dataclass(frozen=True)
class UnitTrace:
    """The whole trace of a unit."""

    code: str
    name: str
    status: str
    total: int
    minimum: int
    class_label: str
    provisional: bool
    reasons: tuple[str, ...]
    criteria: tuple[CriterionTrace, ...]

    def text(self) -> str:
        """The trace as lines of Vietnamese, for the command line."""
        doubt = f" ({PROVISIONAL_LABEL})" if self.provisional else ""
        lines = [
            f"{self.name} ({self.code}): {STATUS_WORDS[self.status]}",
            f"Tổng điểm {format_number(self.total)}{doubt}, tối thiểu {format_number(self.minimum)}",
            self.class_label,
            *(f"- {reason}" for reason in self.reasons),
        ]
        for criterion in self.criteria:
            lines += ["", *_criterion_lines(criterion)]
        return "\n".join(lines)


def explain(
    code: str,
    scores: Scores,
    observations: pd.DataFrame,
    unit: pd.Series,
    sources: pd.DataFrame | None = None,
) -> UnitTrace:
    """The trace of every point of one unit.

    Parameters
    ----------
    observations : DataFrame
        As scored: index unit code, a column an input.
    unit : Series
        `name`, `unit_class`, `mountainous` of the unit.
    sources : DataFrame, optional
        Index input id, columns `file_name`, `sheet`, `cell`, `submitted_at`, and where a value was corrected on
        screen `original`.

    Raises
    ------
    KeyError
        For a unit that was not scored.
    """
    standard = scores.standard
    row = scores.row_of(code)
    values = observations.loc[code] if code in observations.index else pd.Series(dtype="Int64")
    column_of = {indicator.id: column for column, indicator in enumerate(standard.indicators)}
    criteria = tuple(
        _trace_criterion(criterion, column, column_of, scores, row, values, bool(unit["mountainous"]), sources)
        for column, criterion in enumerate(standard.criteria)
    )
    return UnitTrace(
        code=code,
        name=str(unit["name"]),
        status=str(scores.status[row]),
        total=int(scores.total[row]),
        minimum=int(scores.minimum[row]),
        class_label=f"{CLASS_WORD}: {standard.recognition.minimum_total[unit['unit_class']].label}",
        provisional=bool(scores.provisional[row].any()),
        reasons=tuple(describe_reason(reason, standard) for reason in scores.reasons(code)),
        criteria=criteria,
    )


def describe_reason(reason: Reason, standard: Standard) -> str:
    """A reason in words."""
    if reason.code == "criterion_at_zero":
        criterion = standard.get_criterion(reason.subject)
        return f"Tiêu chí {criterion.number} ({criterion.name}) bị 0 điểm"
    if reason.code == "total_short":
        return f"Tổng điểm thiếu {format_number(reason.points)} điểm"
    indicator = next(indicator for indicator in standard.indicators if indicator.id == reason.subject)
    return f"Chỉ tiêu {indicator.id} ({indicator.name}) chưa có số liệu"


def _trace_criterion(
    criterion: Criterion,
    number: int,
    column_of: dict[str, int],
    scores: Scores,
    row: int,
    values: pd.Series,
    mountainous: bool,
    sources: pd.DataFrame | None,
) -> CriterionTrace:
    missing = bool(scores.criterion_missing[row, number])
    indicators = tuple(
        _trace_indicator(indicator, column_of[indicator.id], scores, row, values, mountainous, sources)
        for indicator in criterion.indicators
    )
    return CriterionTrace(
        id=criterion.id,
        number=criterion.number,
        name=criterion.name,
        reference=criterion.reference,
        points=None if missing else int(scores.criterion_points[row, number]),
        max_points=criterion.max_points,
        provisional=any(indicator.provisional for indicator in indicators),
        at_zero=bool(scores.blocking[row, number]),
        indicators=indicators,
    )


def _trace_indicator(
    indicator: Indicator,
    column: int,
    scores: Scores,
    row: int,
    values: pd.Series,
    mountainous: bool,
    sources: pd.DataFrame | None,
) -> IndicatorTrace:
    band = int(scores.band[row, column])
    inputs = tuple(_trace_input(scores.standard, id_, values, sources) for id_ in indicator.inputs)
    variant = mountainous and any(band.mountainous is not None for band in indicator.bands)
    band_text = "" if band == MISSING_BAND else describe_band(indicator, band, mountainous)
    return IndicatorTrace(
        id=indicator.id,
        name=indicator.name,
        inputs=inputs,
        value_text=_describe_value(indicator, inputs, band, mountainous),
        band_text=f"{band_text} (mức cho miền núi)" if variant and band >= 0 else band_text,
        points=None if band == MISSING_BAND else int(scores.points[row, column]),
        max_points=indicator.max_points,
        provisional=bool(scores.provisional[row, column]),
        missing=band == MISSING_BAND,
        not_arisen=band == NOT_ARISEN_BAND,
        note=_describe_smallness(indicator, inputs),
    )


def _trace_input(standard: Standard, input_id: str, values: pd.Series, sources: pd.DataFrame | None) -> InputTrace:
    input_ = standard.inputs[input_id]
    raw = values.get(input_id)
    value = None if pd.isna(raw) else int(raw)
    if value is None:
        text = NO_DATA
    else:
        text = ANSWER_WORDS[value] if input_.kind == "answer" else format_number(value)
    return InputTrace(input_id, input_.label, value, text, _describe_source(input_id, sources))


def _describe_source(input_id: str, sources: pd.DataFrame | None) -> str:
    if sources is None or input_id not in sources.index:
        return ""
    source = sources.loc[input_id]
    corrected = f" (tệp ghi {source['original']}, đã sửa trên màn hình)" if source.get("original") else ""
    return (
        f"tệp “{source['file_name']}”, trang “{source['sheet']}”, ô {source['cell']}{corrected}, "
        f"nộp {format_date(source['submitted_at'])}"
    )


def _describe_value(indicator: Indicator, inputs: tuple[InputTrace, ...], band: int, mountainous: bool) -> str:
    if band == MISSING_BAND:
        return NO_DATA
    if band == NOT_ARISEN_BAND:
        return NOT_ARISEN
    if indicator.denominator is None:
        return inputs[0].value_text
    numerator, denominator = (input_.value or 0 for input_ in inputs)
    value = Fraction(numerator * indicator.scale, denominator)
    bounds = [bound for band in indicator.bands if (bound := band.threshold(mountainous)) is not None]
    quotient = f"{format_beside(value, bounds)} {describe_unit(indicator)}"
    return f"{inputs[0].value_text}/{inputs[1].value_text} = {quotient}"


def _describe_smallness(indicator: Indicator, inputs: tuple[InputTrace, ...]) -> str:
    if indicator.kind != "ratio":
        return ""
    denominator = inputs[1].value
    if denominator is None or not 0 < denominator < SMALL_DENOMINATOR:
        return ""
    each = format_quotient(Fraction(100, denominator))
    return f"Mẫu số chỉ {format_number(denominator)}: mỗi trường hợp ứng với {each} điểm phần trăm"


def _criterion_lines(criterion: CriterionTrace) -> list[str]:
    points = "–" if criterion.points is None else format_number(criterion.points)
    zero = " — BỊ 0 ĐIỂM" if criterion.at_zero else ""
    lines = [f"Tiêu chí {criterion.number}. {criterion.name}: {points}/{format_number(criterion.max_points)}{zero}"]
    lines.append(f"  Căn cứ: {criterion.reference}")
    for indicator in criterion.indicators:
        won = "–" if indicator.points is None else format_number(indicator.points)
        doubt = f" ({PROVISIONAL_LABEL})" if indicator.provisional else ""
        band = f" → {indicator.band_text}" if indicator.band_text and not indicator.not_arisen else ""
        lines.append(
            f"  {indicator.id} {indicator.name}: {indicator.value_text}{band} → "
            f"{won}/{format_number(indicator.max_points)}{doubt}"
        )
        if indicator.note:
            lines.append(f"      {indicator.note}")
        for value in indicator.inputs:
            source = f" ({value.source})" if value.source else ""
            lines.append(f"      {value.label}: {value.value_text}{source}")
    return lines
