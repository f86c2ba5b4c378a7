"""How many of the round's units the file has."""

from collections.abc import Iterator

from data.intake.extract import Extract
from data.intake.findings.finding import Finding, make_finding


def check_coverage(extract: Extract) -> Iterator[Finding]:
    """Find a file without any unit, and say how many units it leaves out."""
    if extract.tables and not extract.rows:
        yield make_finding("no_units", sheet=extract.tables[0].table.sheet.name)
    elif extract.tables and not any(part.table.inputs for part in extract.tables):
        yield make_finding("no_input_columns", sheet=extract.tables[0].table.sheet.name)
    present = extract.observations["unit_code"].nunique()
    absent = len(extract.reading.units) - present
    if present and absent > 0:
        yield make_finding("units_left_out", count=absent)
