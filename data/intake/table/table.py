"""A table of a sheet: where its header is and what each of its columns holds."""

from dataclasses import dataclass
from functools import cached_property

from data.intake.findings.finding import Finding
from data.intake.reading.cells import Place, Sheet
from data.intake.table.columns import CODE, DISTRICT, NAME, SKIP, ColumnMatch
from data.intake.table.qualifiers import find_title_years


@dataclass(frozen=True)
class Table:
    """A table with units running down.

    `matches` says what each column holds, `first_row` is the first row below the header and `stop` the one after its
    last, `header` its first and last row, `title` the texts above it, `outer_title` those above the first table of its
    sheet. `first_column` is its leftmost column, where other tables stand beside it. `skipped` are rows that repeat the
    header. `findings` were made while the table was put together.
    """

    sheet: Sheet
    header: tuple[int, int]
    first_row: int
    matches: tuple[ColumnMatch, ...]
    title: tuple[str, ...]
    stop: int
    outer_title: tuple[str, ...] = ()
    first_column: int = 0
    skipped: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = ()

    @cached_property
    def inputs(self) -> dict[str, int]:
        """Column of each input; of two columns for one input the first."""
        columns: dict[str, int] = {}
        for match in self.matches:
            if match.how in ("exact", "chosen", "close") and match.target not in (CODE, NAME, DISTRICT, SKIP):
                columns.setdefault(match.target, match.header.column)
        return columns

    @cached_property
    def opposites(self) -> dict[str, int]:
        """Column of Không of each input that has a column Có beside it."""
        return {match.target: match.header.column for match in self.matches if match.how == "opposite"}

    @cached_property
    def figure_columns(self) -> list[int]:
        """The columns of inputs, and of Không beside them."""
        return [*self.inputs.values(), *self.opposites.values()]

    def role(self, role: str) -> int | None:
        """Column of the unit's code, its name or its district."""
        columns = (
            match.header.column for match in self.matches if match.target == role and match.how in ("unit", "chosen")
        )
        return next(columns, None)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that its title or the sheet's name speaks of; where they speak of none, the title of the sheet."""
        close = frozenset(year for text in (*self.title, self.sheet.name) for year in find_title_years(text))
        return close or frozenset(year for text in self.outer_title for year in find_title_years(text))

    @cached_property
    def merged(self) -> dict[Place, Place]:
        """Of each cell that is part of a merged range among the rows, the cell that shows its value."""
        return {
            (row, column): first
            for first, last in self.sheet.merged
            if last[0] >= self.first_row and first[0] < self.stop
            for row in range(max(first[0], self.first_row), min(last[0] + 1, self.stop))
            for column in range(first[1], last[1] + 1)
        }
