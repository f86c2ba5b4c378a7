"""Whether the titles above the tables speak of another year."""

from collections.abc import Iterator

from data.intake.extract import Extract
from data.intake.findings.finding import Finding, make_finding


def check_title(extract: Extract) -> Iterator[Finding]:
    """Find tables whose titles name other years only: left out beside tables of the round's year, else told."""
    expected = extract.reading.year
    for table in extract.other_years:
        cell = table.sheet.name_cell(table.header[0], table.first_column)
        yield make_finding("table_of_other_year", table.sheet.name, cell, found=max(table.years), expected=expected)
    years = {year for part in extract.tables for year in part.table.years}
    if expected is not None and years and expected not in years:
        yield make_finding("year_in_title", found=max(years), expected=expected)
