"""Percentages typed as whole numbers where counts are asked."""

import pytest

from data.intake.parameters import Reading
from data.intake.read import read_submission
from tests.data.samples import STANDARD, UNITS, YEAR
from tests.workbooks.sheets import Sheet, to_xlsx


def codes(parts: list[int | None], wholes: list[int | None], pair=("births_registered", "births")) -> set[str]:
    head = ["Mã đơn vị", "Tên đơn vị", pair[1], pair[0]]
    units = UNITS.head(len(parts))["name"].items()
    rows = [[code, name, whole, part] for (code, name), part, whole in zip(units, parts, wholes, strict=True)]
    ingest = read_submission(to_xlsx({"S": Sheet([head, *rows])}), "a.xlsx", Reading(STANDARD, UNITS, YEAR))
    return {finding.code for finding in ingest.errors}


@pytest.mark.parametrize("pair", [("births_registered", "births"), ("infants_immunised", "infants")])
@pytest.mark.parametrize(
    "parts",
    [[100, 98, 99, 100, 97, 100], [95, 98, 96, 97, 95, 98], [100] * 6, [88, 100, 92, None, 95, 90]],
)
def test_whole_percentages_are_asked(parts, pair):
    wholes = [131, 190, 245, 302, 159, 410]
    assert "column_of_shares" in codes(parts, wholes, pair)
    assert "column_of_shares" in codes(parts[::-1], wholes, pair)


@pytest.mark.parametrize(
    ("parts", "wholes"),
    [
        ([39, 41, 43, 48, 50, 52], [40, 43, 46, 49, 52, 55]),  # counts
        ([98, 97, 99, 96, 100, 95], [101, 99, 102, 98, 104, 97]),  # wholes as steady as the parts
        ([90, 95, 97, 100, 99, 98], [90, 95, 97, 150, 99, 98]),  # most reach their whole
        ([62, 75, 88, 96, 99, 100], [131, 160, 190, 220, 245, 300]),  # they follow their whole
        ([100, 98, 99], [131, 190, 245]),  # too few to tell
        ([3, 5, 2, 4, 1, 0], [131, 190, 245, 302, 159, 410]),  # few of many
        ([150, 188, 240, 300, 158, 400], [151, 190, 245, 302, 159, 410]),
    ],
)
def test_counts_are_not_asked(parts, wholes):
    assert codes(parts, wholes) == set()
