"""Columns of several years, of a whole and its parts, of Có and Không: the one that the round asks for is read."""

import pytest

from tests.data.intake.table.forms import PLACES, YEAR, assert_right, codes, district_of, read, rows, truth_of
from tests.workbooks.sheets import Sheet, labels

GROUPS = ("children", "villages", "births")
LABELS = labels(GROUPS)


@pytest.fixture(params=PLACES, ids=str)
def place(request):
    province, district = request.param
    units = district_of(province, district)
    return province, units, truth_of(units)


def two_rows(below, columns, units, merged=True, groups=GROUPS, names=LABELS):
    """A table with a text over several columns for each input; `columns` gives the cells of a unit and input."""
    width = len(below)
    top, bottom = ["STT", "Tên đơn vị"], [None, None]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1)]
    for number, item in enumerate(groups):
        top += [names[item], *[None] * (width - 1)]
        bottom += below
        merges.append((0, 2 + number * width, 0, 1 + (number + 1) * width))
    lines = [
        [number, unit["name"], *(cell for item in groups for cell in columns(code, item))]
        for number, (code, unit) in enumerate(units.iterrows(), start=1)
    ]
    return Sheet([top, bottom, *lines], merges=merges if merged else [])


YEARS = [
    (f"Năm {YEAR - 1}", f"Năm {YEAR}"),
    (YEAR - 1, YEAR),
    (f"{YEAR}", f"{YEAR - 1}"),
    (f"NĂM {YEAR - 2}", f"NĂM {YEAR - 1}", f"NĂM {YEAR}"),
    ("Năm trước", "Năm báo cáo"),
    ("Cùng kỳ", "Kỳ báo cáo"),
    (f"31/12/{YEAR - 1}", f"31/12/{YEAR}"),
]
WHOLES = [
    ("Nam", "Nữ", "Tổng số"),
    ("Tổng số", "Trong đó nữ"),
    ("Kế hoạch", "Thực hiện"),
    ("SL", "TL"),
    ("Số lượng", "Tỷ lệ (%)"),
    ("Trẻ em trai", "Trẻ em gái", "Cộng"),
]
_TAKEN = {f"Năm {YEAR}", YEAR, f"{YEAR}", f"NĂM {YEAR}", "Năm báo cáo", "Kỳ báo cáo", f"31/12/{YEAR}"}
_TAKEN |= {"Tổng số", "Thực hiện", "SL", "Số lượng", "Cộng"}


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("below", [*YEARS, *WHOLES], ids=str)
@pytest.mark.parametrize("accept", [False, True])
def test_column_of_the_round_is_read_and_the_others_never(place, below, merged, accept):
    province, units, truth = place

    def columns(code, item):
        value = int(truth.at[code, item])
        return [value if text in _TAKEN else value // 2 + 1 for text in below]

    ingest = read(province, accept, S=two_rows(list(below), columns, units, merged))
    assert_right(ingest, truth, GROUPS)
    told = "column_of_other_year" if below in YEARS else "column_of_part"
    if not any("TL" in str(item) or "%" in str(item) for item in below):
        assert told in codes(ingest, "warnings") | codes(ingest, "notes")


@pytest.mark.parametrize("write", ["{label} năm {year}", "{label} ({year})", "{label} - {year}", "Năm {year}: {label}"])
def test_year_in_the_header_itself(place, write):
    province, units, truth = place
    before = truth_of(units, seed=8)
    header = [
        "STT",
        "Tên đơn vị",
        *(write.format(label=LABELS[item], year=year) for item in GROUPS for year in (2022, 2023)),
    ]
    lines = [
        [number, unit["name"], *(int(values.at[code, item]) for item in GROUPS for values in (before, truth))]
        for number, (code, unit) in enumerate(units.iterrows(), start=1)
    ]
    assert_right(read(province, S=[header, *lines]), truth, GROUPS)


def test_year_above_its_inputs(place):
    province, units, truth = place
    before = truth_of(units, seed=8)
    top = ["STT", "Tên đơn vị", "Năm 2022", None, None, "Năm 2023", None, None]
    bottom = [None, None, *LABELS.values(), *LABELS.values()]
    lines = [[*a, *b[2:]] for a, b in zip(rows(units, before, GROUPS), rows(units, truth, GROUPS), strict=True)]
    merges = [(0, 2, 0, 4), (0, 5, 0, 7), (0, 0, 1, 0), (0, 1, 1, 1)]
    assert_right(read(province, S=Sheet([top, bottom, *lines], merges=merges)), truth, GROUPS)


def test_file_of_last_year_only_is_refused(place):
    province, units, _ = place
    ingest = read(province, S=two_rows([f"Năm {YEAR - 1}"] * 1 + ["Ghi chú"], lambda *at: [5, None], units))
    assert codes(ingest) == {"no_input_columns"}
    assert ingest.observations["value"].notna().sum() == 0


@pytest.mark.parametrize("count", [" (người)", " (trẻ)", " (10.842)", " (ĐVT: trẻ em)", "\n(1)", " (*)"])
def test_unit_of_measure_or_a_number_in_brackets(place, count):
    province, units, truth = place
    header = ["STT", "Tên đơn vị", *(f"{label}{count}" for label in LABELS.values())]
    assert_right(read(province, S=[header, *rows(units, truth, GROUPS)]), truth, GROUPS)


@pytest.mark.parametrize("order", [("Có", "Không"), ("Không", "Có")], ids=str)
@pytest.mark.parametrize("mark", ["x", "X", "✓"])
@pytest.mark.parametrize("accept", [False, True])
def test_mark_under_yes_or_under_no(place, order, mark, accept):
    province, units, truth = place
    inputs = ("officer", "play_place")

    def columns(code, item):
        said = "Có" if truth.at[code, item] else "Không"
        return [mark if text == said else None for text in order]

    sheet = two_rows(list(order), columns, units, groups=inputs, names=labels(inputs))
    assert_right(read(province, accept, S=sheet), truth, inputs)


def test_marks_under_both_are_asked_and_under_neither_are_missing(place):
    province, units, _ = place
    inputs = ("officer", "play_place")
    cells = {units.index[0]: ["x", "x"], units.index[1]: [None, None]}
    sheet = two_rows(
        ["Có", "Không"], lambda code, item: cells.get(code, ["x", None]), units, groups=inputs, names=labels(inputs)
    )
    ingest = read(province, S=sheet)
    assert [(item.code, item.unit) for item in ingest.errors] == [("answer_unclear", units.index[0])] * 2
    assert ingest.wide().loc[units.index[1]].isna().all()


def test_text_over_two_columns_of_figures_is_asked(place):
    province, units, truth = place
    sheet = two_rows(["", ""], lambda code, item: [int(truth.at[code, item]), 1], units)
    sheet.rows.pop(1)
    sheet.merges = [(0, 2, 0, 3), (0, 4, 0, 5), (0, 6, 0, 7)]
    ingest = read(province, S=sheet)
    assert codes(ingest) == {"column_of_several"}
    assert "“Tổng số trẻ em” phủ nhiều cột" in ingest.errors[0].message


def test_text_over_a_column_and_an_empty_one_is_of_the_column(place):
    province, units, truth = place
    sheet = two_rows(["", ""], lambda code, item: [int(truth.at[code, item]), None], units)
    sheet.rows.pop(1)
    sheet.merges = [(0, 2, 0, 3), (0, 4, 0, 5), (0, 6, 0, 7)]
    assert_right(read(province, S=sheet), truth, GROUPS)
