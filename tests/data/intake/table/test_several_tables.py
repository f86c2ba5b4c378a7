"""Tables as they lie: several on a sheet, one a sheet, repeated headers, other years; joined by unit."""

import pytest

from tests.data.intake.table.forms import (
    ALL,
    COUNTS,
    PLACES,
    YEAR,
    assert_right,
    codes,
    district_of,
    head,
    read,
    rows,
    truth_of,
)
from tests.workbooks.sheets import Sheet

TITLE = [[f"SỐ LIỆU TRẺ EM NĂM {YEAR}"], []]


@pytest.fixture(params=PLACES, ids=str)
def place(request):
    province, district = request.param
    units = district_of(province, district)
    return province, units, truth_of(units)


@pytest.mark.parametrize("between", [[[]], [[], ["II. PHẦN HAI"]], [[], [None, "Biểu số 2"], []]], ids=len)
def test_tables_below_each_other_with_columns_in_another_order(place, between):
    province, units, truth = place
    first, second = units.iloc[:4], units.iloc[4:]
    turned = COUNTS[::-1]
    grid = [*TITLE, head(), *rows(first, truth), *between, head(turned), *rows(second, truth, turned)]
    assert_right(read(province, S=grid), truth)


def test_tables_below_each_other_of_other_inputs(place):
    province, units, truth = place
    one, other = COUNTS[:2], COUNTS[2:]
    grid = [*TITLE, head(one), *rows(units, truth, one), [], head(other), *rows(units[::-1], truth, other)]
    assert_right(read(province, S=grid), truth)


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_tables_beside_each_other(place, gap):
    province, units, truth = place
    left, right = units.iloc[:4], units.iloc[4:]
    blank = [None] * gap
    pairs = zip(rows(left, truth), rows(right, truth), strict=True)
    assert_right(read(province, S=[*TITLE, [*head(), *blank, *head()], *([*a, *blank, *b] for a, b in pairs)]), truth)


def test_one_sheet_a_subject_with_the_same_communes(place):
    province, units, truth = place
    sheets = {one: [*TITLE, head((one, other)), *rows(units.sample(frac=1, random_state=1), truth, (one, other))]
              for one, other in (COUNTS[:2], COUNTS[2:])}  # fmt: skip
    assert_right(read(province, **sheets), truth)


def test_part_above_its_whole_on_another_sheet_is_told(place):
    province, units, truth = place
    truth = truth.copy()
    truth.loc[units.index[1], ["births", "births_registered"]] = (10, 11)
    one, other = ("births", "children"), ("births_registered", "villages")
    ingest = read(province, A=[head(one), *rows(units, truth, one)], B=[head(other), *rows(units, truth, other)])
    (error,) = ingest.errors
    assert (error.code, error.sheet, error.cell, error.unit) == ("part_too_large", "B", "C3", units.index[1])
    assert "C3 của trang “A”" in error.message


def test_figures_that_two_sheets_give_alike_are_told_once(place):
    province, units, truth = place
    grid = [*TITLE, head(), *rows(units, truth)]
    ingest = read(province, **{"Sheet1": grid, "Sheet1 (2)": grid})
    assert_right(ingest, truth)
    (told,) = [one for one in ingest.warnings if one.code == "figures_repeated"]
    assert (told.sheet, str(len(units) * len(COUNTS)) in told.message) == ("Sheet1 (2)", True)


def test_figures_that_two_sheets_give_otherwise_name_the_other_sheet(place):
    province, units, truth = place
    changed = truth.copy()
    changed.loc[units.index[2], "villages"] += 1
    ingest = read(province, A=[head(), *rows(units, truth)], B=[head(), *rows(units, changed)])
    (error,) = ingest.errors
    assert (error.code, error.sheet, error.cell, error.input) == ("figure_differs", "B", "F4", "villages")
    assert "ô F4 của trang “A”" in error.message


@pytest.mark.parametrize("page", [2, 3])
@pytest.mark.parametrize("title", [[], [f"SỐ LIỆU TRẺ EM NĂM {YEAR}"], [None, f"Biểu tổng hợp năm {YEAR}"]], ids=str)
def test_header_and_numbers_repeated_on_printed_pages(place, page, title):
    province, units, truth = place
    header = [title, head(ALL), ["A", "B", *(f"({number})" for number in range(1, len(ALL) + 1))]]
    grid = []
    for start in range(0, len(units), page):
        grid += [*header, *rows(units.iloc[start : start + page], truth, ALL)]
    assert_right(read(province, S=grid), truth, ALL)


@pytest.mark.parametrize("numbers", [("A", "B", 1, 2, 5, 6), ("(1)", "(2)", "(4)", "(5)", "(8)", "(9)")], ids=str)
def test_numbers_of_columns_some_of_which_were_deleted(place, numbers):
    province, units, truth = place
    assert_right(read(province, S=[head(), list(numbers), *rows(units, truth)]), truth)


@pytest.mark.parametrize("where", ["title", "name"])
def test_sheet_of_another_year_is_left_out(place, where):
    province, units, truth = place
    before = truth_of(units, seed=9)
    if where == "title":
        sheets = {
            f"S{year}": [[f"SỐ LIỆU NĂM {year}"], head(), *rows(units, one)]
            for year, one in ((YEAR - 1, before), (YEAR, truth))
        }
    else:
        sheets = {str(year): [head(), *rows(units, one)] for year, one in ((YEAR - 1, before), (YEAR, truth))}
    ingest = read(province, **sheets)
    assert_right(ingest, truth)
    assert "table_of_other_year" in codes(ingest, "warnings")


def test_table_of_another_year_below_is_left_out(place):
    province, units, truth = place
    before = truth_of(units, seed=9)
    grid = [[f"NĂM {YEAR - 1}"], head(), *rows(units, before), [], [f"NĂM {YEAR}"], head(), *rows(units, truth)]
    assert_right(read(province, S=grid), truth)


def test_one_sheet_a_commune_with_inputs_down(place):
    province, units, truth = place
    names = dict(zip(COUNTS, head()[2:], strict=True))
    sheets = {
        f"X{number}": [
            [f"ỦY BAN NHÂN DÂN {unit['name'].upper()}"],
            [unit["district"]],
            ["TT", "Chỉ tiêu", "Số liệu"],
            *([line, names[one], int(truth.at[code, one])] for line, one in enumerate(COUNTS, start=1)),
        ]
        for number, (code, unit) in enumerate(units.iterrows())
    }
    assert_right(read(province, **sheets), truth)


def test_district_merged_down_tells_units_of_one_name_apart():
    units = district_of("20", "181", 20, alike=True)  # has Xã Hồng Phong, as another district does
    truth = truth_of(units)
    grid = [["Huyện", *head()[1:]], *([None, *row[1:]] for row in rows(units, truth))]
    grid[1][0] = "Huyện Bình Gia"
    assert_right(read("20", S=Sheet(grid, merges=[(1, 0, len(units), 0)])), truth)
    assert_right(read("20", S=grid), truth)  # and where only the first row says it


@pytest.mark.parametrize("answer", ["Có", "Không"])
def test_answer_merged_down_or_across_is_of_every_cell(place, answer):
    province, units, truth = place
    truth = truth.copy()
    truth[["officer", "play_place"]] = int(answer == "Có")
    inputs = ("officer", "play_place", "children", "villages")
    grid = [head(inputs), *rows(units, truth, inputs)]
    for row in grid[1:]:
        row[2:4] = [None, None]
    grid[1][2] = answer
    ingest = read(province, S=Sheet(grid, merges=[(1, 2, len(units), 3)]))
    assert_right(ingest, truth, inputs)


@pytest.mark.parametrize(("down", "across"), [(1, 0), (0, 1), (2, 1)])
def test_figure_merged_over_several_cells_is_asked(place, down, across):
    province, units, truth = place
    grid = [head(), *rows(units, truth)]
    for row in range(2, 3 + down):
        for column in range(4, 5 + across):
            grid[row][column] = 7 if (row, column) == (2, 4) else None
    ingest = read(province, S=Sheet(grid, merges=[(2, 4, 2 + down, 4 + across)]))
    assert codes(ingest) == {"figure_merged"}
    assert len(ingest.errors) == (down + 1) * (across + 1)
