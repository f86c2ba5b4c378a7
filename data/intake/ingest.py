"""What came of a file: its observations, everything found in it, and what the officer is asked about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from data.intake.choices import shape_of
from data.intake.extract import Extract
from data.intake.findings.finding import Finding
from data.intake.findings.kind import Severity
from data.intake.reading.cells import Sheet, cell_place, show_value
from data.intake.schema import OBSERVATIONS, widen
from data.intake.table.column_reading import ColumnReading, describe_column
from data.intake.table.table import Table
from data.intake.table.unit_taking import UnitQuestion

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


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
        All findings of the file, the gravest first, then by place.
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
        return widen(self.observations)

    def _of(self, severity: Severity) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == severity]


def refuse(*findings: Finding) -> Ingest:
    """What came of a file that could not be opened at all."""
    empty = pd.DataFrame(columns=list(OBSERVATIONS.columns), dtype="str").astype({"value": "Int64"})
    return Ingest(0, 0, OBSERVATIONS.validate(empty), findings)


def build_ingest(extract: Extract, findings: Iterable[Finding], originals: Iterable[Sheet]) -> Ingest:
    """Put together what came of a file.

    Parameters
    ----------
    extract, findings
        What was read and what was found in it.
    originals : iterable of Sheet
        The sheets without the corrections on screen.
    """
    ordered = tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))
    observations = extract.observations.assign(original="").astype({"original": "str"})
    if ordered and ordered[0].severity == "error":
        # Of a refused file only its findings count; rows read twice are no clean frame.
        observations = observations.drop_duplicates(["unit_code", "input_id"])
    by_name = {sheet.name: sheet for sheet in originals}
    for name, cell in extract.reading.edits:
        corrected = (observations["sheet"] == name) & (observations["cell"] == cell)
        observations.loc[corrected, "original"] = _text_at(by_name, name, cell)
    tables = tuple(part.table for part in extract.tables)
    return Ingest(
        rows=extract.rows,
        units=observations["unit_code"].nunique(),
        observations=OBSERVATIONS.validate(observations),
        findings=ordered,
        columns=tuple(
            describe_column(part.table, match, part.figures.rows)
            for part in extract.tables
            for match in part.table.matches
        ),
        questions=tuple(question for part in extract.tables for question in part.rows.questions),
        shape=shape_of(match.header.key for table in tables for match in table.matches if match.header.texts),
        tables=tables,
    )


def _text_at(sheets: Mapping[str, Sheet], name: str, cell: str) -> str:
    row, column = cell_place(cell)
    return f"“{show_value(sheets[name].rows[row][column])}”" if name in sheets else ""
