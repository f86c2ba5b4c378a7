"""Scoring the nation, against one NumPy pass over the same arrays and against LibreOffice on the same rules."""

import csv
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from bench.timing import median_ms, say
from data.units.lists import default_classes
from reports.exports.excel.live.rules import BandTerms, write_points
from scoring.engine import score
from scoring.standard import Band, Indicator, Standard, get_standard

_CLASS_COLUMN, _MOUNTAINOUS_COLUMN, _FIRST_INPUT = 1, 2, 3


def run() -> None:
    """Print both ratios, and whether LibreOffice's totals are ours."""
    standard = get_standard()
    units = default_classes("2020")
    values = make_values(standard, units.index)
    ours = median_ms(lambda: score(values, standard, units))
    reference = median_ms(lambda: one_pass(values, standard))
    print(f"Chấm {len(units)} đơn vị: {ours:.1f} ms; một lượt NumPy trên cùng các mảng: {reference:.1f} ms")
    say("Chấm điểm / một lượt NumPy", ours / reference, 10)
    _compare_with_libreoffice(values, standard, units, ours)


def make_values(standard: Standard, codes: pd.Index, seed: int = 2019) -> pd.DataFrame:
    """Figures of the whole nation that hold together, all known."""
    rng = np.random.default_rng(seed)
    columns: dict[str, np.ndarray] = {}

    def fill(input_id: str) -> np.ndarray:
        if input_id not in columns:
            input_ = standard.inputs[input_id]
            if input_.kind == "answer":
                columns[input_id] = (rng.random(len(codes)) < 0.95).astype(np.int64)
            elif input_.part_of is None:
                columns[input_id] = rng.integers(0, 2000, len(codes))
            elif any(input_id in relation.parts for relation in standard.relations):
                columns[input_id] = (fill(input_.part_of) * rng.uniform(0.1, 0.3, len(codes))).astype(np.int64)
            else:
                columns[input_id] = (fill(input_.part_of) * rng.beta(8, 1, len(codes))).astype(np.int64)
        return columns[input_id]

    for input_id in standard.inputs:
        fill(input_id)
    return pd.DataFrame(
        {input_id: pd.array(columns[input_id], dtype="Int64") for input_id in standard.inputs}, index=codes
    )


def one_pass(values: pd.DataFrame, standard: Standard) -> int:
    """The reference: for each indicator its arrays, its first threshold, once, in plain NumPy; no bands, no checks."""
    reached = 0
    for indicator in standard.indicators:
        bound = int(indicator.bands[0].threshold(False) or 0)
        numerator = values[indicator.numerator].to_numpy(dtype=np.int64, na_value=0)
        known = ~values[indicator.numerator].isna().to_numpy()
        denominator = np.ones_like(numerator)
        if indicator.denominator is not None:
            denominator = values[indicator.denominator].to_numpy(dtype=np.int64, na_value=0)
            known &= ~values[indicator.denominator].isna().to_numpy()
        reached += int((known & (numerator * indicator.scale >= bound * denominator)).sum())
    return reached


def _compare_with_libreoffice(values: pd.DataFrame, standard: Standard, units: pd.DataFrame, ours_ms: float) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        print(
            "Không có LibreOffice trên máy này: bỏ qua phép so với bảng tính (gói libreoffice-calc-nogui của Debian)."
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        formulas, plain = Path(folder) / "formulas.xlsx", Path(folder) / "plain.xlsx"
        _write(formulas, values, standard, units, with_formulas=True)
        _write(plain, values, standard, units, with_formulas=False)
        with_formulas, without = _convert_seconds(program, formulas), _convert_seconds(program, plain)
        totals = [int(float(row[-1])) for row in csv.reader((Path(folder) / "formulas.csv").open(encoding="utf-8"))]
    same = totals == score(values, standard, units).total.tolist()
    seconds = with_formulas - without
    print(
        f"LibreOffice: mở và tính {with_formulas:.1f} s, chỉ mở cùng số liệu {without:.1f} s; "
        f"tổng điểm {'trùng hết' if same else 'KHÔNG TRÙNG'}"
    )
    say("LibreOffice tính lại / chấm điểm", seconds * 1000 / ours_ms, 100, at_least=True)


def _convert_seconds(program: str, path: Path) -> float:
    """Open the file, recalculate (no result is stored in it) and write it as CSV."""
    start = time.perf_counter()
    command = [program, "--headless", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(path.parent), str(path)],
        check=True,
        capture_output=True,
        timeout=900,
    )
    return time.perf_counter() - start


def _write(path: Path, values: pd.DataFrame, standard: Standard, units: pd.DataFrame, with_formulas: bool) -> None:
    columns = {input_id: _FIRST_INPUT + column for column, input_id in enumerate(standard.inputs)}
    first_result = _FIRST_INPUT + len(columns)
    table = values.to_numpy(dtype=np.int64)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, code in enumerate(values.index):
            sheet.write_string(row, 0, code)
            sheet.write_string(row, _CLASS_COLUMN, units.at[code, "unit_class"])
            sheet.write_number(row, _MOUNTAINOUS_COLUMN, int(units.at[code, "mountainous"]))
            for column, value in enumerate(table[row]):
                sheet.write_number(row, _FIRST_INPUT + column, int(value))
            if with_formulas:
                for column, indicator in enumerate(standard.indicators):
                    sheet.write_formula(row, first_result + column, _formula(indicator, row, columns), None, "")
                last = first_result + len(standard.indicators)
                area = f"{xl_rowcol_to_cell(row, first_result)}:{xl_rowcol_to_cell(row, last - 1)}"
                sheet.write_formula(row, last, f"=SUM({area})", None, "")


def _formula(indicator: Indicator, row: int, columns: dict[str, int]) -> str:
    """The points of an indicator, its thresholds written out."""
    numerator, *denominator = (xl_rowcol_to_cell(row, columns[input_id]) for input_id in indicator.inputs)
    is_mountainous = f"{xl_rowcol_to_cell(row, _MOUNTAINOUS_COLUMN)}=1"
    bands = [_terms(band) for band in indicator.bands]
    return f"={write_points(indicator, numerator, denominator[0] if denominator else None, is_mountainous, bands)}"


def _terms(band: Band) -> BandTerms:
    plain, mountainous = band.threshold(False), band.threshold(True)
    if plain is None or mountainous is None:
        return BandTerms(str(band.points))
    divisors = (str(plain.denominator), str(mountainous.denominator))
    whole = divisors == ("1", "1")
    return BandTerms(str(band.points), str(plain.numerator), str(mountainous.numerator), *(() if whole else divisors))
