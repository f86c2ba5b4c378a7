"""Workbook in, checked observations and findings out: read, find the table, match units, check values."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.ingest.cells import cell_name, read_sheets
from data.ingest.checks import check_row, is_blank
from data.ingest.findings import Finding, make_finding
from data.ingest.layout import Table, find_tables, read_form
from data.ingest.schema import OBSERVATIONS
from data.names import normalise_name
from scoring.standard import Standard

__all__ = ["Finding", "Ingest", "read_submission"]


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
        `unit_code`, `input_id`, `value` (Int64, NA = missing), `sheet`, `cell`: a row a unit and input.
    findings : tuple of Finding
        All findings of the file, by place.
    """

    rows: int
    units: int
    observations: pd.DataFrame
    findings: tuple[Finding, ...]

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
        """Index unit code, a column an input, Int64."""
        wide = self.observations.pivot(index="unit_code", columns="input_id", values="value")
        return wide.rename_axis(index="code", columns=None)

    def _of(self, severity: str) -> list[Finding]:
        return [one for one in self.findings if one.severity == severity]


@dataclass
class _Reading:
    """What is gathered while the rows are read."""

    findings: list[Finding]
    rows: int = 0
    places: dict[str, str] = field(default_factory=dict)
    columns: dict[str, list[Any]] = field(
        default_factory=lambda: {name: [] for name in ("unit_code", "input_id", "value", "sheet", "cell")}
    )


def read_submission(
    content: bytes, file_name: str, standard: Standard, units: pd.DataFrame, year: int | None = None
) -> Ingest:
    """Read and check a workbook.

    Parameters
    ----------
    content, file_name
        The file as it came.
    standard : Standard
        Its inputs are the columns.
    units : DataFrame
        Index unit code, columns `name`: the units of the round.
    year : int, optional
        When given, a form made for another year is refused.

    Returns
    -------
    Ingest
        Never raises for what the file holds: everything wrong is a finding.
    """
    sheets, refusal = read_sheets(content, file_name)
    if refusal is not None:
        return _finish(_Reading([refusal]))
    tables, findings = find_tables(sheets, standard)
    reading = _Reading(_check_form(read_form(sheets), standard, year) + findings)
    for table in tables:
        for row in range(table.first_row, len(table.sheet.rows)):
            _read_row(reading, table, row, standard, units)
    if tables and not reading.rows:
        reading.findings.append(make_finding("no_units", sheet=tables[0].sheet.name))
    absent = len(units) - len(reading.places)
    if reading.places and absent > 0:
        reading.findings.append(make_finding("units_left_out", count=absent))
    return _finish(reading)


def _check_form(form: dict[str, str], standard: Standard, year: int | None) -> list[Finding]:
    findings = []
    if year is not None and form.get("year", str(year)) != str(year):
        findings.append(make_finding("wrong_year", found=form["year"], expected=year))
    if form.get("standard", standard.id) != standard.id:
        findings.append(make_finding("wrong_standard", found=form["standard"], expected=standard.id))
    return findings


def _read_row(reading: _Reading, table: Table, row: int, standard: Standard, units: pd.DataFrame) -> None:
    cells = table.sheet.rows[row]
    raw = cells[table.code] if table.code < len(cells) else ""
    if is_blank(raw):
        filled = [column for column in table.columns.values() if column < len(cells) and not is_blank(cells[column])]
        if filled:
            reading.rows += 1
            place = cell_name(row, table.code)
            reading.findings.append(make_finding("unit_absent", sheet=table.sheet.name, cell=place))
        return
    reading.rows += 1
    code = _match_unit(reading, table, row, raw, units)
    if code is None:
        return
    values, findings = check_row(table, row, code, standard)
    reading.findings += findings
    for input_id, value in values.items():
        entry = (code, input_id, value, table.sheet.name, cell_name(row, table.columns[input_id]))
        for column, part in zip(reading.columns.values(), entry, strict=True):
            column.append(part)


def _match_unit(reading: _Reading, table: Table, row: int, raw: Any, units: pd.DataFrame) -> str | None:
    """Code of the row's unit; None with a finding when it is unknown or already read."""
    place = {"sheet": table.sheet.name, "cell": cell_name(row, table.code)}
    text = str(int(raw)) if isinstance(raw, int | float) and raw == int(raw) else str(raw).strip()
    code = text.zfill(5) if text.isascii() and text.isdigit() else text
    if code not in units.index:
        reading.findings.append(make_finding("unit_unknown", **place, value=text[:40]))
        return None
    official = units.at[code, "name"]
    if code in reading.places:
        first = reading.places[code]
        reading.findings.append(make_finding("unit_repeated", **place, unit=code, name=official, first=first))
        return None
    reading.places[code] = cell_name(row, table.code)
    if code != text:
        reading.findings.append(make_finding("zero_restored", **place, unit=code, value=text, name=official))
    cells = table.sheet.rows[row]
    given = str(cells[table.name]) if table.name is not None and table.name < len(cells) else ""
    if given.strip() and normalise_name(given) != normalise_name(official):
        name_place = place | {"cell": cell_name(row, table.name or 0)}
        reading.findings.append(
            make_finding("name_differs", **name_place, unit=code, value=given.strip()[:60], official=official)
        )
    return code


def _finish(reading: _Reading) -> Ingest:
    observations = pd.DataFrame(reading.columns).astype(
        {"unit_code": "str", "input_id": "str", "value": "Int64", "sheet": "str", "cell": "str"}
    )
    return Ingest(
        rows=reading.rows,
        units=len(reading.places),
        observations=OBSERVATIONS.validate(observations),
        findings=tuple(reading.findings),
    )
