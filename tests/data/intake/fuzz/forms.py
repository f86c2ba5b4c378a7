"""Random forms of a known truth, the files that they are saved in, and what came of reading them."""

import io
from dataclasses import dataclass
from typing import Any

import openpyxl
import pandas as pd
from hypothesis import strategies as st

from data.intake.ingest import Ingest
from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.units.lists import load_units
from tests.data.intake.fuzz.habits import STANDARD, YEAR, Draw, Form
from tests.data.intake.fuzz.layouts import LAYOUTS, Sheets
from tests.data.intake.fuzz.traps import TRAPS
from tests.data.samples import random_values
from tests.workbooks.sheets import to_csv, to_ods, to_xls, to_xlsx

_UNITS = load_units("2020")
_LARGE = (
    _UNITS[~_UNITS.duplicated(["province_code", "name"], keep=False)]
    .groupby("district_code")
    .filter(lambda one: len(one) >= 6)
)
DISTRICTS = sorted(_LARGE["district_code"].unique())
INPUTS = [
    one.id
    for one in STANDARD.inputs.values()
    if not one.survey and (one.part_of or "") not in ("surveyed_children", "surveyed_adults")
]
WRITERS = ["xlsx", "openpyxl", "xls", "ods", "csv"]


@dataclass
class Written:
    """A form in a file: the right figures, the habits that made it, and whether a person could not be sure of it."""

    truth: pd.DataFrame
    province: str
    content: bytes
    name: str
    habits: list[str]
    trapped: bool

    def read(self) -> Ingest:
        """What the product reads of the file."""
        units = _UNITS[_UNITS["province_code"] == self.province]
        return read_submission(self.content, self.name, Reading(STANDARD, units, YEAR))


@st.composite
def written_forms(draw: Draw) -> Written:
    """A form in one layout with any habits, written by one of the programs, now and then with a trap."""
    units = _LARGE[_LARGE["district_code"] == draw(st.sampled_from(DISTRICTS))]
    units = units.iloc[: draw(st.integers(5, 8))]
    inputs = draw(st.lists(st.sampled_from(INPUTS), min_size=2, max_size=7, unique=True))
    truth = random_values(units, draw(st.integers(0, 50)), draw(st.sampled_from([0.0, 0.0, 0.15])))[inputs]
    form = Form(units, truth, draw)
    layout = draw(st.sampled_from(LAYOUTS))
    form.habits.append(layout.__name__)
    sheets = layout(form)
    trapped = False
    if form.has("bẫy", 5):
        trap = draw(st.sampled_from(TRAPS))
        form.habits.append(trap.__name__)
        trapped = trap(sheets)
    writer = draw(st.sampled_from(WRITERS if len(sheets) == 1 else WRITERS[:-1]))
    form.habits.append(writer)
    name = f"a.{'xlsx' if writer == 'openpyxl' else writer}"
    return Written(form.truth, str(units["province_code"].iloc[0]), _save(writer, sheets), name, form.habits, trapped)


def _save(writer: str, sheets: Sheets) -> bytes:
    if writer == "openpyxl":
        return _to_openpyxl(sheets)
    if writer == "csv":
        (sheet,) = sheets.values()
        return to_csv(sheet.rows, "utf-8-sig", ",")
    return {"xlsx": to_xlsx, "xls": to_xls, "ods": to_ods}[writer](sheets)


def _to_openpyxl(sheets: Sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, sheet in sheets.items():
        page = book.create_sheet(name)
        for row, values in enumerate(sheet.rows, start=1):
            for column, value in enumerate(values, start=1):
                if value is not None:
                    cell = page.cell(row, column)
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "e" if value.startswith("#") else "s"
        for top, left, bottom, right in sheet.merges:
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def compare(written: Written, ingest: Ingest) -> list[str]:
    """What of an accepted file differs from the truth: wrong figures, figures too many, figures lost."""
    read: dict[tuple[str, str], Any] = {
        (row.unit_code, row.input_id): row.value for row in ingest.observations.dropna(subset=["value"]).itertuples()
    }
    right = {
        (str(code), input_id): value
        for input_id in written.truth.columns
        for code, value in written.truth[input_id].dropna().items()
    }
    differing = [f"{key}: {value}, not {right.get(key)}" for key, value in read.items() if right.get(key) != value]
    return differing + [f"{key} lost" for key in right if key not in read]
