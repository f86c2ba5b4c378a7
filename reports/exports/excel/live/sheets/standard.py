"""The sheet that shows the standard as a table; the formulas of the scores refer to its cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from data.text.labels import PROVENANCE_WORDS
from reports.exports.excel.live.places import STANDARD_SHEET, area_on, cell_on
from reports.exports.excel.live.rules import BandTerms, is_short_decimal
from reports.exports.excel.live.style import (
    FIRST_ROW,
    HEADER_ROW,
    ID_ROW,
    LINE_HEIGHT,
    REMARK_ROW,
    Formats,
    count_lines,
    set_widths,
    start_sheet,
)
from reports.facts.assessment import Assessment
from reports.facts.doubts import find_doubts
from scoring.standard import Band, Criterion, Indicator, Standard
from scoring.words import CLASS_WORD, NOT_ARISEN, describe_unit, format_number

_COLUMNS = (
    ("Chỉ tiêu", 9),
    ("Nội dung chỉ tiêu", 44),
    ("Cách tính", 52),
    ("Mức", 7),
    ("Điều kiện", 25),
    ("Ngưỡng", 11),
    ("Ngưỡng miền núi", 12),
    ("Điểm", 9),
    ("Nguồn con số", 16),
)
_DIVISOR_COLUMNS = (("Ngưỡng chia cho", 11), ("Ngưỡng miền núi chia cho", 13))
_INDICATOR, _CONTENT, _HOW, _NUMBER, _CONDITION, _PLAIN, _MOUNTAINOUS, _POINTS, _PROVENANCE = range(9)
_DIVISOR, _MOUNTAINOUS_DIVISOR = 9, 10


@dataclass(frozen=True)
class StandardCells:
    """Where the figures of the standard stand: references for the formulas of other sheets."""

    bands: dict[str, tuple[BandTerms, ...]]
    classes: str
    minima: str


def write_standard(sheet: Worksheet, formats: Formats, assessment: Assessment) -> StandardCells:
    """Write the table of bands, below it the minimum totals, and tell where they stand."""
    standard = assessment.standard
    divided = any(not is_short_decimal(bound) for indicator in standard.indicators for bound in _thresholds(indicator))
    columns = _COLUMNS + (_DIVISOR_COLUMNS if divided else ())
    last = FIRST_ROW - 1 + len(standard.criteria) + sum(len(indicator.bands) for indicator in standard.indicators)
    minima_row = last + 3
    start_sheet(sheet, formats, f"Mức điểm theo {standard.title}", find_doubts(assessment).sentences)
    sheet.write_url(
        REMARK_ROW,
        0,
        f"internal:'{STANDARD_SHEET}'!A{minima_row + 1}",
        formats.remark,
        f"Sửa ô nền vàng thì điểm tự tính lại; ngưỡng ghi tối đa 3 chữ số thập phân. Tổng điểm tối thiểu theo loại "
        f"đơn vị: dòng {minima_row + 1}.",
    )
    for column, (header, _) in enumerate(columns):
        sheet.merge_range(HEADER_ROW, column, ID_ROW, column, header, formats.header)
    set_widths(sheet, [width for _, width in columns])
    bands, row = {}, FIRST_ROW
    for criterion in standard.criteria:
        sheet.merge_range(row, 0, row, len(columns) - 1, "", formats.group)
        sheet.write_string(row, 0, _name(criterion), formats.group)
        row += 1
        for indicator in criterion.indicators:
            bands[indicator.id] = tuple(_write_bands(sheet, formats, standard, indicator, row, divided))
            row += len(indicator.bands)
    minima = _write_minima(sheet, formats, standard, minima_row)
    sheet.freeze_panes(FIRST_ROW, _INDICATOR + 1)
    sheet.repeat_rows(HEADER_ROW, ID_ROW)
    return StandardCells(bands, *minima)


def class_names(standard: Standard) -> dict[str, str]:
    """What each class is called in the workbook: its label, with the id where two labels are one to a spreadsheet."""
    labels = {class_id: minimum.label for class_id, minimum in standard.recognition.minimum_total.items()}
    folded = [label.casefold() for label in labels.values()]
    return {
        class_id: label if folded.count(label.casefold()) == 1 else f"{label} ({class_id})"
        for class_id, label in labels.items()
    }


def _write_bands(
    sheet: Worksheet, formats: Formats, standard: Standard, indicator: Indicator, first: int, divided: bool
) -> Iterator[BandTerms]:
    """Write the rows of an indicator, from row `first` on; a reference to each of its bands."""
    texts = ((_INDICATOR, indicator.id), (_CONTENT, indicator.name), (_HOW, _how(standard, indicator)))
    lines = max(count_lines(text, _COLUMNS[column][1]) for column, text in texts)
    for row, band in enumerate(indicator.bands, start=first):
        bounded = band is not indicator.bands[-1]
        sheet.set_row(row, LINE_HEIGHT * lines if row == first else LINE_HEIGHT)
        for column, text in texts:
            if row == first:
                sheet.write_string(row, column, text, formats.text)
            else:
                sheet.write_blank(row, column, None, formats.below if bounded else formats.closing)
        sheet.write_number(row, _NUMBER, row - first + 1, formats.word)
        sheet.write_string(row, _CONDITION, _condition(band), formats.text)
        sheet.write_number(row, _POINTS, band.points, formats.given_centred)
        sheet.write_string(row, _PROVENANCE, PROVENANCE_WORDS[band.provenance], formats.text)
        _write_threshold(sheet, formats, row, band, divided)
        yield BandTerms(
            points=_reference(row, _POINTS),
            plain=_reference(row, _PLAIN) if bounded else "",
            mountainous=_reference(row, _MOUNTAINOUS) if bounded else "",
            divisor=_reference(row, _DIVISOR) if bounded and divided else "",
            mountainous_divisor=_reference(row, _MOUNTAINOUS_DIVISOR) if bounded and divided else "",
        )


def _write_threshold(sheet: Worksheet, formats: Formats, row: int, band: Band, divided: bool) -> None:
    """Both thresholds, with their divisors where the sheet has any.

    Where mountainous units have no threshold of their own, theirs is a formula: a correction holds for both.
    """
    plain, mountainous = (_split(band.threshold(in_mountains)) for in_mountains in (False, True))
    columns = ((_PLAIN, _MOUNTAINOUS), (_DIVISOR, _MOUNTAINOUS_DIVISOR))
    for part, (column, mountainous_column) in enumerate(columns[: 1 + divided]):
        if band.threshold(False) is None:
            sheet.write_blank(row, column, None, formats.text)
            sheet.write_blank(row, mountainous_column, None, formats.text)
            continue
        sheet.write_number(row, column, plain[part], formats.given_threshold)
        if band.mountainous is None:
            formula = f"={xl_rowcol_to_cell(row, column)}"
            sheet.write_formula(row, mountainous_column, formula, formats.given_threshold, plain[part])
        else:
            sheet.write_number(row, mountainous_column, mountainous[part], formats.given_threshold)


def _split(bound: Fraction | None) -> tuple[float, float]:
    """A threshold as what stands in its cell and what that is divided by."""
    if bound is None:
        return 0, 1
    return (float(bound), 1) if is_short_decimal(bound) else (bound.numerator, bound.denominator)


def _write_minima(sheet: Worksheet, formats: Formats, standard: Standard, row: int) -> tuple[str, str]:
    """The minimum totals from row `row` on; references to the names of the classes and to their minima."""
    first = row + 1
    for column, header in ((_PLAIN, "Tổng điểm tối thiểu"), (_POINTS, "Nguồn con số")):
        sheet.merge_range(row, column, row, column + 1, header, formats.header)
    sheet.merge_range(row, 0, row, _CONDITION, CLASS_WORD, formats.header)
    sheet.set_row(row, 32)
    names = class_names(standard)
    for class_row, (class_id, minimum) in enumerate(standard.recognition.minimum_total.items(), start=first):
        sheet.merge_range(class_row, 0, class_row, _CONDITION, "", formats.text)
        sheet.write_string(class_row, 0, names[class_id], formats.text)
        sheet.merge_range(class_row, _PLAIN, class_row, _PLAIN + 1, minimum.points, formats.given_centred)
        sheet.merge_range(
            class_row, _POINTS, class_row, _POINTS + 1, PROVENANCE_WORDS[minimum.provenance], formats.text
        )
    last = first + len(names) - 1
    return area_on(STANDARD_SHEET, first, 0, last, 0), area_on(STANDARD_SHEET, first, _PLAIN, last, _PLAIN)


def _reference(row: int, column: int) -> str:
    return cell_on(STANDARD_SHEET, row, column, fixed=True)


def _thresholds(indicator: Indicator) -> Iterator[Fraction]:
    for band in indicator.bands:
        for mountainous in (False, True):
            bound = band.threshold(mountainous)
            if bound is not None:
                yield bound


def _name(criterion: Criterion) -> str:
    return f"Tiêu chí {criterion.number}: {criterion.name} (tối đa {format_number(criterion.max_points)} điểm)"


def _how(standard: Standard, indicator: Indicator) -> str:
    numerator = standard.inputs[indicator.numerator].label
    if indicator.denominator is None:
        return f"{numerator}: Có = 1, Không = 0" if indicator.kind == "answer" else f"{numerator} (số đếm)"
    when_none = "điểm mức 1" if indicator.when_none == "full" else "điểm mức cuối"
    denominator = standard.inputs[indicator.denominator].label
    return f"{numerator} / {denominator} ({describe_unit(indicator)}). Mẫu số bằng 0 ({NOT_ARISEN}): {when_none}."


def _condition(band: Band) -> str:
    if band.at_least is not None:
        return "từ ngưỡng trở lên (≥)"
    return "từ ngưỡng trở xuống (≤)" if band.at_most is not None else "các trường hợp còn lại"
