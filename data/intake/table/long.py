"""Long tables, a row a figure (unit, input, value), turned into tables with a row a unit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from data.intake.findings.finding import Finding, make_finding
from data.intake.parameters import Reading
from data.intake.reading.cells import Place, Sheet, cell_name, is_blank, show_value
from data.intake.table.columns import CODE, DISTRICT, NAME, SKIP, ColumnMatch, is_input_text, match_columns, match_role
from data.intake.table.header_texts import Header
from data.intake.table.table import Table
from data.intake.table.unit_columns import code_text, find_unit_columns
from data.intake.values.answers import is_figure
from data.text.names import normalise_name
from data.units.matching import UnitNames

_SAMPLE = 60  # rows by which a long table is known
_MOST_COLUMNS = 16
_MOST_CELLS = 1_000_000
_SHARE = 0.6  # of the rows that must name an input, and a unit
_TITLE_ROWS = 15
_VALUES = frozenset(("giá trị", "số liệu", "value", "số lượng", "kết quả", "số", "thực hiện", "giatri", "giá trị số"))
_PERIODS = frozenset(("kỳ", "năm", "period", "year", "kỳ báo cáo", "thời gian", "năm báo cáo", "kỳ số liệu"))
_YEAR = re.compile(r"(?:năm\s+)?(20\d\d)(?:\.0)?", re.IGNORECASE)


@dataclass(frozen=True)
class PivotedSheet(Sheet):
    """A long table with a row a unit; `places` says where in the file each of its cells stands."""

    places: Mapping[Place, Place] = field(default_factory=dict)

    def name_cell(self, row: int, column: int) -> str:
        """Name of the cell of the file; of one that the file lacks, the first of its row."""
        place = self.places.get((row, column)) or self.places.get((row, 0)) or (row, column)
        return cell_name(*place)

    def name_cells(self, rows: Any, column: int) -> list[str]:
        """Names of several cells of a column."""
        return [self.name_cell(row, column) for row in rows]

    def name_column(self, column: int) -> str:
        """“dòng 8”: the first row of the file with the input of a column."""
        return f"dòng {self.places.get((0, column), (0, 0))[0] + 1}"

    def name_row(self, row: int) -> str:
        """“dòng 12”: the first row of the file with the unit of a row."""
        return f"dòng {self.places.get((row, 0), (0, 0))[0] + 1}"

    def find_place(self, cell: str) -> Place:
        """Row and column of a cell of the file; a place outside where it holds no figure."""
        return next((place for place in self.places if self.name_cell(*place) == cell), (-1, -1))


@dataclass(frozen=True)
class _Columns:
    """Columns of a long table by what they hold; `start`: its first row."""

    indicator: int
    value: int | None
    period: int | None
    roles: dict[str, int]
    start: int


def find_long_table(sheet: Sheet, reading: Reading) -> Table | None:
    """The long table of a sheet; None where there is none."""
    indicator = _find_indicator(sheet, reading)
    if indicator is None:
        return None
    start = next(row for row, cells in enumerate(sheet.rows) if _names_input(cells[indicator], reading))
    columns = _find_columns(sheet, indicator, start, reading)
    if columns is None:
        return None
    header = max(0, start - 1)
    title = tuple(
        value.strip()
        for cells in sheet.rows[max(0, header - _TITLE_ROWS) : header]
        for value in cells
        if isinstance(value, str) and value.strip()
    )
    if columns.value is None:
        finding = make_finding("long_value_unclear", sheet.name, cell_name(header, indicator))
        return Table(sheet, (header, header), start, (), title, start, findings=(finding,))
    return _pivot(sheet, columns, title, reading)


def _names_input(value: Any, reading: Reading) -> bool:
    return isinstance(value, str) and bool(value) and is_input_text(value, reading.standard)


def _find_indicator(sheet: Sheet, reading: Reading) -> int | None:
    """The column whose cells name inputs, one a row."""
    for column in range(min(_MOST_COLUMNS, len(sheet.rows[0]))):
        rows = [cells for cells in sheet.rows[:_SAMPLE] if not is_blank(cells[column])]
        texts = [cells[column] for cells in rows]
        named = sum(
            _names_input(cells[column], reading) and sum(_names_input(value, reading) for value in cells) == 1
            for cells in rows
        )
        if named >= 2 and named >= _SHARE * (len(texts) - 1):
            return column
    return None


def _find_columns(sheet: Sheet, indicator: int, start: int, reading: Reading) -> _Columns | None:
    """What the columns hold; None where the rows do not name units, so that the table is no long one."""
    width = min(_MOST_COLUMNS, len(sheet.rows[0]))
    above = sheet.rows[start - 1] if start else [""] * len(sheet.rows[0])
    texts = {column: above[column] if isinstance(above[column], str) else "" for column in range(width)}
    headers = [Header(column, ((text, 1),)) for column, text in texts.items() if text.strip()]
    matches = [
        ColumnMatch(header, "unit", role) if role not in (None, SKIP) else ColumnMatch(header, "unknown", SKIP, 0)
        for header in headers
        for role in [match_role(header)]
        if header.column != indicator
    ]
    taken = ColumnMatch(Header(indicator, ()), "exact")
    found = find_unit_columns(sheet, start, [*matches, taken], reading.names, range(width))
    roles = {match.target: match.header.column for match in found if match.how == "unit"}
    sample = sheet.rows[start : start + _SAMPLE]
    if not any(_holds_units(sample, column, reading.names) for role, column in roles.items() if role != DISTRICT):
        return None
    free = [column for column in range(width) if column != indicator and column not in roles.values()]
    period = _find_period(sample, free, texts)
    figures = [
        column
        for column in free
        if column != period
        and match_role(Header(column, ((texts[column], 1),))) is None
        and sum(is_figure(cells[column]) for cells in sample) >= _SHARE * len(sample)
    ]
    named = [column for column in figures if normalise_name(texts[column]) in _VALUES]
    value = next((one[0] for one in (named, figures) if len(one) == 1), None)
    return _Columns(indicator, value, period, roles, start)


def _holds_units(sample: list[list[Any]], column: int, names: UnitNames) -> bool:
    values = [cells[column] for cells in sample]
    named = sum(
        bool(names.match_code(code_text(value))) or names.match_exactly(str(value)).how != "unknown" for value in values
    )
    return named >= _SHARE * len(values)


def _find_period(sample: list[list[Any]], free: list[int], texts: Mapping[int, str]) -> int | None:
    by_header = [column for column in free if normalise_name(texts[column]) in _PERIODS]
    by_values = [column for column in free if all(_YEAR.fullmatch(code_text(cells[column])) for cells in sample)]
    return next(iter([*by_header, *by_values]), None)


def _pivot(sheet: Sheet, columns: _Columns, title: tuple[str, ...], reading: Reading) -> Table:
    """A table with a row a unit; rows of other years are left out, what stands twice is told."""
    pivot = _Pivot(sheet, columns, reading)
    for row in range(columns.start, len(sheet.rows)):
        pivot.add(row)
    return pivot.build(title)


class _Pivot:
    """Puts the figures of a long table into rows of units."""

    def __init__(self, sheet: Sheet, columns: _Columns, reading: Reading):
        self.sheet, self.columns, self.reading = sheet, columns, reading
        self.roles = [role for role in (CODE, NAME, DISTRICT) if role in columns.roles]
        self.indicators: dict[str, int] = {}
        self.units: dict[tuple[str, ...], int] = {}
        self.cells: dict[Place, Any] = {}
        self.places: dict[Place, Place] = {}
        self.findings: list[Finding] = []
        self.other_years = 0

    def add(self, row: int) -> None:
        """Add a row of the long table."""
        cells, columns = self.sheet.rows[row], self.columns
        text = cells[columns.indicator]
        if is_blank(text) or not isinstance(text, str) or columns.value is None or not self._is_of_year(row, cells):
            return
        told = [cells[columns.roles[role]] for role in self.roles]
        unit = self.units.setdefault(tuple(normalise_name(code_text(one)) for one in told), len(self.units) + 1)
        if (unit, 0) not in self.places:
            for number, role in enumerate(self.roles):
                self._put((unit, number), told[number], (row, columns.roles[role]))
        if text not in self.indicators:
            self.indicators[text] = len(self.roles) + len(self.indicators)
            self._put((0, self.indicators[text]), text, (row, columns.indicator))
        place, value = (unit, self.indicators[text]), cells[columns.value]
        before = self.cells.get(place)
        if before is not None and not is_blank(before) and not is_blank(value) and before != value:
            words = {"label": text.strip()[:80], "first": cell_name(*self.places[place]), "other": show_value(before)}
            cell = cell_name(row, columns.value)
            self.findings.append(
                make_finding("figure_twice", self.sheet.name, cell, value=show_value(value), unit=None, **words)
            )
        elif before is None or is_blank(before):
            self._put(place, value, (row, columns.value))

    def _put(self, place: Place, value: Any, source: Place) -> None:
        self.cells[place] = value
        self.places[place] = source

    def _is_of_year(self, row: int, cells: list[Any]) -> bool:
        """Whether a row is of the year of the round; a period that is no whole year is told."""
        year, period = self.reading.year, self.columns.period
        if year is None or period is None or is_blank(cells[period]):
            return True
        told = _YEAR.fullmatch(code_text(cells[period]))
        if told is None:
            cell = cell_name(row, period)
            self.findings.append(
                make_finding("long_period_unclear", self.sheet.name, cell, value=show_value(cells[period]))
            )
            return True
        self.other_years += int(told[1]) != year
        return int(told[1]) == year

    def build(self, title: tuple[str, ...]) -> Table:
        """The table that was put together."""
        width, height = len(self.roles) + len(self.indicators), len(self.units) + 1
        if width * height > _MOST_CELLS:
            finding = make_finding("long_value_unclear", self.sheet.name, cell_name(self.columns.start, 0))
            return Table(self.sheet, (0, 0), 1, (), title, 1, findings=(finding,))
        rows: list[list[Any]] = [["" for _ in range(width)] for _ in range(height)]
        for (row, column), value in self.cells.items():
            rows[row][column] = value
        moved = {source: place for place, source in self.places.items()}
        sheet = PivotedSheet(
            self.sheet.name,
            rows,
            unvalued=_move(self.sheet.unvalued, moved),
            percent=_move(self.sheet.percent, moved),
            struck=_move(self.sheet.struck, moved),
            seen={moved[source]: text for source, text in self.sheet.seen.items() if source in moved},
            written={moved[source]: text for source, text in self.sheet.written.items() if source in moved},
            places=self.places,
        )
        headers = [Header(column, ((text, 1),)) for text, column in self.indicators.items()]
        matches = match_columns(headers, self.reading.standard, self.reading.choices.columns, self.reading.year)
        units = [ColumnMatch(Header(number, ()), "unit", role) for number, role in enumerate(self.roles)]
        if self.other_years:
            told = make_finding("long_other_years", self.sheet.name, count=self.other_years, expected=self.reading.year)
            self.findings.append(told)
        return Table(sheet, (0, 0), 1, (*units, *matches), title, height, findings=tuple(self.findings[:_SAMPLE]))


def _move(places: Iterable[Place], moved: Mapping[Place, Place]) -> frozenset[Place]:
    return frozenset(moved[place] for place in places if place in moved)
