"""Raw answers of surveys, as the counting of them found it."""

from collections.abc import Iterable

from data.intake.extract import Extract
from data.intake.findings.finding import Finding


def check_surveys(extract: Extract) -> Iterable[Finding]:
    """Hand on what was found while the answers were counted."""
    return extract.surveys.findings
