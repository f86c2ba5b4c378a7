"""Long tables, a row a figure: the year of the round is taken, and what can be read in two ways is asked."""

import pytest

from tests.data.intake.table.forms import ALL, PLACES, assert_right, codes, district_of, read, truth_of
from tests.workbooks.sheets import labels


@pytest.fixture(params=PLACES, ids=str)
def place(request):
    province, district = request.param
    units = district_of(province, district)
    return province, units, truth_of(units)


def lines(units, truth, period=2023):
    return [
        [label, period, unit["name"], int(truth.at[code, one])]
        for code, unit in units.iterrows()
        for one, label in labels(ALL).items()
    ]


HEADERS = [
    ["data", "period", "orgunit", "value"],
    ["Chỉ tiêu", "Kỳ", "Đơn vị", "Giá trị"],
    ["Chỉ tiêu", "Năm", "Xã, phường", "Số liệu"],
    ["Tên chỉ số", "năm báo cáo", "Địa phương", "Kết quả"],
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 0, 1, 3), (3, 2, 1, 0)], ids=str)
@pytest.mark.parametrize("header", HEADERS, ids=str)
def test_long_table_in_any_order(place, header, order):
    province, units, truth = place
    grid = [[row[column] for column in order] for row in [header, *lines(units, truth)]]
    ingest = read(province, S=grid)
    assert_right(ingest, truth, ALL)
    first = ingest.observations.set_index(["unit_code", "input_id"]).loc[(units.index[1], ALL[0])]
    assert (first["sheet"], first["cell"]) == ("S", f"{'ABCD'[order.index(3)]}{2 + len(ALL)}")


def test_long_table_of_one_unit_and_by_code(place):
    province, units, truth = place
    one = units.head(1)
    assert_right(read(province, S=[HEADERS[1], *lines(one, truth)]), truth.head(1), ALL)
    grid = [[row[0], units.index[0], row[3]] for row in lines(one, truth)]
    assert_right(read(province, S=[["Chỉ tiêu", "Mã đơn vị", "Giá trị"], *grid]), truth.head(1), ALL)


def test_rows_of_other_years_are_left_out(place):
    province, units, truth = place
    before = truth_of(units, seed=8)
    ingest = read(province, S=[HEADERS[1], *lines(units, before, 2022), *lines(units, truth, "Năm 2023")])
    assert_right(ingest, truth, ALL)
    (told,) = [one for one in ingest.notes if one.code == "long_other_years"]
    assert str(len(units) * len(ALL)) in told.message


@pytest.mark.parametrize("period", ["202304", "2023Q1", "Tháng 4/2023"])
def test_periods_within_the_year_are_asked(place, period):
    province, units, truth = place
    assert "long_period_unclear" in codes(read(province, S=[HEADERS[0], *lines(units, truth, period)]))


def test_two_columns_of_figures_are_asked(place):
    province, units, truth = place
    grid = [["Chỉ tiêu", "Đơn vị", "Nam", "Nữ"], *([row[0], row[2], row[3], 1] for row in lines(units, truth))]
    assert "long_value_unclear" in codes(read(province, S=grid))


def test_figure_that_stands_twice_otherwise_is_an_error_at_its_cell(place):
    province, units, truth = place
    grid = lines(units, truth)
    again = [*grid[3][:3], grid[3][3] + 1]
    ingest = read(province, S=[HEADERS[1], *grid, grid[2], again])
    assert [(one.code, one.cell) for one in ingest.errors] == [("figure_twice", f"D{len(grid) + 3}")]
    assert "ô D5" in ingest.errors[0].message
