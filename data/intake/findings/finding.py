"""Something found in a workbook, at its place, in its words."""

from dataclasses import dataclass

from data.intake.findings.catalogue import CATALOGUE
from data.intake.findings.kind import Severity


@dataclass(frozen=True)
class Finding:
    """Something found in a workbook, at its place.

    Any of `sheet`, `cell`, `unit` (code), `input` (id) and `value` may be None where it does not apply.
    """

    code: str
    severity: Severity
    message: str
    mend: str
    sheet: str | None = None
    cell: str | None = None
    unit: str | None = None
    input: str | None = None
    value: str | None = None

    @property
    def explainable(self) -> bool:
        """Whether an officer can answer it with a reason that stays."""
        return CATALOGUE[self.code].explainable


def make_finding(
    code: str,
    sheet: str | None = None,
    cell: str | None = None,
    unit: str | None = None,
    input: str | None = None,
    value: str | None = None,
    **words: object,
) -> Finding:
    """Fill the templates of a kind of the catalogue."""
    kind = CATALOGUE[code]
    filling = {"value": value, "unit": unit} | words
    return Finding(
        code=code,
        severity=kind.severity,
        message=kind.message.format(**filling),
        mend=kind.mend.format(**filling),
        sheet=sheet,
        cell=cell,
        unit=unit,
        input=input,
        value=value,
    )
