"""What people do to a table: each habit is small, and hypothesis puts them together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from scoring.standard import get_standard
from tests.data.samples import random_values
from tests.workbooks.sheets import show_answer

STANDARD = get_standard()
YEAR = 2023
Draw = Callable[[st.SearchStrategy[Any]], Any]
Lines = list[list[Any]]

TOTALS = [
    "Tổng cộng",
    "TỔNG SỐ",
    "Cộng",
    "Grand Total",
    "Toàn huyện",
    "Tổng số {n} xã, thị trấn",
    "{district}",
    "",
    "Hội LHPN",
]
MEANS = ["Bình quân", "Trung bình", "So với cùng kỳ", "Năm 2022", "Kế hoạch năm", "Tỷ lệ (%)"]
MARKS = ["{name}", "{upper}", "{short}", "{name}*", "{code} - {name}", "{name} ({code})", "{name} - {district}",
         "{name}, {district}", "{name} (KVIII)", "  {name} ", "{number}. {name}"]  # fmt: skip
HEADERS = ["{label}", "{upper}", "{label} (người)", "{label}\n", "{number}. {label}", "  {label}  ", "{label} năm 2023"]
NUMBERS = ["number", "number", "number", "text", "grouped", "spaced"]
TITLES = [[], ["SỐ LIỆU TRẺ EM NĂM 2023"], ["UBND {district}", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
          ["(Kèm theo Công văn số 12/LĐTBXH ngày 05/01/2024)"], ["BIỂU TỔNG HỢP"]]  # fmt: skip
SIGNATURES = ["Lạng Sơn, ngày 15 tháng 12 năm 2023", "TM. ỦY BAN NHÂN DÂN", "Người lập biểu", "ngày … tháng … năm 2023"]
_SHORT = {"Xã ": "X. ", "Phường ": "P. ", "Thị trấn ": "TT "}


@dataclass
class Form:
    """What a person has to write down: the right figures of some units, and how this person writes."""

    units: pd.DataFrame
    truth: pd.DataFrame
    draw: Draw
    habits: list[str] = field(default_factory=list)

    def choose(self, habit: str, options: list[Any]) -> Any:
        """Draw one of some ways; all but the first are told in `habits`."""
        number = self.draw(st.integers(0, len(options) - 1))
        if number:
            self.habits.append(f"{habit}: {options[number]!r}")
        return options[number]

    def has(self, habit: str, one_in: int = 3) -> bool:
        """Draw whether the person has a habit."""
        if self.draw(st.integers(1, one_in)) != one_in:
            return False
        self.habits.append(habit)
        return True

    @property
    def inputs(self) -> list[str]:
        """The inputs of the right figures."""
        return list(self.truth.columns)

    def decoys(self) -> pd.DataFrame:
        """Other figures of the same units and inputs."""
        return random_values(self.units, 77)[self.inputs]


def write_names(form: Form) -> dict[str, str]:
    """The name of each unit, as the person writes names."""
    way = form.choose("tên", MARKS)
    written = {}
    for number, (code, unit) in enumerate(form.units.iterrows(), start=1):
        short = next(
            (unit["name"].replace(long, brief, 1) for long, brief in _SHORT.items() if unit["name"].startswith(long)),
            unit["name"],
        )
        words = {"name": unit["name"], "upper": unit["name"].upper(), "short": short, "code": code, "number": number}
        written[str(code)] = way.format(district=unit["district"], **words)
    return written


def write_header(form: Form, inputs: list[str]) -> list[str]:
    """The header of each input."""
    way = form.choose("tiêu đề", HEADERS)
    labels = [STANDARD.inputs[one].label for one in inputs]
    return [way.format(label=label, upper=label.upper(), number=number) for number, label in enumerate(labels, start=1)]


def write_figures(form: Form, values: pd.DataFrame, inputs: list[str]) -> Lines:
    """The figures of each unit, each column in one way."""
    ways = {one: form.choose(f"số {one}", NUMBERS) for one in inputs}
    blank = form.choose("ô trống", [None, "-", "…"])
    return [[_write(values.at[code, one], one, ways[one], blank) for one in inputs] for code in values.index]


def _write(value: Any, input_id: str, way: str, blank: Any) -> Any:
    shown = show_answer(value, input_id)
    if shown is None:
        return blank
    if isinstance(shown, str) or way == "number":
        return shown
    return str(shown) if way == "text" else f"{shown:,}".replace(",", "." if way == "grouped" else " ")


def lead_columns(form: Form) -> tuple[list[str], Lines]:
    """Headers and cells of the columns before the figures: numbers, codes, names, districts, others."""
    names = write_names(form)
    way = form.choose("cột đầu", ["number", "code", "numeric code", "only name", "population", "district"])
    headers = {
        "number": ["STT"],
        "code": ["Mã xã"],
        "numeric code": ["Mã"],
        "only name": [],
        "population": ["STT"],
        "district": ["Huyện"],
    }[way]
    lines: Lines = []
    for number, (code, unit) in enumerate(form.units.iterrows(), start=1):
        first = {"code": [code], "numeric code": [int(code)], "only name": [], "district": [unit["district"]]}.get(
            way, [number]
        )
        lines.append([*first, names[str(code)]])
    if way == "population":
        others = [int(code) for code in reversed(form.units.index)]
        lines = [[*line, other] for line, other in zip(lines, others, strict=True)]
    name = form.choose("cột tên", ["Tên đơn vị", "Xã, phường, thị trấn", "Đơn vị"])
    return [*headers, name, *(["Dân số"] if way == "population" else [])], lines


def surround(form: Form, header: Lines, body: Lines, width: int, counts: list[Any]) -> Lines:
    """A table with what people put around it: sums, means, a heading, zeros, numbers of columns, a signature."""
    district = form.units["district"].iloc[0]
    lead = width - len(counts)
    lines = list(body)
    total = [*([None] * (lead - 1)), form.choose("dòng tổng", TOTALS).format(n=len(body), district=district), *counts]
    where = form.choose("tổng ở", ["none", "below", "above"])
    lines = [*lines, total] if where == "below" else [total, *lines] if where == "above" else lines
    if form.has("dòng bình quân", 5):
        means = [None if one is None else round(one / len(body)) for one in counts]
        lines = [*lines, [*([None] * (lead - 1)), form.choose("tên dòng", MEANS), *means]]
    if form.has("dòng huyện", 4):
        lines = [
            [*(["I"] if lead > 1 else []), form.choose("huyện", [district, f"{district.upper()} ({len(body)} xã)"])],
            *lines,
        ]
    if form.has("tiêu đề lặp", 5) and where == "none":
        middle = len(lines) // 2 + 1
        lines = [*lines[:middle], *header, *lines[middle:]]
    if form.has("dòng số 0", 6):
        lines += [[*([None] * lead), *(None if one is None else 0 for one in counts)]] * 3
    if form.has("đánh số cột", 4):
        header = [
            *header,
            ["A", "B", *range(1, width - 1)] if width > 3 else [f"({one})" for one in range(1, width + 1)],
        ]
    if form.has("chữ ký", 3):
        line = form.choose("dòng ký", SIGNATURES)
        lines += [[], [*([None] * form.draw(st.integers(0, width - 1))), line]]
    title = [form.choose("dòng trên", TITLES) for _ in range(form.draw(st.integers(0, 3)))]
    title = [[one.format(district=district.upper()) if one else one for one in line] for line in title]
    return [*title, *header, *lines]


def sums_of(values: pd.DataFrame, inputs: list[str]) -> list[Any]:
    """The sum of each count; None for answers."""
    return [None if STANDARD.inputs[one].kind == "answer" else int(values[one].sum()) for one in inputs]
