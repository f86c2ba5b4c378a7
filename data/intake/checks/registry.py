"""Every check of a file, in the order in which their findings are told. A new check is its module and a line here."""

from collections.abc import Callable, Iterable, Iterator

from data.intake.checks.cells import check_cells
from data.intake.checks.columns import check_columns
from data.intake.checks.coverage import check_coverage
from data.intake.checks.form import check_form
from data.intake.checks.hidden import check_hidden
from data.intake.checks.missing import check_missing
from data.intake.checks.parts import check_parts
from data.intake.checks.plausibility.copied import check_copied_units, check_copied_years
from data.intake.checks.plausibility.full import check_full
from data.intake.checks.plausibility.jumps import check_jumps
from data.intake.checks.plausibility.relations import check_relations
from data.intake.checks.plausibility.same import check_same
from data.intake.checks.plausibility.surveys import check_small_surveys
from data.intake.checks.plausibility.unlike import check_unlike
from data.intake.checks.plausibility.values import Values
from data.intake.checks.repeated import check_repeated
from data.intake.checks.shares import check_shares
from data.intake.checks.sheets import check_sheets
from data.intake.checks.subtotals import check_subtotals
from data.intake.checks.surveys import check_surveys
from data.intake.checks.title import check_title
from data.intake.checks.units import check_units
from data.intake.checks.zeros import check_zeros
from data.intake.extract import Extract, TableExtract
from data.intake.findings.finding import Finding

Check = Callable[[Extract], Iterable[Finding]]
TableCheck = Callable[[Extract, TableExtract], Iterable[Finding]]
ValuesCheck = Callable[[Values], Iterable[Finding]]

# Of each table in turn, so that an officer goes through the file sheet by sheet.
TABLE_CHECKS: tuple[TableCheck, ...] = (
    check_units,
    check_cells,
    check_hidden,
    check_parts,
    check_shares,
    check_missing,
    check_zeros,
)

# Across the values: warnings only, and only of a file that has no error.
PLAUSIBILITY_CHECKS: tuple[ValuesCheck, ...] = (
    check_relations,
    check_same,
    check_copied_units,
    check_copied_years,
    check_jumps,
    check_unlike,
    check_full,
    check_small_surveys,
)


def _check_tables(extract: Extract) -> Iterator[Finding]:
    for part in extract.tables:
        for check in TABLE_CHECKS:
            yield from check(extract, part)


CHECKS: tuple[Check, ...] = (
    check_form,
    check_sheets,
    check_columns,
    _check_tables,
    check_surveys,
    check_subtotals,
    check_coverage,
    check_title,
    check_repeated,
)


def check_extract(extract: Extract) -> list[Finding]:
    """Everything found in a file."""
    findings = [finding for check in CHECKS for finding in check(extract)]
    if not extract.observations.empty and not any(finding.severity == "error" for finding in findings):
        values = Values(extract)
        findings += [finding for check in PLAUSIBILITY_CHECKS for finding in check(values)]
    return findings
