"""Whether the product's own form is the one for this year and standard."""

from collections.abc import Iterable

from data.intake.findings.finding import Finding, make_finding
from data.intake.form import FORM_SHEET
from data.intake.reading.cells import Sheet
from scoring.standard import Standard


def check_form(form: dict[str, str], standard: Standard, year: int | None) -> list[Finding]:
    """Findings of a form of another year or standard."""
    findings = []
    if year is not None and form.get("year", str(year)) != str(year):
        findings.append(make_finding("wrong_year", found=form["year"], expected=year))
    if form.get("standard", standard.id) != standard.id:
        findings.append(make_finding("wrong_standard", found=form["standard"], expected=standard.id))
    return findings


def read_form(sheets: Iterable[Sheet]) -> dict[str, str]:
    """What the product's own form says of itself on its hidden sheet: `standard`, `year`."""
    for sheet in sheets:
        if sheet.name == FORM_SHEET:
            return {str(row[0])[:40]: str(row[1])[:40] for row in sheet.rows if len(row) > 1}
    return {}
