"""Figures in hidden rows and columns."""

from collections.abc import Iterator

from data.intake.extract import Extract, TableExtract
from data.intake.findings.finding import Finding, make_finding

_MOST_NAMED = 6


def check_hidden(_extract: Extract, part: TableExtract) -> Iterator[Finding]:
    """Find rows and columns with figures that the officer does not see."""
    sheet = part.table.sheet
    rows = sorted({int(row) for row in part.figures.rows} & sheet.hidden_rows)
    columns = sorted(set(part.table.inputs.values()) & sheet.hidden_columns)
    for names in ([sheet.name_row(row) for row in rows], [sheet.name_column(column) for column in columns]):
        if names:
            more = f" và {len(names) - _MOST_NAMED} nơi khác" if len(names) > _MOST_NAMED else ""
            yield make_finding("hidden_data", sheet.name, what=", ".join(names[:_MOST_NAMED]) + more)
