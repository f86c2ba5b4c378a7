"""How people lay tables out: what a sheet holds, and how many sheets there are."""

from collections.abc import Callable

import pandas as pd

from tests.data.intake.fuzz.habits import (
    STANDARD,
    YEAR,
    Form,
    Lines,
    lead_columns,
    sums_of,
    surround,
    write_figures,
    write_header,
    write_names,
)
from tests.workbooks.sheets import Sheet

Sheets = dict[str, Sheet]
_YEARS = [[f"Năm {YEAR - 1}", f"Năm {YEAR}"], [YEAR, YEAR - 1], [f"{YEAR - 1}", f"{YEAR}"]]
_WHOLES = [["Nam", "Nữ", "Tổng số"], ["SL", "TL"], ["Kế hoạch", "Thực hiện"], ["Tổng số", "Trong đó nữ"]]
_TAKEN = {f"Năm {YEAR}", YEAR, f"{YEAR}", "Tổng số", "SL", "Thực hiện"}


def part(form: Form, units: pd.DataFrame, inputs: list[str]) -> Form:
    """The same person's form of some units and inputs."""
    return Form(units, form.truth.loc[units.index, inputs], form.draw, form.habits)


def plain(form: Form) -> Lines:
    """One table with what stands around it."""
    headers, leads = lead_columns(form)
    header = [*headers, *write_header(form, form.inputs)]
    figures = write_figures(form, form.truth, form.inputs)
    body = [[*lead, *cells] for lead, cells in zip(leads, figures, strict=True)]
    return surround(form, [header], body, len(header), sums_of(form.truth, form.inputs))


def one_table(form: Form) -> Sheets:
    """A table on a sheet."""
    return {"Sheet1": Sheet(plain(form))}


def tables_below(form: Form) -> Sheets:
    """Two tables below each other: of other units, or of other inputs of the same."""
    lines: Lines = []
    for each in _halves(form):
        lines += [*plain(each), []]
    return {"Tổng hợp": Sheet(lines)}


def sheets_of_subjects(form: Form) -> Sheets:
    """A sheet a subject, the units in another order on each."""
    middle = (len(form.inputs) + 1) // 2
    parts = [item for item in (form.inputs[:middle], form.inputs[middle:]) if len(item) > 1]
    if len(parts) < 2:
        return one_table(form)
    units = [form.units, form.units[::-1]]
    return {
        f"Phần {number}": Sheet(plain(part(form, item, inputs)))
        for number, (item, inputs) in enumerate(zip(units, parts, strict=True))
    }


def tables_beside(form: Form) -> Sheets:
    """Two lists of units beside each other."""
    half = len(form.units) // 2
    sides = []
    for units in (form.units.iloc[:half], form.units.iloc[half:]):
        side = part(form, units, form.inputs)
        names = write_names(side)
        figures = write_figures(side, side.truth, side.inputs)
        header = ["STT", "Tên đơn vị", *write_header(side, side.inputs)]
        lines = [
            [number, names[code], *cells]
            for number, (code, cells) in enumerate(zip(units.index, figures, strict=True), start=1)
        ]
        sides.append([header, *lines])
    height = max(map(len, sides))
    width = len(sides[0][0])
    left, right = ([*side, *[[None] * width] * (height - len(side))] for side in sides)
    return {"Sheet1": Sheet([[*a, *b] for a, b in zip(left, right, strict=True)])}


def turned(form: Form) -> Sheets:
    """A table on its side."""
    names = write_names(form)
    figures = write_figures(form, form.truth, form.inputs)
    lines = [
        ["Chỉ tiêu", *write_header(form, form.inputs)],
        *([names[code], *cells] for code, cells in zip(form.truth.index, figures, strict=True)),
    ]
    return {"Sheet1": Sheet([list(line) for line in zip(*lines, strict=True)])}


def long_table(form: Form) -> Sheets:
    """A row a figure."""
    order = form.choose("thứ tự cột", [[0, 1, 2, 3], [2, 0, 1, 3], [3, 1, 0, 2]])
    period = form.choose("kỳ", [YEAR, f"Năm {YEAR}", str(YEAR)])
    names = dict(zip(form.units.index, form.units["name"], strict=True))
    figures = write_figures(form, form.truth, form.inputs)
    lines: Lines = [["Chỉ tiêu", "Kỳ", "Đơn vị", "Giá trị"]]
    for code, cells in zip(form.truth.index, figures, strict=True):
        lines += [
            [STANDARD.inputs[item].label, period, names[code], cell]
            for item, cell in zip(form.inputs, cells, strict=True)
        ]
    return {"Sheet1": Sheet([[line[column] for column in order] for line in lines])}


def columns_under_one(form: Form) -> Sheets:
    """Several columns under the name of each input: years, the whole and its parts."""
    below = form.choose("cột con", [*_YEARS, *_WHOLES])
    counts = [item for item in form.inputs if STANDARD.inputs[item].kind == "count"]
    if len(counts) < 2:
        return one_table(form)
    form.truth = form.truth[counts]
    right, others = write_figures(form, form.truth, counts), write_figures(form, form.decoys(), counts)
    top, bottom = ["STT", "Tên đơn vị"], [None, None]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1)]
    for number, label in enumerate(write_header(form, counts)):
        top += [label, *[None] * (len(below) - 1)]
        bottom += below
        merges.append((0, 2 + number * len(below), 0, 1 + (number + 1) * len(below)))
    names = write_names(form)
    lines = [
        [
            line,
            names[code],
            *(cell if text in _TAKEN else other for cell, other in zip(cells, rest, strict=True) for text in below),
        ]
        for line, (code, cells, rest) in enumerate(zip(form.truth.index, right, others, strict=True), start=1)
    ]
    merged = form.choose("gộp ô tiêu đề", [True, False])
    return {"Sheet1": Sheet([top, bottom, *lines], merges=merges if merged else [])}


def yes_and_no(form: Form) -> Sheets:
    """A mark in a column Có or in a column Không."""
    answers = [item for item in form.inputs if STANDARD.inputs[item].kind == "answer"]
    if len(answers) < 2:
        return one_table(form)
    form.truth = form.truth[answers]
    order, mark = form.choose("thứ tự", [["Có", "Không"], ["Không", "Có"]]), form.choose("dấu", ["x", "X", "✓"])
    top, merges = ["STT", "Tên đơn vị"], []
    for number, item in enumerate(answers):
        top += [STANDARD.inputs[item].label, None]
        merges.append((0, 2 + 2 * number, 0, 3 + 2 * number))
    lines: Lines = [top, [None, None, *order * len(answers)]]
    for number, (code, name) in enumerate(write_names(form).items(), start=1):
        told = {
            item: {1: "Có", 0: "Không"}.get(form.truth.at[code, item]) if form.truth[item].notna()[code] else None
            for item in answers
        }
        lines.append([number, name, *(mark if told[item] == text else None for item in answers for text in order)])
    return {"Sheet1": Sheet(lines, merges=merges)}


def form_a_unit(form: Form) -> Sheets:
    """A sheet a unit, inputs down, with a column of last year or of notes."""
    second = form.choose("cột thứ hai", [None, f"Năm {YEAR - 1}", "Kế hoạch"])
    right, others = (write_figures(form, values, form.inputs) for values in (form.truth, form.decoys()))
    header = write_header(form, form.inputs)
    sheets = {}
    for number, (unit, cells, rest) in enumerate(zip(form.units.itertuples(), right, others, strict=True)):
        head = [
            "TT",
            "Chỉ tiêu",
            *([second] if second else []),
            f"Năm {YEAR}" if second and "Năm" in second else "Thực hiện" if second else "Số liệu",
        ]
        lines: Lines = [[f"ỦY BAN NHÂN DÂN {unit.name.upper()}"], [unit.district], [], head]
        for line, label in enumerate(header):
            lines.append([line + 1, label, *([rest[line]] if second else []), cells[line]])
        sheets[f"X{number}"] = Sheet(lines)
    return sheets


def _halves(form: Form) -> list[Form]:
    if form.has("bảng sau của chỉ tiêu khác", 2) and len(form.inputs) >= 4:
        middle = len(form.inputs) // 2
        return [part(form, form.units, inputs) for inputs in (form.inputs[:middle], form.inputs[middle:])]
    half = len(form.units) // 2
    return [part(form, units, form.inputs) for units in (form.units.iloc[:half], form.units.iloc[half:])]


LAYOUTS: list[Callable[[Form], Sheets]] = [
    one_table,
    tables_below,
    sheets_of_subjects,
    tables_beside,
    turned,
    long_table,
    columns_under_one,
    yes_and_no,
    form_a_unit,
]
