"""A file opened: its sheets, or why it can't be read."""

from dataclasses import dataclass

from data.intake.findings.finding import Finding
from data.intake.reading.cells import Sheet, read_sheets


@dataclass(frozen=True)
class Workbook:
    """A file that was read: its sheets, or the finding that refuses it."""

    file_name: str
    sheets: list[Sheet]
    findings: tuple[Finding, ...]


def open_workbook(content: bytes, file_name: str) -> Workbook:
    """Read the sheets of a file; never raises for what it holds.

    Raises
    ------
    UnreadError
        When no reader took the file, which says nothing of it.
    """
    sheets, findings = read_sheets(content, file_name)
    return Workbook(file_name, sheets, tuple(findings))
