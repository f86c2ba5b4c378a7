"""Which sheets hold figures: none at all, or hidden ones that were not read."""

from collections.abc import Iterator

from data.intake.extract import Extract
from data.intake.findings.finding import Finding, make_finding


def check_sheets(extract: Extract) -> Iterator[Finding]:
    """Find hidden tables, and a file without any table."""
    for sheet in extract.hidden:
        yield make_finding("hidden_sheet", sheet.name, name=sheet.name)
    if not extract.tables and not extract.surveys.sheets:
        yield make_finding("no_table")
