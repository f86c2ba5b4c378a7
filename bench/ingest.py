"""Read, find, match, check and score workbooks, against a bare python-calamine read of the same files.

Three files: the product's own form for a province, a hand-made table of the same units, and one of the whole nation.
"""

from io import BytesIO

import numpy as np
import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.scoring import make_values
from bench.timing import median_ms, say
from data.intake.parameters import Context, Reading
from data.intake.read import read_submission
from data.units.lists import default_classes, load_units
from reports.exports.excel.collection import build_collection
from scoring.engine import score
from scoring.standard import Standard, get_standard

_ALLOWANCE_MS = 100
_SHORT_TYPES = {"Xã ": "X. ", "Phường ": "P.", "Thị trấn ": "TT. "}


def run() -> None:
    """Print the ratios; the budget is for the province's own form, after the fixed allowance."""
    standard = get_standard()
    province, nation = load_units("2020", "20"), load_units("2020")
    form, messy = build_form(standard, province), build_messy(standard, province)
    whole = build_messy(standard, nation)
    measure("Biểu mẫu", form, standard, province, default_classes("2020", "20"), budget=True)
    measure("Bảng tự làm", messy, standard, province, default_classes("2020", "20"), budget=True)
    measure("Bảng tự làm cả nước", whole, standard, nation, default_classes("2020"), repeats=3)


def measure(
    name: str,
    content: bytes,
    standard: Standard,
    units: pd.DataFrame,
    classes: pd.DataFrame,
    budget: bool = False,
    repeats: int = 15,
) -> None:
    """One file: the whole job, and the bare read."""
    last = make_values(standard, units.index, seed=2018)

    def whole_job() -> int:
        ingest = read_submission(content, "a.xlsx", Reading(standard, units, 2022, context=Context(2021, last)))
        assert ingest.accepted, ingest.errors[:3]
        score(ingest.wide(), standard, classes)
        return ingest.units

    def bare_read() -> None:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for sheet in book.sheet_names:
            book.get_sheet_by_name(sheet).to_python()

    assert whole_job() == len(units)
    # Between two files of an officer the next reading process has time to start.
    ours, bare = median_ms(whole_job, repeats, rest=0.4), median_ms(bare_read, repeats, rest=0.4)
    print(f"{name}, {len(units)} đơn vị: đọc, tìm, đối chiếu, kiểm tra, chấm {ours:.0f} ms; chỉ đọc {bare:.0f} ms")
    if budget:
        say(f"{name}: (cả việc - {_ALLOWANCE_MS} ms) / chỉ đọc", max(0.0, ours - _ALLOWANCE_MS) / bare, 3)
    else:
        print(f"{name}: cả việc / chỉ đọc {ours / bare:.1f} ×")


def build_form(standard: Standard, units: pd.DataFrame) -> bytes:
    """The product's own form, filled."""
    buffer = BytesIO()
    build_collection(buffer, standard, units, 2022, make_values(standard, units.index))
    return buffer.getvalue()


def build_messy(standard: Standard, units: pd.DataFrame) -> bytes:
    """A hand-made table: title, numbering, districts as headings with sums below, short types, numbers as text."""
    values = make_values(standard, units.index)
    inputs = list(standard.inputs.values())
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tổng hợp")
        sheet.write_string(0, 0, "ỦY BAN NHÂN DÂN")
        sheet.write_string(2, 0, "SỐ LIỆU TRẺ EM NĂM 2022")
        sheet.write_row(4, 0, ["STT", "Mã xã", "Xã, phường, thị trấn", *(input_.label for input_ in inputs), "Ghi chú"])
        row = 5
        for district, group in units.groupby("district_code", sort=False):
            sheet.write_row(row, 1, ["", group["district"].iloc[0].upper() or str(district)])
            figures = values.loc[group.index]
            for number, (code, unit) in enumerate(group.iterrows(), start=1):
                row += 1
                sheet.write_row(row, 0, [number, int(str(code)), _shorten(unit["name"])])
                _write_figures(sheet, row, figures.loc[code], inputs)
            row += 1
            sheet.write_string(row, 2, "Cộng")
            sums = [None if input_.kind == "answer" else int(figures[input_.id].sum()) for input_ in inputs]
            sheet.write_row(row, 3, sums)
            row += 1
    return buffer.getvalue()


def _write_figures(sheet: xlsxwriter.worksheet.Worksheet, row: int, figures: pd.Series, inputs: list) -> None:
    for column, input_ in enumerate(inputs, start=3):
        value = int(figures[input_.id])
        if input_.kind == "answer":
            sheet.write_string(row, column, "x" if value else "Không")
        elif column % 5 == 0:
            sheet.write_string(row, column, f"{value:,}".replace(",", "."))
        else:
            sheet.write_number(row, column, np.int64(value))


def _shorten(name: str) -> str:
    for long, short in _SHORT_TYPES.items():
        name = name.replace(long, short)
    return name
