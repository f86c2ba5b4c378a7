"""Suggestions accepted unseen: only those that are sure and that nothing speaks against; the rest is asked."""

import pytest

from data.intake.ingest import Ingest
from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.units.matching import UnitNames
from tests.data.samples import STANDARD, UNITS, YEAR
from tests.workbooks.sheets import Sheet, to_xlsx

CODE = UNITS.index[0]


def read(headers: list[str], name: str = "", code: str = CODE) -> Ingest:
    head = ["Mã đơn vị", "Tên đơn vị", "villages", "in_nursery", *headers]
    content = to_xlsx({"S": Sheet([head, [code, name, 5, 3, *range(50, 50 - len(headers), -1)]])})
    return read_submission(content, "a.xlsx", Reading(STANDARD, UNITS, YEAR, accept=True))


def test_a_sure_column_is_accepted_and_said():
    ingest = read(["Tổng số TE"])
    assert ingest.accepted
    assert [finding.cell for finding in ingest.warnings if finding.code == "column_accepted"] == ["E1"]


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        (["Trẻ được khai sinh đúng hạn ở bệnh viện huyện"], {"E1"}),
        (["TE bị xâm hại", "Trẻ bị xâm hại"], {"E1"}),
        (["Tổng số trẻ em", "Tổng số TE"], {"F1"}),
    ],
)
def test_a_doubtful_column_is_asked_all_the_same(headers, asked):
    ingest = read(headers)
    assert asked <= {finding.cell for finding in ingest.errors if finding.code == "column_to_confirm"}


def test_a_unit_is_accepted_where_its_name_is_near_enough():
    names = UnitNames(UNITS)
    unit = next(name for name in UNITS["name"] if name.startswith("Xã ") and len(name) > 12)
    near, far = unit[:-1], f"{unit[:-2]}xyz"
    assert names.match_name(near).candidates[0][1] >= 80 > names.match_name(far).candidates[0][1]
    assert [finding.code for finding in read([], near, "").warnings if "unit" in finding.code] == ["unit_accepted"]
    assert [finding.code for finding in read([], far, "").errors] == ["unit_to_confirm"]
