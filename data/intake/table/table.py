"""A table of a sheet: where its header is and what each of its columns holds."""

from dataclasses import dataclass
from functools import cached_property

from data.intake.reading.cells import Sheet
from data.intake.table.columns import CODE, DISTRICT, NAME, SKIP, ColumnMatch


@dataclass(frozen=True)
class Table:
    """A table with units running down.

    `matches` says what each column holds, `first_row` is the first row below the header, `header` its first and last
    row, `title` the texts above it.
    """

    sheet: Sheet
    header: tuple[int, int]
    first_row: int
    matches: tuple[ColumnMatch, ...]
    title: tuple[str, ...]

    @cached_property
    def inputs(self) -> dict[str, int]:
        """Column of each input; of two columns for one input the first."""
        columns: dict[str, int] = {}
        for match in self.matches:
            if match.how in ("exact", "chosen", "close") and match.target not in (CODE, NAME, DISTRICT, SKIP):
                columns.setdefault(match.target, match.header.column)
        return columns

    def role(self, role: str) -> int | None:
        """Column of the unit's code, its name or its district."""
        columns = (
            match.header.column for match in self.matches if match.target == role and match.how in ("unit", "chosen")
        )
        return next(columns, None)
