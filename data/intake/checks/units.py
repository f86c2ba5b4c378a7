"""Which units the rows speak of, as the reading of the rows found it."""

from collections.abc import Iterable

from data.intake.extract import Extract, TableExtract
from data.intake.findings.finding import Finding


def check_units(_extract: Extract, part: TableExtract) -> Iterable[Finding]:
    """Hand on what was found while the table was put together and its rows were told apart."""
    return [*part.table.findings, *part.rows.findings]
