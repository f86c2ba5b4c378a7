"""Whether the titles above the tables speak of another year."""

import re
from collections.abc import Iterator

from data.intake.extract import Extract
from data.intake.findings.finding import Finding, make_finding

_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)


def check_title(extract: Extract) -> Iterator[Finding]:
    """Find titles that name other years only."""
    titles = (text for part in extract.tables for text in part.table.title)
    years = {int(year) for text in titles for year in _YEAR.findall(text)}
    expected = extract.reading.year
    if expected is not None and years and expected not in years:
        yield make_finding("year_in_title", found=max(years), expected=expected)
