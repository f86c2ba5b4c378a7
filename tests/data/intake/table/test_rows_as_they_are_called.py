"""Rows as people call them: units with code and district in the cell, sums in any words, districts, signatures."""

import pytest

from data.units.lists import load_units
from tests.data.intake.table.forms import (
    ALL,
    COUNTS,
    PLACES,
    assert_right,
    codes,
    district_of,
    head,
    read,
    rows,
    truth_of,
    units_of,
)
from tests.workbooks.sheets import total_row


@pytest.fixture(params=PLACES, ids=str)
def place(request):
    province, district = request.param
    units = district_of(province, district)
    return province, units, truth_of(units)


def sums(label, units, truth, inputs=COUNTS):
    return total_row(label, truth.loc[units.index], inputs)


SUMS = [
    "Grand Total",
    "Tổng số 12 xã, thị trấn", "TOÀN TỈNH", "Tổng toàn huyện", "CỘNG", "Cộng huyện", "Tổng cộng:",
    "T. Cộng", "Toàn huyện", "Cả huyện", "Chung", "Lũy kế", "Total", "TỔNG SỐ (8 đơn vị)", "Hội phụ nữ", "",
]  # fmt: skip


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("label", SUMS)
def test_row_of_sums_in_any_words_above_or_below(place, label, above):
    province, units, truth = place
    lines, total = rows(units, truth), sums(label or None, units, truth)
    ingest = read(province, S=[head(), *([total, *lines] if above else [*lines, total])])
    assert_right(ingest, truth)
    assert "rows_left_out" in codes(ingest, "notes")
    assert "sum_differs" not in codes(ingest, "warnings")


@pytest.mark.parametrize("above", [False, True])
def test_row_of_sums_is_called_as_the_district_or_the_province(place, above):
    province, units, truth = place
    unit = units.iloc[0]
    bare = unit["district"].split(maxsplit=1)[1]
    for label in (unit["province"].upper(), unit["district"], bare, f"{unit['district'].upper()} (8 xã, thị trấn)"):
        lines, total = rows(units, truth), sums(label, units, truth)
        assert_right(read(province, S=[head(), *([total, *lines] if above else [*lines, total])]), truth)


@pytest.mark.parametrize(
    "label", ["Bình quân", "Trung bình", "So với cùng kỳ", "Cùng kỳ năm 2022", "Năm 2022", "Kế hoạch", "Tăng, giảm"]
)
@pytest.mark.parametrize("accept", [False, True])
def test_row_of_means_or_comparisons_is_nobodys(place, label, accept):
    province, units, truth = place
    means = [None, label, *(round(float(truth[item].mean())) for item in COUNTS)]
    assert_right(read(province, accept, S=[head(), *rows(units, truth), means]), truth)


NAMESAKES = [("20", "Cao Lộc"), ("20", "Bình Gia"), ("14", "Mộc Châu")]  # the name of a district and of a unit in it


@pytest.mark.parametrize("accept", [False, True])
@pytest.mark.parametrize(("province", "name"), NAMESAKES)
def test_name_of_a_district_without_its_type_is_never_the_township_in_silence(province, name, accept):
    units = units_of(province)
    units = units[units["district"] == f"Huyện {name}"]
    truth = truth_of(units)
    lone = read(province, accept, S=[head(), [1, name, 760, 700, 14210, 150]])
    assert not lone.accepted
    others = units[units["name"] != f"Thị trấn {name}"]
    title = [f"HUYỆN {name.upper()}"]
    total = sums(name, others, truth)
    assert_right(read(province, accept, S=[title, head(), total, *rows(others, truth)]), truth.loc[others.index])
    wrong = [None, name, *(value + 900 for value in total[2:])]
    assert not read(province, accept, S=[title, head(), wrong, *rows(others, truth)]).accepted


@pytest.mark.parametrize(("province", "name"), [("06", "Ngân Sơn"), ("20", "Tràng Định")])
def test_name_of_a_district_that_no_unit_bears_is_the_districts_row(province, name):
    units = units_of(province)
    units = units[(units["district"] == f"Huyện {name}") & ~units["name"].duplicated(keep=False)]
    truth = truth_of(units)
    wrong = [None, name, *(value + 900 for value in sums(name, units, truth)[2:])]
    ingest = read(province, True, S=[head(), wrong, *rows(units, truth)])
    assert_right(ingest, truth)
    assert "sum_differs" in codes(ingest, "warnings")


def test_township_among_its_communes_may_leave_its_type_out():
    units = units_of("20")
    units = units[units["district"] == "Huyện Cao Lộc"]
    truth = truth_of(units)
    grid = rows(units, truth)
    for row in grid:
        row[1] = row[1].removeprefix("Thị trấn ").removeprefix("Xã ")
    assert_right(read("20", S=[["HUYỆN CAO LỘC"], head(), *grid]), truth)


@pytest.mark.parametrize("count", ["(9 xã, thị trấn)", "- 9 xã, thị trấn", ": 9 đơn vị", "(gồm 9 xã)", ""])
def test_heading_of_a_district_with_the_number_of_its_units(count):
    grid, all_units = [head()], []
    for district in ("181", "183"):  # each has a Xã Hồng Phong
        units = district_of("20", district, 30, alike=True)
        all_units.append(units)
        grid += [
            ["I", f"{units['district'].iloc[0].upper()} {count}".strip(), *[None] * 4],
            *rows(units, truth_of(units)),
        ]
    units = units_of("20").loc[[code for item in all_units for code in item.index]]
    assert_right(read("20", S=grid), truth_of(units))


CELLS = [
    "{code} - {name}", "{name} ({code})", "{code}. {name}", "{name} - {district}", "{name}, {short}", "{name}*",
    "{name} (KVIII)", "{name} (xã ATK)", "{district} - {name}", "- {name}", "{name}, {district}, {province}",
]  # fmt: skip


@pytest.mark.parametrize("written", CELLS)
def test_code_district_or_a_mark_in_the_cell_of_the_name(place, written):
    province, units, truth = place
    grid = rows(units, truth)
    for row, (code, unit) in zip(grid, units.iterrows(), strict=True):
        words = {"code": code, "name": unit["name"], "district": unit["district"], "province": unit["province"]}
        row[1] = written.format(short=unit["district"].replace("Huyện", "H."), **words)
    assert_right(read(province, S=[head(), *grid]), truth)


@pytest.mark.parametrize("written", ["{name} (cũ)", "{name} (nữ)", "{name} (thôn Nà Pàn)", "{name}, huyện Khác"])
def test_what_may_change_the_meaning_of_a_name_is_asked(place, written):
    province, units, truth = place
    grid = rows(units, truth)
    grid[2][1] = written.format(name=grid[2][1])
    assert not read(province, S=[head(), *grid]).accepted


@pytest.mark.parametrize("in_one_cell", [False, True])
def test_code_of_one_unit_and_name_of_another_are_asked_with_both(place, in_one_cell):
    province, units, truth = place
    grid = [[code, *row[1:]] for code, row in zip(units.index, rows(units, truth), strict=True)]
    grid[1][1], grid[2][1] = grid[2][1], grid[1][1]
    if in_one_cell:
        grid = [[number, f"{row[0]} - {row[1]}", *row[2:]] for number, row in enumerate(grid)]
    header = head() if in_one_cell else ["Mã đơn vị", *head()[1:]]
    ingest = read(province, accept=True, S=[header, *grid])
    errors = [item for item in ingest.errors if item.code == "code_and_name_differ"]
    assert len(errors) == 2
    for item in errors:
        assert all(code in item.message for code in units.index[1:3])


def test_codes_of_three_levels_with_sums():
    units = district_of("20", "180", 20)
    truth = truth_of(units)
    total = sums("x", units, truth)[2:]
    lines = [[code, *row[1:]] for code, row in zip(units.index, rows(units, truth), strict=True)]
    for first in (["20", "Tỉnh Lạng Sơn"], ["180", "Huyện Tràng Định"]):
        lines.insert(0, [*first, *total])
    assert_right(read("20", S=[["madvhc", "ten", *head()[2:]], *lines]), truth)


@pytest.mark.parametrize("header", ["Dân số", "Năm", "Diện tích", "Số hộ", "Mã số thuế", ""])
def test_numbers_that_happen_to_be_codes_make_no_column_of_codes(place, header):
    province, units, truth = place
    others = [int(code) for code in units_of(province).index[-len(units) :]]
    grid = [[row[0], row[1], number, *row[2:]] for row, number in zip(rows(units, truth), others, strict=True)]
    for most in (1, len(units)):
        ingest = read(province, S=[["STT", "Tên đơn vị", header, *head()[2:]], *grid[:most]])
        assert_right(ingest, truth.head(most))


@pytest.mark.parametrize(
    "line", ["Lạng Sơn, ngày 15 tháng 12 năm 2023", "…, ngày … tháng … năm 2023", "TM. ỦY BAN NHÂN DÂN XÃ 5"]
)
@pytest.mark.parametrize("column", [2, 4, 5])
def test_signature_that_reaches_into_a_column_of_figures(place, line, column):
    province, units, truth = place
    below = [[], [*[None] * column, line], [*[None] * column, "CHỦ TỊCH"]]
    assert_right(read(province, S=[head(), *rows(units, truth), *below]), truth)


def test_rows_of_zeros_that_formulas_prepared(place):
    province, units, truth = place
    prepared = [[number, None, 0, 0, 0, 0] for number in range(9, 40)]
    ingest = read(province, S=[head(), *rows(units, truth), *prepared])
    assert_right(ingest, truth)
    assert "zero_rows_left_out" in codes(ingest, "notes")


@pytest.mark.parametrize("most", [1, 3])
def test_unit_of_zeros_that_formulas_prepared_is_asked(place, most):
    province, units, truth = place
    grid = rows(units, truth.clip(lower=1))
    for row in grid[-most:]:
        row[2:] = [0] * len(COUNTS)
    ingest = read(province, S=[head(), *grid])
    assert [(item.code, item.unit) for item in ingest.errors] == [
        ("unit_all_zero", item) for item in units.index[-most:]
    ]
    some = truth.clip(lower=1)
    some.iloc[0, :] = 0  # a figure that another unit has none of either tells nothing
    assert read(province, S=[head(), *rows(units.head(3), some)]).accepted


def form(title, *columns, inputs=COUNTS):
    labels = head(inputs)[2:]
    lines = [
        [line, label, "trẻ", *(values[line - 1] for _, values in columns)] for line, label in enumerate(labels, start=1)
    ]
    return [*([item] for item in title), ["TT", "Chỉ tiêu", "ĐVT", *(name for name, _ in columns), "Ghi chú"], *lines]


@pytest.mark.parametrize(
    "names", [("Năm 2022", "Năm 2023"), (2023, 2022), ("Kế hoạch", "Thực hiện"), ("Nam", "Tổng số")], ids=str
)
def test_form_of_one_commune_with_two_columns(place, names):
    province, units, truth = place
    unit, right = units.iloc[0], [int(truth[item].iloc[0]) for item in COUNTS]
    wanted = {"Năm 2023", 2023, "Thực hiện", "Tổng số"}
    columns = [(name, right if name in wanted else [value // 2 for value in right]) for name in names]
    assert_right(read(province, S=form([f"UBND {unit['name'].upper()}"], *columns)), truth.head(1))


@pytest.mark.parametrize("names", [("Cột 1", "Cột 2"), ("Nam", "Nữ"), ("Năm 2021", "Năm 2022")], ids=str)
def test_form_of_one_commune_whose_columns_tell_nothing_is_asked(place, names):
    province, units, _ = place
    columns = [(name, [5, 4, 30, 3]) for name in names]
    ingest = read(province, S=form([f"UBND {units['name'].iloc[0].upper()}"], *columns))
    assert "form_of_several" in codes(ingest)


@pytest.mark.parametrize(
    "area", ["THÔN NÀ PÀN", "Bản Pác Cáp", "TỔ DÂN PHỐ SỐ 5", "Khu phố 3", "Tên thôn: Nà Lầu", "TRƯỜNG MẦM NON 1"]
)
def test_form_of_a_village_or_a_school_is_not_its_communes(place, area):
    province, units, _ = place
    grid = form([f"UBND {units['name'].iloc[0].upper()}", area], ("Số liệu", [5, 4, 30, 3]))
    assert codes(read(province, S=grid)) >= {"form_of_smaller_area"}


def test_state_farm_may_be_written_short():
    farms = load_units("2020")
    farms = farms[farms["name"].str.contains("Nông trường", case=False) & (farms["unit_type"] == "thi_tran")]
    assert len(farms) >= 5
    for code, unit in farms.iterrows():
        bare = unit["name"].split("rường ")[1]
        truth = truth_of(farms.loc[[code]])
        for written in (
            f"Thị trấn NT {bare}",
            f"TT NT {bare}",
            f"TT.NT. {bare}",
            f"TTNT {bare}",
            f"TT Nông trường {bare}",
        ):
            grid = [head(ALL), [1, written, *rows(farms.loc[[code]], truth, ALL)[0][2:]]]
            assert_right(read(unit["province_code"], S=grid), truth, ALL)
