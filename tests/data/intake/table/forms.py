"""Small tables of one district, of which the tests know the right figures."""

from typing import Any

import pandas as pd

from data.intake.ingest import Ingest
from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.units.lists import load_units
from tests.data.samples import STANDARD, random_values
from tests.workbooks.sheets import Sheet, labels, to_xlsx, unit_rows

YEAR = 2023
COUNTS = ("births", "births_registered", "children", "villages")
ALL = (*COUNTS, "officer", "play_place")
# Of three provinces, a list each: which district the right figures are of must not matter.
PLACES = [("20", "180"), ("20", "186"), ("06", "060"), ("01", "271")]


def units_of(province: str) -> pd.DataFrame:
    return load_units("2020", province)


def district_of(province: str, district: str, most: int = 8, alike: bool = False) -> pd.DataFrame:
    """Units of a district; `alike`: those of whose name the province has others too."""
    units = units_of(province)
    kept = (units["district_code"] == district) & (alike | ~units["name"].duplicated(keep=False))
    return units[kept].head(most)


def truth_of(units: pd.DataFrame, seed: int = 3) -> pd.DataFrame:
    return random_values(units, seed)


def head(inputs: tuple[str, ...] = COUNTS) -> list[Any]:
    return ["STT", "Tên đơn vị", *labels(inputs).values()]


def rows(units: pd.DataFrame, truth: pd.DataFrame, inputs: tuple[str, ...] = COUNTS) -> list[list[Any]]:
    return unit_rows(units, truth, inputs)


def read(province: str, accept: bool = False, **sheets: Any) -> Ingest:
    """What is read of a workbook: sheets by name, each rows or a `Sheet`."""
    book = {name: one if isinstance(one, Sheet) else Sheet(one) for name, one in sheets.items()}
    return read_submission(to_xlsx(book), "a.xlsx", Reading(STANDARD, units_of(province), YEAR, accept=accept))


def assert_right(ingest: Ingest, truth: pd.DataFrame, inputs: tuple[str, ...] = COUNTS) -> None:
    """The file is accepted, and its figures are the right ones, no more and no less."""
    assert ingest.accepted, [(one.code, one.cell, one.message) for one in ingest.errors]
    wide = ingest.wide()
    given = [one for one in wide.columns if wide[one].notna().any()]
    assert sorted(given) == sorted(inputs)
    wanted = truth[given].sort_index()
    pd.testing.assert_frame_equal(wide[given].sort_index(), wanted, check_names=False, check_dtype=False)


def codes(ingest: Ingest, severity: str = "errors") -> set[str]:
    return {one.code for one in getattr(ingest, severity)}
