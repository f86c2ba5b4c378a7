"""The Excel workbook that computes an assessment anew by formulas: figures, bands, points, totals, statuses, counts."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from reports.exports.excel.live.places import (
    CHECK_SHEET,
    DATA_SHEET,
    GUIDE_SHEET,
    SCORES_SHEET,
    STANDARD_SHEET,
    SUMMARY_SHEET,
    Places,
)
from reports.exports.excel.live.sheets.scores import write_data, write_scores
from reports.exports.excel.live.sheets.standard import write_standard
from reports.exports.excel.live.sheets.summaries import write_check, write_guide, write_summary
from reports.exports.excel.live.style import make_formats
from reports.facts.assessment import Assessment


class _PlainSheet(Worksheet):
    """A sheet that takes formulas as they are: looking for functions newer than Excel 2010 takes most of the time."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


def build_formula_workbook(assessment: Assessment, made_on: date, codes: Iterable[str] | None = None) -> bytes:
    """An .xlsx whose formulas lead from the figures to the totals, apart from the engine.

    Parameters
    ----------
    made_on : date
        Stands on the first sheet.
    codes : iterable of str, optional
        Unit codes, such as those of a district; all units without it.

    Returns
    -------
    bytes
        The file: sheets “Đọc trước”, “Số liệu” (figures, to be changed by officers), “Mức điểm” (the standard, to be
        changed), “Chấm điểm” (points, totals, statuses), “Tổng hợp” (counts), “Đối chiếu” (the engine's totals beside
        those of the formulas). Each formula carries the engine's value, for viewers that do not compute.

    Raises
    ------
    KeyError
        For a code that is not in the assessment.
    ValueError
        Without any unit.
    """
    chosen = assessment if codes is None else assessment.restrict(codes)
    if chosen.units.empty:
        raise ValueError("không có đơn vị nào")
    places = Places(chosen.standard, len(chosen.units))
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        names = (GUIDE_SHEET, DATA_SHEET, STANDARD_SHEET, SCORES_SHEET, SUMMARY_SHEET, CHECK_SHEET)
        guide, data, standard, scores, summary, check = (book.add_worksheet(name, _PlainSheet) for name in names)
        formats = make_formats(book)
        write_guide(guide, formats, chosen, made_on)
        cells = write_standard(standard, formats, chosen)
        write_data(data, formats, chosen, places, cells)
        write_scores(scores, formats, chosen, places, cells)
        write_summary(summary, formats, chosen, places)
        write_check(check, formats, chosen, places)
    return buffer.getvalue()
