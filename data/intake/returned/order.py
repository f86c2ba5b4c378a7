"""What a marked copy is to hold. Shared with the process that makes it."""

from typing import Any, NamedTuple

MOST_STYLED_CELLS = 150_000  # of a file whose layout is kept: an object of 1 KB a cell
MOST_VALUES = 750_000  # cells of a file of which a copy is made at all
MEMORY_TO_MARK = 480 * 2**20  # address space of the process


class CellMark(NamedTuple):
    """How severe what was found in a cell is, and the comment that says it."""

    severity: str
    comment: str


class SummaryRow(NamedTuple):
    """A finding in the summary: its severity, and its texts in the order of the columns."""

    severity: str
    texts: tuple[str, ...]


class Order(NamedTuple):
    """A copy to be made: from the file itself (`content`) where its layout is to stay, else from `sheets`.

    `marks` and `edits` stand by sheet and cell (“H12”); `counted` says how many findings there are of each severity;
    `folder` takes what is written on the way.
    """

    sheets: list[tuple[str, list[list[Any]]]]
    marks: dict[tuple[str, str], CellMark]
    edits: dict[tuple[str, str], Any]
    counted: str
    summary: list[SummaryRow]
    content: bytes | None = None
    folder: str | None = None
