"""A file with units of another province is refused in one sentence that names the province."""

import pandas as pd
import pytest

from data.intake.ingest import Ingest
from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.units.lists import load_units
from tests.data.samples import STANDARD, UNITS, YEAR, random_values, workbook
from tests.workbooks.sheets import Sheet, to_xlsx

HA_NOI, CAO_BANG = load_units("2020", "01"), load_units("2020", "04")
CODE = HA_NOI.index[0]
SAME_NAME = next(code for code, name in CAO_BANG["name"].items() if name in set(UNITS["name"]))


def read(content: bytes, **options) -> Ingest:
    return read_submission(content, "01.xlsx", Reading(STANDARD, UNITS, YEAR, **options))


def table(*rows: tuple[str, str]) -> bytes:
    """A bare table of codes, names and two figures."""
    head = ["Mã đơn vị", "Tên đơn vị", "children", "villages"]
    return to_xlsx({"S": Sheet([head, *([code, name, 50, 5] for code, name in rows)])})


@pytest.mark.parametrize("accept", [False, True])
def test_workbook_of_another_province_is_refused_in_one_sentence(accept):
    ingest = read(workbook(HA_NOI, random_values(HA_NOI, 1)), accept=accept)
    (error,) = ingest.findings
    assert (error.code, error.severity) == ("units_of_other_province", "error")
    assert "579 dòng là đơn vị của Thành phố Hà Nội" in error.message
    assert error.value == f"{CODE} {HA_NOI.at[CODE, 'name']}"
    assert (ingest.accepted, ingest.rows, ingest.units, ingest.questions) == (False, 579, 0, ())


def test_a_few_rows_of_other_provinces_refuse_the_file_too():
    units = pd.concat([UNITS.head(5), HA_NOI.head(2), CAO_BANG.head(1)])
    ingest = read(workbook(units, random_values(units, 1)), accept=True)
    (error,) = ingest.errors
    assert error.code == "units_of_other_province"
    assert "3 dòng là đơn vị của Thành phố Hà Nội, Tỉnh Cao Bằng" in error.message
    assert set(ingest.observations["unit_code"]) <= set(UNITS.index[:5])


@pytest.mark.parametrize(
    ("code", "name"), [(CODE, ""), (CODE.lstrip("0"), ""), (SAME_NAME, CAO_BANG.at[SAME_NAME, "name"])]
)
def test_code_alone_tells_and_a_name_that_is_here_too_does_not_hide_it(code, name):
    (error,) = read(table((UNITS.index[0], UNITS["name"].iloc[0]), (code, name))).errors
    assert error.code == "units_of_other_province"


@pytest.mark.parametrize("name", ["Phường Hoàng Văn Thụ", "Phường Hoàng Văn Thu", "Xã Không Có Ở Đâu Cả"])
def test_mistyped_code_beside_another_name_is_asked_as_before(name):
    codes = {error.code for error in read(table((UNITS.index[1], UNITS["name"].iloc[1]), (CODE, name))).errors}
    assert codes <= {"unit_to_confirm", "unit_unknown"}
    assert codes
