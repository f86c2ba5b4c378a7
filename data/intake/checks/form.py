"""Whether the product's own form is the one for this year and standard."""

from collections.abc import Iterable, Iterator

from data.intake.extract import Extract
from data.intake.findings.finding import Finding, make_finding
from data.intake.form import FORM_SHEET
from data.intake.reading.cells import Sheet


def check_form(extract: Extract) -> Iterator[Finding]:
    """Find a form that was made for another year or standard."""
    form, year, standard = _read_form(extract.sheets), extract.reading.year, extract.reading.standard
    if year is not None and form.get("year", str(year)) != str(year):
        yield make_finding("wrong_year", found=form["year"], expected=year)
    if form.get("standard", standard.id) != standard.id:
        yield make_finding("wrong_standard", found=form["standard"], expected=standard.id)


def _read_form(sheets: Iterable[Sheet]) -> dict[str, str]:
    """What the form says of itself on its hidden sheet: `standard`, `year`."""
    for sheet in sheets:
        if sheet.name == FORM_SHEET:
            return {str(row[0])[:40]: str(row[1])[:40] for row in sheet.rows if len(row) > 1}
    return {}
