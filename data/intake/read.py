"""Workbook in, checked observations and findings out: read, find the tables, match, check, explain.

cells → layout (columns) → rows (unit_names) → figures (values) → plausibility; surveys beside; findings everywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from data.intake.checks.form import check_form, read_form
from data.intake.checks.plausibility import Context, check_plausibility
from data.intake.choices import Choices, shape_of
from data.intake.findings.finding import Finding, make_finding
from data.intake.reading.cells import Sheet, cell_place, edit_sheets, read_sheets, show_value
from data.intake.schema import OBSERVATIONS
from data.intake.surveys import Survey, read_surveys
from data.intake.table.columns import ColumnMatch
from data.intake.table.layout import Table, find_tables
from data.intake.table.rows import Rows, UnitQuestion, read_rows
from data.intake.values.cells import MISSING, is_figure
from data.intake.values.figures import Figures, compare_subtotals, read_figures
from data.units.matching import UnitNames
from scoring.standard import Standard

__all__ = [
    "Choices",
    "Context",
    "Finding",
    "Ingest",
    "Workbook",
    "open_workbook",
    "read_submission",
    "read_workbook",
    "refuse",
]

Edits = Mapping[tuple[str, str], Any]
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_SAMPLES, _SEARCHED_SAMPLES = 3, 300
_LABELS_SHOWN = 2


@dataclass(frozen=True)
class Workbook:
    """A file that was read: its sheets, or the finding that refuses it."""

    file_name: str
    sheets: list[Sheet]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class ColumnReading:
    """A column of a table as the officer is asked about it: its match, where it is, three of its values."""

    sheet: str
    place: str
    match: ColumnMatch
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Ingest:
    """What a file holds.

    Attributes
    ----------
    rows : int
        Rows with data that were read.
    units : int
        Units found.
    observations : DataFrame
        `unit_code`, `input_id`, `value` (Int64, NA = missing), `sheet`, `cell`, `original` (what the file says where
        it was corrected on screen, else ""): a row a unit and input.
    findings : tuple of Finding
        All findings of the file, by place.
    columns : tuple of ColumnReading
        What each column was taken for.
    questions : tuple of UnitQuestion
        Units that have to be confirmed.
    shape : str
        What files of this form have in common; mappings are remembered by it.
    tables : tuple of Table
        The tables that were found, with the values as corrected.
    """

    rows: int
    units: int
    observations: pd.DataFrame
    findings: tuple[Finding, ...]
    columns: tuple[ColumnReading, ...] = ()
    questions: tuple[UnitQuestion, ...] = ()
    shape: str = ""
    tables: tuple[Table, ...] = ()

    @property
    def errors(self) -> list[Finding]:
        """Findings that refuse the file."""
        return self._of("error")

    @property
    def warnings(self) -> list[Finding]:
        """Findings to look at."""
        return self._of("warning")

    @property
    def notes(self) -> list[Finding]:
        """What was repaired or left out."""
        return self._of("note")

    @property
    def accepted(self) -> bool:
        """All or nothing: one error refuses the whole file."""
        return not self.errors

    def wide(self) -> pd.DataFrame:
        """Index unit code, a column an input of the file, Int64."""
        return _wide(self.observations)

    def _of(self, severity: str) -> list[Finding]:
        return [one for one in self.findings if one.severity == severity]


def refuse(finding: Finding) -> Ingest:
    """What came of a file that could not be opened at all."""
    return _finish(_Reading([finding]))


def open_workbook(content: bytes, file_name: str) -> Workbook:
    """Read the sheets of a file; never raises for what it holds."""
    sheets, findings = read_sheets(content, file_name)
    return Workbook(file_name, sheets, tuple(findings))


def read_submission(
    content: bytes,
    file_name: str,
    standard: Standard,
    units: pd.DataFrame,
    year: int | None = None,
    choices: Choices | None = None,
    accept_suggestions: bool = False,
    context: Context | None = None,
) -> Ingest:
    """Read and check a file: `open_workbook`, then `read_workbook`."""
    workbook = open_workbook(content, file_name)
    return read_workbook(workbook, standard, units, year, choices, accept_suggestions, context)


def read_workbook(
    workbook: Workbook,
    standard: Standard,
    units: pd.DataFrame,
    year: int | None = None,
    choices: Choices | None = None,
    accept_suggestions: bool = False,
    context: Context | None = None,
    edits: Edits | None = None,
) -> Ingest:
    """Check the sheets of a file.

    Parameters
    ----------
    workbook : Workbook
        As `open_workbook` gives it.
    standard : Standard
        Its inputs are the columns.
    units : DataFrame
        Index unit code, columns as `data.units.lists.load_units`: the units of the round.
    year : int, optional
        When given, a form made for another year is refused.
    choices : Choices, optional
        What the officer confirmed about columns and units.
    accept_suggestions : bool
        Take what is close for what is meant, with a warning for each.
    context : Context, optional
        Figures of an earlier year to compare with.
    edits : mapping, optional
        Corrected values by sheet name and cell.

    Returns
    -------
    Ingest
        Never raises for what the file holds: everything wrong is a finding.
    """
    if not workbook.sheets:
        return _finish(_Reading(list(workbook.findings)))
    reader = _Reader(workbook, standard, units, year, choices or Choices(), accept_suggestions, edits or {})
    return reader.read(context or Context())


@dataclass
class _Reading:
    """What is gathered while a file is read."""

    findings: list[Finding]
    rows: int = 0
    figures: list[Figures] = field(default_factory=list)
    surveys: Survey = field(default_factory=Survey)
    columns: list[ColumnReading] = field(default_factory=list)
    questions: list[UnitQuestion] = field(default_factory=list)
    shape: str = ""


class _Reader:
    def __init__(
        self,
        workbook: Workbook,
        standard: Standard,
        units: pd.DataFrame,
        year: int | None,
        choices: Choices,
        accept: bool,
        edits: Edits,
    ):
        self.original = {sheet.name: sheet for sheet in workbook.sheets}
        self.sheets = edit_sheets(workbook.sheets, edits)
        self.standard, self.year, self.choices, self.accept, self.edits = standard, year, choices, accept, edits
        self.names = UnitNames(units)
        self.reading = _Reading(list(workbook.findings))

    def read(self, context: Context) -> Ingest:
        found = self.reading.findings
        found += check_form(read_form(self.sheets), self.standard, self.year)
        self.reading.surveys = read_surveys(self.sheets, self.standard, self.names)
        others = [sheet for sheet in self.sheets if sheet.name not in self.reading.surveys.sheets]
        tables, hidden = find_tables(others, self.standard, self.names, self.choices.columns)
        found += [make_finding("hidden_sheet", sheet.name, name=sheet.name) for sheet in hidden]
        if not tables and not self.reading.surveys.sheets:
            found.append(make_finding("no_table"))
        self._check_columns(tables)
        read = self._read_tables(tables)
        found += self.reading.surveys.findings
        for figures, rows in read:
            found += compare_subtotals(figures, rows.subtotals, self.reading.figures, self.names, self.standard)
        self.reading.rows += self.reading.surveys.rows
        observations = _observations(self.reading)
        self._check_whole(tables, observations, context)
        return _finish(self.reading, observations, self.edits, self.original)

    def _read_tables(self, tables: list[Table]) -> list[tuple[Figures, Rows]]:
        places: dict[str, str] = {}
        read = []
        for table in tables:
            rows = read_rows(table, self.names, self.choices.units, self.accept, places)
            figures, findings = read_figures(table, rows, self.standard)
            self.reading.findings += rows.findings + findings
            self.reading.questions += rows.questions
            self.reading.rows += len(rows.units) + rows.unread
            self.reading.figures.append(figures)
            self.reading.columns += [_describe_column(table, one, figures.rows) for one in table.matches]
            read.append((figures, rows))
        return read

    def _check_columns(self, tables: list[Table]) -> None:
        """Findings of the columns: to confirm, accepted, unused, repeated, absent."""
        present: set[str] = set()
        for table in tables:
            present |= table.inputs.keys()
            for one in table.matches:
                self.reading.findings += self._check_column(table, one)
        keys = [one.header.key for table in tables for one in table.matches if one.header.texts]
        self.reading.shape = shape_of(keys)
        if tables and any(one.how == "chosen" for table in tables for one in table.matches) and self.choices.by:
            self.reading.findings.append(make_finding("mapping_remembered", by=self.choices.by))
        absent = [one for one in self.standard.inputs.values() if one.id not in present] if tables else []
        if absent:
            labels = "”, “".join(one.label for one in absent[:_LABELS_SHOWN])
            more = f" và {len(absent) - _LABELS_SHOWN} chỉ tiêu khác" if len(absent) > _LABELS_SHOWN else ""
            only = absent[0].id if len(absent) == 1 else None
            found = make_finding("column_absent", input=only, count=len(absent), labels=f"“{labels}”{more}")
            self.reading.findings.append(found)

    def _check_column(self, table: Table, one: ColumnMatch) -> list[Finding]:
        column = one.header.column
        place = {"sheet": table.sheet.name, "cell": table.sheet.name_cell(table.header[1], column)}
        text = one.header.text[:120]
        if one.how == "close":
            code = "column_accepted" if self.accept else "column_to_confirm"
            label = self.standard.inputs[one.target].label
            words: dict[str, Any] = {"label": label, "confidence": one.confidence}
            return [make_finding(code, **place, input=one.target, value=text, **words)]
        if one.how == "unknown" and text and _holds_figures(table, column):
            return [make_finding("column_unknown", **place, value=text)]
        first = table.inputs.get(one.target, column)
        if one.how in ("exact", "chosen") and first != column:
            label, name = self.standard.inputs[one.target].label, table.sheet.name_column
            words = {"label": label, "first": name(first), "second": name(column)}
            return [make_finding("column_repeated", **place, input=one.target, **words)]
        return []

    def _check_whole(self, tables: list[Table], observations: pd.DataFrame, context: Context) -> None:
        found = self.reading.findings
        codes = observations["unit_code"].nunique()
        if tables and not self.reading.rows:
            found.append(make_finding("no_units", sheet=tables[0].sheet.name))
        years = {int(year) for table in tables for text in table.title for year in _YEAR.findall(text)}
        if self.year is not None and years and self.year not in years:
            found.append(make_finding("year_in_title", found=max(years), expected=self.year))
        absent = len(self.names.units) - codes
        if codes and absent > 0:
            found.append(make_finding("units_left_out", count=absent))
        repeated = observations.duplicated(["unit_code", "input_id"])
        for row in observations[repeated].drop_duplicates("unit_code").itertuples():
            words = {"name": self.names.name[row.unit_code], "first": "bảng số liệu"}
            found.append(make_finding("unit_repeated", row.sheet, row.cell, row.unit_code, row.input_id, **words))
        if codes and not any(one.severity == "error" for one in found):
            places = _place_finder(self.reading)
            found += check_plausibility(_wide(observations), places, self.standard, self.names, context)


def _describe_column(table: Table, one: ColumnMatch, rows: np.ndarray) -> ColumnReading:
    column = one.header.column
    numbers = rows[:_SEARCHED_SAMPLES].tolist() or range(table.first_row, len(table.sheet.rows))
    values = (table.sheet.rows[row][column] for row in numbers)
    samples: list[str] = []
    for value in values:
        text = show_value(value)
        if text and text not in samples:
            samples.append(text)
        if len(samples) == _SAMPLES:
            break
    return ColumnReading(table.sheet.name, table.sheet.name_column(column), one, tuple(samples))


def _holds_figures(table: Table, column: int) -> bool:
    return any(row[column] != "" and is_figure(row[column]) for row in table.sheet.rows[table.first_row :])


def _place_finder(reading: _Reading) -> Any:
    """Sheet and cell of a unit's input, as a function of the two."""
    where = {code: (figures, place) for figures in reading.figures for place, code in enumerate(figures.codes)}
    surveyed = {(code, input_id): (sheet, cell) for code, input_id, _, sheet, cell in reading.surveys.observations}

    def find(code: str, input_id: str) -> tuple[str, str]:
        if code in where:
            figures, place = where[code]
            known = input_id if input_id in figures.values else next(iter(figures.values))
            if input_id in figures.values or (code, input_id) not in surveyed:
                return figures.table.sheet.name, figures.cell(place, known)
        return surveyed.get((code, input_id)) or next(at for (unit, _), at in surveyed.items() if unit == code)

    return find


def _observations(reading: _Reading) -> pd.DataFrame:
    """All values of the file; built column by column, for a frame a table column would take most of the time."""
    codes: list[str] = []
    inputs: list[str] = []
    names: list[str] = []
    cells: list[str] = []
    arrays: list[np.ndarray] = []
    for figures in reading.figures:
        rows = figures.rows.tolist()
        for input_id, values in figures.values.items():
            codes += figures.codes
            inputs += [input_id] * len(rows)
            names += [figures.table.sheet.name] * len(rows)
            cells += figures.table.sheet.name_cells(rows, figures.table.inputs[input_id])
            arrays.append(values)
    for code, input_id, value, name, cell in reading.surveys.observations:
        codes.append(code)
        inputs.append(input_id)
        names.append(name)
        cells.append(cell)
        arrays.append(np.array([value]))
    numbers = np.concatenate(arrays) if arrays else np.empty(0, dtype=np.int64)
    values = pd.arrays.IntegerArray(np.maximum(numbers, 0), numbers == MISSING)
    frame = pd.DataFrame({"unit_code": codes, "input_id": inputs, "value": values, "sheet": names, "cell": cells})
    return frame.astype({"unit_code": "str", "input_id": "str", "sheet": "str", "cell": "str"})


def _wide(observations: pd.DataFrame) -> pd.DataFrame:
    wide = observations.pivot(index="unit_code", columns="input_id", values="value")
    return wide.rename_axis(index="code", columns=None)


def _finish(
    reading: _Reading,
    observations: pd.DataFrame | None = None,
    edits: Edits | None = None,
    original: Mapping[str, Sheet] | None = None,
) -> Ingest:
    refused = any(one.severity == "error" for one in reading.findings)
    observations = (_observations(reading) if observations is None else observations).assign(original="")
    units = observations["unit_code"].nunique()
    if refused:
        # Of a refused file only its findings count; rows read twice are no clean frame.
        observations = observations.drop_duplicates(["unit_code", "input_id"])
    for (sheet, cell), _ in (edits or {}).items():
        corrected = (observations["sheet"] == sheet) & (observations["cell"] == cell)
        observations.loc[corrected, "original"] = _text_at(original or {}, sheet, cell)
    return Ingest(
        rows=reading.rows,
        units=units,
        observations=OBSERVATIONS.validate(observations.astype({"original": "str"})),
        findings=_in_order(reading.findings),
        columns=tuple(reading.columns),
        questions=tuple(reading.questions),
        shape=reading.shape,
        tables=tuple(figures.table for figures in reading.figures),
    )


def _text_at(sheets: Mapping[str, Sheet], sheet: str, cell: str) -> str:
    row, column = cell_place(cell)
    return f"“{show_value(sheets[sheet].rows[row][column])}”" if sheet in sheets else ""


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Findings by severity, the same kind together, in the order of the file."""
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(findings, key=lambda one: order[one.severity]))
